/* SPDX-License-Identifier: MIT */
/* Overlay files: what edits they are, and what is refused. */
#include "export_fixture.h"

#define HEAD "{\"format\":\"runde-weights\",\"version\":1"

static runde_status read(runde_overlay **out, const runde_problem *p,
                         const char *text, runde_diag *diag)
{
    return runde_overlay_from_json(out, p, text, strlen(text), diag);
}

static runde_problem *apply(const runde_problem *p, const char *text)
{
    runde_overlay *overlay = NULL;
    runde_problem *weighed = NULL;
    int32_t n = 0;
    MUST(read(&overlay, p, text, NULL));
    const runde_edit *const edits = runde_overlay_edits(overlay, &n);
    MUST(runde_problem_derive(&weighed, p, edits, n, NULL));
    runde_overlay_free(overlay);
    return weighed;
}

static void test_global(void)
{
    runde_problem *const p = export_problem("x", true);
    runde_weights usual;
    runde_weights_default(&usual, 1000);
    runde_problem *w = apply(p, HEAD ",\"weights\":{\"late\":17}}");
    CU_ASSERT_EQUAL(runde_problem_weights(w)->weight[RUNDE_LATE], 17);
    CU_ASSERT_EQUAL(runde_problem_weights(w)->weight[RUNDE_DISTINCT_CARERS],
                    usual.weight[RUNDE_DISTINCT_CARERS]);
    runde_problem_free(w);
    /* An order, and one weight on top of it. */
    w = apply(p, HEAD ",\"order\":[\"late\",\"travel_time\"],"
                      "\"weights\":{\"overtime\":{\"hard\":true,"
                      "\"limit\":60}}}");
    const runde_weights *const weights = runde_problem_weights(w);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_LATE], 30);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_TRAVEL_TIME], 1);
    CU_ASSERT_EQUAL(weights->weight[RUNDE_DISTINCT_CARERS], 0);
    CU_ASSERT_EQUAL(weights->hard, 1U << RUNDE_OVERTIME);
    /* A hard rule outlives an order. */
    runde_problem *const again = apply(w, HEAD ",\"order\":[\"early\"]}");
    CU_ASSERT_EQUAL(runde_problem_weights(again)->hard, 1U << RUNDE_OVERTIME);
    CU_ASSERT_EQUAL(runde_problem_weights(again)->limit[RUNDE_OVERTIME], 60);
    CU_ASSERT_EQUAL(runde_problem_weights(again)->weight[RUNDE_EARLY], 1);
    runde_problem_free(again);
    runde_problem_free(w);
    /* Nothing is nothing. */
    runde_overlay *none = NULL;
    int32_t n = 1;
    MUST(read(&none, p, HEAD "}", NULL));
    (void)runde_overlay_edits(none, &n);
    CU_ASSERT_EQUAL(n, 0);
    runde_overlay_free(none);
    runde_problem_free(p);
}

static void test_profiles(void)
{
    runde_problem *const p = export_problem("x", true);
    runde_weights usual;
    runde_weights_default(&usual, 1000);
    runde_problem *const w = apply(
        p, HEAD ",\"clients\":[{\"client\":\"x0\",\"profile\":\"continuity\"},"
                "{\"client\":\"x1\",\"profile\":\"time\","
                "\"weights\":{\"early\":0}},"
                "{\"client\":\"x2\",\"profile\":\"travel\"}],"
                "\"weights\":{\"late\":7}}");
    const runde_weights *own = runde_problem_client(w, 0)->weights;
    CU_ASSERT_EQUAL(own->weight[RUNDE_DISTINCT_CARERS],
                    5 * usual.weight[RUNDE_DISTINCT_CARERS]);
    CU_ASSERT_EQUAL(own->set & 1U << RUNDE_LATE, 0);
    own = runde_problem_client(w, 1)->weights;
    CU_ASSERT_EQUAL(own->weight[RUNDE_LATE], 35); /* of the new weights */
    CU_ASSERT_EQUAL(own->weight[RUNDE_EARLY], 0);
    own = runde_problem_client(w, 2)->weights;
    CU_ASSERT_EQUAL(own->weight[RUNDE_LATE], 2); /* 7 / 5, rounded up */
    CU_ASSERT_EQUAL(own->weight[RUNDE_CARER_PREFERENCE],
                    usual.weight[RUNDE_CARER_PREFERENCE] / 5);
    runde_problem_free(w);
    runde_problem_free(p);
}

