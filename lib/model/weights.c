/* SPDX-License-Identifier: MIT */
#include "model/weights.h"

#include <string.h>

/* One unit of the order: 15 minutes, 5 km, or one. */
#define ORDER_UNIT_MS 900000
#define ORDER_UNIT_M 5000.0
#define ORDER_STEP 30.0

rn_measure rn_criterion_unit(runde_criterion criterion)
{
    switch (criterion) {
    case RUNDE_TRAVEL_TIME:
    case RUNDE_WAITING:
    case RUNDE_EARLY:
    case RUNDE_LATE:
    case RUNDE_MAX_LATE:
    case RUNDE_OVERTIME:
    case RUNDE_IDLE:
    case RUNDE_MAX_IDLE:
    case RUNDE_WORKLOAD_SPREAD:
    case RUNDE_WORKLOAD_DEVIATION:
    case RUNDE_SHIFTED_START:
        return RN_UNIT_TICK;
    case RUNDE_TRAVEL_DISTANCE:
        return RN_UNIT_METRE;
    case RUNDE_OPTIONAL_UNSERVED:
    case RUNDE_BREAKS_MISSED:
    case RUNDE_CARER_PREFERENCE:
    case RUNDE_DISTINCT_CARERS:
    case RUNDE_CARERS_OVER_TARGET:
    case RUNDE_OVERQUALIFICATION:
    case RUNDE_LOAD_SPREAD:
    case RUNDE_SHIFTS_USED:
    case RUNDE_CHANGED_CARER:
    case RUNDE_CLIENTS_CHANGED:
    case RUNDE_VISITS_SHIFTED:
    case RUNDE_CRITERIA:
        break;
    }
    return RN_UNIT_COUNT;
}

static int32_t greatest_common_divisor(int32_t a, int32_t b)
{
    while (b != 0) {
        const int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

void runde_weights_default(runde_weights *out, int32_t tick_ms)
{
    /* What one second, or one of the rest, is worth in seconds of driving:
     * a point of a carer wish is a minute, a new face ten, a missed break an
     * hour. */
    static const int32_t seconds[RUNDE_CRITERIA] = {
        [RUNDE_TRAVEL_TIME] = 1,
        [RUNDE_EARLY] = 1,
        [RUNDE_LATE] = 3,
        [RUNDE_OVERTIME] = 4,
        [RUNDE_OPTIONAL_UNSERVED] = 1,
        [RUNDE_BREAKS_MISSED] = 3600,
        [RUNDE_CARER_PREFERENCE] = 60,
        [RUNDE_DISTINCT_CARERS] = 600,
        [RUNDE_CARERS_OVER_TARGET] = 1200,
        [RUNDE_OVERQUALIFICATION] = 120,
        [RUNDE_CHANGED_CARER] = 300,
        [RUNDE_SHIFTED_START] = 1,
    };
    if (out == NULL) {
        return;
    }
    memset(out, 0, sizeof *out);
    out->size = sizeof *out;
    /* A tick is tick / whole seconds, in lowest terms: with ticks times
     * `tick` and counts times `whole` every ratio is kept exactly. */
    const int32_t length = tick_ms <= 0 ? 1000 : tick_ms;
    const int32_t divisor = greatest_common_divisor(length, 1000);
    const int64_t tick = length / divisor;
    const int64_t whole = 1000 / divisor;
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        const rn_measure unit = rn_criterion_unit((runde_criterion)i);
        const int64_t weight =
            seconds[i] * (unit == RN_UNIT_TICK ? tick : whole);
        out->weight[i] =
            weight > RN_WEIGHT_MAX ? RN_WEIGHT_MAX : (int32_t)weight;
    }
}

static double order_unit(runde_criterion criterion, int32_t tick_ms)
{
    switch (rn_criterion_unit(criterion)) {
    case RN_UNIT_TICK:
        return (double)ORDER_UNIT_MS / (double)(tick_ms <= 0 ? 1000 : tick_ms);
    case RN_UNIT_METRE:
        return ORDER_UNIT_M;
    case RN_UNIT_COUNT:
        break;
    }
    return 1.0;
}

static bool is_order(const runde_criterion *order, int32_t n)
{
    uint32_t seen = 0;
    if (n < 0 || n > RUNDE_CRITERIA || (n > 0 && order == NULL)) {
        return false;
    }
    for (int32_t j = 0; j < n; j++) {
        const int criterion = (int)order[j];
        if (criterion < 0 || criterion >= RUNDE_CRITERIA ||
            (seen & 1U << criterion) != 0) {
            return false;
        }
        seen |= 1U << criterion;
    }
    return true;
}

runde_status runde_weights_from_order(runde_weights *out,
                                      const runde_criterion *order, int32_t n,
                                      int32_t tick_ms)
{
    double raw[RUNDE_CRITERIA] = {0.0};
    if (out == NULL || !is_order(order, n)) {
        return RUNDE_E_ARGUMENT;
    }
    memset(out, 0, sizeof *out);
    out->size = sizeof *out;
    double step = 1.0;
    double least = 1.0;
    double largest = 0.0;
    for (int32_t j = n - 1; j >= 0; j--) {
        raw[j] = step / order_unit(order[j], tick_ms);
        least = raw[j] < least ? raw[j] : least;
        largest = raw[j] > largest ? raw[j] : largest;
        step *= ORDER_STEP;
    }
    /* The smallest weight becomes 1. Where the range is then too wide for
     * the largest, the top keeps its proportions and the tail ends at 1. */
    double scale = 1.0 / least;
    if (largest * scale > (double)RN_WEIGHT_MAX) {
        scale = (double)RN_WEIGHT_MAX / largest;
    }
    for (int32_t j = 0; j < n; j++) {
        const double weight = raw[j] * scale + 0.5;
        out->weight[order[j]] = weight < 1.0 ? 1 : (int32_t)weight;
    }
    return RUNDE_OK;
}
