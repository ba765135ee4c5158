/* SPDX-License-Identifier: MIT */
/* The search, the account and the checker agree about a mutable plan. */
#ifndef RN_AGREEMENT_H
#define RN_AGREEMENT_H

#include "eval/insert.h"

/** Freezes the plan and has it judged: every total, every amount that counts
 *  for a limit, and no broken rule but limits that the search knows to be
 *  broken. Prints what differs, with the seed. */
bool agreement_holds(const rn_solution *sol, rn_finder *finder, uint64_t seed);

#endif
