/* SPDX-License-Identifier: MIT */
/* The documents follow the naming of JSONTestSuite: y must pass, n must be
 * refused; i is ours to decide, and each has its decision. */
#include "harness.h"
#include "io/gate.h"

#include <runde/json.h>

#include <string.h>

typedef struct document {
    const char *code; /* of the finding; "" when it passes */
    const char *text;
    size_t length;
} document;

#define Y(text)                                                                \
    {                                                                          \
        "", text, sizeof(text) - 1                                             \
    }
#define N(code, text)                                                          \
    {                                                                          \
        "RUNDE-" code, text, sizeof(text) - 1                                  \
    }

static const document valid[] = {
    Y("[]"),
    Y("{}"),
    Y(" [] "),
    Y("\t\r\n[ \t\r\n] \n"),
    Y("[[]   ]"),
    Y("[\"\"]"),
    Y("[\"a\"]"),
    Y("[false]"),
    Y("[null, 1, \"1\", {}]"),
    Y("[null]"),
    Y("[1\n]"),
    Y(" [1]"),
    Y("[1,null,null,null,2]"),
    Y("[2] "),
    Y("[123e65]"),
    Y("[0e+1]"),
    Y("[0e1]"),
    Y("[ 4]"),
    Y("[-0.000000000000000000000000000000000000000000000000000000000000000001"
      "]"),
    Y("[20e1]"),
    Y("[-0]"),
    Y("[-123]"),
    Y("[-1]"),
    Y("[1E22]"),
    Y("[1E-2]"),
    Y("[1E+2]"),
    Y("[123e45]"),
    Y("[123.456e78]"),
    Y("[1e-2]"),
    Y("[1e+2]"),
    Y("[123]"),
    Y("[123.456789]"),
    Y("{\"asd\":\"sdf\", \"dfg\":\"fgh\"}"),
    Y("{\"asd\":\"sdf\"}"),
    Y("{\"\":0}"),
    Y("{\"a\":[]}"),
    Y("{ \"min\": -1.0e+28, \"max\": 1.0e+28 }"),
    Y("{\"x\":[{\"id\": \"aaaa\"}], \"id\": \"bbbb\"}"),
    Y("{\n\"a\": \"b\"\n}"),
    Y("{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\"}"),
    Y("[\"\\u0060\\u012a\\u12AB\"]"),
    Y("[\"\\uD801\\udc37\"]"),
    Y("[\"\\ud83d\\ude39\\ud83d\\udc8d\"]"),
    Y("[\"\\\"\\\\\\/\"]"),
    Y("[\"\\\\u0000\"]"),
    Y("[\"\\\"\"]"),
    Y("[\"a/*b*/c/*d//e\"]"),
    Y("[\"\\\\a\"]"),
    Y("[\"\\uFFFF\"]"),
    Y("[\"\xEF\xBF\xBF\"]"),
    Y("[\"asd \"]"),
    Y("[\"\xE2\x82\xAC\xF0\x9D\x84\x9E\"]"),
    Y("[\"\xC3\xA6\xC3\xB8\xC3\xA5\"]"),
    Y("[\"\xF4\x8F\xBF\xBF\"]"),
    Y("[\"\\u0061\\u30af\\u30EA\\u30b9\"]"),
    Y("false"),
    Y("42"),
    Y("-0.1"),
    Y("null"),
    Y("\"asd\""),
    Y("true"),
    Y("\"\""),
    Y("[\"a\"]\n"),
    Y("[true]"),
    /* i: numbers of any size pass; who reads them says what fits. */
    Y("[1e400]"),
    Y("[-1e+9999]"),
    Y("[0.4e00669999999999999999999999999999999999999999999999999999999999]"),
    Y("[100000000000000000000000000000000000000000000000000000000000000000000"
      "00000000]"),
    Y("[9007199254740993]"),
    Y("[123123e-10000000]"),
    Y("{\"a\":1,\"A\":2}"),
    Y("{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}"),
};

