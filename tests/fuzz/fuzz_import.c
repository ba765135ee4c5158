/* SPDX-License-Identifier: MIT */
/* The bytes are VROOM's input; or, cut at bytes of 0x1E, five tables: a sealed
 * problem that prints and reads back, or findings and nothing. */
#include "fuzz.h"

#include <runde/runde.h>

#include <string.h>

enum { TABLES = 5, CUT = 0x1E };

static void judge(runde_status status, runde_problem *problem,
                  const runde_diag *diag)
{
    char *text = NULL;
    size_t length = 0;
    runde_problem *again = NULL;
    RN_REQUIRE((status == RUNDE_OK) == (problem != NULL));
    RN_REQUIRE(status == RUNDE_OK || status == RUNDE_E_NOMEM ||
               diag->errors > 0);
    if (problem == NULL) {
        return;
    }
    RN_REQUIRE(runde_problem_to_json(&text, &length, problem) == RUNDE_OK);
    RN_REQUIRE(runde_problem_from_json(&again, text, length, NULL) == RUNDE_OK);
    runde_problem_free(again);
    runde_text_free(text);
    runde_problem_free(problem);
}

static void try_vroom(const char *text, size_t size)
{
    runde_problem *problem = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status =
        runde_problem_from_vroom(&problem, text, size, &diag);
    judge(status, problem, &diag);
}

static void try_tables(const char *text, size_t size)
{
    runde_csv_tables csv = RUNDE_CSV_TABLES_INIT;
    runde_csv_text *const to[TABLES] = {&csv.visits, &csv.carers, &csv.shifts,
                                        &csv.clients, &csv.links};
    size_t begin = 0;
    for (int i = 0; i < TABLES && begin < size; i++) {
        size_t end = begin;
        while (end < size && text[end] != CUT) {
            end++;
        }
        to[i]->text = text + begin;
        to[i]->length = end - begin;
        begin = end + 1;
    }
    for (int i = 0; i < 2; i++) {
        runde_problem *problem = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        csv.date = i == 0 ? NULL : "2026-10-25";
        const runde_status status =
            runde_problem_from_csv(&problem, &csv, &diag);
        judge(status, problem, &diag);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const text = (const char *)data;
    if (size > 0 && data[0] == '{') {
        try_vroom(text, size);
    } else {
        try_tables(text, size);
    }
    return 0;
}
