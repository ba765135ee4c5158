/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/faults.h"
#include "io/tree.h"

#include <math.h>
#include <string.h>

static rn_tree *parsed(const char *text)
{
    rn_tree *tree = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = rn_tree_parse(&tree, text, strlen(text), &diag);
    if (status != RUNDE_OK) {
        printf("\n%s: %s\n", text, diag.message);
    }
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return tree;
}

static void test_walking(void)
{
    rn_tree *const tree =
        parsed("{\"a\": [1, \"two\", null, true, {}, []], \"A\": false,\n"
               " \"\\u00e5\": {\"b\": {\"c\": \"deep\"}}}");
    const rn_node *const root = rn_tree_root(tree);
    CU_ASSERT_EQUAL(rn_node_kind(root), RN_KIND_OBJECT);
    CU_ASSERT_EQUAL(rn_node_count(root), 3);
    CU_ASSERT_PTR_NULL(rn_node_key(root));
    CU_ASSERT_PTR_NULL(rn_node_next(root));

    static const rn_kind kinds[] = {RN_KIND_NUMBER, RN_KIND_STRING,
                                    RN_KIND_NULL,   RN_KIND_BOOL,
                                    RN_KIND_OBJECT, RN_KIND_ARRAY};
    const rn_node *const array = rn_node_member(root, "a");
    const rn_node *node = rn_node_first(array);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        CU_ASSERT_EQUAL(rn_node_kind(node), kinds[i]);
        CU_ASSERT_PTR_NULL(rn_node_key(node));
        CU_ASSERT_PTR_NULL(rn_node_first(node));
        node = rn_node_next(node);
    }
    CU_ASSERT_PTR_NULL(node);
    CU_ASSERT_EQUAL(rn_node_count(array), 6);

    bool value = true;
    const rn_node *const upper = rn_node_member(root, "A");
    CU_ASSERT_EQUAL(rn_node_bool(upper, &value), RN_READ_OK);
    CU_ASSERT_FALSE(value);
    const rn_node *const inner = rn_node_member(
        rn_node_member(rn_node_member(root, "\xC3\xA5"), "b"), "c");
    CU_ASSERT_STRING_EQUAL(rn_node_string(inner), "deep");
    CU_ASSERT_STRING_EQUAL(rn_node_key(inner), "c");
    rn_tree_free(tree);
}

/* Nothing found and things of another kind may be asked without a test. */
static void test_nothing(void)
{
    rn_tree *const tree = parsed("{\"s\": \"15\", \"n\": 15}");
    const rn_node *const s = rn_node_member(rn_tree_root(tree), "s");
    const rn_node *const n = rn_node_member(rn_tree_root(tree), "n");
    int64_t i = 7;
    uint64_t u = 7;
    double d = 7;
    bool b = false;
    int32_t rows;
    size_t length;
    const int32_t *cells;
    CU_ASSERT_EQUAL(rn_node_kind(NULL), RN_KIND_NULL);
    CU_ASSERT_PTR_NULL(rn_node_first(NULL));
    CU_ASSERT_PTR_NULL(rn_node_next(NULL));
    CU_ASSERT_PTR_NULL(rn_node_key(NULL));
    CU_ASSERT_PTR_NULL(rn_node_member(NULL, "a"));
    CU_ASSERT_PTR_NULL(rn_node_member(s, "a"));
    CU_ASSERT_PTR_NULL(rn_node_member(rn_tree_root(tree), "S"));
    CU_ASSERT_EQUAL(rn_node_count(NULL), 0);
    CU_ASSERT_PTR_NULL(rn_node_string(NULL));
    CU_ASSERT_PTR_NULL(rn_node_string(n));
    CU_ASSERT_PTR_NULL(rn_node_token(s, &length));
    CU_ASSERT_EQUAL(rn_node_int(s, 0, 100, &i), RN_READ_KIND);
    CU_ASSERT_EQUAL(rn_node_int(NULL, 0, 100, &i), RN_READ_KIND);
    CU_ASSERT_EQUAL(rn_node_decimal(s, 0, 100, &d), RN_READ_KIND);
    CU_ASSERT_EQUAL(rn_node_bool(n, &b), RN_READ_KIND);
    CU_ASSERT_EQUAL(rn_node_big_uint(NULL, &u), RN_READ_KIND);
    CU_ASSERT_FALSE(rn_node_matrix(n, &cells, &rows, &rows));
    CU_ASSERT_PTR_NULL(rn_tree_take_matrix(tree, n));
    CU_ASSERT_EQUAL(i, 7);
    CU_ASSERT_EQUAL(u, 7);
    CU_ASSERT_EQUAL(d, 7);
    rn_tree_free(tree);
    rn_tree_free(NULL);
}

