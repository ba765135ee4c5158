/* SPDX-License-Identifier: MIT */
/* Large plans are improved part by part: in an epoch every part of a fresh
 * division is worked on by itself, by as many threads as there are, and then
 * the parts are put together again. How the plan is divided and how long
 * each part is worked on depends on the instance alone, so the number of
 * threads decides nothing but the time it takes. Even one thread gains: what
 * it works on for a while stays in the cache. */
#ifndef RN_SEARCH_EPOCH_H
#define RN_SEARCH_EPOCH_H

#include "search/search.h"

typedef struct rn_epochs rn_epochs;

/** How many parts an instance is divided into when so many are asked for, 0
 *  meaning by its size; 1: not at all. O(carers). */
int32_t rn_epoch_parts(const rn_instance *inst, int32_t asked);

/** @param master   the search whose plan is improved; outlives this
 *  @param parts    2 or more
 *  @param threads  1 or more */
runde_status rn_epochs_new(rn_epochs **out, rn_search *master, uint64_t seed,
                           int32_t parts, int32_t threads);
void rn_epochs_free(rn_epochs *epochs);

/** One epoch at this temperature, of `most` iterations at the most (-1: no
 *  limit). The master's poll is asked now and then, in the calling thread;
 *  false ends the epoch, and what was reached is kept.
 *
 *  @param news  set to whether the master has a new best
 *  @return iterations carried out */
int64_t rn_epoch_run(rn_epochs *epochs, double temperature, int64_t most,
                     bool *news);

/** Epochs whose work was lost because the parts did not fit together: 0. */
int32_t rn_epochs_lost(const rn_epochs *epochs);

#endif
