/* SPDX-License-Identifier: MIT */
#include "base/rng.h"

static uint64_t splitmix64(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15U;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

void rn_rng_init(rn_rng *rng, uint64_t seed, uint64_t stream)
{
    /* Both numbers go through the mixer before they meet, so that neither
     * (1, 2) and (2, 1) nor (0, 3) and (1, 2) start alike. */
    uint64_t seed_state = seed;
    uint64_t stream_state = stream ^ 0xd1b54a32d192ed03U;
    uint64_t state = splitmix64(&seed_state);
    state ^= splitmix64(&stream_state) * 0x9fb21c651e98df25U;
    for (int i = 0; i < 4; i++) {
        rng->s[i] = splitmix64(&state);
    }
    /* All zeros is the one state that xoshiro never leaves. */
    rng->s[0] |= (rng->s[0] | rng->s[1] | rng->s[2] | rng->s[3]) == 0;
}
