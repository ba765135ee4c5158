/* SPDX-License-Identifier: MIT */
/** @file recommend.h
 *  Who could take this visit, when, and at what price; and what would fit
 *  into this carer's day.
 *
 *  The questions go to a session, which keeps what it needs between them:
 *  the first one costs the reading in of the problem, the others only the
 *  looking. Nothing changes in the session; to have an offer, make the edit
 *  and the plan. */
#ifndef RUNDE_RECOMMEND_H
#define RUNDE_RECOMMEND_H

#include <runde/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where one part of a visit goes. */
typedef struct runde_move {
    int32_t visit; /**< the extra visit has the number behind the last */
    int32_t part;
    int32_t from_shift; /**< where the plan has it; RUNDE_NONE: nowhere */
    int32_t from_start; /**< RUNDE_TIME_NONE: nowhere */
    int32_t shift;
    int32_t position; /**< stops of the route in front of it, breaks and
                           activities too, when all moves are made */
    int32_t start;
} runde_move;

/** One shift's answer. */
typedef struct runde_offer {
    int32_t visit;
    int32_t shift;
    bool fits;
    runde_reason reason;     /**< when it does not: the first rule that fails */
    int32_t n_moves;         /**< 0 when it does not fit */
    const runde_move *moves; /**< the visit itself first, its whole crew, then
                                  the others that make room; tied to the
                                  advice */
    int32_t n_routes;
    const runde_route *routes; /**< the routes that change, whole and with
                                    their times, as they will be: also those
                                    in which times alone move; without stops
                                    where a shift has nothing left to do;
                                    tied to the advice */
    runde_cost change; /**< what the plan's cost changes by, to the unit: the
                            amounts and costs of criteria, and their sum.
                            Amounts of max_late, max_idle and of the spreads
                            are there only when they have a price */
} runde_offer;

typedef struct runde_advice runde_advice;

/** What is asked. */
typedef struct runde_question {
    size_t size;
    int32_t top;        /**< offers that fit, at the most; 0 means all */
    int32_t most_moved; /**< other visits that may move, 0 to 3 */
} runde_question;

#define RUNDE_QUESTION_INIT                                                    \
    {                                                                          \
        sizeof(runde_question), 0, 0                                           \
    }

/** Who could take an extra visit? It is a record as for
 *  runde_problem_add_visit, of a client of the problem, without links.
 *
 *  Every shift answers: the cheapest way for some part of the visit to be in
 *  it, the rest of the crew wherever it is cheapest, or the first rule that
 *  fails. Other visits keep their carers and order but for at most
 *  `most_moved` of them, tried only where nothing fits otherwise or where
 *  that is cheaper; their times may shift as the schedule asks.
 *
 *  @param question  NULL means the defaults
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_INVALID for a visit that the model
 *          refuses (findings as for a problem with this visit last) or a
 *          session whose plan breaks rules of time, RUNDE_E_STATE for a
 *          session without a plan, RUNDE_E_LIMIT for a visit with a thousand
 *          windows, RUNDE_E_NOMEM
 *
 *  O(positions of all routes), well below a millisecond for 1,400 visits,
 *  while nothing moves and one carer is enough. */
RUNDE_API RUNDE_CHECKED runde_status runde_recommend_visit(
    runde_advice **out, runde_session *session, const runde_visit *visit,
    const runde_question *question, runde_diag *diag);

/** Who could take a visit that the plan leaves out? Otherwise as above. */
RUNDE_API RUNDE_CHECKED runde_status runde_recommend_left_out(
    runde_advice **out, runde_session *session, int32_t visit,
    const runde_question *question, runde_diag *diag);

/** What could this carer take? One offer for each left-out visit, and one
 *  for each visit of other carers that it would be cheaper to have here: the
 *  cheapest way into any of the carer's shifts. Visits that do not fit are
 *  given for left-out ones only. */
RUNDE_API RUNDE_CHECKED runde_status runde_recommend_for_carer(
    runde_advice **out, runde_session *session, int32_t carer,
    const runde_question *question, runde_diag *diag);

/** Offers that fit first, the cheapest first, then the others by shift. */
RUNDE_API int32_t runde_advice_n_offers(const runde_advice *advice);
RUNDE_API const runde_offer *runde_advice_offer(const runde_advice *advice,
                                                int32_t index);
RUNDE_API void runde_advice_free(runde_advice *advice);

/** The plan in which an offer is taken: the session's plan with the offer's
 *  routes. It costs what the session's plan costs and `change`, criterion by
 *  criterion, and breaks no rule that the session's plan does not break.
 *
 *  @param problem  where the plan is for: the session's own, or for an extra
 *                  visit the one derived from it by adding just that visit,
 *                  or for a relaxation the one in which it holds
 *  @param offer    one that fits, of an answer that this session gave since
 *                  its last apply
 *  @return RUNDE_E_ARGUMENT for an offer that does not fit or points at what
 *          the problem does not have, RUNDE_E_STATE for an open problem or a
 *          session without a plan, RUNDE_E_NOMEM
 *
 *  Cost: that of runde_plan_schedule. */
RUNDE_API RUNDE_CHECKED runde_status
runde_recommend_plan(runde_plan **out, const runde_session *session,
                     const runde_problem *problem, const runde_offer *offer);

/** Prints advice as JSON, docs/advice.md; freed with
 *  runde_text_free.
 *
 *  @param extra  the id of the extra visit; NULL when there is none */
RUNDE_API RUNDE_CHECKED runde_status
runde_advice_to_json(char **text, size_t *length, const runde_session *session,
                     const runde_advice *advice, const char *extra);

#ifdef __cplusplus
}
#endif
#endif
