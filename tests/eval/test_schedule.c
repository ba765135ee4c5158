/* SPDX-License-Identifier: MIT */
/* Starts, slack, totals and undoing over random problems, against naive
 * computations from scratch. RUNDE_PROP_SEEDS says how many problems. */
#include "agreement.h"
#include "bed.h"
#include "harness.h"
#include "naive.h"

#include <string.h>

enum { STEPS = 12 };

static uint64_t n_seeds(void)
{
    const char *const text = getenv("RUNDE_PROP_SEEDS");
    return text != NULL ? strtoull(text, NULL, 10) : 200;
}

static uint64_t first_seed(void)
{
    const char *const text = getenv("RUNDE_PROP_FIRST");
    return text != NULL ? strtoull(text, NULL, 10) : 1;
}

/* Says where a property fails, once per seed. */
static bool expect(bool holds, const bed *b, const char *what, int64_t x,
                   int64_t y)
{
    if (!holds) {
        printf("seed %llu: %s: %lld, %lld\n", (unsigned long long)b->seed, what,
               (long long)x, (long long)y);
        CU_FAIL("a property does not hold");
    }
    return holds;
}

/* ---------------------------------------------------------------- starts */

static bool starts_are_least(const bed *b)
{
    const naive_push none = {RUNDE_NONE, 0};
    int32_t *const start = calloc((size_t)b->inst->n_nodes + 1, sizeof *start);
    bool ok = expect(naive_schedule(b->sol, none, start), b,
                     "there is no schedule", 0, 0);
    for (int32_t n = 0; n < b->inst->n_nodes && ok; n++) {
        if (naive_is_used(b->sol, n)) {
            ok = expect(start[n] == b->sol->node[n].start, b,
                        "node starts elsewhere", b->sol->node[n].start,
                        start[n]);
        }
    }
    free(start);
    return ok;
}

/* ----------------------------------------------------------------- slack */

/* The raise of cost when a node starts so much later; -1 when impossible. */
static rn_cost raise_of(const bed *b, int32_t node, int32_t delay)
{
    int32_t *const was = calloc((size_t)b->inst->n_nodes + 1, sizeof *was);
    int32_t *const now = calloc((size_t)b->inst->n_nodes + 1, sizeof *now);
    const naive_push push = {node, (int64_t)b->sol->node[node].start + delay};
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        was[n] = b->sol->node[n].start;
    }
    const rn_cost raise =
        naive_schedule(b->sol, push, now) ? naive_raise(b->sol, was, now) : -1;
    free(was);
    free(now);
    return raise;
}

static bool slack_is_true(const bed *b, int32_t node)
{
    const rn_node *const x = &b->sol->node[node];
    const int32_t slack = x->slack < 5000 ? x->slack : 5000;
    if (!expect(x->slack >= 0, b, "slack below 0", node, x->slack)) {
        return false;
    }
    const rn_cost within = raise_of(b, node, slack);
    if (!expect(within == 0, b, "within the slack it costs", node, within)) {
        printf("  slack %d, rate %d, start %d\n", (int)x->slack, (int)x->rate,
               (int)x->start);
        return false;
    }
    /* What is early may gain by what makes others late. */
    if (x->slack >= 5000 || !b->inst->is_regular) {
        return true;
    }
    for (int32_t more = 1; more < 100; more = more * 3 + 1) {
        const rn_cost raise = raise_of(b, node, slack + more);
        const bool ok = x->rate == RN_RATE_HARD
                            ? raise < 0
                            : raise < 0 || raise >= (rn_cost)x->rate * more;
        if (!expect(ok, b, "beyond the slack it costs less", node, raise)) {
            printf("  slack %d, rate %d, start %d, delay %d\n", (int)x->slack,
                   (int)x->rate, (int)x->start, (int)(slack + more));
            return false;
        }
    }
    return true;
}

static bool slacks_are_true(bed *b)
{
    /* Where waiting or idle is priced, the label only sends to the trial. */
    if (b->inst->prices_filling) {
        return true;
    }
    rn_settle_slack(b->sol);
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        if (naive_is_used(b->sol, n) && b->sol->node[n].prev != RUNDE_NONE &&
            world_dice(&b->rng, 0, 2) == 0 && !slack_is_true(b, n)) {
            return false;
        }
    }
    return true;
}

