/* SPDX-License-Identifier: MIT */
/** @file session.h
 *  The same day, a little different: a visit more, a visit less, a carer ill.
 *
 *  A problem is derived from a sealed one by edits. It is a problem like any
 *  other, equal to one that was built without detours: what is cancelled is
 *  not in it, and visits and shifts behind it move up. A session keeps a
 *  problem and its plan together while edits come in. */
#ifndef RUNDE_SESSION_H
#define RUNDE_SESSION_H

#include <runde/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------- derived problems */

typedef enum runde_edit_kind {
    RUNDE_EDIT_ADD_VISIT = 0,
    RUNDE_EDIT_REPLACE_VISIT,
    RUNDE_EDIT_CANCEL_VISIT, /**< its links and published parts go with it */
    RUNDE_EDIT_ADD_SHIFT,
    RUNDE_EDIT_REPLACE_SHIFT,
    RUNDE_EDIT_CANCEL_SHIFT, /**< visits pinned to it are pinned no longer */
    RUNDE_EDIT_ADD_LINK,
    RUNDE_EDIT_SET_WEIGHTS,
    RUNDE_EDIT_ADD_CLIENT,
    RUNDE_EDIT_REPLACE_CLIENT,
    RUNDE_EDIT_ADD_CARER,
    RUNDE_EDIT_REPLACE_CARER,
    RUNDE_EDIT_SET_PUBLISHED, /**< these parts instead of the base's */
    RUNDE_EDIT_SET_SETTINGS,  /**< the ticks must stay as long as they are */
    RUNDE_EDIT_SET_LEG,       /**< as runde_problem_set_leg */
    RUNDE_EDIT_ADD_PLACE,     /**< ways to and from it: by the mode's speed
                                   model; where a matrix is given by the model
                                   that belongs to the mode's name, as
                                   estimates, and none without one */
    RUNDE_EDIT_REPLACE_LINK   /**< by its number in the base */
} runde_edit_kind;

/** One way differs from matrix or model: a road closed, a bridge open. */
typedef struct runde_leg {
    size_t size;
    int32_t mode;
    int32_t from;     /**< place */
    int32_t to;       /**< place */
    int32_t duration; /**< ticks, or RUNDE_UNREACHABLE */
    int32_t distance; /**< metres, or RUNDE_UNREACHABLE */
} runde_leg;

/** One change.
 *
 *  All edits of one call speak of visits, shifts, clients, carers and places
 *  by the same numbers, `index` and the indices in the records alike: the
 * base's index, and for those that the call adds the numbers from the base's
 * count on, in the order of the edits. A link may thus join an old visit and a
 * new one. Whatever is cancelled, the numbers hold until the end of the call.
 */
typedef struct runde_edit {
    size_t size;
    runde_edit_kind kind;
    int32_t index;            /**< what is replaced or cancelled */
    const runde_visit *visit; /**< added, or the replacement, whole */
    const runde_shift *shift; /**< added, or the replacement, whole */
    const runde_link *link;
    const runde_weights *weights;
    const runde_client *client;
    const runde_carer *carer;
    const runde_published *published; /**< `n_published` of them */
    int32_t n_published;
    const runde_settings *settings; /**< all of them */
    const runde_leg *leg;
    const runde_place *place;
} runde_edit;

#define RUNDE_EDIT_INIT                                                        \
    {                                                                          \
        sizeof(runde_edit), RUNDE_EDIT_ADD_VISIT, RUNDE_NONE, NULL, NULL,      \
            NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL                  \
    }

/** Makes a sealed problem from a sealed problem and edits.
 *
 *  The base stays as it is and may be freed first. Travel is shared between
 *  the two, and copied only for a mode of which a leg is set, or where places
 *  are added; everything else is copied, edits included. Published parts that a
 * smaller crew no longer has are dropped. The number of days, unless the base
 * or new settings state it, is found anew.
 *
 *  @param edits  carried out in order; may be NULL when `n` is 0
 *  @param diag   findings point into the derived problem, except RUNDE-E110
 *                at "/edits/3/index" for a record that is not there or was
 *                cancelled by an earlier edit
 *  @return RUNDE_E_STATE for an open base; RUNDE_E_ARGUMENT for an edit of
 *          no kind, without its record or with an index that is not there;
 *          RUNDE_E_INVALID when the derived problem has errors;
 *          RUNDE_E_LIMIT, RUNDE_E_NOMEM
 *
 *  O(size of the problem), and as validation a look at every matrix. */
RUNDE_API RUNDE_CHECKED runde_status
runde_problem_derive(runde_problem **out, const runde_problem *base,
                     const runde_edit *edits, int32_t n, runde_diag *diag);

/** The visit that the edits call `number`, as an index of the derived
 *  problem; RUNDE_NONE when it was cancelled or there is none. In a problem
 *  that is not derived every visit keeps its number. O(1). */
RUNDE_API int32_t runde_problem_derived_visit(const runde_problem *problem,
                                              int32_t number);
/** As above, a shift. */
RUNDE_API int32_t runde_problem_derived_shift(const runde_problem *problem,
                                              int32_t number);

/* ------------------------------------------------------------- sessions */

/** A problem and its plan. Used from one thread at a time. */
typedef struct runde_session runde_session;

/** Begins with a sealed problem and a finished plan for it. Both are copied,
 *  the travel is shared; they may be freed right away.
 *
 *  @param plan  NULL: there is none before the first runde_session_apply
 *  @return RUNDE_E_STATE for an open problem or draft, RUNDE_E_ARGUMENT for
 *          a plan that points at what the problem does not have,
 *          RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status runde_session_new(
    runde_session **out, const runde_problem *problem, const runde_plan *plan);

/** Carries out edits and plans again, starting from the session's plan: the
 *  routes stay as they are but for what was cancelled or no longer fits, and
 *  are improved from there. The edits speak of the session's problem at the
 *  time of the call. On any failure the session is as before.
 *
 *  @param options  NULL means the defaults; `start` must be NULL
 *  @return what runde_problem_derive and runde_solve return
 *
 *  Cost: that of deriving and of runde_solve, with its limits. */
RUNDE_API RUNDE_CHECKED runde_status
runde_session_apply(runde_session *session, const runde_edit *edits, int32_t n,
                    const runde_options *options, runde_diag *diag);

/** The problem as it is now, until the next successful apply.
 *  runde_problem_derived_visit and _shift say where its entities come from:
 *  the numbers are those of the last call's edits. */
RUNDE_API const runde_problem *
runde_session_problem(const runde_session *session);
/** The plan as it is now, until the next successful apply; may be NULL. */
RUNDE_API const runde_plan *runde_session_plan(const runde_session *session);

RUNDE_API void runde_session_free(runde_session *session);

#ifdef __cplusplus
}
#endif
#endif
