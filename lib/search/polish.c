/* SPDX-License-Identifier: MIT */
#include "search/polish.h"

/* Where there are more tasks than this, only places beside neighbours are
 * looked at. */
#define EVERYWHERE 500
/* Plans of more tasks are not polished: a pass over them takes too long. */
#define MOST_TASKS 3000
/* Units moved between two looks at the clock. */
#define POLL_EVERY 32

/* Takes the unit out, if it is in, and puts it where it costs least. */
static bool place_anew(rn_finder *f, int32_t unit)
{
    rn_solution *sol = f->sol;
    if (rn_is_served(sol, unit)) {
        rn_remove_unit(sol, unit);
        if (!rn_schedule_removals(sol) || !rn_hours_hold(sol)) {
            return false;
        }
        rn_settle(sol);
    }
    (void)rn_insert_unit(f, unit);
    return true;
}

/* Would the plan be a better one? If so and `keeps`, it is one now; else it
 * is as it was. */
static bool move_unit(rn_finder *f, int32_t unit, bool keeps)
{
    rn_solution *sol = f->sol;
    const rn_price before = rn_price_of(sol);
    rn_journal_begin(sol, &sol->outer);
    const bool better =
        place_anew(f, unit) && rn_price_compare(rn_price_of(sol), before) < 0;
    if (!better || !keeps) {
        rn_undo_and_settle(sol, &sol->outer);
    }
    sol->outer.on = false;
    return better;
}

static void look_closely(rn_finder *f)
{
    const rn_instance *inst = f->sol->inst;
    f->blink_mean = 0;
    f->near = inst->n_tasks > EVERYWHERE ? inst->near_stride : 0;
    f->empties = true;
    f->is_strict = true;
    f->mean_work = rn_mean_work(f->sol);
}

static void look_as_usual(rn_finder *f)
{
    f->near = 0;
    f->is_strict = false;
}

bool rn_polish(rn_solution *sol, rn_finder *f, rn_poll_fn poll,
               void *poll_payload)
{
    const rn_instance *inst = sol->inst;
    if (inst->n_tasks > MOST_TASKS) {
        return false;
    }
    look_closely(f);
    int32_t unit = 0;
    int32_t in_vain = 0; /* units tried since the last that moved */
    bool goes_on = true;
    for (int32_t i = 0; in_vain < inst->n_units && goes_on; i++) {
        in_vain++;
        if (!rn_is_frozen(inst, unit) && move_unit(f, unit, true)) {
            in_vain = 0;
        }
        unit = unit + 1 < inst->n_units ? unit + 1 : 0;
        goes_on =
            (i + 1) % POLL_EVERY != 0 || poll == NULL || poll(poll_payload);
    }
    look_as_usual(f);
    return in_vain >= inst->n_units && inst->n_tasks <= EVERYWHERE;
}

bool rn_is_polished(const rn_solution *sol, rn_finder *f, rn_poll_fn poll,
                    void *poll_payload)
{
    const rn_instance *inst = sol->inst;
    if (inst->n_tasks > EVERYWHERE) {
        return false;
    }
    look_closely(f);
    bool is_polished = true;
    for (int32_t unit = 0; unit < inst->n_units && is_polished; unit++) {
        is_polished = rn_is_frozen(inst, unit) || !move_unit(f, unit, false);
        if ((unit + 1) % POLL_EVERY == 0 && poll != NULL) {
            is_polished = is_polished && poll(poll_payload);
        }
    }
    look_as_usual(f);
    return is_polished;
}
