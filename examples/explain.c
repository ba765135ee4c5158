/* SPDX-License-Identifier: MIT */
/* Why this carer, and what would make a left-out visit fit? Reads a visit
 * file, plans it, and explains its first visit and all that are left out.
 *
 *     explain examples/data/rural_small.json */
#include "example_files.h"

static void print_offer(const runde_problem *p, const runde_offer *offer)
{
    const char *shift = runde_problem_shift(p, offer->shift)->id;
    if (offer->fits) {
        printf("  %s: %+lld\n", shift, (long long)offer->change.wishes);
    } else {
        printf("  %s: %s\n", shift, runde_reason_name(offer->reason.code));
    }
}

static bool explain(runde_session *session, int32_t visit)
{
    const runde_problem *p = runde_session_problem(session);
    runde_explanation *e = NULL;
    if (runde_explain_visit(&e, session, visit, NULL) != RUNDE_OK) {
        return false;
    }
    printf("%s, %s\n", runde_problem_visit(p, visit)->id,
           runde_explanation_is_served(e) ? "elsewhere" : "left out");
    for (int32_t i = 0; i < runde_explanation_n_offers(e); i++) {
        print_offer(p, runde_explanation_offer(e, i));
    }
    for (int32_t i = 0; i < runde_explanation_n_relaxations(e); i++) {
        const runde_relaxation *r = runde_explanation_relaxation(e, i);
        printf("  fits with %s by %d\n", runde_relaxation_name(r->kind),
               (int)r->amount);
    }
    runde_explanation_free(e);
    return true;
}

int main(int argc, char **argv)
{
    runde_problem *p = argc == 2 ? example_problem(argv[1]) : NULL;
    runde_plan *plan = NULL;
    runde_session *session = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 500;
    bool good =
        p != NULL && runde_solve(&plan, p, &options, NULL) == RUNDE_OK &&
        runde_session_new(&session, p, plan) == RUNDE_OK && explain(session, 0);
    for (int32_t i = 0; good && i < runde_plan_n_unserved(plan); i++) {
        good = explain(session, runde_plan_unserved(plan, i)->visit);
    }
    runde_session_free(session);
    runde_plan_free(plan);
    runde_problem_free(p);
    return good ? 0 : 1;
}
