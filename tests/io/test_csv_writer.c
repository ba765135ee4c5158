/* SPDX-License-Identifier: MIT */
/* The table of stops, read by a CSV reader of the test's own. */
#include "export_fixture.h"

enum { COLUMNS = 18, ROWS = 7, CELL = 320 };

/* A table taken apart; -1 cells in a row that is malformed. */
typedef struct sheet {
    int rows;
    int cells[ROWS + 1];
    char cell[ROWS + 1][COLUMNS + 1][CELL];
} sheet;

/* One cell, its quotes resolved; behind it, or NULL. */
static const char *take_cell(const char *at, char separator, char *out)
{
    size_t n = 0;
    const bool is_quoted = *at == '"';
    at += is_quoted;
    for (; *at != '\0' && n + 1 < CELL; at++) {
        if (is_quoted && *at == '"') {
            at++;
            if (*at != '"') {
                out[n] = '\0';
                return at;
            }
        } else if (!is_quoted && (*at == separator || *at == '\r')) {
            out[n] = '\0';
            return at;
        } else if (!is_quoted && (*at == '"' || *at == '\n')) {
            return NULL;
        }
        out[n++] = *at;
    }
    return NULL;
}

static void read_sheet(sheet *s, const char *text, char separator)
{
    memset(s, 0, sizeof *s);
    while (*text != '\0') {
        CU_ASSERT_TRUE_FATAL(s->rows <= ROWS);
        int *const n = &s->cells[s->rows];
        for (;;) {
            CU_ASSERT_TRUE_FATAL(*n <= COLUMNS);
            text = take_cell(text, separator, s->cell[s->rows][*n]);
            CU_ASSERT_PTR_NOT_NULL_FATAL(text);
            *n += 1;
            if (*text != separator) {
                break;
            }
            text++;
        }
        CU_ASSERT_EQUAL_FATAL(strncmp(text, "\r\n", 2), 0);
        text += 2;
        s->rows++;
    }
}

static char *write(const char *id, bool has_origin,
                   const runde_csv_style *style)
{
    runde_problem *const p = export_problem(id, has_origin);
    runde_plan *const plan = export_plan(p);
    char *text = NULL;
    size_t length = 0;
    MUST(runde_plan_to_csv(&text, &length, p, plan, style));
    CU_ASSERT_EQUAL(strlen(text), length);
    runde_plan_free(plan);
    runde_problem_free(p);
    return text;
}

static void test_rows(void)
{
    static sheet s;
    char *const text = write("x", true, NULL);
    read_sheet(&s, text, ',');
    CU_ASSERT_EQUAL_FATAL(s.rows, ROWS);
    for (int i = 0; i < ROWS; i++) {
        CU_ASSERT_EQUAL(s.cells[i], COLUMNS);
    }
    CU_ASSERT_STRING_EQUAL(s.cell[0][0], "carer");
    /* carer, shift, stop, kind, id, part, client, place */
    CU_ASSERT_STRING_EQUAL(s.cell[2][0], "x0");
    CU_ASSERT_STRING_EQUAL(s.cell[2][1], "x2");
    CU_ASSERT_STRING_EQUAL(s.cell[2][2], "2");
    CU_ASSERT_STRING_EQUAL(s.cell[2][3], "visit");
    CU_ASSERT_STRING_EQUAL(s.cell[2][4], "x5");
    CU_ASSERT_STRING_EQUAL(s.cell[2][5], "1");
    CU_ASSERT_STRING_EQUAL(s.cell[2][6], "x0");
    CU_ASSERT_STRING_EQUAL(s.cell[2][8], "60.5000000");
    /* The clock goes from 02:00 to 03:00 meanwhile. */
    CU_ASSERT_STRING_EQUAL(s.cell[2][11], "2026-03-29 01:30:00");
    CU_ASSERT_STRING_EQUAL(s.cell[2][12], "2026-03-29 03:30:00");
    CU_ASSERT_STRING_EQUAL(s.cell[2][13], "5.00");
    CU_ASSERT_STRING_EQUAL(s.cell[2][14], "0.300");
    /* A break on the road has no place, a place may lack coordinates. */
    CU_ASSERT_STRING_EQUAL(s.cell[3][3], "break");
    CU_ASSERT_STRING_EQUAL(s.cell[3][4], "1");
    CU_ASSERT_STRING_EQUAL(s.cell[3][7], "");
    CU_ASSERT_STRING_EQUAL(s.cell[3][15], "88.50");
    CU_ASSERT_STRING_EQUAL(s.cell[5][5], "2");
    CU_ASSERT_STRING_EQUAL(s.cell[6][3], "unserved");
    CU_ASSERT_STRING_EQUAL(s.cell[6][8], "");
    CU_ASSERT_STRING_EQUAL(s.cell[6][17], "skill|no_time");
    runde_text_free(text);
}

