/* SPDX-License-Identifier: MIT */
/** @file clock.h
 *  Time for limits and reports, never for decisions about a plan. */
#ifndef RN_CLOCK_H
#define RN_CLOCK_H

/** Seconds of the monotonic clock, from any fixed moment. Some 30 ns. */
double rn_clock_seconds(void);

#endif