/* Where an order leaves faces without weight, a profile gives them one in
 * the order's own scale. */
static void test_scale(void)
{
    runde_weights global;
    runde_weights own;
    runde_weights usual;
    runde_weights_default(&usual, 1000);
    memset(&global, 0, sizeof global);
    global.size = sizeof global;
    global.weight[RUNDE_TRAVEL_TIME] = 100;
    MUST(runde_weights_from_profile(&own, RUNDE_PROFILE_CONTINUITY, &global,
                                    1000));
    CU_ASSERT_EQUAL(own.weight[RUNDE_DISTINCT_CARERS],
                    500 * usual.weight[RUNDE_DISTINCT_CARERS]);
    global.weight[RUNDE_TRAVEL_TIME] = 1000000;
    MUST(runde_weights_from_profile(&own, RUNDE_PROFILE_CONTINUITY, &global,
                                    1000));
    CU_ASSERT_EQUAL(own.weight[RUNDE_DISTINCT_CARERS], 1000000);
    CU_ASSERT_EQUAL(
        runde_weights_from_profile(&own, RUNDE_PROFILES, &global, 1000),
        RUNDE_E_ARGUMENT);
    CU_ASSERT_STRING_EQUAL(runde_profile_name(RUNDE_PROFILE_TRAVEL), "travel");
    CU_ASSERT_PTR_NULL(runde_profile_name(RUNDE_PROFILES));
}

static void test_refused(void)
{
    static const struct {
        const char *text;
        const char *code;
        const char *pointer;
        int32_t errors;
    } cases[] = {
        {"{", "RUNDE-E002", "", 1},
        {"{\"format\":\"runde-plan\",\"version\":1}", "RUNDE-E601", "/format",
         1},
        {HEAD ",\"order\":[\"late\",\"late\"]}", "RUNDE-E612", "/order/1", 1},
        {HEAD ",\"weights\":{\"lat\":1,\"late\":-1}}", "RUNDE-E603",
         "/weights/lat", 2},
        {HEAD ",\"clients\":[{\"client\":\"y\",\"weights\":{\"bad\":1}},"
              "{\"profile\":\"time\"},{\"client\":\"x0\",\"profile\":\"x\"},"
              "{\"client\":\"x0\"}]}",
         "RUNDE-E605", "/clients/0/client", 5},
    };
    runde_problem *const p = export_problem("x", true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        runde_overlay *overlay = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        CU_ASSERT_EQUAL(read(&overlay, p, cases[i].text, &diag),
                        RUNDE_E_FORMAT);
        CU_ASSERT_PTR_NULL(overlay);
        CU_ASSERT_EQUAL(diag.errors, cases[i].errors);
        CU_ASSERT_STRING_EQUAL(diag.code, cases[i].code);
        CU_ASSERT_STRING_EQUAL(diag.pointer, cases[i].pointer);
    }
    runde_overlay *overlay = NULL;
    runde_problem *open = NULL;
    MUST(runde_problem_new(&open, NULL, NULL));
    CU_ASSERT_EQUAL(read(&overlay, open, HEAD "}", NULL), RUNDE_E_STATE);
    CU_ASSERT_EQUAL(read(&overlay, NULL, HEAD "}", NULL), RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_overlay_from_json(NULL, p, HEAD, 1, NULL),
                    RUNDE_E_ARGUMENT);
    runde_overlay_free(NULL);
    runde_problem_free(open);
    runde_problem_free(p);
}

int main(void)
{
    RN_RUN("overlay_reader", RN_TEST(test_global), RN_TEST(test_profiles),
           RN_TEST(test_scale), RN_TEST(test_refused));
}
