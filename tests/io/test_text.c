/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/alloc.h"
#include "io/gate.h"
#include "io/text.h"
#include "io/token.h"
#include "io/tree.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* The text, for the caller to free; a failed assertion without. */
static char *taken(rn_text *text)
{
    char *out = NULL;
    size_t length = 0;
    CU_ASSERT_EQUAL_FATAL(rn_text_take(text, &out, &length), RUNDE_OK);
    CU_ASSERT_EQUAL(length, strlen(out));
    return out;
}

static void expect(rn_text *text, const char *wanted)
{
    char *const out = taken(text);
    if (strcmp(out, wanted) != 0) {
        printf("\n%s\ninstead of\n%s\n", out, wanted);
    }
    CU_ASSERT_STRING_EQUAL(out, wanted);
    rn_free(out);
}

static void test_empty(void)
{
    rn_text text;
    rn_text_init(&text);
    expect(&text, "");
    rn_text_object(&text, NULL, RN_TEXT_LINES);
    rn_text_close(&text);
    expect(&text, "{}\n");
    rn_text_array(&text, NULL, RN_TEXT_INLINE);
    rn_text_close(&text);
    expect(&text, "[]\n");
    rn_text_free(&text);
    rn_text_free(&text);
}

static void test_layout(void)
{
    static const int32_t cells[] = {0, 12, RUNDE_UNREACHABLE, 0};
    rn_text text;
    rn_text_init(&text);
    rn_text_object(&text, NULL, RN_TEXT_LINES);
    rn_text_member_string(&text, "format", "runde-problem");
    rn_text_member_int(&text, "version", 1);
    rn_text_object(&text, "settings", RN_TEXT_LINES);
    rn_text_close(&text);
    rn_text_array(&text, "places", RN_TEXT_LINES);
    rn_text_object(&text, NULL, RN_TEXT_INLINE);
    rn_text_member_string(&text, "id", "a");
    rn_text_member_decimal(&text, "lat", 63.43);
    rn_text_array(&text, "list", RN_TEXT_LINES);
    rn_text_member_bool(&text, NULL, true);
    rn_text_member_null(&text, NULL);
    rn_text_close(&text);
    rn_text_close(&text);
    rn_text_object(&text, NULL, RN_TEXT_INLINE);
    rn_text_member_string(&text, "id", NULL);
    rn_text_close(&text);
    rn_text_close(&text);
    rn_text_member_matrix(&text, "durations", cells, 2, 2);
    rn_text_member_matrix(&text, "distances", NULL, 0, 0);
    rn_text_close(&text);
    expect(&text, "{\n"
                  "  \"format\": \"runde-problem\",\n"
                  "  \"version\": 1,\n"
                  "  \"settings\": {},\n"
                  "  \"places\": [\n"
                  "    {\"id\": \"a\", \"lat\": 63.43, "
                  "\"list\": [true, null]},\n"
                  "    {\"id\": null}\n"
                  "  ],\n"
                  "  \"durations\": [\n"
                  "    [0,12],\n"
                  "    [null,0]\n"
                  "  ],\n"
                  "  \"distances\": []\n"
                  "}\n");
}

static void test_integers(void)
{
    rn_text text;
    rn_text_init(&text);
    rn_text_array(&text, NULL, RN_TEXT_INLINE);
    rn_text_member_int(&text, NULL, 0);
    rn_text_member_int(&text, NULL, -7);
    rn_text_member_int(&text, NULL, INT64_MAX);
    rn_text_member_int(&text, NULL, INT64_MIN);
    rn_text_member_big_int(&text, NULL, INT64_C(9007199254740991));
    rn_text_member_big_int(&text, NULL, INT64_C(9007199254740992));
    rn_text_member_big_int(&text, NULL, -INT64_C(9007199254740992));
    rn_text_member_big_uint(&text, NULL, UINT64_C(9007199254740991));
    rn_text_member_big_uint(&text, NULL, UINT64_MAX);
    rn_text_close(&text);
    expect(&text, "[0, -7, 9223372036854775807, -9223372036854775808, "
                  "9007199254740991, \"9007199254740992\", "
                  "\"-9007199254740992\", 9007199254740991, "
                  "\"18446744073709551615\"]\n");
}

typedef struct decimal_case {
    double value;
    const char *text;
} decimal_case;

static void test_decimals(void)
{
    static const decimal_case cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {10.0, "10"},
        {59.9139, "59.9139"},
        {-10.5, "-10.5"},
        {0.0000001, "0.0000001"},
        {-0.0000001, "-0.0000001"},
        {0.00000004, "0"},
        {-0.00000004, "0"},
        {0.00000006, "0.0000001"},
        {1.99999999, "2"},
        {100.01, "100.01"},
        {1e8, "100000000"},
        {-1e8, "-100000000"},
        {100000000.1, "null"},
        {1e300, "null"},
        {HUGE_VAL, "null"},
        {-HUGE_VAL, "null"},
        {(double)NAN, "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rn_text text;
        rn_text_init(&text);
        rn_text_decimal(&text, cases[i].value);
        expect(&text, cases[i].text);
    }
}

