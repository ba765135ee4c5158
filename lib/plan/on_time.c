/* SPDX-License-Identifier: MIT */
#include "plan/on_time.h"

bool rn_is_on_time(const runde_problem *problem, const runde_visit *visit,
                   int32_t start, int32_t end)
{
    const runde_settings *const settings = runde_problem_settings(problem);
    int32_t last = visit->n_preferred > 0 ? visit->preferred[0].end : 0;
    for (int32_t i = 1; i < visit->n_preferred; i++) {
        if (visit->preferred[i].start <= start) {
            last = visit->preferred[i].end;
        }
    }
    return visit->n_preferred > 0 &&
           (settings->early_at_end ? end : start) >=
               visit->preferred[0].start &&
           (settings->late_at_end ? end : start) <= last;
}
