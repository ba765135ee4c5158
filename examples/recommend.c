/* SPDX-License-Identifier: MIT */
/* The phone rings: who could take one visit more? Reads a visit file, plans
 * it, asks for half an hour at the first client's, and takes the best offer.
 *
 *     recommend examples/data/rural_small.json */
#include "example_files.h"

static void print_offer(const runde_problem *p, const runde_offer *offer)
{
    const char *shift = runde_problem_shift(p, offer->shift)->id;
    if (!offer->fits) {
        printf("%s cannot: %s\n", shift, runde_reason_name(offer->reason.code));
        return;
    }
    printf("%s can, as stop %d, for %lld more\n", shift,
           (int)offer->moves[0].position + 1, (long long)offer->change.wishes);
}

/* The plan with the offer taken; it costs what was promised. */
static bool take(const runde_session *session, const runde_visit *visit,
                 const runde_offer *offer)
{
    runde_edit edit = RUNDE_EDIT_INIT;
    runde_problem *with = NULL;
    runde_plan *plan = NULL;
    edit.kind = RUNDE_EDIT_ADD_VISIT;
    edit.visit = visit;
    const bool good =
        runde_problem_derive(&with, runde_session_problem(session), &edit, 1,
                             NULL) == RUNDE_OK &&
        runde_recommend_plan(&plan, session, with, offer) == RUNDE_OK;
    if (good) {
        printf("taken: the plan costs %lld\n",
               (long long)runde_plan_cost(plan)->wishes);
    }
    runde_plan_free(plan);
    runde_problem_free(with);
    return good;
}

int main(int argc, char **argv)
{
    runde_problem *p = argc == 2 ? example_problem(argv[1]) : NULL;
    runde_plan *plan = NULL;
    runde_session *session = NULL;
    runde_advice *advice = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    runde_question question = RUNDE_QUESTION_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    options.iteration_limit = 500;
    question.top = 3;        /* the three best that fit ... */
    question.most_moved = 1; /* ... moving one other visit at the most */
    visit.id = "alarm";
    visit.client = 0;
    visit.duration = 1800;
    bool good =
        p != NULL && runde_solve(&plan, p, &options, NULL) == RUNDE_OK &&
        runde_session_new(&session, p, plan) == RUNDE_OK &&
        runde_recommend_visit(&advice, session, &visit, &question, NULL) ==
            RUNDE_OK;
    for (int32_t i = 0; good && i < runde_advice_n_offers(advice); i++) {
        print_offer(p, runde_advice_offer(advice, i));
    }
    if (good && runde_advice_offer(advice, 0)->fits) {
        good = take(session, &visit, runde_advice_offer(advice, 0));
    }
    runde_advice_free(advice);
    runde_session_free(session);
    runde_plan_free(plan);
    runde_problem_free(p);
    return good ? 0 : 1;
}
