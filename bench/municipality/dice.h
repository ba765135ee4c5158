/* SPDX-License-Identifier: MIT */
/** @file dice.h
 *  Chance for the samples: integers only, so that every compiler and every
 *  C library draws the same municipality from the same seed. */
#ifndef BENCH_DICE_H
#define BENCH_DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice;

/** A stream of its own for each (seed, purpose), so that a change in how
 *  staff is drawn does not move the clients' homes. */
dice dice_new(uint64_t seed, uint64_t purpose);
/** 64 random bits: SplitMix64 [Steele, Lea, Flood 2014]. */
uint64_t dice_next(dice *d);
/** Uniform in 0..n-1; n >= 1. */
int32_t dice_below(dice *d, int32_t n);
/** Uniform in low..high, both included. */
int32_t dice_between(dice *d, int32_t low, int32_t high);
/** True with a probability of `permille` in a thousand. */
bool dice_chance(dice *d, int32_t permille);
/** Roughly normal, thousandths of a standard deviation: twelve uniforms
 *  less six (Irwin-Hall), so within 6,000 either way. */
int32_t dice_bell(dice *d);
/** Roughly lognormal: `median` times e^(sigma z), sigma in thousandths. */
int32_t dice_lognormal(dice *d, int32_t median, int32_t sigma);
/** Shuffles `n` numbers (Fisher-Yates). */
void dice_shuffle(dice *d, int32_t *list, int32_t n);

#endif