static const document invalid[] = {
    N("E002", ""),
    N("E002", " "),
    N("E002", "\n\t "),
    N("E002", "[1 true]"),
    N("E002", "[a\xE5]"),
    N("E002", "[\"\": 1]"),
    N("E006", "[\"\"],"),
    N("E002", "[,1]"),
    N("E002", "[1,,2]"),
    N("E002", "[\"x\",,]"),
    N("E006", "[\"x\"]]"),
    N("E002", "[\"\",]"),
    N("E002", "[\"x\""),
    N("E002", "[x"),
    N("E002", "[3[4]]"),
    N("E002", "[\xFF]"),
    N("E002", "[1:2]"),
    N("E002", "[,]"),
    N("E002", "[-]"),
    N("E002", "[   , \"\"]"),
    N("E002", "[\"a\",\n4\n,1,"),
    N("E002", "[1,]"),
    N("E002", "[*]"),
    N("E002", "[1,\n1\n,1"),
    N("E002", "[{}"),
    N("E002", "[fals]"),
    N("E002", "[nul]"),
    N("E002", "[tru]"),
    N("E006", "123\0"),
    N("E006", "[1]\0"),
    N("E002", "[\0]"),
    N("E002", "\0"),
    N("E002", "[++1234]"),
    N("E002", "[+1]"),
    N("E002", "[+Inf]"),
    N("E002", "[-01]"),
    N("E002", "[-1.0.]"),
    N("E002", "[-2.]"),
    N("E002", "[-NaN]"),
    N("E002", "[.-1]"),
    N("E002", "[.2e-3]"),
    N("E002", "[0.1.2]"),
    N("E002", "[0.3e+]"),
    N("E002", "[0.3e]"),
    N("E002", "[0.e1]"),
    N("E002", "[0E]"),
    N("E002", "[0E+]"),
    N("E002", "[1.0e-]"),
    N("E002", "[1 000.0]"),
    N("E002", "[1eE2]"),
    N("E002", "[2.e3]"),
    N("E002", "[9.e+]"),
    N("E002", "[Inf]"),
    N("E002", "[NaN]"),
    N("E002", "[Infinity]"),
    N("E002", "[-Infinity]"),
    N("E002", "[\xEF\xBC\x91]"),
    N("E002", "[1+2]"),
    N("E002", "[0x1]"),
    N("E002", "[0x42]"),
    N("E002", "[-123.123foo]"),
    N("E002", "[0e1\xE5]"),
    N("E002", "[1ea]"),
    N("E002", "[1a]"),
    N("E002", "[- 1]"),
    N("E002", "[-012]"),
    N("E002", "[-.123]"),
    N("E002", "[-.5e3]"),
    N("E002", "[007]"),
    N("E002", "[00]"),
    N("E002", "[1.]"),
    N("E002", "[.123]"),
    N("E002", "[1.2a-3]"),
    N("E002", "[1.8011670033376514H-308]"),
    N("E002", "[012]"),
    N("E002", "[1;5]"),
    N("E002", "[\"x\", truth]"),
    N("E002", "{[: \"x\"}\n"),
    N("E002", "{\"x\", null}"),
    N("E002", "{\"x\"::\"b\"}"),
    N("E002", "{\xF0\x9F\x87\xA8\xF0\x9F\x87\xAD}"),
    N("E002", "{\"a\":\"a\" 123}"),
    N("E002", "{key: 'value'}"),
    N("E002", "{\"a\" b}"),
    N("E002", "{:\"b\"}"),
    N("E002", "{\"a\" \"b\"}"),
    N("E002", "{\"a\":"),
    N("E002", "{\"a\""),
    N("E002", "{1:1}"),
    N("E002", "{null:null,null:null}"),
    N("E002", "{\"id\":0,,,,,}"),
    N("E002", "{'a':0}"),
    N("E002", "{\"id\":0,}"),
    N("E006", "{\"a\":\"b\"}/**/"),
    N("E006", "{\"a\":\"b\"}//"),
    N("E002", "{\"a\":\"b\",,\"c\":\"d\"}"),
    N("E002", "{a: \"b\"}"),
    N("E002", "{\"a\":\"a"),
    N("E002", "{ \"foo\" : \"bar\", \"a\" }"),
    N("E006", "{\"a\":\"b\"}#"),
    N("E006", "{} {}"),
    N("E006", "{\"a\":1}xyz"),
    N("E006", "1 2"),
    N("E001", "[\"\\uD800\\\"]"),
    N("E001", "[\"\\uD800x\"]"),
    N("E002", "[\"\\uD800\\u1\"]"),
    N("E002", "[\"\\uD800\\u1x\"]"),
    N("E001", "[\"\\uD800\"]"),
    N("E001", "[\"\\uDADA\"]"),
    N("E001", "[\"\\uDFAA\"]"),
    N("E001", "[\"\\uDd1e\\uD834\"]"),
    N("E001", "[\"\\uD888\\u1234\"]"),
    N("E001", "[\"\\uD800\\uD800\\n\"]"),
    N("E001", "[\"\\uD800abc\"]"),
    N("E001", "[\"\\ud800\\n\"]"),
    N("E002", "[\"\\x00\"]"),
    N("E002", "[\"\\\\\\\"]"),
    N("E002", "[\"\\\t\"]"),
    N("E002", "[\"\\\xF0\x9F\x8C\x80\"]"),
    N("E002", "[\"\\\"]"),
    N("E002", "[\"\\u00A\"]"),
    N("E002", "[\"\\u00A"),
    N("E002", "[\"\\uD834\\uDd\"]"),
    N("E002", "[\"\\a\"]"),
    N("E002", "[\"\\uqqqq\"]"),
    N("E002", "[\"\\U0041\"]"),
    N("E001", "[\"\\u00c3\xC3\"]"),
    N("E002", "[\\u0020\"asd\"]"),
    N("E002", "[\\n]"),
    N("E002", "\""),
    N("E002", "['single quote']"),
    N("E002", "abc"),
    N("E002", "[\"\\"),
    N("E006", "\"\"x"),
    N("E002", "<.>"),
    N("E002", "[<null>]"),
    N("E006", "[1]x"),
    N("E002", "[\xE2\x81\xA0]"),
    N("E002", "[\f]"),
    N("E002", "[\v1]"),
    N("E002", "[\x01]"),
    N("E002", "\xEF\xBB\xBF"),
    N("E002", "\xEF\xBB\xBF{}"),
    N("E002", "\xFF\xFE[\0\"\0"),
    N("E002", "\0[\0\"\0\xE9\0\"\0]"),
    N("E002", "[True]"),
    N("E002", "[\"a"),
    N("E002", "{"),
    N("E002", "["),
    N("E002", "]"),
    N("E002", "}"),
    N("E002", "{]"),
    N("E002", "[}"),
    N("E002", "{\"a\":[}"),
    N("E002", "// a\n[]"),
    N("E002", "[/*c*/]"),
    N("E002", "[\"\",\"\\u\"]"),
    N("E002", "\xE5"),
    /* What cJSON would let through, or change without a word. */
    N("E005", "[\"ab\0cd\"]"),
    N("E005", "[\"ab\\u0000cd\"]"),
    N("E005", "[\"a\x01\"]"),
    N("E005", "[\"a\x1f\"]"),
    N("E005", "[\"new\nline\"]"),
    N("E005", "[\"\t\"]"),
    N("E005", "[\"\\n\"]"),
    N("E005", "[\"\\t\\r\\b\\f\"]"),
    N("E005", "[\"\\u001b[2J\"]"),
    N("E005", "[\"\x7f\"]"),
    N("E005", "[\"\xC2\x85\"]"),
    N("E005", "[\"\xE2\x80\xA8\"]"),
    N("E005", "[\"\\u2029\"]"),
    N("E005", "[\"\\u202e\"]"),
    N("E005", "[\"\xE2\x81\xA6\"]"),
    N("E005", "[\"\\u200F\"]"),
    N("E005", "{\"a\\u0000\":1}"),
    N("E001", "[\"\x80\"]"),
    N("E001", "[\"\xE5\"]"),
    N("E001", "[\"\xC0\xAF\"]"),
    N("E001", "[\"\xE0\x80\xAF\"]"),
    N("E001", "[\"\xF0\x80\x80\xAF\"]"),
    N("E001", "[\"\xFC\x83\xBF\xBF\xBF\xBF\"]"),
    N("E001", "[\"\xC0\x80\"]"),
    N("E001", "[\"\xED\xA0\x80\"]"),
    N("E001", "[\"\xED\xBF\xBF\"]"),
    N("E001", "[\"\xF4\x90\x80\x80\"]"),
    N("E001", "[\"\xF8\x88\x80\x80\x80\"]"),
    N("E001", "[\"\xE6\x97\xA5\xD1\x88\xFA\"]"),
    N("E001", "[\"\xE2\x82\"]"),
    N("E001", "[\"\xE2\x82"),
    N("E001", "{\"\xFF\":1}"),
    N("E004", "{\"a\":\"b\",\"a\":\"c\"}"),
    N("E004", "{\"a\":\"b\",\"a\":\"b\"}"),
    N("E004", "{\"a\":1,\"\\u0061\":2}"),
    N("E004", "{\"/\":1,\"b\":{},\"\\/\":2}"),
    N("E004", "{\"\":1,\"\":2}"),
    N("E004", "{\"\xC3\xA5\":1,\"\\u00E5\":2}"),
    N("E004", "{\"\xF0\x9D\x84\x9E\":1,\"\\ud834\\udd1e\":2}"),
    N("E004", "[{\"a\":{\"b\":1},\"c\":{\"b\":1},\"a\":0}]"),
};

