/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <time.h>

double rn_clock_seconds(void)
{
    struct timespec now = {0, 0};
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return 0.0;
    }
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}
