/* SPDX-License-Identifier: MIT */
/* What may be wrong with the answer to a problem, and the least problem that
 * still has it. */
#ifndef RN_DEFECT_H
#define RN_DEFECT_H

#include "random_problem.h"

/** A sentence about a defect; empty when there is none. */
typedef struct defect {
    char text[480];
} defect;

/** Looks for a defect of some kind in one world. */
typedef defect (*defect_fn)(const world *w);

/** A clock that stands still, so that plans are equal to the byte. */
double standing_clock(void *payload);

/** A solved plan, or NULL with the reason in `d`. */
runde_plan *defect_solve(const runde_problem *problem,
                         const runde_options *options, defect *d);

/** Whether the checker finds nothing. */
bool plan_is_clean(const runde_problem *problem, const runde_plan *plan,
                   defect *d);

/** Zero when equal, below when `a` is better. */
int compare_costs(const runde_cost *a, const runde_cost *b);

/** The plan's routes in a problem derived from its own, its times as they
 *  were; events left its shifts alone. */
runde_plan *rest_of_plan(const runde_plan *plan, const runde_problem *rest);

/** Solves a world and looks at the answer from every side. */
defect defect_of_answer(const world *w);

/** Makes the world as small as it can be while the defect stays. */
void shrink(world *w, defect_fn look);

/** The world as a visit file, freed with runde_text_free; NULL on error. */
char *world_text(const world *w);

#endif
