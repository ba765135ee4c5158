/* SPDX-License-Identifier: MIT */
/* Ruin and recreate with annealing, after Christiaens and Vanden Berghe,
 * "Slack induction by string removals" (2020). */
#ifndef RN_SEARCH_SEARCH_H
#define RN_SEARCH_SEARCH_H

#include <runde/solve.h>

#include "search/best.h"
#include "search/habits.h"
#include "search/pool.h"
#include "search/slice.h"

/** More tasks than this are never looked through as a whole. */
#define RN_LARGE 1000

/** More tasks than this, and not even the first plan looks at every route. */
#define RN_VAST 3000

/** A unit left out for so many iterations is no longer the first concern, and
 *  whom it is linked to may be what is in its way. */
#define RN_LONG_ABSENT 2000

/** A unit left out for so many iterations is hardly looked at any more. */
#define RN_HOPELESS 100000

/** May the search go on? */
typedef bool (*rn_poll_fn)(void *payload);

/** A task on its way from route to route, with what it takes along. */
typedef struct rn_moved {
    int32_t task;
    int32_t gap_hi;  /**< where the breaks behind it begin */
    int32_t release; /**< its own earliest start */
} rn_moved;

/** One searching thread. */
typedef struct rn_search {
    const rn_instance *inst;
    rn_solution *sol;
    rn_finder *finder;
    rn_best *best;
    rn_rng rng;
    rn_cost current; /**< scalarised cost of the plan at hand */
    int32_t *bank;   /**< units left out */
    int32_t n_bank;
    int32_t *work; /**< units to serve in this iteration */
    int64_t *key;
    int32_t n_work;
    rn_moved *moved;  /**< scratch, for every task */
    uint32_t *banked; /**< unit: stamp of the bank it is in */
    int32_t *absent;  /**< unit: iterations that began without it */
    int32_t asked;    /**< the left-out unit that this iteration is about, or
                           RUNDE_NONE */
    bool is_large;    /**< too many tasks to look everywhere */
    bool is_patient;  /**< there are iterations to spare for large ruins */
    bool is_vast;     /**< even for the first plan */
    bool is_last;     /**< the first plan is the last one, too */
    bool is_lacking;  /**< somebody in the bank must be served, and may be */
    bool
        has_hopeless; /**< somebody in it must be served, but seems not to be */
    bool is_tight;    /**< it lacked somebody when this iteration began */
    bool is_for_rest; /**< iterations are about the bank alone */
    bool is_few;      /**< this iteration takes few out: rn_ruin_few */
    bool closes;      /**< this iteration takes a route out of use */
    rn_slice slice;   /**< tasks that change hands together */
    double temperature; /**< of this iteration */
    int32_t mover;      /**< the task that this iteration is worth its while for
                             only if it changes routes, or RUNDE_NONE */
    int32_t home;       /**< the route that it came from */
    int32_t *deadline;  /**< node: latest start of those looked at last */
    int32_t *ruined;    /**< routes changed when recreating begins */
    int32_t n_ruined;
    uint32_t bank_stamp;
    rn_poll_fn poll; /**< asked while constructing; false ends it. Or NULL */
    void *poll_payload;
    const int32_t *of_unit; /**< unit: its part, to work on the finder's
                                 part only; NULL: on all */
    int32_t *pool;          /**< tasks to begin with: of the part, or those
                                 around changes */
    int32_t n_pool;         /**< 0: all */
    bool is_near;           /**< begins with the pool and nothing else */
    int32_t *strays;        /**< tasks that could go back to their published
                                 carer, and some that could until lately */
    int32_t n_strays;
    uint8_t *is_stray; /**< task: is in the list */
    bool keeps_best;
    rn_pool *routes;       /**< keeps good routes; NULL: nobody asks for them */
    uint32_t *route_stamp; /**< routes ruined in this iteration */
    uint32_t stamp;
    int32_t max_idle;  /**< of the plan before it was ruined */
    double mean_tasks; /**< tasks per used route */
    rn_cost growing;   /**< excess of the plan at hand that serving adds to */
    int64_t n_presses; /**< iterations with limits to be kept */
    bool has_start;    /**< there was a plan to begin with */
    bool never_empty;  /**< even a plan without visits has too much */
    int64_t tails_in_vain; /**< swaps of tails since the last that was kept */
    int32_t n_changed;     /**< units that made rn_search_focus look */
    int32_t *served_by;    /**< task: its route, close together, for the first
                                plan of a vast day; or RUNDE_NONE */
    uint32_t habits;       /**< bits of search/habits.h, all of them */
    rn_arena arena;
} rn_search;

runde_status rn_search_new(rn_search **out, const rn_instance *inst,
                           uint64_t seed);
void rn_search_free(rn_search *search);

/** Does the search have this habit? O(1). */
static inline bool rn_does(const rn_search *search, uint32_t habit)
{
    return (search->habits & habit) != 0;
}

/** Has something of the unit begun, so that it stays where it is? */
static inline bool rn_is_frozen(const rn_instance *inst, int32_t unit)
{
    const rn_unit *const u = &inst->unit[unit];
    for (int32_t i = 0; inst->freezes && i < u->n; i++) {
        if (inst->task[inst->unit_tasks[u->first + i]].is_frozen) {
            return true;
        }
    }
    return false;
}

