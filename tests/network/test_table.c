/* SPDX-License-Identifier: MIT */
/* Tables: what is read, and that whatever is wrong is told with its line. */
#include "harness.h"
#include "network/table.h"

#include <string.h>

static const char *const wanted[] = {"id", "size", "note", NULL};

/* Findings as "code pointer\n". */
typedef struct notes {
    char text[4096];
    int n;
} notes;

static void note(const runde_finding *finding, void *payload)
{
    notes *const all = payload;
    const size_t at = strlen(all->text);
    (void)snprintf(all->text + at, sizeof all->text - at, "%s %s\n",
                   finding->code, finding->pointer);
    all->n++;
}

static notes seen;
static runde_diag diag;
static rn_table table;

static bool open_table(const char *text)
{
    const runde_diag fresh = RUNDE_DIAG_INIT;
    memset(&seen, 0, sizeof seen);
    diag = fresh;
    diag.on_finding = note;
    diag.payload = &seen;
    table.name = "edges";
    table.diag = &diag;
    return rn_table_open(&table, text, strlen(text), wanted, 2);
}

static int64_t number(int32_t column, int32_t decimals)
{
    int64_t value = -1;
    CU_ASSERT_TRUE(
        rn_table_number(&table, column, decimals, -1000, 1000, &value));
    return value;
}

static void test_rows(void)
{
    CU_ASSERT_TRUE(open_table("size,other,id\n1.25,x,7\n\n-2,\"a,b\"\"c\",8"));
    CU_ASSERT_TRUE(rn_table_next(&table));
    CU_ASSERT_EQUAL(number(0, 0), 7);
    CU_ASSERT_EQUAL(number(1, 1), 13); /* rounded half up */
    CU_ASSERT_FALSE(rn_table_has(&table, 2));
    CU_ASSERT_EQUAL(table.line, 2);
    CU_ASSERT_TRUE(rn_table_next(&table));
    CU_ASSERT_EQUAL(table.line, 4);
    CU_ASSERT_EQUAL(number(0, 0), 8);
    CU_ASSERT_EQUAL(number(1, 3), -2000);
    CU_ASSERT_FALSE(rn_table_next(&table));
    CU_ASSERT_EQUAL(seen.n, 0);
}

/* As spreadsheets write it: a byte order mark, CR LF, semicolons. */
static void test_spreadsheet(void)
{
    CU_ASSERT_TRUE(open_table("\xEF\xBB\xBF\"id\";size\r\n\"5\";6\r\n"));
    CU_ASSERT_TRUE(rn_table_next(&table));
    CU_ASSERT_EQUAL(number(0, 0), 5);
    CU_ASSERT_EQUAL(number(1, 0), 6);
    CU_ASSERT_FALSE(rn_table_next(&table));
    CU_ASSERT_EQUAL(seen.n, 0);
}

static void test_headers(void)
{
    static const char *const wrong[][2] = {
        {"", "RUNDE-E701 /edges/0\n"},
        {"\n\n", "RUNDE-E701 /edges/2\n"},
        {"id,\"size\n1,2\n", "RUNDE-E701 /edges/1\n"},
        {"a,b\n", "RUNDE-E701 /edges/1/id\nRUNDE-E701 /edges/1/size\n"},
        {"id,size,id\n", "RUNDE-E701 /edges/1/id\n"},
        {"ID,size\n", "RUNDE-E701 /edges/1/id\n"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CU_ASSERT_FALSE(open_table(wrong[i][0]));
        CU_ASSERT_STRING_EQUAL(seen.text, wrong[i][1]);
    }
    char wide[200] = "id,size";
    for (int i = 0; i < RN_TABLE_FIELDS - 1; i++) {
        (void)strcat(wide, ",");
    }
    CU_ASSERT_FALSE(open_table(wide));
    CU_ASSERT_STRING_EQUAL(seen.text, "RUNDE-E701 /edges/1\n");
    wide[strlen(wide) - 1] = '\0';
    CU_ASSERT_TRUE(open_table(wide));
}

/* A row that cannot be taken apart is told; those behind it are read. */
static void test_shapes(void)
{
    CU_ASSERT_TRUE(open_table("id,size\n1\n1,2,3\n\"1,2\n\"1\"x,2\n4,5\n"));
    CU_ASSERT_TRUE(rn_table_next(&table));
    CU_ASSERT_EQUAL(number(0, 0), 4);
    CU_ASSERT_FALSE(rn_table_next(&table));
    CU_ASSERT_STRING_EQUAL(seen.text,
                           "RUNDE-E702 /edges/2\nRUNDE-E702 /edges/3\n"
                           "RUNDE-E702 /edges/4\nRUNDE-E702 /edges/5\n");
    CU_ASSERT_EQUAL(table.n_rows, 5);
    CU_ASSERT_EQUAL(table.faults, 4);
}

static void test_numbers(void)
{
    static const char *const wrong[] = {"",
                                        " 1",
                                        "1 ",
                                        "+1",
                                        "1,5",
                                        "0x10",
                                        "nan",
                                        "inf",
                                        "1e",
                                        "01",
                                        ".5",
                                        "5.",
                                        "1001",
                                        "-1001",
                                        "1e9",
                                        "abc",
                                        "\x80",
                                        "1000.0000001",
                                        "99999999999999999999999999",
                                        "1-2"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[100];
        (void)snprintf(text, sizeof text, "id,size\n1,\"%s\"\n", wrong[i]);
        CU_ASSERT_TRUE(open_table(text));
        CU_ASSERT_TRUE(rn_table_next(&table));
        int64_t value = 0;
        CU_ASSERT_FALSE(rn_table_number(&table, 1, 7, -1000, 1000, &value));
        CU_ASSERT_STRING_EQUAL(seen.text, "RUNDE-E703 /edges/2/size\n");
    }
    CU_ASSERT_TRUE(open_table("id,size\n1.5,1000.0\n"));
    CU_ASSERT_TRUE(rn_table_next(&table));
    int64_t value = 0;
    CU_ASSERT_FALSE(rn_table_number(&table, 0, 0, 0, 10, &value));
    CU_ASSERT_PTR_NOT_NULL(strstr(diag.message, "line 2, column 1 (id)"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diag.message, "\"1.5\" is no whole number"));
    CU_ASSERT_TRUE(rn_table_number(&table, 1, 7, -1000, 1000, &value));
    CU_ASSERT_EQUAL(value, INT64_C(10000000000));
}

/* What stands in a cell is shown, but only so much of it and nothing that a
 * terminal would obey. */
static void test_shown(void)
{
    CU_ASSERT_TRUE(
        open_table("id,size\n1,\x1b[2J-abcdefghijklmnopqrstuvwxyz\n"));
    CU_ASSERT_TRUE(rn_table_next(&table));
    int64_t value = 0;
    CU_ASSERT_FALSE(rn_table_number(&table, 1, 0, 0, 10, &value));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(diag.message, "\"?[2J-abcdefghijklmnopqrs...\" is no number"));
}

int main(void)
{
    RN_RUN("table", RN_TEST(test_rows), RN_TEST(test_spreadsheet),
           RN_TEST(test_headers), RN_TEST(test_shapes), RN_TEST(test_numbers),
           RN_TEST(test_shown));
}
