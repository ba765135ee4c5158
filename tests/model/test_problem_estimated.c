/* SPDX-License-Identifier: MIT */
/* Marks of estimated legs, and problems with other travel times. */
#include "base/faults.h"
#include "harness.h"
#include "small.h"

#include <runde/json.h>
#include <runde/session.h>

/* An open problem of three places by car, with a matrix. */
static runde_problem *open_problem(void)
{
    static const int32_t cells[9] = {0, 10, 20, 30, 0, 40, 50, 60, 0};
    const runde_matrix matrix = {sizeof matrix, 3, cells, NULL};
    runde_problem *p = NULL;
    small s;
    small_init(&s);
    CU_ASSERT_EQUAL_FATAL(runde_problem_new(&p, &s.settings, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(small_add(&s, p), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_set_matrix(p, 0, &matrix), RUNDE_OK);
    return p;
}

static void test_marks(void)
{
    runde_problem *const p = open_problem();
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 1), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 1), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 2, 1), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 1, 2, 1), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(NULL, 0, 2, 1),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_FALSE(runde_problem_is_estimated(p, 0, 0, 1));
    /* What is stated by hand is no estimate. */
    CU_ASSERT_EQUAL(runde_problem_set_leg(p, 0, 2, 1, 61, 1), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 2), RUNDE_E_STATE);
    for (int32_t from = -1; from < 4; from++) {
        for (int32_t to = -1; to < 4; to++) {
            CU_ASSERT_EQUAL(runde_problem_is_estimated(p, 0, from, to),
                            from == 0 && to == 1);
        }
    }
    CU_ASSERT_EQUAL(runde_problem_n_estimated(p, 0), 1);
    CU_ASSERT_EQUAL(runde_problem_n_estimated(p, 1), 0);
    CU_ASSERT_FALSE(runde_problem_is_estimated(p, 1, 0, 1));
    runde_problem_free(p);
}

/* A new matrix begins without marks. */
static void test_new_matrix(void)
{
    static const int32_t cells[9] = {0, 1, 2, 3, 0, 4, 5, 6, 0};
    const runde_matrix matrix = {sizeof matrix, 3, cells, NULL};
    runde_problem *const p = open_problem();
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 1), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_matrix(p, 0, &matrix), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_seal(p, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_n_estimated(p, 0), 0);
    runde_problem_free(p);
}

static void refused(runde_problem *p, const char *code)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(runde_problem_seal(p, &diag), RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.code, code);
    CU_ASSERT_STRING_EQUAL(diag.pointer, "/travel_modes/0/estimated");
    runde_problem_free(p);
}

static void test_findings(void)
{
    runde_problem *p = open_problem();
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 3), RUNDE_OK);
    refused(p, "RUNDE-E110");
    p = open_problem();
    runde_speed_model model = {sizeof model, 0, 1, {{0.0, 1.5, 30.0}}};
    CU_ASSERT_EQUAL(runde_problem_set_speed_model(p, 0, &model), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 1), RUNDE_OK);
    refused(p, "RUNDE-E410");
}

static char *text_of(const runde_problem *p)
{
    char *text = NULL;
    size_t length = 0;
    CU_ASSERT_EQUAL_FATAL(runde_problem_to_json(&text, &length, p), RUNDE_OK);
    return text;
}

static void test_json(void)
{
    runde_problem *const p = open_problem();
    runde_problem *again = NULL;
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 2, 1), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 2, 0), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_set_estimated(p, 0, 0, 1), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(p, NULL), RUNDE_OK);
    char *const text = text_of(p);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "{\"from\": \"base\", \"to\": [\"north\"]}"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "{\"from\": \"south\", \"to\": [\"base\", \"north\"]}"));
    CU_ASSERT_EQUAL_FATAL(
        runde_problem_from_json(&again, text, strlen(text), NULL), RUNDE_OK);
    char *const twice = text_of(again);
    CU_ASSERT_STRING_EQUAL(text, twice);
    runde_text_free(text);
    runde_text_free(twice);
    runde_problem_free(p);
    runde_problem_free(again);
}