/** Serves what it can, hardest first, and makes room for what is left out of
 *  large plans. O(units x positions), of large plans those around. */
void rn_construct(rn_search *search);

/** Takes a plan over as the start, at its own times where these are cheaper.
 *  Visits whose place does not hold are left out and then inserted where they
 *  fit.
 *
 *  @param held  where the start does not hold as a whole, this plan of what
 *               has begun comes first and stays; or NULL */
void rn_search_start(rn_search *search, const runde_plan *start,
                     const runde_plan *held);

/** Does the search leave out something that is frozen? */
bool rn_search_drops(const rn_search *search);

/** Takes over the routes of a plan as they are, whatever limits say, at times
 *  chosen anew, or its own where only those hold; false, and nothing taken,
 *  when they do not hold as a whole. */
bool rn_search_copy(rn_search *search, const runde_plan *start);

/** May a left-out task go into the shift, wherever in it, as far as can be
 *  said without times? Rest is not looked at for a copy. */
bool rn_may_go(const rn_solution *sol, int32_t task, int32_t shift,
               bool is_copy);

/** What is other than it was, beside what the start tells. */
typedef struct rn_news {
    int32_t first_new;      /**< visits from this one on are new */
    const uint8_t *client;  /**< by client: is not what it was; NULL: all are */
    const runde_plan *held; /**< what has begun, as it must stay; NULL when not
                                 known */
    bool *drops; /**< set, and nothing solved, when the start leaves out what
                      is frozen; or NULL */
} rn_news;

/** After rn_search_start: looks only around what the start leaves out of the
 *  published parts, or serves by another carer or at another time, and
 *  around the news; and sends home who has come to serve what another carer
 *  was published for.
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_search_focus(rn_search *search,
                                           const rn_news *news);

/** Notes which tasks the iteration in the outer journal led astray; call on
 *  accept. */
void rn_note_strays(rn_search *search);

/** A task that could go back to its published carer, or RUNDE_NONE; `*home`
 *  is the shift. */
int32_t rn_some_stray(rn_search *search, int32_t *home);

/** Looks everywhere again. */
void rn_search_widen(rn_search *search);

/** Any task, of the part that is worked on. */
int32_t rn_random_task(rn_search *search);

/** The first task of the route that starts at this time or later, or else its
 *  last one; RUNDE_NONE when it has none. O(nodes of the route). */
int32_t rn_task_at(const rn_solution *sol, int32_t shift, int32_t start);

/** May this search move the task, and what stands or falls with it? What has
 *  happened stays, and so does what others work on. O(tasks of the unit). */
bool rn_is_movable(const rn_search *search, int32_t task);

/** Leaves out a neighbourhood; the units go to search->work. */
void rn_ruin(rn_search *search);

/** Leaves out the task and a few that stand where somebody works whom its
 *  client knows, or beside it, or now and then a whole search->slice; false,
 *  and nothing left out, when nobody is known. O(tasks of these routes). */
bool rn_ruin_few(rn_search *search, int32_t seed);

/** Leaves out what makes room for a left-out unit; false when nothing does. */
bool rn_ruin_for(rn_search *search, int32_t unit);

/** Leaves out the unit of a task that is served, if it may. */
void rn_take(rn_search *search, int32_t task);

/** Leaves out a few visits so that the one asked for may fit. */
void rn_make_room(rn_search *search);

/** Serves search->work in a random kind of order. Gives up, with false, as
 *  soon as the cost cannot stay below `limit`. */
bool rn_recreate(rn_search *search, rn_cost limit);

/** The workload a carer would have if all shared alike, if it is priced.
 *  O(carers). */
int64_t rn_mean_work(const rn_solution *sol);

/** Sorts units by key, ties by unit. */
void rn_sort_units(int64_t *key, int32_t *unit, int32_t n);

/** Has the largest idle of the plan at hand count as if it were this share
 *  above the mean, where it is not: nobody's idle time can fall far below the
 *  mean of all, and while ways are long it is low for the wrong reason.
 *  O(shifts). */
void rn_loosen(rn_search *search, double share);

/** One iteration at this temperature. True for a new best. */
bool rn_iterate(rn_search *search, double temperature);

/** One iteration downhill that makes room for a left-out unit. True for a new
 *  best. */
bool rn_iterate_for(rn_search *search, int32_t unit);

/** Leaves out visits until all limits of hard criteria hold, or no removal
 *  helps. O(1) while they hold. */
void rn_thin(rn_search *search);

/** The same for the best plan: looks what thinning makes of the plan at hand,
 *  which stays as it is. */
void rn_save_thinned(rn_search *search);

/** Goes on from another plan for the same instance, which is copied. True
 *  when it is a new best. O(nodes). */
bool rn_search_adopt(rn_search *search, const rn_solution *plan);

/** Goes on from search->sol after it was replaced. O(changed routes). */
void rn_search_resume(rn_search *search);

/** Mandatory visits that the best plan leaves out. O(units). */
int32_t rn_count_left_out(const rn_search *search);

/** Where annealing starts and where it ends. */
typedef struct rn_heat {
    double first; /**< never 0 */
    double last;
} rn_heat;

/** Temperatures between which iterations that cost what a visit costs are
 *  taken first and hardly any at last, from trials that are all undone. */
rn_heat rn_sample_heat(rn_search *search);

#endif