typedef struct int_case {
    const char *text;
    rn_read read;
    int64_t value;
} int_case;

static void test_integers(void)
{
    static const int_case cases[] = {
        {"0", RN_READ_OK, 0},
        {"-1", RN_READ_OK, -1},
        {"3.0", RN_READ_OK, 3},
        {"3e0", RN_READ_OK, 3},
        {"30E-1", RN_READ_OK, 3},
        {"0.3e+1", RN_READ_OK, 3},
        {"1.50e1", RN_READ_OK, 15},
        {"0.0", RN_READ_OK, 0},
        {"0e400", RN_READ_OK, 0},
        {"4294967295", RN_READ_OK, INT64_C(4294967295)},
        {"9007199254740993", RN_READ_OK, INT64_C(9007199254740993)},
        {"9223372036854775807", RN_READ_OK, INT64_MAX},
        {"-9223372036854775808", RN_READ_OK, INT64_MIN},
        {"9.223372036854775807e18", RN_READ_OK, INT64_MAX},
        {"9223372036854775808", RN_READ_RANGE, 7},
        {"-9223372036854775809", RN_READ_RANGE, 7},
        {"18446744073709551615", RN_READ_RANGE, 7},
        {"18446744073709551616", RN_READ_RANGE, 7},
        {"1e400", RN_READ_RANGE, 7},
        {"-1e400", RN_READ_RANGE, 7},
        {"1e99999999999999999999999", RN_READ_RANGE, 7},
        {"3.5", RN_READ_FRACTION, 7},
        {"0.5", RN_READ_FRACTION, 7},
        {"1e-1", RN_READ_FRACTION, 7},
        {"1e-99999999999999999999999", RN_READ_FRACTION, 7},
        {"9007199254740992.5", RN_READ_FRACTION, 7},
        {"3.00000000000000000000000000000000000000001", RN_READ_FRACTION, 7},
        {"-0", RN_READ_FRACTION, 7},
        {"-0.0", RN_READ_FRACTION, 7},
        {"-0e5", RN_READ_FRACTION, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rn_tree *const tree = parsed(cases[i].text);
        int64_t value = 7;
        const rn_read read =
            rn_node_int(rn_tree_root(tree), INT64_MIN, INT64_MAX, &value);
        if (read != cases[i].read || value != cases[i].value) {
            printf("\n%s: %d %lld\n", cases[i].text, (int)read,
                   (long long)value);
        }
        CU_ASSERT_EQUAL(read, cases[i].read);
        CU_ASSERT_EQUAL(value, cases[i].value);
        rn_tree_free(tree);
    }
    /* A long number is not cut where cJSON's buffer of 64 bytes ends. */
    char digits[4100];
    memset(digits, '9', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    rn_tree *const tree = parsed(digits);
    int64_t value = 7;
    size_t length = 0;
    CU_ASSERT_EQUAL(rn_node_int(rn_tree_root(tree), 0, INT64_MAX, &value),
                    RN_READ_RANGE);
    CU_ASSERT_PTR_EQUAL(rn_node_token(rn_tree_root(tree), &length), digits);
    CU_ASSERT_EQUAL(length, sizeof digits - 1);
    rn_tree_free(tree);
}

static void test_ranges(void)
{
    rn_tree *const tree = parsed("[100, -1]");
    const rn_node *const hundred = rn_node_first(rn_tree_root(tree));
    const rn_node *const minus = rn_node_next(hundred);
    int64_t value = 0;
    CU_ASSERT_EQUAL(rn_node_int(hundred, 1, 100, &value), RN_READ_OK);
    CU_ASSERT_EQUAL(value, 100);
    CU_ASSERT_EQUAL(rn_node_int(hundred, 1, 99, &value), RN_READ_RANGE);
    CU_ASSERT_EQUAL(rn_node_int(hundred, 101, 200, &value), RN_READ_RANGE);
    CU_ASSERT_EQUAL(rn_node_int(minus, 0, 100, &value), RN_READ_RANGE);
    CU_ASSERT_EQUAL(rn_node_int(minus, -1, -1, &value), RN_READ_OK);
    CU_ASSERT_EQUAL(value, -1);
    rn_tree_free(tree);
}

static void test_big_numbers(void)
{
    static const int_case cases[] = {
        {"\"9007199254740993\"", RN_READ_OK, INT64_C(9007199254740993)},
        {"\"-12\"", RN_READ_OK, -12},
        {"12", RN_READ_OK, 12},
        {"\"0\"", RN_READ_OK, 0},
        {"\"\"", RN_READ_KIND, 7},
        {"\"12x\"", RN_READ_KIND, 7},
        {"\" 12\"", RN_READ_KIND, 7},
        {"\"+12\"", RN_READ_KIND, 7},
        {"\"012\"", RN_READ_KIND, 7},
        {"\"1e3\"", RN_READ_KIND, 7},
        {"\"3.0\"", RN_READ_KIND, 7},
        {"true", RN_READ_KIND, 7},
        {"\"-0\"", RN_READ_FRACTION, 7},
        {"\"9223372036854775808\"", RN_READ_RANGE, 7},
    };
    uint64_t u = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rn_tree *const tree = parsed(cases[i].text);
        int64_t value = 7;
        CU_ASSERT_EQUAL(
            rn_node_big_int(rn_tree_root(tree), INT64_MIN, INT64_MAX, &value),
            cases[i].read);
        CU_ASSERT_EQUAL(value, cases[i].value);
        rn_tree_free(tree);
    }
    rn_tree *const tree =
        parsed("[\"18446744073709551615\", 18446744073709551615, -1, 1.5]");
    const rn_node *node = rn_node_first(rn_tree_root(tree));
    CU_ASSERT_EQUAL(rn_node_big_uint(node, &u), RN_READ_OK);
    CU_ASSERT_EQUAL(u, UINT64_MAX);
    node = rn_node_next(node);
    CU_ASSERT_EQUAL(rn_node_big_uint(node, &u), RN_READ_OK);
    CU_ASSERT_EQUAL(u, UINT64_MAX);
    node = rn_node_next(node);
    CU_ASSERT_EQUAL(rn_node_big_uint(node, &u), RN_READ_RANGE);
    CU_ASSERT_EQUAL(rn_node_big_uint(rn_node_next(node), &u), RN_READ_FRACTION);
    rn_tree_free(tree);
}

typedef struct decimal_case {
    const char *text;
    rn_read read;
    double value;
} decimal_case;

static void test_decimals(void)
{
    static const decimal_case cases[] = {
        {"59.9139", RN_READ_OK, 59.9139},
        {"-10.7522", RN_READ_OK, -10.7522},
        {"10", RN_READ_OK, 10},
        {"5.99139e1", RN_READ_OK, 59.9139},
        {"599139E-4", RN_READ_OK, 59.9139},
        {"0.00000005", RN_READ_OK, 0.0000001},
        {"0.000000049999999999999999", RN_READ_OK, 0},
        {"-0.00000005", RN_READ_OK, -0.0000001},
        {"59.91387654321", RN_READ_OK, 59.9138765},
        {"59.91387655", RN_READ_OK, 59.9138766},
        {"9.99999999999", RN_READ_OK, 10},
        {"-0", RN_READ_OK, 0},
        {"-0.0", RN_READ_OK, 0},
        {"-0.00000001", RN_READ_OK, 0},
        {"1e-400", RN_READ_OK, 0},
        {"180", RN_READ_OK, 180},
        {"180.0000001", RN_READ_RANGE, 7},
        {"-180.0000001", RN_READ_RANGE, 7},
        {"1e400", RN_READ_RANGE, 7},
        {"-1e400", RN_READ_RANGE, 7},
        {"\"59.9\"", RN_READ_KIND, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rn_tree *const tree = parsed(cases[i].text);
        double value = 7;
        CU_ASSERT_EQUAL(rn_node_decimal(rn_tree_root(tree), -180, 180, &value),
                        cases[i].read);
        if (value != cases[i].value) {
            printf("\n%s: %.17g\n", cases[i].text, value);
        }
        CU_ASSERT_EQUAL(value, cases[i].value);
        CU_ASSERT_FALSE(signbit(value) && value == 0);
        rn_tree_free(tree);
    }
}

/* Against the C library, which is right in the C locale. */
static void test_decimals_are_nearest(void)
{
    int32_t wrong = 0;
    for (int64_t i = -1800000000; i <= 1800000000; i += INT64_C(1234567)) {
        char text[32];
        double value = 0;
        const int64_t all = i < 0 ? -i : i;
        (void)snprintf(text, sizeof text, "%s%lld.%07lld", i < 0 ? "-" : "",
                       (long long)(all / 10000000),
                       (long long)(all % 10000000));
        rn_tree *const tree = parsed(text);
        wrong += rn_node_decimal(rn_tree_root(tree), -180, 180, &value) !=
                 RN_READ_OK;
        wrong += value != strtod(text, NULL);
        rn_tree_free(tree);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void test_members(void)
{
    static const char *const keys[] = {"id", "client", "crew", "priority"};
    const rn_node *found[4];
    rn_tree *const tree =
        parsed("{\"id\": 1, \"cleint\": 2, \"x-note\": 3, \"crew\": 4,"
               " \"X-note\": 5, \"x\": 6, \"priority\": 7}");
    const rn_node *const root = rn_tree_root(tree);
    CU_ASSERT_EQUAL(rn_node_members(root, keys, 4, found), 3);
    CU_ASSERT_PTR_EQUAL(found[0], rn_node_member(root, "id"));
    CU_ASSERT_PTR_NULL(found[1]);
    CU_ASSERT_PTR_EQUAL(found[2], rn_node_member(root, "crew"));
    CU_ASSERT_PTR_EQUAL(found[3], rn_node_member(root, "priority"));

    const rn_node *unknown = rn_node_unknown(root, NULL, keys, 4);
    CU_ASSERT_STRING_EQUAL(rn_node_key(unknown), "cleint");
    unknown = rn_node_unknown(root, unknown, keys, 4);
    CU_ASSERT_STRING_EQUAL(rn_node_key(unknown), "X-note");
    unknown = rn_node_unknown(root, unknown, keys, 4);
    CU_ASSERT_STRING_EQUAL(rn_node_key(unknown), "x");
    CU_ASSERT_PTR_NULL(rn_node_unknown(root, unknown, keys, 4));

    /* Any order of the file, and what is no object. */
    rn_tree *const back =
        parsed("{\"priority\": 1, \"crew\": 2, \"client\": 3, \"id\": 4}");
    CU_ASSERT_EQUAL(rn_node_members(rn_tree_root(back), keys, 4, found), 0);
    for (int32_t i = 0; i < 4; i++) {
        CU_ASSERT_STRING_EQUAL(rn_node_key(found[i]), keys[i]);
    }
    CU_ASSERT_EQUAL(rn_node_members(found[0], keys, 4, found), 0);
    CU_ASSERT_PTR_NULL(found[0]);
    CU_ASSERT_PTR_NULL(rn_node_unknown(NULL, NULL, keys, 4));
    rn_tree_free(back);
    rn_tree_free(tree);
}

static void test_suggestions(void)
{
    static const char *const keys[] = {
        "id",           "client", "time_windows", "priority",
        "pinned_start", "lat",    "lon",          "crew"};
    static const char *const pairs[][2] = {
        {"cleint", "client"},
        {"Client", "client"},
        {"ID", "id"},
        {"timeWindows", "time_windows"},
        {"time-windows", "time_windows"},
        {"time_window", "time_windows"},
        {"prioritet", "priority"},
        {"crews", "crew"},
        {"pinned_shift", "pinned_start"},
        {"x", NULL},
        {"lng", NULL},
        {"", NULL},
        {"colour", NULL},
        {"di", NULL},
        {"a_key_that_is_much_too_long_to_be_a_misspelling_of_client", NULL},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *const found = rn_key_suggest(pairs[i][0], keys, 8);
        if (pairs[i][1] == NULL) {
            CU_ASSERT_PTR_NULL(found);
        } else {
            CU_ASSERT_PTR_NOT_NULL_FATAL(found);
            CU_ASSERT_STRING_EQUAL(found, pairs[i][1]);
        }
    }
    CU_ASSERT_PTR_NULL(rn_key_suggest("client", keys, 0));
}

static void test_matrices(void)
{
    rn_tree *const tree =
        parsed("{\"travel_modes\": [{\"durations\": [[0, 12], [null, 0]],"
               " \"n\": 5, \"distances\": [7, 8, 9], \"m\": 6}]}");
    const rn_node *const mode =
        rn_node_first(rn_node_member(rn_tree_root(tree), "travel_modes"));
    const rn_node *const durations = rn_node_member(mode, "durations");
    const int32_t *cells = NULL;
    int32_t rows = -1;
    int32_t columns = -1;
    CU_ASSERT_EQUAL(rn_node_kind(durations), RN_KIND_MATRIX);
    CU_ASSERT_TRUE(rn_node_matrix(durations, &cells, &rows, &columns));
    CU_ASSERT_EQUAL(rows, 2);
    CU_ASSERT_EQUAL(columns, 2);
    CU_ASSERT_EQUAL(cells[0], 0);
    CU_ASSERT_EQUAL(cells[1], 12);
    CU_ASSERT_EQUAL(cells[2], RUNDE_UNREACHABLE);
    CU_ASSERT_EQUAL(cells[3], 0);
    const rn_node *const distances = rn_node_member(mode, "distances");
    CU_ASSERT_TRUE(rn_node_matrix(distances, &cells, &rows, &columns));
    CU_ASSERT_EQUAL(rows, 1);
    CU_ASSERT_EQUAL(columns, 3);
    CU_ASSERT_EQUAL(cells[2], 9);

    /* The numbers around them are still themselves. */
    int64_t value = 0;
    CU_ASSERT_EQUAL(rn_node_int(rn_node_member(mode, "n"), 0, 9, &value),
                    RN_READ_OK);
    CU_ASSERT_EQUAL(value, 5);
    CU_ASSERT_EQUAL(rn_node_int(rn_node_member(mode, "m"), 0, 9, &value),
                    RN_READ_OK);
    CU_ASSERT_EQUAL(value, 6);
    CU_ASSERT_EQUAL(rn_node_int(durations, 0, 9, &value), RN_READ_KIND);

    int32_t *const mine = rn_tree_take_matrix(tree, durations);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mine);
    CU_ASSERT_PTR_NULL(rn_tree_take_matrix(tree, durations));
    CU_ASSERT_FALSE(rn_node_matrix(durations, &cells, &rows, &columns));
    rn_tree_free(tree);
    CU_ASSERT_EQUAL(mine[1], 12);
    free(mine);
}

/* Sizes at which the guess "it is square" is right, too small and too
 * large. */
static void test_matrix_shapes(void)
{
    static const int32_t shapes[][2] = {{300, 300}, {300, 30}, {2, 3000},
                                        {1000, 1},  {1, 1000}, {17, 18}};
    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++) {
        const int32_t rows = shapes[k][0];
        const int32_t columns = shapes[k][1];
        char *const text = malloc((size_t)rows * (size_t)columns * 8 + 4096);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        char *at = text + sprintf(text, "{\"distances\":[");
        for (int32_t i = 0; i < rows * columns; i++) {
            at +=
                sprintf(at, "%s%d%s", i % columns == 0 ? "[" : "",
                        i * 7 % 100003, i % columns == columns - 1 ? "]" : "");
            *at++ = ',';
        }
        at--;
        (void)sprintf(at, "]}");
        rn_tree *const tree = parsed(text);
        const int32_t *cells = NULL;
        int32_t found[2] = {0, 0};
        CU_ASSERT_TRUE_FATAL(rn_node_matrix(rn_node_first(rn_tree_root(tree)),
                                            &cells, &found[0], &found[1]));
        CU_ASSERT_EQUAL(found[0], rows);
        CU_ASSERT_EQUAL(found[1], columns);
        int32_t wrong = 0;
        for (int32_t i = 0; i < rows * columns; i++) {
            wrong += cells[i] != i * 7 % 100003;
        }
        CU_ASSERT_EQUAL(wrong, 0);
        rn_tree_free(tree);
        free(text);
    }
}

static void test_paths(void)
{
    rn_path path;
    char text[160];
    rn_path_init(&path);
    rn_path_print(&path, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "");
    rn_path_key(&path, "visits");
    rn_path_index(&path, 12);
    rn_path_key(&path, "a/b~c");
    rn_path_print(&path, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "/visits/12/a~1b~0c");
    rn_path_pop(&path);
    rn_path_key(&path, "");
    rn_path_index(&path, INT32_MAX);
    rn_path_print(&path, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "/visits/12//2147483647");
    rn_path_pop(&path);
    rn_path_pop(&path);
    rn_path_pop(&path);
    rn_path_print(&path, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "/visits");
    rn_path_key(&path, "\xC3\xA6\xFFz");
    for (size_t size = 0; size < 18; size++) {
        memset(text, 'x', sizeof text);
        rn_path_print(&path, text, size);
        if (size > 0) {
            CU_ASSERT_TRUE(strlen(text) < size);
        }
        CU_ASSERT_EQUAL(text[size], 'x');
    }
    rn_path_print(&path, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "/visits/\xC3\xA6\xEF\xBF\xBDz");
}

static void test_kind_names(void)
{
    for (int i = RN_KIND_NULL; i <= RN_KIND_MATRIX + 1; i++) {
        CU_ASSERT_TRUE(strlen(rn_kind_name((rn_kind)i)) > 3);
    }
}

static void test_scalars_and_refusals(void)
{
    rn_tree *tree = parsed("\"only\"");
    CU_ASSERT_STRING_EQUAL(rn_node_string(rn_tree_root(tree)), "only");
    rn_tree_free(tree);
    tree = NULL;
    CU_ASSERT_EQUAL(rn_tree_parse(&tree, "{", 1, NULL), RUNDE_E_FORMAT);
    CU_ASSERT_EQUAL(rn_tree_parse(&tree, "", 0, NULL), RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NULL(tree);
    /* What stands behind `length` does not count. */
    CU_ASSERT_EQUAL(rn_tree_parse(&tree, "[12]garbage", 4, NULL), RUNDE_OK);
    rn_tree_free(tree);
}

static void test_out_of_memory(void)
{
    static const char text[] =
        "{\"a\": {\"b\": [1, 2, \"x\"]}, \"durations\": [[1, 2], [3, 4]],"
        " \"distances\": [1], \"c\": [{\"d\": [true, null]}]}";
    int32_t failures = 0;
    bool failed = true;
    for (long k = 0; failed; k++) {
        rn_tree *tree = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        rn_faults_begin(k);
        const runde_status status =
            rn_tree_parse(&tree, text, sizeof text - 1, &diag);
        failed = rn_faults_end();
        CU_ASSERT_EQUAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(diag.errors, 0);
        CU_ASSERT_EQUAL(tree == NULL, failed);
        failures += failed;
        rn_tree_free(tree);
    }
    CU_ASSERT_TRUE(failures >= 8);
}

int main(void)
{
    RN_RUN("tree", RN_TEST(test_walking), RN_TEST(test_nothing),
           RN_TEST(test_integers), RN_TEST(test_ranges),
           RN_TEST(test_big_numbers), RN_TEST(test_decimals),
           RN_TEST(test_decimals_are_nearest), RN_TEST(test_members),
           RN_TEST(test_suggestions), RN_TEST(test_matrices),
           RN_TEST(test_matrix_shapes), RN_TEST(test_paths),
           RN_TEST(test_kind_names), RN_TEST(test_scalars_and_refusals),
           RN_TEST(test_out_of_memory));
}