static runde_status pass(const char *text, size_t length, runde_diag *diag,
                         rn_gate *gate)
{
    const rn_gate_limits limits = rn_gate_default_limits();
    const runde_diag fresh = RUNDE_DIAG_INIT;
    *diag = fresh;
    /* A copy of exactly this length lets sanitizers see a step too far. */
    char *const copy = malloc(length == 0 ? 1 : length);
    if (copy == NULL) {
        return RUNDE_E_NOMEM;
    }
    memcpy(copy, text, length);
    const runde_status status = rn_gate_pass(gate, copy, length, &limits, diag);
    free(copy);
    return status;
}

static runde_status verdict(const char *text, size_t length, runde_diag *diag)
{
    rn_gate gate;
    const runde_status status = pass(text, length, diag, &gate);
    if (status == RUNDE_OK) {
        rn_gate_free(&gate);
    }
    return status;
}

static void test_valid(void)
{
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        runde_diag diag;
        const runde_status status =
            verdict(valid[i].text, valid[i].length, &diag);
        if (status != RUNDE_OK) {
            printf("\nrefused: %s (%s)\n", valid[i].text, diag.message);
        }
        CU_ASSERT_EQUAL(status, RUNDE_OK);
        CU_ASSERT_EQUAL(diag.errors, 0);
    }
}

