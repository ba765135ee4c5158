/* SPDX-License-Identifier: MIT */
#include "municipality/dice.h"

dice dice_new(uint64_t seed, uint64_t purpose)
{
    dice d = {seed * UINT64_C(0x2545f4914f6cdd1d) + purpose};
    d.state = dice_next(&d);
    return d;
}

uint64_t dice_next(dice *d)
{
    d->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = d->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int32_t dice_below(dice *d, int32_t n)
{
    /* The multiply-shift's bias is below n / 2^32: nothing here sees it. */
    return (int32_t)(((dice_next(d) >> 32) * (uint64_t)n) >> 32);
}

int32_t dice_between(dice *d, int32_t low, int32_t high)
{
    return low + dice_below(d, high - low + 1);
}

bool dice_chance(dice *d, int32_t permille)
{
    return dice_below(d, 1000) < permille;
}

int32_t dice_bell(dice *d)
{
    int32_t sum = 0;
    for (int i = 0; i < 12; i++) {
        sum += dice_below(d, 1001);
    }
    return sum - 6000;
}

int32_t dice_lognormal(dice *d, int32_t median, int32_t sigma)
{
    /* e^x as (1 + x/256)^256 by eight squarings, 24 binary places: exact to
     * a thousandth for the |x| < 2.5 that occur, and the same everywhere. */
    const int64_t one = INT64_C(1) << 24;
    const int64_t x = (int64_t)dice_bell(d) * sigma; /* millionths */
    int64_t power = one + x * one / (256 * INT64_C(1000000));
    for (int i = 0; i < 8; i++) {
        power = (power * power) >> 24;
    }
    return (int32_t)(((int64_t)median * power + one / 2) >> 24);
}

void dice_shuffle(dice *d, int32_t *list, int32_t n)
{
    for (int32_t i = n - 1; i > 0; i--) {
        const int32_t j = dice_below(d, i + 1);
        const int32_t kept = list[i];
        list[i] = list[j];
        list[j] = kept;
    }
}
