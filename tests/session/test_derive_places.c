/* SPDX-License-Identifier: MIT */
/* A new address in a problem that is sealed already. */
#include "harness.h"

#include "faults.h"

#include <runde/runde.h>

enum { OLD = 3, NEW = 3 };

static const int32_t cells[OLD * OLD] = {0, 60, 90, 60, 0, 70, 90, 70, 0};

/* "car" has a matrix, "bicycle" goes by its model, "sledge" has a matrix and
 * no model. */
static runde_problem *begin(void)
{
    static const char *const ids[] = {"a", "b", "c"};
    static const char *const modes[] = {"car", "bicycle", "sledge"};
    const runde_matrix matrix = {sizeof matrix, OLD, cells, cells};
    runde_problem *p = NULL;
    runde_status status = runde_problem_new(&p, NULL, NULL);
#define ADD(call) status = status == RUNDE_OK ? runde_problem_##call : status
    for (int32_t i = 0; i < 3; i++) {
        const runde_place place = {sizeof place, ids[i], true, 60.0 + 0.01 * i,
                                   11.0};
        runde_carer carer = RUNDE_CARER_INIT;
        runde_shift shift = RUNDE_SHIFT_INIT;
        carer.id = shift.id = ids[i];
        shift.carer = shift.mode = i;
        shift.end = 3600;
        ADD(add_place(p, &place, NULL));
        ADD(add_mode(p, modes[i], NULL));
        ADD(add_carer(p, &carer, NULL));
        ADD(add_shift(p, &shift, NULL));
    }
    ADD(set_matrix(p, 0, &matrix));
    ADD(set_matrix(p, 2, &matrix));
    ADD(set_leg(p, 0, 1, 2, 75, 80));
    ADD(seal(p, NULL));
#undef ADD
    CU_ASSERT_EQUAL_FATAL(status, RUNDE_OK);
    return p;
}

/* A place, a client who lives there, and a visit to her. */
static void fill(runde_edit edits[3], const runde_place *place,
                 runde_client *client, runde_visit *visit)
{
    const runde_edit fresh = RUNDE_EDIT_INIT;
    *client = (runde_client)RUNDE_CLIENT_INIT;
    *visit = (runde_visit)RUNDE_VISIT_INIT;
    client->id = visit->id = "new";
    client->place = NEW;
    visit->client = 0;
    visit->duration = 60;
    for (int i = 0; i < 3; i++) {
        edits[i] = fresh;
    }
    edits[0].kind = RUNDE_EDIT_ADD_PLACE;
    edits[0].place = place;
    edits[1].kind = RUNDE_EDIT_ADD_CLIENT;
    edits[1].client = client;
    edits[2].kind = RUNDE_EDIT_ADD_VISIT;
    edits[2].visit = visit;
}

/* Old ways are as they were, new ones go by the models, where there is one. */
static void test_ways(void)
{
    const runde_place place = {sizeof place, "new", true, 60.02, 11.02};
    runde_client client;
    runde_visit visit;
    runde_edit edits[3];
    runde_problem *const base = begin();
    runde_problem *now = NULL;
    fill(edits, &place, &client, &visit);
    CU_ASSERT_EQUAL_FATAL(runde_problem_derive(&now, base, edits, 3, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_n_places(base), OLD);
    CU_ASSERT_EQUAL(runde_problem_n_places(now), OLD + 1);
    for (int32_t i = 0; i < 3 * OLD * OLD; i++) {
        int32_t way[4];
        const int32_t from = i % (OLD * OLD) / OLD;
        runde_problem_travel(base, i / (OLD * OLD), from, i % OLD, &way[0],
                             &way[1]);
        runde_problem_travel(now, i / (OLD * OLD), from, i % OLD, &way[2],
                             &way[3]);
        CU_ASSERT(way[0] == way[2] && way[1] == way[3]);
    }
    runde_problem_free(base);
    for (int32_t m = 0; m < 3; m++) {
        int32_t way[4];
        runde_problem_travel(now, m, 0, NEW, &way[0], &way[1]);
        runde_problem_travel(now, m, NEW, 0, &way[2], &way[3]);
        CU_ASSERT(way[0] == way[2] && way[1] == way[3]);
        CU_ASSERT(m == 2 ? way[0] == RUNDE_UNREACHABLE
                         : way[0] > 60 && way[1] > 1000);
        CU_ASSERT_EQUAL(runde_problem_is_estimated(now, m, 0, NEW), m == 0);
        CU_ASSERT(!runde_problem_is_estimated(now, m, 0, 1));
        runde_problem_travel(now, m, NEW, NEW, &way[0], &way[1]);
        CU_ASSERT(way[0] == 0 && way[1] == 0);
    }
    char *text = NULL;
    char *twice = NULL;
    size_t n = 0;
    runde_problem *again = NULL;
    CU_ASSERT_EQUAL_FATAL(runde_problem_to_json(&text, &n, now), RUNDE_OK);
    CU_ASSERT_EQUAL_FATAL(runde_problem_from_json(&again, text, n, NULL),
                          RUNDE_OK);
    CU_ASSERT_EQUAL(runde_problem_n_estimated(again, 0), 2 * OLD);
    CU_ASSERT_EQUAL_FATAL(runde_problem_to_json(&twice, &n, again), RUNDE_OK);
    CU_ASSERT_STRING_EQUAL(text, twice);
    runde_text_free(text);
    runde_text_free(twice);
    runde_problem_free(again);
    runde_problem_free(now);
}

/* No model goes to a place without coordinates. */
static void test_nowhere(void)
{
    const runde_place place = {sizeof place, "nowhere", false, 0.0, 0.0};
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *const base = begin();
    runde_problem *now = NULL;
    edit.kind = RUNDE_EDIT_ADD_PLACE;
    edit.place = &place;
    CU_ASSERT_EQUAL(runde_problem_derive(&now, base, &edit, 1, NULL),
                    RUNDE_E_INVALID);
    CU_ASSERT_PTR_NULL(now);
    edit.place = NULL;
    CU_ASSERT_EQUAL(runde_problem_derive(&now, base, &edit, 1, NULL),
                    RUNDE_E_ARGUMENT);
    runde_problem_free(base);
}

static void test_memory(void)
{
    const runde_place place = {sizeof place, "new", true, 60.02, 11.02};
    runde_client client;
    runde_visit visit;
    runde_edit edits[3];
    runde_problem *const base = begin();
    bool failed = true;
    fill(edits, &place, &client, &visit);
    for (long k = 0; failed; k++) {
        runde_problem *now = NULL;
        rn_faults_begin(k);
        const runde_status status =
            runde_problem_derive(&now, base, edits, 3, NULL);
        failed = rn_faults_end();
        CU_ASSERT_EQUAL_FATAL(status, failed ? RUNDE_E_NOMEM : RUNDE_OK);
        runde_problem_free(now);
    }
    runde_problem_free(base);
}

int main(void)
{
    RN_RUN("derive_places", RN_TEST(test_ways), RN_TEST(test_nowhere),
           RN_TEST(test_memory));
}
