/* SPDX-License-Identifier: MIT */
/** @file replan.h
 *  A plan that people know, changed in the course of its day.
 *
 *  What happens (a carer ill, a visit more, a road closed) and the published
 *  plan go in; out come the changed problem, a plan that keeps to the
 *  published one where it can, and who must be told what. Carers and times
 *  that differ from the published plan cost what the problem's weights say:
 *  changed_carer and shifted_start. What is before `freeze_before` stays;
 *  a rule that it breaks by then gives way in the changed problem, and the
 *  warning RUNDE-W644 says by how much.
 *  docs/replan.md explains it all. */
#ifndef RUNDE_REPLAN_H
#define RUNDE_REPLAN_H

#include <runde/diff.h>
#include <runde/explain.h>
#include <runde/session.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum runde_event_kind {
    RUNDE_EVENT_EDIT = 0,   /**< anything that an edit can say */
    RUNDE_EVENT_CARER_ILL,  /**< finishes the visit begun before `start`, and
                                 comes to nobody else */
    RUNDE_EVENT_CARER_LATE, /**< is `amount` behind at `start` */
    RUNDE_EVENT_SHIFT_CUT   /**< lasts from `start` to `end` now */
} runde_event_kind;

/** Something that happens. Indices are the published problem's. */
typedef struct runde_event {
    size_t size;
    runde_event_kind kind;
    const runde_edit *edit; /**< its numbers as runde_edit says, counted over
                                 the edits of all events */
    int32_t carer;
    int32_t shift;
    int32_t start;  /**< tick, RUNDE_TIME_NONE: freeze_before, or without one
                         the beginning; of a shift cut: as it was */
    int32_t end;    /**< tick, RUNDE_TIME_NONE: as it was */
    int32_t amount; /**< ticks, 0 or more */
} runde_event;

#define RUNDE_EVENT_INIT                                                       \
    {                                                                          \
        sizeof(runde_event), RUNDE_EVENT_EDIT, NULL, RUNDE_NONE, RUNDE_NONE,   \
            RUNDE_TIME_NONE, RUNDE_TIME_NONE, 0                                \
    }

/** How to replan. */
typedef struct runde_replan_options {
    size_t size;
    const runde_event *events;
    int32_t n_events;
    int32_t freeze_before; /**< tick; RUNDE_TIME_NONE: as the problem says */
    int32_t tolerance;     /**< ticks by which a visit may move for nothing */
    int64_t max_clients_changed; /**< criterion clients_changed is hard with
                                      this limit; RUNDE_UNLIMITED */
    int64_t max_visits_shifted;  /**< the same of visits_shifted */
    const runde_options *search; /**< NULL, or without any limit: only what
                                      surrounds the changes is searched, some
                                      100 iterations for each visit that lost
                                      its place. `start` must be NULL */
} runde_replan_options;

#define RUNDE_REPLAN_OPTIONS_INIT                                              \
    {                                                                          \
        sizeof(runde_replan_options), NULL, 0, RUNDE_TIME_NONE, 0,             \
            RUNDE_UNLIMITED, RUNDE_UNLIMITED, NULL                             \
    }

/** The answer. Keeps all that it needs. */
typedef struct runde_replan runde_replan;

/** A part of a cancelled visit: nobody comes any more. */
typedef struct runde_gone {
    int32_t visit; /**< of the published problem */
    const char *id;
    int32_t part;
    int32_t carer; /**< who would have come */
    int32_t start; /**< when */
} runde_gone;

/** Plans again.
 *
 *  @param problem    as it was published; sealed
 *  @param published  its plan as people know it; finished, a draft will do
 *  @param options    NULL means the defaults
 *  @param diag       findings point into the changed problem, except those of
 *                    runde_problem_derive about edits, which are numbered in
 *                    the order of the events that have one
 *  @return what runde_problem_derive and runde_solve return;
 *          RUNDE_E_ARGUMENT also for a plan of another problem and for
 *          events out of range */
RUNDE_API RUNDE_CHECKED runde_status
runde_replan_new(runde_replan **out, const runde_problem *problem,
                 const runde_plan *published,
                 const runde_replan_options *options, runde_diag *diag);
RUNDE_API void runde_replan_free(runde_replan *replan);

/** The changed problem, the published parts in it. */
RUNDE_API const runde_problem *runde_replan_problem(const runde_replan *replan);
/** Its plan. */
RUNDE_API const runde_plan *runde_replan_plan(const runde_replan *replan);
/** What differs from the published plan; visits are the changed problem's. A
 *  carer whose shift is no more appears with shift RUNDE_NONE. */
RUNDE_API const runde_diff *runde_replan_diff(const runde_replan *replan);
/** What the published plan cost in its own problem. */
RUNDE_API const runde_cost *
runde_replan_cost_before(const runde_replan *replan);

/** Parts of cancelled visits, by visit and part. */
RUNDE_API int32_t runde_replan_n_gone(const runde_replan *replan);
RUNDE_API const runde_gone *runde_replan_get_gone(const runde_replan *replan,
                                                  int32_t index);

/** When a part may start at the earliest and at the latest: with the routes
 *  as they are, all hard rules kept, each part on its own. False for one that
 *  does not differ, or is left out. */
RUNDE_API bool runde_replan_leeway(const runde_replan *replan, int32_t visit,
                                   int32_t part, int32_t *earliest,
                                   int32_t *latest);

/** Looks for the smallest relaxations of visits that the published plan had
 *  and this one leaves out, and of new ones: `most` of them, the most
 *  important first. Done once, before the answer is printed or shared.
 *
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_NOMEM
 *
 *  Cost: a session, and runde_explain_visit for each. */
RUNDE_API RUNDE_CHECKED runde_status runde_replan_explain(runde_replan *replan,
                                                          int32_t most);
/** What it found, tied to the replan; none before. */
RUNDE_API int32_t runde_replan_n_explained(const runde_replan *replan);
RUNDE_API const runde_explanation *
runde_replan_get_explained(const runde_replan *replan, int32_t index);

/** Prints the changes; docs/replan.md is the contract. `*text` ends with NUL
 *  and is freed with runde_text_free. */
RUNDE_API RUNDE_CHECKED runde_status
runde_replan_to_json(char **text, size_t *length, const runde_replan *replan);

/** Events as a file has them. */
typedef struct runde_events runde_events;

/** Reads an event file for a problem: docs/replan.md is the contract. All
 *  findings go to the diagnosis at once.
 *
 *  @return RUNDE_E_FORMAT, RUNDE_E_LIMIT, RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status
runde_events_from_json(runde_events **out, const runde_problem *problem,
                       const char *text, size_t length, runde_diag *diag);
RUNDE_API void runde_events_free(runde_events *events);
/** The events, tied to `events`, and their number. */
RUNDE_API const runde_event *runde_events_list(const runde_events *events,
                                               int32_t *n);
/** "now" of the file, or RUNDE_TIME_NONE. */
RUNDE_API int32_t runde_events_now(const runde_events *events);

/** Reads a time as files of this problem may have it ("2026-03-23T10:00",
 *  "10:00" on the first day, a number of ticks); false when it is none. */
RUNDE_API bool runde_problem_read_time(const runde_problem *problem,
                                       const char *text, int32_t *ticks);

#ifdef __cplusplus
}
#endif
#endif
