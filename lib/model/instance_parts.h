/* SPDX-License-Identifier: MIT */
/* The steps of rn_instance_new, one per file, and what they share. */
#ifndef RN_MODEL_INSTANCE_PARTS_H
#define RN_MODEL_INSTANCE_PARTS_H

#include "model/instance.h"

/** No limit on a criterion's amount. */
#define RN_NO_LIMIT INT64_MAX

/** The weight that holds for a client: its profile's or the global one. */
int32_t rn_client_weight(const rn_instance *inst, int32_t client,
                         runde_criterion criterion);

/** The same as the search pays it: a criterion with a bound is never free,
 *  so that the search looks at it at all. */
int32_t rn_search_weight(const rn_instance *inst, int32_t client,
                         runde_criterion criterion);

/** What a criterion's amount may be for a client, RN_NO_LIMIT where it is not
 *  hard. A part of the amount can never be more either. */
int64_t rn_client_limit(const rn_instance *inst, int32_t client,
                        runde_criterion criterion);

/** What a criterion's amount may be globally. */
int64_t rn_limit_of(const rn_instance *inst, runde_criterion criterion);

/** A limit as ticks to add to times: never so large that sums overflow. */
int32_t rn_limit_ticks(int64_t limit);

/** Travel by mode, without holes and by column as well. O(places^2). */
runde_status rn_instance_travel(rn_instance *inst);

/** Bounds of hard criteria that no window, end or carer set can hold, and
 *  what the search pays for them. */
runde_status rn_instance_bounds(rn_instance *inst);

/** Level at which a carer holds a skill until `shift_end` at least, or -1.
 *  O(the carer's skills). */
int32_t rn_skill_level(const runde_carer *carer, int32_t skill,
                       int32_t shift_end);

/** Place, durations and weights of a visit's task, not published. */
void rn_instance_stop(rn_instance *inst, rn_stop *stop,
                      const runde_visit *visit);

/** Hard and preferred windows of every task in terms of the start of
 *  service, with pins, absences and hard wishes folded in. */
runde_status rn_instance_windows(rn_instance *inst);

/** Which tasks stay where they are published; before the windows. */
void rn_instance_frozen(rn_instance *inst);

/** Past carers, wishes about carers and the clients' tasks. */
runde_status rn_instance_clients(rn_instance *inst);

/** Which shifts may serve which tasks, and overqualification. */
runde_status rn_instance_who(rn_instance *inst);

/** Shifts that differ in nothing but who works them. */
runde_status rn_instance_twins(rn_instance *inst);

/** Arcs between tasks: links, crews, a client's own visits. */
runde_status rn_instance_links(rn_instance *inst);

/** Tasks that stand or fall together, and what leaving them out costs. */
runde_status rn_instance_units(rn_instance *inst);

/** What finding the tasks nearest in space and time takes. */
runde_status rn_instance_near(rn_instance *inst);

/* The same for the guest alone (instance_guest.c). */

/** Windows and preferred windows of a guest's task, from where its stop says,
 *  `room` of each at the most. RUNDE_E_LIMIT beyond, RUNDE_E_NOMEM. */
runde_status rn_guest_windows(rn_instance *inst, int32_t task, int32_t room);

/** Wishes of the guest from `at` on. */
runde_status rn_guest_wishes(rn_instance *inst, int32_t visit, int32_t at);

/** Which shifts may, and overqualification, in rows of their own. */
void rn_guest_who(rn_instance *inst, int32_t task, int32_t who, int32_t skills);

/** The disjunction of two visits of a client, seen from the first: false when
 *  they may overlap or cannot. `after` is set when one order alone is left:
 *  the second's start minus the first's. */
bool rn_keep_apart(const rn_instance *inst, int32_t a, int32_t b, bool *is_open,
                   rn_window *after);

#endif
