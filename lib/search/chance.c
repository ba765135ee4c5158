/* SPDX-License-Identifier: MIT */
#include "search/chance.h"

#include <stdint.h>
#include <string.h>

#define LN2 0.69314718055994530942

double rn_log(double x)
{
    /* x = m 2^e with m in [1, 2); ln m = 2 artanh((m - 1) / (m + 1)). */
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const int e = (int)((bits >> 52) & 0x7ff) - 1023;
    bits = (bits & 0xfffffffffffffULL) | ((uint64_t)1023 << 52);
    double m;
    memcpy(&m, &bits, sizeof m);
    const double z = (m - 1.0) / (m + 1.0);
    const double q = z * z;
    double sum = 0.0;
    for (int k = 19; k >= 1; k -= 2) {
        sum = sum * q + 1.0 / k;
    }
    return 2.0 * z * sum + e * LN2;
}

double rn_exp(double x)
{
    const double scaled = x / LN2;
    const int e = (int)(scaled < 0.0 ? scaled - 0.5 : scaled + 0.5);
    const double r = x - e * LN2;
    double sum = 1.0;
    for (int k = 14; k >= 1; k--) {
        sum = 1.0 + sum * r / k;
    }
    uint64_t bits = (uint64_t)(e + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}