static void test_style(void)
{
    static sheet s;
    const runde_csv_style norwegian = {sizeof norwegian, ';', ',', true};
    const runde_csv_style commas = {sizeof commas, ',', ',', false};
    char *text = write("x", false, &norwegian);
    CU_ASSERT_EQUAL(strncmp(text,
                            "\xEF\xBB\xBF"
                            "carer;shift;",
                            15),
                    0);
    read_sheet(&s, text + 3, ';');
    CU_ASSERT_STRING_EQUAL(s.cell[2][8], "60,5000000");
    CU_ASSERT_STRING_EQUAL(s.cell[4][9], "-179,7000000");
    /* Without civil time ticks. */
    CU_ASSERT_STRING_EQUAL(s.cell[2][11], "5400");
    runde_text_free(text);
    text = write("x", true, &commas);
    read_sheet(&s, text, ',');
    CU_ASSERT_STRING_EQUAL(s.cell[2][8], "60,5000000");
    runde_text_free(text);
}

static void test_bad_style(void)
{
    runde_problem *const p = export_problem("x", true);
    runde_plan *const plan = export_plan(p);
    static const runde_csv_style bad[] = {
        {0, ';', ',', false},
        {sizeof(runde_csv_style), 'x', '.', false},
        {sizeof(runde_csv_style), ';', ';', false}};
    char *text = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CU_ASSERT_EQUAL(runde_plan_to_csv(&text, NULL, p, plan, &bad[i]),
                        RUNDE_E_ARGUMENT);
    }
    runde_plan_free(plan);
    runde_problem_free(p);
}

/* Whatever the ids: the table keeps its shape, no text begins as a formula
 * does, and what stands behind our apostrophe is the id. */
static void test_hostile(void)
{
    static sheet s;
    static const char separators[] = {',', ';', '\t'};
    for (int i = 0; i < N_HOSTILE; i++) {
        const runde_csv_style style = {sizeof style, separators[i % 3], '.',
                                       i % 2 == 0};
        char *const text = write(export_hostile[i], true, &style);
        read_sheet(&s, text + (style.has_bom ? 3 : 0), style.separator);
        CU_ASSERT_EQUAL_FATAL(s.rows, ROWS);
        CU_ASSERT_EQUAL(s.cells[2], COLUMNS);
        const char *const cell = s.cell[2][4];
        CU_ASSERT_PTR_NULL(strchr("=+-@\t\r\n", cell[strspn(cell, " ")]));
        CU_ASSERT_STRING_EQUAL(cell + (cell[0] == '\''),
                               export_id(export_hostile[i], 5));
        CU_ASSERT_EQUAL(strncmp(cell, "\xEF\xBC\x9D", 3) == 0, 0);
        runde_text_free(text);
    }
}

static void test_long(void)
{
    static sheet s;
    char id[255];
    memset(id, '"', sizeof id);
    id[252] = '\0';
    char *const text = write(id, true, NULL);
    read_sheet(&s, text, ',');
    CU_ASSERT_EQUAL(strlen(s.cell[2][4]), 253);
    runde_text_free(text);
}

static runde_status write_usual(char **text, size_t *length,
                                const runde_problem *problem,
                                const runde_plan *plan)
{
    return runde_plan_to_csv(text, length, problem, plan, NULL);
}

static void test_arguments(void)
{
    export_check_arguments(write_usual);
}

int main(void)
{
    RN_RUN("csv_writer", RN_TEST(test_rows), RN_TEST(test_style),
           RN_TEST(test_bad_style), RN_TEST(test_hostile), RN_TEST(test_long),
           RN_TEST(test_arguments));
}
