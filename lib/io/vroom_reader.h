/* SPDX-License-Identifier: MIT */
/** @file vroom_reader.h
 *  The parts of runde_problem_from_vroom.
 *
 *  What maps to what: a job is a visit of a client of its own, a vehicle a
 *  carer with one shift, skills are skills, deliveries and pickups together
 *  are loads, max_tasks is a load of one per visit, a break is a hard, unpaid
 *  one that may interrupt a drive. Seconds are ticks; times beyond 2^30 (Unix
 *  time) count from an origin at midnight UTC. Travel time is the only
 *  criterion, and no rule of working time holds. With matrices the places are
 *  their rows, without them travel comes from the coordinates.
 *
 *  VROOM lets a time window hold for the moment when setup begins, Runde for
 *  the moment when service does. The earliest start is moved by the setup,
 *  the latest is not: such a visit is in time by both readings. */
#ifndef RN_IO_VROOM_READER_H
#define RN_IO_VROOM_READER_H

#include "io/reader.h"

/** Pairs of profile and speed factor. */
#define RN_VROOM_MODES 16

/** The matrices of a profile; the cells are the tree's. */
typedef struct rn_vroom_matrix {
    const char *profile;
    const int32_t *durations;
    const int32_t *distances; /**< or NULL */
} rn_vroom_matrix;

typedef struct rn_vroom_mode {
    const char *profile;
    double factor;
    int32_t vehicle; /**< the first that has it */
} rn_vroom_mode;

typedef struct rn_vroom_position {
    double lon;
    double lat;
    bool is_known;
} rn_vroom_position;

typedef struct rn_vroom {
    rn_reader in;
    rn_tree *tree;
    runde_problem *problem;
    const rn_node *jobs; /**< arrays, or NULL */
    const rn_node *vehicles;
    int64_t base; /**< seconds of tick 0 */
    int32_t n_matrices;
    rn_vroom_matrix *matrices;
    int32_t n_rows; /**< of every matrix; 0 without matrices */
    int32_t n_places;
    rn_vroom_position *places; /**< by row, or ascending */
    int32_t n_skills;
    int64_t *skills; /**< ascending */
    int32_t n_modes;
    rn_vroom_mode modes[RN_VROOM_MODES];
    int32_t n_dimensions;
    bool has_lost_loads; /**< there are too many: amounts cannot be judged */
    bool has_max_tasks;
} rn_vroom;

/** Looks up the members of an object; null counts as absent, and what is not
 *  named gets a warning. False, with a finding and all entries NULL, when it
 *  is no object. */
bool rn_vroom_members(rn_vroom *v, const rn_node *node,
                      const char *const *names, int32_t n,
                      const rn_node **found);
/** A member of an object, NULL when it is absent or null; no findings. */
const rn_node *rn_vroom_member(const rn_node *object, const char *key);
/** A whole number from `min`; a finding when it is none. */
void rn_vroom_whole(rn_vroom *v, const rn_node *node, int64_t min,
                    int64_t *value);
/** Seconds from VROOM's time 0 as a tick, kept within what the model takes. */
int32_t rn_vroom_tick(const rn_vroom *v, int64_t seconds);

/** An array of records; NULL, with a finding, when it is something else. */
const rn_node *rn_vroom_array(rn_vroom *v, const rn_node *node);

/** The names of the members that say where something is: coordinates, and the
 *  row of the matrices. */
extern const char *const rn_vroom_place_keys[3][2];

/** Places, travel modes with their matrices, skills and loads: everything
 *  that records refer to. */
void rn_vroom_read_matrices(rn_vroom *v, const rn_node *matrices);
void rn_vroom_add_places(rn_vroom *v);
void rn_vroom_add_modes(rn_vroom *v);
void rn_vroom_add_skills(rn_vroom *v);
void rn_vroom_add_loads(rn_vroom *v);

/** The place that a record's members name; RUNDE_NONE when neither is there,
 *  or after a finding. */
int32_t rn_vroom_place(rn_vroom *v, const rn_node *location,
                       const rn_node *index);
/** The mode of a vehicle; v->n_modes when it has none yet. */
int32_t rn_vroom_mode_of(const rn_vroom *v, const rn_node *vehicle);
/** The index of a skill that rn_vroom_add_skills has seen. */
int32_t rn_vroom_skill(const rn_vroom *v, int64_t skill);

/** Carers, shifts, clients and visits. */
void rn_vroom_read_vehicles(rn_vroom *v);
void rn_vroom_read_jobs(rn_vroom *v);

#endif
