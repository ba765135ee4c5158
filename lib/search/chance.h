/* SPDX-License-Identifier: MIT */
/* Logarithm and power for temperatures, the same on every machine: the C
 * library's differ in the last bit, and one bit is another plan. */
#ifndef RN_SEARCH_CHANCE_H
#define RN_SEARCH_CHANCE_H

/** Natural logarithm of x > 0, to some 1e-9. */
double rn_log(double x);

/** e to the x, for |x| < 700, to some 1e-9. */
double rn_exp(double x);

#endif