static void test_invalid(void)
{
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        runde_diag diag;
        const runde_status status =
            verdict(invalid[i].text, invalid[i].length, &diag);
        const bool is_right = status == RUNDE_E_FORMAT && diag.errors == 1 &&
                              strcmp(diag.code, invalid[i].code) == 0;
        if (!is_right) {
            printf("\n%s wanted: %s (status %d, %s %s)\n", invalid[i].code,
                   invalid[i].text, (int)status, diag.code, diag.message);
        }
        CU_ASSERT_TRUE(is_right);
    }
}

static const char sample[] =
    "{\"format\": \"runde-problem\", \"version\": 1, \"settings\":\n"
    " {\"horizon\": {\"start\": \"2026-03-23\", \"days\": -1.5e+3}},\n"
    " \"clients\": [{\"id\": \"k\\u00e5\\ud834\\udd1e\", \"lat\": 63.43},\n"
    "  {\"id\": \"\xC3\xA6\xE2\x82\xAC\xF0\x9D\x84\x9E\", \"x-\": null}],\n"
    " \"travel_modes\": [{\"durations\": [[0, 12], [null, 0]],\n"
    "  \"distances\": [0, 1, 2, 3]}], \"ok\": [true, false, null]}";

static void test_truncated_everywhere(void)
{
    runde_diag diag;
    const size_t length = sizeof sample - 1;
    CU_ASSERT_EQUAL(verdict(sample, length, &diag), RUNDE_OK);
    for (size_t n = 0; n < length; n++) {
        CU_ASSERT_EQUAL(verdict(sample, n, &diag), RUNDE_E_FORMAT);
        CU_ASSERT_EQUAL(diag.errors, 1);
    }
}

/* Every byte of the sample replaced by every other: no crash, one finding
 * with every refusal. */
