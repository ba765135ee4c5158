/* SPDX-License-Identifier: MIT */
/** @file explain.h
 *  Why is a visit where it is, why not with somebody else; and for one that
 *  is left out, what would be the least to give way. */
#ifndef RUNDE_EXPLAIN_H
#define RUNDE_EXPLAIN_H

#include <runde/recommend.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What could give way so that a left-out visit fits. */
typedef enum runde_relaxation_kind {
    RUNDE_RELAX_MOVE = 0, /**< another visit moves: no rule gives way */
    RUNDE_RELAX_LATER,    /**< windows end later, by `amount` ticks */
    RUNDE_RELAX_EARLIER,  /**< windows begin earlier, by `amount` ticks */
    RUNDE_RELAX_OVERTIME, /**< the shift may end later, by `amount` ticks */
    RUNDE_RELAX_SKILL,    /**< skill `item` is not asked for */
    RUNDE_RELAX_CREW,     /**< one carer less, `amount` carers in all */
    RUNDE_RELAXATIONS
} runde_relaxation_kind;

/** "later" for RUNDE_RELAX_LATER; NULL for no kind. */
RUNDE_API const char *runde_relaxation_name(runde_relaxation_kind kind);

typedef struct runde_relaxation {
    runde_relaxation_kind kind;
    int32_t amount;
    int32_t item;      /**< a skill, a shift; RUNDE_NONE otherwise */
    runde_offer offer; /**< where the visit then goes, and at what price */
} runde_relaxation;

typedef struct runde_explanation runde_explanation;

/** Explains a visit of the session's problem.
 *
 *  For a visit that is served: what its being served costs, and for every
 *  shift the best place that it could have instead with the difference, or
 *  the first rule that forbids it. For one that is left out: a reason for
 *  every shift, and the smallest relaxations, each of which has been carried
 *  out and found good by runde_check. A visit that is served or left out
 *  together with others has offers for all of them at once, and no
 *  relaxations.
 *
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_STATE for a session without a plan,
 *          RUNDE_E_INVALID for one whose plan breaks rules of time,
 *          RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status
runde_explain_visit(runde_explanation **out, runde_session *session,
                    int32_t visit, runde_diag *diag);

RUNDE_API void runde_explanation_free(runde_explanation *explanation);

RUNDE_API int32_t runde_explanation_visit(const runde_explanation *explanation);
RUNDE_API bool
runde_explanation_is_served(const runde_explanation *explanation);
/** What leaving it out would change, wishes only: negative is what its
 *  place costs now. Zero for a visit that is left out. */
RUNDE_API const runde_cost *
runde_explanation_saving(const runde_explanation *explanation);
/** Where it is now: its parts, `shift` and `from_shift` alike. */
RUNDE_API int32_t
runde_explanation_n_places(const runde_explanation *explanation);
RUNDE_API const runde_move *
runde_explanation_place(const runde_explanation *explanation, int32_t index);
/** Every shift's answer, as in runde_advice. `change` is against the plan as
 *  it is. */
RUNDE_API int32_t
runde_explanation_n_offers(const runde_explanation *explanation);
RUNDE_API const runde_offer *
runde_explanation_offer(const runde_explanation *explanation, int32_t index);
/** The smallest relaxations: nothing gives way first, then the least time,
 *  then skills and crews; ties by price. */
RUNDE_API int32_t
runde_explanation_n_relaxations(const runde_explanation *explanation);
RUNDE_API const runde_relaxation *
runde_explanation_relaxation(const runde_explanation *explanation,
                             int32_t index);

/** Prints an explanation as JSON, docs/advice.md; freed with
 *  runde_text_free. */
RUNDE_API RUNDE_CHECKED runde_status runde_explanation_to_json(
    char **text, size_t *length, const runde_session *session,
    const runde_explanation *explanation);

#ifdef __cplusplus
}
#endif
#endif