static void test_quotes(void)
{
    rn_text text;
    rn_text_init(&text);
    rn_text_quote(&text, "a\"b\\c/<d>\xC3\xA6\xF0\x9D\x84\x9E");
    expect(&text, "\"a\\\"b\\\\c/<d>\xC3\xA6\xF0\x9D\x84\x9E\"");
    rn_text_quote(&text, "\n\x01\x7f\xE2\x80\xA8\xE2\x80\xAE");
    expect(&text, "\"\\u000a\\u0001\\u007f\\u2028\\u202e\"");
    rn_text_quote(&text, "\xC3\xA6\xC3x\xED\xA0\x80\xFF");
    expect(&text, "\"\xC3\xA6\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD"
                  "\xEF\xBF\xBD\xEF\xBF\xBD\"");
    rn_text_quote(&text, "");
    expect(&text, "\"\"");
}

/* Reads one document back; the caller frees both. */
static rn_tree *read_back(const char *text)
{
    rn_tree *tree = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = rn_tree_parse(&tree, text, strlen(text), &diag);
    if (status != RUNDE_OK) {
        printf("\n%s\n", diag.message);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return tree;
}

static void decimals_come_back(void)
{
    int32_t wrong = 0;
    rn_text text;
    rn_text_init(&text);
    rn_text_array(&text, NULL, RN_TEXT_LINES);
    const int64_t stride = INT64_C(7654321);
    for (int64_t i = -1800000000; i <= 1800000000; i += stride) {
        rn_text_member_decimal(&text, NULL, (double)i / 1e7);
    }
    rn_text_close(&text);
    char *const out = taken(&text);
    rn_tree *const tree = read_back(out);
    const rn_node *node = rn_node_first(rn_tree_root(tree));
    for (int64_t i = -1800000000; i <= 1800000000; i += stride) {
        double value = 0;
        wrong += rn_node_decimal(node, -180, 180, &value) != RN_READ_OK;
        wrong += value != (double)i / 1e7;
        node = rn_node_next(node);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_PTR_NULL(node);
    rn_tree_free(tree);
    rn_free(out);
}

static void test_decimals_come_back(void)
{
    decimals_come_back();
    /* A comma for a decimal point, if the machine has such a locale. */
    static const char *const locales[] = {"nb_NO.UTF-8", "de_DE.UTF-8",
                                          "ps_AF.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (setlocale(LC_ALL, locales[i]) != NULL) {
            decimals_come_back();
        }
    }
    (void)setlocale(LC_ALL, "C");
}

/* Each character that may stand in a string comes back as it was. */
static void test_characters_come_back(void)
{
    int32_t wrong = 0;
    int32_t n = 0;
    for (uint32_t code = 1; code <= 0x10FFFF; code += 1 + code / 64) {
        char raw[8] = "";
        /* Encodes all but "~" and "/", which pointers write otherwise. */
        char *const end = rn_pointer_put(raw, raw + 7, code);
        *end = '\0';
        uint32_t again = 0;
        if (code == '~' || code == '/' || rn_is_forbidden(code) ||
            rn_utf8_decode(raw, end, &again) == 0) {
            continue;
        }
        rn_text text;
        rn_text_init(&text);
        rn_text_quote(&text, raw);
        char *const out = taken(&text);
        rn_tree *const tree = read_back(out);
        wrong += strcmp(rn_node_string(rn_tree_root(tree)), raw) != 0;
        wrong += again != code;
        n++;
        rn_tree_free(tree);
        rn_free(out);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(n > 500);
}

static void test_misuse(void)
{
    char *out = NULL;
    rn_text text;
    rn_text_init(&text);
    rn_text_close(&text);
    CU_ASSERT_EQUAL(rn_text_take(&text, &out, NULL), RUNDE_E_INTERNAL);
    rn_text_array(&text, NULL, RN_TEXT_LINES);
    CU_ASSERT_EQUAL(rn_text_take(&text, &out, NULL), RUNDE_E_INTERNAL);
    for (int32_t i = 0; i < RN_TEXT_DEPTH; i++) {
        rn_text_array(&text, NULL, RN_TEXT_LINES);
    }
    CU_ASSERT_EQUAL(text.status, RUNDE_OK);
    rn_text_array(&text, NULL, RN_TEXT_LINES);
    CU_ASSERT_EQUAL(text.status, RUNDE_E_INTERNAL);
    rn_text_free(&text);
    CU_ASSERT_PTR_NULL(out);
}

static int32_t allocations_left;

static bool runs_out(size_t size)
{
    (void)size;
    return allocations_left-- <= 0;
}

static void test_out_of_memory(void)
{
    char *out = NULL;
    int32_t k = 0;
    for (; k < 100; k++) {
        rn_text text;
        rn_text_init(&text);
        allocations_left = k;
        rn_alloc_set_fault(runs_out);
        rn_text_array(&text, NULL, RN_TEXT_LINES);
        for (int32_t i = 0; i < 1000; i++) {
            rn_text_member_string(&text, NULL, "more and more");
            rn_text_member_decimal(&text, NULL, 1.5);
        }
        rn_text_close(&text);
        const runde_status status = rn_text_take(&text, &out, NULL);
        rn_alloc_set_fault(NULL);
        if (status == RUNDE_OK) {
            break;
        }
        CU_ASSERT_EQUAL(status, RUNDE_E_NOMEM);
        CU_ASSERT_PTR_NULL(out);
    }
    CU_ASSERT_TRUE(k > 2 && k < 100);
    rn_free(out);
}

int main(void)
{
    RN_RUN("text", RN_TEST(test_empty), RN_TEST(test_layout),
           RN_TEST(test_integers), RN_TEST(test_decimals), RN_TEST(test_quotes),
           RN_TEST(test_decimals_come_back), RN_TEST(test_characters_come_back),
           RN_TEST(test_misuse), RN_TEST(test_out_of_memory));
}
