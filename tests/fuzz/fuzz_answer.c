/* SPDX-License-Identifier: MIT */
/* The first byte chooses an API and how many places were asked about, the
 * rest is what a road engine answers: taken whole with every cell in range,
 * or refused with a reason. */
#include "fuzz.h"

#include "roads/answer.h"
#include "roads/known.h"

#include <string.h>

enum { MOST = 8, DAY_MS = 86400000, FAR_M = 40000000 };

static void require_cells(const rn_answer *a)
{
    for (int32_t i = 0; i < a->n_sources * a->n_targets; i++) {
        RN_REQUIRE(a->ms[i] >= RN_NO_ROAD && a->ms[i] <= DAY_MS);
        RN_REQUIRE(a->metres[i] >= RN_UNKNOWN && a->metres[i] <= FAR_M);
    }
    for (int32_t i = 0; i < a->n_sources; i++) {
        RN_REQUIRE(a->source_snap[i] >= RN_UNKNOWN);
    }
    for (int32_t i = 0; i < a->n_targets; i++) {
        RN_REQUIRE(a->target_snap[i] >= RN_UNKNOWN);
    }
}

static void require_plain(const char *code)
{
    for (const char *c = code; *c != '\0'; c++) {
        RN_REQUIRE((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
                   (*c >= 'A' && *c <= 'Z'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const rn_address asked[MOST] = {{4710000, 950000}};
    int32_t ms[MOST * MOST] = {0};
    int32_t metres[MOST * MOST];
    int32_t snaps[2][MOST];
    const char *wrong = NULL;
    if (size == 0) {
        return 0;
    }
    /* A copy of the exact length: reading past its end is found. */
    const size_t length = size - 1;
    char *const text = malloc(length == 0 ? 1 : length);
    RN_REQUIRE(text != NULL);
    memcpy(text, data + 1, length);
    const runde_roads_api api = (runde_roads_api)(data[0] & 3U);
    rn_answer a = {1 + (data[0] >> 2U & 7U),
                   1 + (data[0] >> 5U & 7U),
                   ms,
                   metres,
                   snaps[0],
                   snaps[1],
                   asked,
                   asked};
    if (rn_answer_read(&a, api, text, length, &wrong) == RN_READING_GOOD) {
        require_cells(&a);
    } else {
        RN_REQUIRE(wrong != NULL);
    }
    const rn_reason reason =
        rn_answer_reason(api, 400, (data[0] & 4U) != 0, text, length);
    require_plain(reason.code);
    free(text);
    return 0;
}
