/* SPDX-License-Identifier: MIT */
/** @file draft.h
 *  A problem in the making whose first failure sticks: readers add what they
 *  have and look at the status once, at the end. */
#ifndef BENCH_DRAFT_H
#define BENCH_DRAFT_H

#include <runde/runde.h>

typedef struct draft {
    runde_problem *problem;
    runde_status status;
    int32_t n_visits; /**< so far: the index of the next one */
} draft;

/** Settings with ticks of `tick_ms` and every rule of working time off: the
 *  public sets know none. */
runde_settings draft_settings(int32_t tick_ms);
/** Weights that are all zero. */
runde_weights draft_weights(void);

void draft_start(draft *self, const runde_settings *settings, runde_diag *diag);
void draft_place(draft *self, const char *id);
void draft_skill(draft *self, const char *id);
/** Mode 0 with the travel times; the array is the draft's from here on. */
void draft_travel(draft *self, int32_t n, int32_t *durations);
void draft_client(draft *self, const runde_client *client);
void draft_carer(draft *self, const runde_carer *carer);
void draft_shift(draft *self, const runde_shift *shift);
/** Adds a visit and gives its index, or what it would have been. */
int32_t draft_visit(draft *self, const runde_visit *visit);
void draft_link(draft *self, const runde_link *link);
/** A bond between two visits that are served together by two carers. */
void draft_pair(draft *self, int32_t before, int32_t after, int32_t min_gap,
                int32_t max_gap);
void draft_weigh(draft *self, const runde_weights *weights);
/** Seals; the problem is the caller's when the status is RUNDE_OK and gone
 *  otherwise. */
runde_status draft_finish(draft *self, runde_problem **out, runde_diag *diag);

#endif
