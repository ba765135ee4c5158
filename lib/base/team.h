/* SPDX-License-Identifier: MIT */
/** @file team.h
 *  Several threads that share out numbered jobs. */
#ifndef RN_TEAM_H
#define RN_TEAM_H

#include <stdint.h>

/** Does job number `job`. Jobs with the same `member` never overlap; member
 *  0 is the calling thread. */
typedef void (*rn_team_fn)(void *payload, int32_t member, int32_t job);

/** Runs jobs 0 to n_jobs - 1, each once, on up to `members` threads, and
 *  returns when all are done. Which member does which job is left to chance.
 *  Where threads cannot be had, fewer do the work. */
void rn_team_run(int32_t members, int32_t n_jobs, rn_team_fn fn, void *payload);

#endif