/* What was labelled step by step is what labelling all of it anew finds. */
static bool labels_are_fresh(bed *b)
{
    rn_solution *const sol = b->sol;
    const size_t nodes = (size_t)b->inst->n_nodes;
    rn_node *const was = calloc(nodes + 1, sizeof *was);
    rn_settle_slack(sol);
    memcpy(was, sol->node, nodes * sizeof *was);
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        if (sol->node[n].route >= 0) {
            rn_note_moved(sol, n);
        }
    }
    rn_settle_slack(sol);
    bool ok = true;
    for (int32_t n = 0; n < b->inst->n_nodes && ok; n++) {
        const rn_node *const x = &sol->node[n];
        /* A shift that has no schedule has no slack to speak of. */
        if (naive_is_used(sol, n)) {
            ok = expect(x->slack == was[n].slack, b, "slack is out of date",
                        was[n].slack, x->slack) &&
                 expect(x->rate == was[n].rate, b, "rate is out of date",
                        was[n].rate, x->rate);
        }
    }
    memcpy(sol->node, was, nodes * sizeof *was);
    free(was);
    return ok;
}

/* ----------------------------------------------------------------- undo */

typedef struct snapshot {
    rn_node *node;
    rn_route *route;
    int8_t *choice;
    rn_cost total;
} snapshot;

static snapshot take(const bed *b)
{
    rn_settle_slack(b->sol);
    const size_t nodes = (size_t)b->inst->n_nodes;
    const size_t routes = (size_t)b->inst->n_shifts;
    snapshot s = {calloc(nodes + 1, sizeof *s.node),
                  calloc(routes + 1, sizeof *s.route),
                  calloc((size_t)b->inst->n_choices + 1, 1), rn_total(b->sol)};
    memcpy(s.node, b->sol->node, nodes * sizeof *s.node);
    memcpy(s.route, b->sol->route, routes * sizeof *s.route);
    memcpy(s.choice, b->sol->choice, (size_t)b->inst->n_choices);
    return s;
}

static void drop(snapshot *s)
{
    free(s->node);
    free(s->route);
    free(s->choice);
}

static bool is_as_before(const bed *b, const snapshot *s)
{
    for (int32_t n = 0; n < b->inst->n_nodes; n++) {
        /* What a node says while it is left out means nothing. */
        const rn_node *const x = &b->sol->node[n];
        const rn_node *const was = &s->node[n];
        const bool same =
            was->route < 0 ? x->route < 0 : memcmp(was, x, sizeof *x) == 0;
        if (!expect(same, b, "undo leaves a node changed", n, 0)) {
            return false;
        }
    }
    for (int32_t r = 0; r < b->inst->n_shifts; r++) {
        if (!expect(memcmp(&s->route[r], &b->sol->route[r],
                           sizeof s->route[r]) == 0,
                    b, "undo leaves a route changed", r, 0)) {
            return false;
        }
    }
    return expect(memcmp(s->choice, b->sol->choice,
                         (size_t)b->inst->n_choices) == 0,
                  b, "undo leaves an order changed", 0, 0) &&
           expect(s->total == rn_total(b->sol), b, "undo leaves the total",
                  rn_total(b->sol), s->total);
}

/* ------------------------------------------------------------ in a bed */

/* Ruins and fills at random; false after a failure. */
static bool step(bed *b, bool (*look)(bed *b))
{
    snapshot before = take(b);
    rn_journal_begin(b->sol, &b->sol->outer);
    bool holds = true;
    if (world_dice(&b->rng, 0, 2) > 0) {
        holds = bed_ruin(b);
    }
    if (holds) {
        for (int i = world_dice(&b->rng, 0, 2); i > 0; i--) {
            (void)bed_anywhere(b);
        }
        bed_fill(b);
    }
    bool ok = !holds || look(b);
    if (ok && (!holds || world_dice(&b->rng, 0, 1) == 0)) {
        rn_undo_and_settle(b->sol, &b->sol->outer);
        ok = is_as_before(b, &before);
    }
    b->sol->outer.on = false;
    drop(&before);
    return ok;
}

static void in_beds(bool (*look)(bed *b))
{
    static const world_size size = WORLD_SMALL;
    const uint64_t first = first_seed();
    for (uint64_t seed = first; seed < first + n_seeds(); seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        for (int i = 0; i < STEPS && step(&b, look); i++) {
        }
        bed_clear(&b);
    }
}

static bool look_at_starts(bed *b)
{
    return starts_are_least(b);
}

static bool look_at_totals(bed *b)
{
    const bool ok = agreement_holds(b->sol, b->finder, b->seed);
    CU_ASSERT_TRUE(ok);
    return ok;
}

static void test_starts(void)
{
    in_beds(look_at_starts);
}

static void test_slack(void)
{
    in_beds(slacks_are_true);
}

static void test_labels(void)
{
    in_beds(labels_are_fresh);
}

static void test_totals(void)
{
    in_beds(look_at_totals);
}

int main(void)
{
    RN_RUN("schedule", RN_TEST(test_starts), RN_TEST(test_slack),
           RN_TEST(test_labels), RN_TEST(test_totals));
}