/* Other times for a problem, by a problem that is gone meanwhile; then
 * derived once more: the marks are shared. */
static void test_with_travel(void)
{
    static const int32_t ticks[9] = {0, 1, 2, 3, 0, -1, 5, 6, 0};
    static const int32_t metres[9] = {0, 10, 20, 30, 0, -1, 50, 60, 0};
    static const uint8_t marks[9] = {0, 0, 7, 0, 0, 0, 1, 0, 0};
    const runde_travel_times times = {
        sizeof times, 0, {sizeof times.matrix, 3, ticks, metres}, marks};
    runde_problem *const base = open_problem();
    runde_problem *p = NULL;
    runde_problem *child = NULL;
    int32_t duration = 0;
    int32_t distance = 0;
    CU_ASSERT_EQUAL(runde_problem_with_travel(&p, base, &times, 1, NULL),
                    RUNDE_E_STATE);
    CU_ASSERT_EQUAL(runde_problem_set_leg(base, 0, 0, 1, 99, 999), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(base, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_with_travel(&p, base, &times, 1, NULL),
                          RUNDE_OK);
    runde_problem_travel(base, 0, 0, 2, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 20);
    runde_problem_free(base);
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&child, p, NULL, 0, NULL),
                          RUNDE_OK);
    runde_problem_free(p);
    runde_problem_travel(child, 0, 0, 2, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 2);
    CU_ASSERT_EQUAL(distance, 20);
    runde_problem_travel(child, 0, 0, 1, &duration, &distance);
    CU_ASSERT_EQUAL(duration, 99);
    CU_ASSERT_EQUAL(runde_problem_n_estimated(child, 0), 2);
    CU_ASSERT_TRUE(runde_problem_is_estimated(child, 0, 0, 2));
    CU_ASSERT_TRUE(runde_problem_is_estimated(child, 0, 2, 0));
    runde_problem_free(child);
}

static void test_bad_travel(void)
{
    static const int32_t ticks[9] = {0, -7, 2, 3, 0, -1, 5, 6, 0};
    runde_travel_times times = {
        sizeof times, 0, {sizeof times.matrix, 3, ticks, NULL}, NULL};
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_problem *const base = open_problem();
    runde_problem *p = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(base, NULL), RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_with_travel(&p, base, &times, 1, &diag),
                    RUNDE_E_INVALID);
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E404");
    times.matrix.n = 2;
    CU_ASSERT_EQUAL(runde_problem_with_travel(&p, base, &times, 1, &diag),
                    RUNDE_E_INVALID);
    times.mode = 1;
    CU_ASSERT_EQUAL(runde_problem_with_travel(&p, base, &times, 1, &diag),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_PTR_NULL(p);
    runde_problem_free(base);
}

/* Memory refused at every turn. */
static void test_memory(void)
{
    static const int32_t ticks[9] = {0, 1, 2, 3, 0, -1, 5, 6, 0};
    static const uint8_t marks[9] = {0, 0, 7, 0, 0, 0, 1, 0, 0};
    const runde_travel_times times = {
        sizeof times, 0, {sizeof times.matrix, 3, ticks, NULL}, marks};
    runde_problem *const base = open_problem();
    CU_ASSERT_EQUAL(runde_problem_set_leg(base, 0, 0, 1, 99, 999), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_seal(base, NULL), RUNDE_OK);
    bool refused_one = true;
    for (long k = 0; refused_one; k++) {
        runde_problem *p = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_problem_with_travel(&p, base, &times, 1, NULL);
        refused_one = rn_faults_end();
        CU_ASSERT_EQUAL(status, refused_one ? RUNDE_E_NOMEM : RUNDE_OK);
        runde_problem_free(p);
    }
    runde_problem_free(base);
}

int main(void)
{
    RN_RUN("problem_estimated", RN_TEST(test_marks), RN_TEST(test_new_matrix),
           RN_TEST(test_findings), RN_TEST(test_json),
           RN_TEST(test_with_travel), RN_TEST(test_bad_travel),
           RN_TEST(test_memory));
}
