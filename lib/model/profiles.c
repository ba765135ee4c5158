/* SPDX-License-Identifier: MIT */
/* What the named profiles of clients weigh; docs/weights.md has the table. */
#include "model/weights.h"

#include <runde/overlay.h>

#include <string.h>

#define TIMES 5

#define FACES                                                                  \
    (1U << RUNDE_CARER_PREFERENCE | 1U << RUNDE_DISTINCT_CARERS |              \
     1U << RUNDE_CARERS_OVER_TARGET)
#define TIME (1U << RUNDE_EARLY | 1U << RUNDE_LATE)

const char *runde_profile_name(runde_profile profile)
{
    static const char *const names[] = {"continuity", "time", "travel"};
    return (int)profile >= 0 && profile < RUNDE_PROFILES ? names[profile]
                                                         : NULL;
}

/* What a criterion weighs for all; where that is nothing, what the default
 * has in the scale that driving gives. */
static int64_t usual_weight(const runde_weights *global, int criterion,
                            int32_t tick_ms)
{
    runde_weights usual;
    runde_weights_default(&usual, tick_ms);
    const int64_t driving = usual.weight[RUNDE_TRAVEL_TIME];
    int64_t scale = global->weight[RUNDE_TRAVEL_TIME] / driving;
    scale = scale < 1 ? 1 : scale;
    return global->weight[criterion] > 0 ? global->weight[criterion]
                                         : usual.weight[criterion] * scale;
}

runde_status runde_weights_from_profile(runde_weights *out,
                                        runde_profile profile,
                                        const runde_weights *global,
                                        int32_t tick_ms)
{
    if (out == NULL || global == NULL || global->size != sizeof *global ||
        runde_profile_name(profile) == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    memset(out, 0, sizeof *out);
    out->size = sizeof *out;
    out->set = profile == RUNDE_PROFILE_CONTINUITY ? FACES
               : profile == RUNDE_PROFILE_TIME     ? TIME
                                                   : FACES | TIME;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if ((out->set >> i & 1U) == 0) {
            continue;
        }
        const int64_t weight = profile == RUNDE_PROFILE_TRAVEL
                                   ? (global->weight[i] + TIMES - 1) / TIMES
                                   : usual_weight(global, i, tick_ms) * TIMES;
        out->weight[i] =
            (int32_t)(weight > RN_WEIGHT_MAX ? RN_WEIGHT_MAX : weight);
        /* A rule that binds all binds this client, too. */
        out->hard |= global->hard & 1U << i;
        out->limit[i] = global->limit[i];
    }
    return RUNDE_OK;
}
