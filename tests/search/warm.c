/* SPDX-License-Identifier: MIT */
#include "warm.h"

#include <stdio.h>

rn_search *warm_search(const bed *b, int iterations, double temperature)
{
    rn_search *s = NULL;
    if (rn_search_new(&s, b->inst, b->seed) != RUNDE_OK) {
        return NULL;
    }
    rn_construct(s);
    for (int i = 0; i < iterations && b->inst->n_tasks > 0; i++) {
        (void)rn_iterate(s, temperature);
    }
    return s;
}

bool warm_best_builds(const rn_search *s, uint64_t seed)
{
    rn_solution *afresh = NULL;
    if (rn_solution_new(&afresh, s->inst) != RUNDE_OK) {
        return false;
    }
    const rn_price kept = s->best->price;
    const bool builds = rn_best_build(s->best, afresh);
    const rn_price price = rn_price_of(afresh);
    const bool same = builds && rn_price_compare(price, kept) == 0;
    if (!same) {
        printf("seed %llu: built %lld/%lld, kept %lld/%lld\n",
               (unsigned long long)seed, (long long)price.left_out,
               (long long)price.wishes, (long long)kept.left_out,
               (long long)kept.wishes);
    }
    rn_solution_free(afresh);
    return same;
}
