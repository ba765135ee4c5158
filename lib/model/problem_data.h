/* SPDX-License-Identifier: MIT */
/** @file problem_data.h
 *  What a problem is made of; for the files of this room only. */
#ifndef RN_PROBLEM_DATA_H
#define RN_PROBLEM_DATA_H

#include "base/arena.h"
#include "model/travel.h"

#include <runde/problem.h>

#include <stdatomic.h>

/** Records of one kind. The rows are in the arena and never move, so that
 *  what the reading calls give out stays valid while more is added. */
typedef struct rn_table {
    void **rows;
    int32_t n;
    int32_t capacity;
} rn_table;

/** Kinds of entities, in the order of their JSON arrays. */
typedef enum rn_kind {
    RN_PLACES = 0,
    RN_SKILLS,
    RN_LOADS,
    RN_MODES,
    RN_CLIENTS,
    RN_CARERS,
    RN_SHIFTS,
    RN_VISITS,
    RN_LINKS,
    RN_PAST_VISITS,
    RN_PUBLISHED,
    RN_KINDS
} rn_kind;

/** An ordered pair of places. */
typedef struct rn_pair {
    int32_t from;
    int32_t to;
} rn_pair;

/** A travel mode. Holds a matrix, or a model, or neither. Its arrays are
 *  shared by the problems derived from one another: who lets go last frees
 *  them. Nobody writes to them once a problem is sealed. */
typedef struct rn_mode {
    const char *id;
    atomic_int *users; /**< problems that hold the arrays; NULL: one */
    bool is_borrowed;  /**< prepared by the problem this one comes from */
    bool has_matrix;
    bool has_model;
    runde_matrix matrix; /**< arrays of malloc */
    runde_speed_model model;
    rn_leg *legs; /**< overrides in the order they were set */
    int32_t n_legs;
    int32_t leg_capacity;
    rn_pair *guesses; /**< cells of the matrix that are estimates */
    int32_t n_guesses;
    int32_t guess_capacity;

    /* Made when the problem is sealed; the last four are arrays. */
    rn_travel travel;
    rn_bands bands;
    int32_t *durations;
    int32_t *distances;
    rn_leg *leg_table;
    uint64_t *estimated; /**< a bit per cell; NULL when none is set */
    int64_t n_estimated;
} rn_mode;

struct runde_problem {
    runde_settings settings;
    runde_weights weights;
    rn_arena arena;
    rn_table table[RN_KINDS];
    rn_point *points;              /**< of the places, made when sealed */
    const runde_finding *warnings; /**< in the arena */
    int32_t n_warnings;
    bool is_sealed;
    bool days_are_found; /**< the number of days was not stated */

    /* Of a derived problem, in the arena: where the visits and shifts are
     * that its edits were told of. NULL when it is not derived. */
    const int32_t *visit_at;
    const int32_t *shift_at;
    int32_t n_visits_at;
    int32_t n_shifts_at;
};

/** Row `index` of a kind; the index must be in range. */
static inline void *rn_problem_row(const runde_problem *problem, rn_kind kind,
                                   int32_t index)
{
    return problem->table[kind].rows[index];
}

/** Length of a tick, the default filled in. */
static inline int32_t rn_problem_tick_ms(const runde_problem *problem)
{
    return problem->settings.tick_ms == 0 ? 1000 : problem->settings.tick_ms;
}

/** Ticks of 24 h. Whole, because validation asks for it. */
static inline int32_t rn_problem_day(const runde_problem *problem)
{
    return 86400000 / rn_problem_tick_ms(problem);
}

/** Days of the horizon. Unless stated it reaches to the last day on which a
 *  shift starts or a visit may first start. O(shifts and windows). */
int32_t rn_problem_days(const runde_problem *problem);

/** Appends a record that lies in the problem's arena.
 *
 *  @param row    NULL stands for a copy that failed: RUNDE_E_NOMEM
 *  @param index  out, may be NULL
 *  @return RUNDE_E_NOMEM or RUNDE_E_LIMIT with the table unchanged */
RUNDE_CHECKED runde_status rn_table_add(rn_table *table, void *row,
                                        int32_t *index);

/** Gives an open problem without modes those of a sealed one. The arrays
 *  are shared, so this is O(modes); the base may be freed first.
 *
 *  @return RUNDE_E_NOMEM with some of the modes added */
RUNDE_CHECKED runde_status rn_problem_borrow_modes(runde_problem *problem,
                                                   const runde_problem *base);

/** Gives a mode that is borrowed back, and leaves it with its name, its model
 *  if it had one, and a copy of the legs that were set one by one.
 *
 *  @return RUNDE_E_NOMEM with the mode still borrowed, or with fewer legs */
RUNDE_CHECKED runde_status rn_problem_reset_mode(runde_problem *problem,
                                                 int32_t mode);

/** Makes the bits of the estimated cells, without the legs set one by one.
 *  The matrix must be as large as the problem.
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_mode_mark_estimates(rn_mode *mode);

/** Gives a mode that is borrowed arrays of its own, so that it may change;
 *  any other stays as it is. O(its matrix).
 *
 *  @return RUNDE_E_NOMEM with the mode as it was */
RUNDE_CHECKED runde_status rn_problem_own_mode(runde_problem *problem,
                                               int32_t mode);

/** Makes room in a borrowed mode for places that have been added behind the
 *  first `n_old`: it gets arrays of its own. A given matrix of that size gets
 *  the ways of the model that belongs to the mode's name, marked as
 *  estimates, and no road where there is no such model. O(its matrix).
 *
 *  @return RUNDE_E_NOMEM, RUNDE_E_LIMIT */
RUNDE_CHECKED runde_status rn_problem_grow_mode(runde_problem *problem,
                                                int32_t mode, int32_t n_old);

/** Prepares the travel of every mode. Matrices, where they fit, and
 *  tables of overrides; the problem must be valid. Borrowed modes are ready.
 *
 *  @return RUNDE_E_NOMEM with nothing prepared */
RUNDE_CHECKED runde_status rn_problem_prepare_travel(runde_problem *problem);

/** Lets go of what rn_problem_prepare_travel made and of the modes' arrays,
 *  which are freed unless another problem holds them. */
void rn_problem_free_travel(runde_problem *problem);

/** As runde_problem_seal, but adds to the findings that are there already.
 *  RUNDE_E_INVALID also when only the earlier findings have errors. */
RUNDE_CHECKED runde_status rn_problem_seal(runde_problem *problem,
                                           runde_diag *diag);

#endif
