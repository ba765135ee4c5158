/* SPDX-License-Identifier: MIT */
/** @file rng.h
 *  Random numbers that are the same on every machine.
 *
 *  Source: xoshiro256++ of Blackman and Vigna, seeded by their splitmix64;
 *  bounded numbers after Lemire, "Fast random integer generation in an
 *  interval" (2019). */
#ifndef RN_RNG_H
#define RN_RNG_H

#include <stdint.h>

/** One stream of numbers; copy it to remember where it stands. */
typedef struct rn_rng {
    uint64_t s[4];
} rn_rng;

/** Starts stream number `stream` of `seed`. Streams of one seed, and equal
 *  streams of different seeds, are unrelated. */
void rn_rng_init(rn_rng *rng, uint64_t seed, uint64_t stream);

/** 64 random bits. */
static inline uint64_t rn_rng_u64(rn_rng *rng)
{
    uint64_t *const s = rng->s;
    const uint64_t sum = s[0] + s[3];
    const uint64_t result = ((sum << 23) | (sum >> 41)) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/** 32 random bits. */
static inline uint32_t rn_rng_u32(rn_rng *rng)
{
    return (uint32_t)(rn_rng_u64(rng) >> 32);
}

/** A number from 0 to n - 1, each equally likely; 0 for n = 0. */
static inline uint32_t rn_rng_below(rn_rng *rng, uint32_t n)
{
    uint64_t product = (uint64_t)rn_rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        const uint32_t threshold = (0U - n) % n;
        while ((uint32_t)product < threshold) {
            product = (uint64_t)rn_rng_u32(rng) * n;
        }
    }
    return (uint32_t)(product >> 32);
}

/** A number in [0, 1), a multiple of 2^-53. */
static inline double rn_rng_unit(rn_rng *rng)
{
    return (double)(rn_rng_u64(rng) >> 11) * 0x1p-53;
}

#endif