static void test_every_byte_replaced(void)
{
    char text[sizeof sample];
    int32_t wrong = 0;
    int32_t passed = 0;
    memcpy(text, sample, sizeof sample);
    for (size_t i = 0; i < sizeof sample - 1; i++) {
        for (int32_t byte = 0; byte < 256; byte++) {
            runde_diag diag;
            text[i] = (char)byte;
            const runde_status status = verdict(text, sizeof sample - 1, &diag);
            passed += status == RUNDE_OK;
            wrong += (status == RUNDE_OK) != (diag.errors == 0);
            wrong += diag.errors > 1;
            /* What no string may hold may stand nowhere but as space. */
            wrong += byte < 0x20 && byte != '\n' && byte != '\r' &&
                     byte != '\t' && status == RUNDE_OK;
        }
        text[i] = sample[i];
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(passed > 1000);
}

static runde_status nested(const char *open, const char *close, size_t depth,
                           runde_diag *diag)
{
    char text[1024] = "";
    char *at = text;
    for (size_t i = 0; i < depth; i++) {
        at += strlen(strcat(at, open));
    }
    at += strlen(strcat(at, "1"));
    for (size_t i = 0; i < depth; i++) {
        at += strlen(strcat(at, close));
    }
    return verdict(text, (size_t)(at - text), diag);
}

/* A matrix as member of the innermost of `depth` objects. */
static runde_status matrix_in(size_t depth, const char *matrix,
                              runde_diag *diag)
{
    char text[2048];
    char *at = text;
    for (size_t i = 0; i < depth; i++) {
        at += sprintf(at, "{\"durations\":");
    }
    at += sprintf(at, "%s", matrix);
    for (size_t i = 0; i < depth; i++) {
        *at++ = '}';
    }
    return verdict(text, (size_t)(at - text), diag);
}

static void test_depth(void)
{
    runde_diag diag;
    CU_ASSERT_EQUAL(nested("[", "]", 64, &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(nested("{\"a\":", "}", 64, &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(nested("[", "]", 65, &diag), RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E003");
    CU_ASSERT_EQUAL(nested("{\"a\":", "}", 65, &diag), RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E003");
    CU_ASSERT_EQUAL(strlen(diag.pointer), 2 * 64);
    /* The levels of a matrix count. */
    CU_ASSERT_EQUAL(matrix_in(62, "[[1]]", &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(matrix_in(63, "[1]", &diag), RUNDE_OK);
    CU_ASSERT_EQUAL(matrix_in(63, "[[1]]", &diag), RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E003");
    CU_ASSERT_EQUAL(matrix_in(64, "[1]", &diag), RUNDE_E_LIMIT);
    /* A thousand openings and no end: refused at the 65th. */
    char text[1000];
    memset(text, '[', sizeof text);
    CU_ASSERT_EQUAL(verdict(text, sizeof text, &diag), RUNDE_E_LIMIT);
    CU_ASSERT_PTR_NOT_NULL(strstr(diag.message, "byte 64)"));
}

static void test_limits(void)
{
    static const char text[] = "{\"a\":[1,2,3],\"durations\":[[1,2],[3,4]]}";
    rn_gate gate;
    runde_diag diag = RUNDE_DIAG_INIT;
    /* Values: object, array, three numbers, one matrix. */
    rn_gate_limits limits = {sizeof text - 1, 6};
    CU_ASSERT_EQUAL(rn_gate_pass(&gate, text, sizeof text - 1, &limits, &diag),
                    RUNDE_OK);
    CU_ASSERT_EQUAL(gate.values, 6);
    CU_ASSERT_EQUAL(gate.slots, 4);
    CU_ASSERT_EQUAL(gate.n_matrices, 1);
    rn_gate_free(&gate);
    limits.values = 5;
    CU_ASSERT_EQUAL(rn_gate_pass(&gate, text, sizeof text - 1, &limits, &diag),
                    RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E008");
    CU_ASSERT_STRING_EQUAL(diag.pointer, "/durations");
    limits.values = 6;
    limits.bytes--;
    const runde_diag fresh = RUNDE_DIAG_INIT;
    diag = fresh;
    CU_ASSERT_EQUAL(rn_gate_pass(&gate, text, sizeof text - 1, &limits, &diag),
                    RUNDE_E_LIMIT);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E007");
    /* Not a byte of it is looked at. */
    CU_ASSERT_EQUAL(
        rn_gate_pass(&gate, text, RUNDE_JSON_MAX_BYTES + 1, &limits, NULL),
        RUNDE_E_LIMIT);
}

typedef struct place {
    const char *text;
    const char *pointer;
    const char *where;
} place;

static void test_places(void)
{
    static const place places[] = {
        {"[1,\n 2,\n  x]", "/2", "(line 3, column 3, byte 10)"},
        {"[\"\xC3\xA6\xC3\xB8\", x]", "/1", "(line 1, column 8, byte 9)"},
        {"{\"a\":{\"b\":[0,{\"c\":01}]}}", "/a/b/1/c", "byte 19)"},
        {"{\"a/b\":{\"m~n\":tru}}", "/a~1b/m~0n", "byte 14)"},
        {"{\"\\u00e6\":{\"\":tru}}", "/\xC3\xA6/", "byte 14)"},
        {"{\"a\":1,\"b\":2,\"a\":3}", "/a", "byte 13)"},
        {"{\"a\":1 \"b\":2}", "/a", "column 8, byte 7)"},
        {"{", "", "byte 1)"},
        {"{\"durations\":[[1,2],[3,-4]]}", "/durations/1/1", "byte 23)"},
        {"{\"durations\":[1,2,0.5]}", "/durations/2", "byte 18)"},
        {"{\"durations\":[[1,2],[3]]}", "/durations/1", "byte 23)"},
        {"[] []", "", "byte 3)"},
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        runde_diag diag;
        CU_ASSERT_EQUAL(verdict(places[i].text, strlen(places[i].text), &diag),
                        RUNDE_E_FORMAT);
        CU_ASSERT_STRING_EQUAL(diag.pointer, places[i].pointer);
        const bool is_there = strstr(diag.message, places[i].where) != NULL;
        if (!is_there) {
            printf("\n%s: %s\n", places[i].text, diag.message);
        }
        CU_ASSERT_TRUE(is_there);
    }
}

typedef struct matrix_case {
    const char *code;
    const char *text; /* the value of "durations" */
    int32_t rows;
    int32_t columns;
} matrix_case;

static void test_matrices(void)
{
    static const matrix_case cases[] = {
        {"", "[]", 0, 0},
        {"", " [ ] ", 0, 0},
        {"", "[[]]", 1, 0},
        {"", "[[],[]]", 2, 0},
        {"", "[0]", 1, 1},
        {"", "[[0]]", 1, 1},
        {"", "[ [ 0 , 1 ] , [ 2 , 3 ] ]", 2, 2},
        {"", "[[1,2,3],[4,5,6]]", 2, 3},
        {"", "[null,1]", 1, 2},
        {"", "[[2147483647,0],[999999999,1000000000]]", 2, 2},
        {"", "[3.0,3e0,30e-1,0.0]", 1, 4},
        {"RUNDE-E009", "[[1,2],[3]]", 0, 0},
        {"RUNDE-E009", "[[1],[2,3]]", 0, 0},
        {"RUNDE-E009", "[[1],[]]", 0, 0},
        {"RUNDE-E009", "[[1],2]", 0, 0},
        {"RUNDE-E009", "[[1],null]", 0, 0},
        {"RUNDE-E009", "[1,[2]]", 0, 0},
        {"RUNDE-E009", "[[[1]]]", 0, 0},
        {"RUNDE-E009", "[2147483648]", 0, 0},
        {"RUNDE-E009", "[4294967296]", 0, 0},
        {"RUNDE-E009", "[18446744073709551616]", 0, 0},
        {"RUNDE-E009", "[1e400]", 0, 0},
        {"RUNDE-E009", "[0.5]", 0, 0},
        {"RUNDE-E009", "[1.0000001]", 0, 0},
        {"RUNDE-E009", "[-1]", 0, 0},
        {"RUNDE-E009", "[-0]", 0, 0},
        {"RUNDE-E009", "[01]", 0, 0},
        {"RUNDE-E009", "[1.]", 0, 0},
        {"RUNDE-E009", "[\"1\"]", 0, 0},
        {"RUNDE-E009", "[true]", 0, 0},
        {"RUNDE-E009", "[{}]", 0, 0},
        {"RUNDE-E009", "[nul]", 0, 0},
        {"RUNDE-E009", "[1,]", 0, 0},
        {"RUNDE-E009", "[[1],]", 0, 0},
        {"RUNDE-E002", "[1 2]", 0, 0},
        {"RUNDE-E002", "[[1]2]", 0, 0},
        {"RUNDE-E002", "[1:2]", 0, 0},
        {"RUNDE-E002", "[nullnull]", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[160];
        rn_gate gate;
        runde_diag diag;
        const int length =
            snprintf(text, sizeof text, "{\"durations\":%s}", cases[i].text);
        const runde_status status = pass(text, (size_t)length, &diag, &gate);
        const bool is_right =
            strcmp(diag.code, cases[i].code) == 0 &&
            (status == RUNDE_OK) == (cases[i].code[0] == '\0');
        if (!is_right) {
            printf("\n%s: %s %s\n", text, diag.code, diag.message);
        }
        CU_ASSERT_TRUE(is_right);
        if (status == RUNDE_OK) {
            CU_ASSERT_EQUAL(gate.n_matrices, 1);
            CU_ASSERT_EQUAL(gate.matrices[0].rows, cases[i].rows);
            CU_ASSERT_EQUAL(gate.matrices[0].columns, cases[i].columns);
            CU_ASSERT_PTR_NOT_NULL(gate.matrices[0].cells);
            rn_gate_free(&gate);
        }
    }
}

static void test_what_is_no_matrix(void)
{
    static const char *const texts[] = {
        "{\"durations\":\"x\"}",
        "{\"durations\":{\"a\":[1.5]}}",
        "{\"Durations\":[1.5]}",
        "{\"duration\":[1.5]}",
        "{\"durationss\":[1.5]}",
        "{\"x-map\":{\"durations\":[1.5,\"x\"]}}",
        "{\"x-map\":[{\"distances\":[{}]}]}",
        "{\"\\u0078-map\":[{\"distances\":[{}]}]}",
        "[\"durations\",[1.5]]",
        "[[1.5]]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        rn_gate gate;
        runde_diag diag;
        CU_ASSERT_EQUAL_FATAL(pass(texts[i], strlen(texts[i]), &diag, &gate),
                              RUNDE_OK);
        CU_ASSERT_EQUAL(gate.n_matrices, 0);
        rn_gate_free(&gate);
    }
    rn_gate gate;
    runde_diag diag;
    const char *const escaped = "{\"\\u0064urations\":[1,2]}";
    CU_ASSERT_EQUAL_FATAL(pass(escaped, strlen(escaped), &diag, &gate),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(gate.n_matrices, 1);
    rn_gate_free(&gate);
}

/* Many keys, all different but for the last: found whatever the table's
 * size, and objects side by side do not see each other's keys. */
static void test_many_keys(void)
{
    enum { KEYS = 20000 };
    char *const text = malloc(KEYS * 32);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (int32_t last = 0; last < KEYS; last += 4999) {
        char *at = text;
        at += sprintf(at, "[{\"a\":{");
        for (int32_t i = 0; i < KEYS; i++) {
            at += sprintf(at, "\"key-%d\":{\"key-%d\":0},", i, i);
        }
        char *const again = at;
        at += sprintf(at, "\"key-%d\":0}},{\"a\":0}]", KEYS);
        runde_diag diag;
        CU_ASSERT_EQUAL(verdict(text, (size_t)(at - text), &diag), RUNDE_OK);
        at = again;
        at += sprintf(at, "\"key-%d\":0}},{\"a\":0}]", last);
        CU_ASSERT_EQUAL(verdict(text, (size_t)(at - text), &diag),
                        RUNDE_E_FORMAT);
        CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E004");
    }
    free(text);
}

int main(void)
{
    RN_RUN("gate", RN_TEST(test_valid), RN_TEST(test_invalid),
           RN_TEST(test_truncated_everywhere),
           RN_TEST(test_every_byte_replaced), RN_TEST(test_depth),
           RN_TEST(test_limits), RN_TEST(test_places), RN_TEST(test_matrices),
           RN_TEST(test_what_is_no_matrix), RN_TEST(test_many_keys));
}
