/* SPDX-License-Identifier: MIT */
/* Records laid beside a plan: who is matched with what, and that no minute is
 * lost or counted twice. */
#include "io/export_fixture.h"

#include "base/rng.h"

#include <runde/actuals.h>

typedef struct scene {
    runde_problem *p;
    runde_plan *plan;
} scene;

/* Visit 0 by carers 0 and 1 from 5400 to 9000, visit 1 by carer 0 from 16410
 * to 20010, visit 2 left out. */
static scene begin(void)
{
    scene s = {export_problem("x", true), NULL};
    s.plan = export_plan(s.p);
    return s;
}

static void end(scene *s)
{
    runde_plan_free(s->plan);
    runde_problem_free(s->p);
}

static runde_actual record(int32_t visit, int32_t carer, int32_t arrival,
                           int32_t departure)
{
    const runde_actual r = {sizeof r, visit, 0, carer, arrival, departure};
    return r;
}

static void test_figures(void)
{
    scene s = begin();
    runde_actuals *a = NULL;
    const runde_actual records[] = {
        record(0, 1, 5500, 9000),             /* of the crew, by name */
        record(0, RUNDE_NONE, 5400, 9100),    /* so this is carer 0 */
        record(1, 1, 16400, 20000),           /* instead of carer 0 */
        record(2, 0, 30000, 30600),           /* the plan leaves it out */
        record(RUNDE_NONE, 1, 40000, 40050)}; /* nobody knew of it */
    MUST(runde_actuals_new(&a, s.p, s.plan, records, 5, NULL));
    CU_ASSERT_EQUAL_FATAL(runde_actuals_n_lines(a), 5);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 0)->record, 1);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 0)->carer[1], 0);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 1)->record, 0);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 2)->carer[0], 0);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 2)->carer[1], 1);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 3)->part, RUNDE_NONE);
    CU_ASSERT_EQUAL(runde_actuals_get_line(a, 4)->visit, RUNDE_NONE);
    CU_ASSERT_PTR_NULL(runde_actuals_get_line(a, 5));
    const runde_actual_sums *const t = runde_actuals_get_totals(a);
    CU_ASSERT_EQUAL(t->planned, 3);
    CU_ASSERT_EQUAL(t->done, 3);
    CU_ASSERT_EQUAL(t->missing, 0);
    CU_ASSERT_EQUAL(t->extra, 2);
    CU_ASSERT_EQUAL(t->other_carer, 1);
    CU_ASSERT_EQUAL(t->service[0], 3 * 3600);
    CU_ASSERT_EQUAL(t->service[1], 3500 + 3700 + 3600 + 600 + 50);
    CU_ASSERT_EQUAL(t->late, 100);
    CU_ASSERT_EQUAL(t->most_late, 100);
    CU_ASSERT_EQUAL(t->early, 10);
    const runde_actual_row *const carer = runde_actuals_get_carer(a, 1);
    CU_ASSERT_EQUAL(carer->who, 1);
    CU_ASSERT_EQUAL(carer->sums.planned, 1);
    CU_ASSERT_EQUAL(carer->sums.done, 2);
    CU_ASSERT_EQUAL(carer->sums.other_carer, 1);
    runde_actuals_free(a);
    /* Without any record everything is missing. */
    MUST(runde_actuals_new(&a, s.p, s.plan, NULL, 0, NULL));
    CU_ASSERT_EQUAL(runde_actuals_get_totals(a)->missing, 3);
    CU_ASSERT_EQUAL(runde_actuals_n_clients(a), 2);
    runde_actuals_free(a);
    end(&s);
}

/* Who comes as planned goes first, whatever the order of the records. */
static void test_crew(void)
{
    scene s = begin();
    const runde_actual records[] = {record(0, 1, 5400, 9000),
                                    record(0, 0, 5400, 9000)};
    for (int turn = 0; turn < 2; turn++) {
        const runde_actual both[] = {records[turn], records[1 - turn]};
        runde_actuals *a = NULL;
        MUST(runde_actuals_new(&a, s.p, s.plan, both, 2, NULL));
        CU_ASSERT_EQUAL(runde_actuals_get_totals(a)->other_carer, 0);
        CU_ASSERT_EQUAL(runde_actuals_get_totals(a)->done, 2);
        runde_actuals_free(a);
    }
    end(&s);
}

static void add(runde_actual_sums *to, const runde_actual_sums *s)
{
    to->planned += s->planned;
    to->done += s->done;
    to->missing += s->missing;
    to->extra += s->extra;
    to->other_carer += s->other_carer;
    to->service[0] += s->service[0];
    to->service[1] += s->service[1];
    to->late += s->late;
    to->early += s->early;
}

static void check_sums(const runde_actual_sums *a, const runde_actual_sums *b)
{
    CU_ASSERT_EQUAL(a->planned, b->planned);
    CU_ASSERT_EQUAL(a->done, b->done);
    CU_ASSERT_EQUAL(a->missing, b->missing);
    CU_ASSERT_EQUAL(a->extra, b->extra);
    CU_ASSERT_EQUAL(a->other_carer, b->other_carer);
    CU_ASSERT_EQUAL(a->service[0], b->service[0]);
    CU_ASSERT_EQUAL(a->service[1], b->service[1]);
    CU_ASSERT_EQUAL(a->late, b->late);
    CU_ASSERT_EQUAL(a->early, b->early);
}

