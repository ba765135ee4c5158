/* SPDX-License-Identifier: MIT */
/* A search over a bed's problem that has begun. */
#ifndef RN_WARM_H
#define RN_WARM_H

#include "bed.h"
#include "search/search.h"

/** A search by the bed's seed with its first plan and what so many iterations
 *  at this temperature make of it; NULL when memory is short. */
rn_search *warm_search(const bed *b, int iterations, double temperature);

/** Has the best plan, built anew from its sequences, the price it was kept
 *  for? Prints both, with the seed, when it has not. */
bool warm_best_builds(const rn_search *search, uint64_t seed);

#endif