static void check_balance(const runde_actuals *a, int32_t n, int64_t minutes)
{
    const runde_actual_sums *const t = runde_actuals_get_totals(a);
    runde_actual_sums clients = RUNDE_ACTUAL_SUMS_INIT;
    runde_actual_sums carers = RUNDE_ACTUAL_SUMS_INIT;
    for (int32_t i = 0; i < runde_actuals_n_clients(a); i++) {
        add(&clients, &runde_actuals_get_client(a, i)->sums);
    }
    for (int32_t i = 0; i < runde_actuals_n_carers(a); i++) {
        add(&carers, &runde_actuals_get_carer(a, i)->sums);
    }
    check_sums(&clients, t);
    check_sums(&carers, t);
    CU_ASSERT_EQUAL(t->planned, t->done + t->missing);
    CU_ASSERT_EQUAL(t->done + t->extra, n);
    CU_ASSERT_EQUAL(t->service[1], minutes);
}

/* Random days, each record in a time of its own: every one is on one line,
 * and all sums agree. */
static void test_balance(void)
{
    scene s = begin();
    rn_rng rng;
    rn_rng_init(&rng, 7, 0);
    for (int round = 0; round < 500; round++) {
        runde_actual records[8];
        const int32_t n = (int32_t)rn_rng_below(&rng, 9);
        int64_t minutes = 0;
        for (int32_t i = 0; i < n; i++) {
            const int32_t visit = (int32_t)rn_rng_below(&rng, 4) - 1;
            const int32_t lasts = (int32_t)rn_rng_below(&rng, 3000);
            records[i] = record(visit, (int32_t)rn_rng_below(&rng, 2), i * 4000,
                                i * 4000 + lasts);
            minutes += lasts;
        }
        runde_actuals *a = NULL;
        MUST(runde_actuals_new(&a, s.p, s.plan, records, n, NULL));
        check_balance(a, n, minutes);
        runde_actuals_free(a);
    }
    end(&s);
}

static void expect(const scene *s, const runde_actual *records, int32_t n,
                   const char *code, const char *pointer)
{
    runde_actuals *a = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status =
        runde_actuals_new(&a, s->p, s->plan, records, n, &diag);
    CU_ASSERT_EQUAL(status, diag.errors > 0 ? RUNDE_E_INVALID : RUNDE_OK);
    CU_ASSERT_EQUAL(a != NULL, diag.errors == 0);
    CU_ASSERT_EQUAL(diag.errors + diag.warnings, 1);
    CU_ASSERT_STRING_EQUAL(diag.code, code);
    CU_ASSERT_STRING_EQUAL(diag.pointer, pointer);
    runde_actuals_free(a);
}

static void test_findings(void)
{
    scene s = begin();
    const runde_actual backwards[] = {record(1, 0, 100, 99)};
    const runde_actual twice[] = {record(1, 0, 100, 300),
                                  record(1, 0, 299, 400)};
    const runde_actual copied[] = {record(1, 0, 100, 100),
                                   record(1, 0, 100, 100)};
    const runde_actual nobody[] = {record(2, RUNDE_NONE, 100, 300)};
    const runde_actual split[] = {record(1, 0, 100, 300),
                                  record(0, 0, 299, 400)};
    const runde_actual next[] = {record(1, 0, 100, 300),
                                 record(1, 0, 300, 400)};
    runde_actuals *a = NULL;
    expect(&s, backwards, 1, "RUNDE-E651", "/visits/0/departure");
    expect(&s, twice, 2, "RUNDE-E652", "/visits/1");
    expect(&s, copied, 2, "RUNDE-E652", "/visits/1");
    expect(&s, nobody, 1, "RUNDE-E653", "/visits/0");
    expect(&s, split, 2, "RUNDE-W651", "/visits/1");
    MUST(runde_actuals_new(&a, s.p, s.plan, next, 2, NULL));
    CU_ASSERT_EQUAL(runde_actuals_get_totals(a)->extra, 1);
    runde_actuals_free(a);
    end(&s);
}

static void test_arguments(void)
{
    scene s = begin();
    runde_actuals *a = NULL;
    runde_actual bad[] = {record(3, 0, 1, 2), record(0, 2, 1, 2),
                          record(0, 0, RUNDE_TIME_NONE, 2),
                          record(RUNDE_NONE, 0, 1, 2), record(0, 0, 1, 2)};
    bad[3].client = 3;
    bad[4].size = 1;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CU_ASSERT_EQUAL(runde_actuals_new(&a, s.p, s.plan, &bad[i], 1, NULL),
                        RUNDE_E_ARGUMENT);
    }
    CU_ASSERT_EQUAL(runde_actuals_new(NULL, s.p, s.plan, bad, 0, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_new(&a, NULL, s.plan, bad, 0, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_actuals_new(&a, s.p, s.plan, NULL, 1, NULL),
                    RUNDE_E_ARGUMENT);
    runde_plan *draft = NULL;
    MUST(runde_plan_new(&draft, s.p));
    CU_ASSERT_EQUAL(runde_actuals_new(&a, s.p, draft, bad, 0, NULL),
                    RUNDE_E_STATE);
    CU_ASSERT_PTR_NULL(a);
    runde_plan_free(draft);
    runde_actuals_free(NULL);
    end(&s);
}

int main(void)
{
    RN_RUN("actuals", RN_TEST(test_figures), RN_TEST(test_crew),
           RN_TEST(test_balance), RN_TEST(test_findings),
           RN_TEST(test_arguments));
}
