/* SPDX-License-Identifier: MIT */
/* Shifts with their breaks and activities. */
#include "io/problem_reader.h"

static void read_break(rn_reader *r, const rn_node *node, runde_break *pause)
{
    enum { DURATION, MIN_START, MAX_START, OPTIONAL, PAID, INTERRUPTS, N };
    static const char *const names[N] = {"duration",  "min_start",
                                         "max_start", "optional",
                                         "paid",      "interrupts_travel"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[N];
    (void)rn_read_members(r, node, &keys, found);
    rn_read_duration(r, found[DURATION], &pause->duration);
    rn_read_time(r, found[MIN_START], RN_DATE_NEVER, &pause->min_start);
    rn_read_time(r, found[MAX_START], RN_DATE_NEVER, &pause->max_start);
    rn_read_bool(r, found[OPTIONAL], &pause->optional);
    rn_read_bool(r, found[PAID], &pause->paid);
    rn_read_bool(r, found[INTERRUPTS], &pause->interrupts_travel);
}

static void read_breaks(rn_reader *r, const rn_node *array, runde_shift *shift)
{
    rn_list list = rn_list_begin(r, array, sizeof(runde_break));
    runde_break *const items = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_break(r, list.node, &items[list.index]);
    }
    shift->breaks = items;
    shift->n_breaks = list.count;
}

static void read_activity(rn_problem_reader *p, const rn_node *node,
                          runde_activity *activity)
{
    enum { PLACE, DURATION, MIN_START, MAX_START, ID, N };
    static const char *const names[N] = {"place", "duration", "min_start",
                                         "max_start", "id"};
    static const rn_keys keys = RN_KEYS(names, 4);
    const rn_node *found[N];
    rn_reader *const r = &p->in;
    (void)rn_read_members(r, node, &keys, found);
    activity->id = rn_read_id(r, found[ID]);
    activity->place = RUNDE_NONE;
    rn_read_ref(p, found[PLACE], RN_ID_PLACE, &activity->place);
    rn_read_duration(r, found[DURATION], &activity->duration);
    rn_read_time(r, found[MIN_START], RN_DATE_NEVER, &activity->min_start);
    rn_read_time(r, found[MAX_START], RN_DATE_NEVER, &activity->max_start);
}

static void read_activities(rn_problem_reader *p, const rn_node *array,
                            runde_shift *shift)
{
    rn_list list = rn_list_begin(&p->in, array, sizeof(runde_activity));
    runde_activity *const items = list.items;
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        read_activity(p, list.node, &items[list.index]);
    }
    shift->activities = items;
    shift->n_activities = list.count;
}

enum {
    ID = 0,
    CARER,
    START,
    END,
    DAY,
    MAX_END,
    START_PLACE,
    END_PLACE,
    TRAVEL_MODE,
    BREAKS,
    ACTIVITIES,
    CAPS,
    MAX_DUTY,
    CONTINUES,
    N_KEYS
};

static const char *const names[N_KEYS] = {
    "id",         "carer",       "start",     "end",         "day",
    "max_end",    "start_place", "end_place", "travel_mode", "breaks",
    "activities", "caps",        "max_duty",  "continues"};

static void read_times(rn_problem_reader *p, const rn_node *const *found,
                       runde_shift *shift)
{
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    const bool was_blind = r->is_blind;
    r->has_day = found[DAY] != NULL;
    rn_read_day(r, found[DAY], &r->day);
    /* One finding about the day is enough. */
    r->is_blind = was_blind || r->errors > before;
    rn_read_time(r, found[START], RN_DATE_NEVER, &shift->start);
    rn_read_time(r, found[END], RN_DATE_NEVER, &shift->end);
    rn_read_time(r, found[MAX_END], RN_DATE_NEVER, &shift->max_end);
    read_breaks(r, found[BREAKS], shift);
    read_activities(p, found[ACTIVITIES], shift);
    r->is_blind = was_blind;
    r->has_day = false;
}

void rn_read_shift(rn_problem_reader *p, const rn_node *node,
                   runde_shift *shift)
{
    static const rn_keys keys = RN_KEYS(names, 4);
    const rn_node *found[N_KEYS];
    rn_reader *const r = &p->in;
    const runde_shift fresh = RUNDE_SHIFT_INIT;
    *shift = fresh;
    (void)rn_read_members(r, node, &keys, found);
    shift->id = rn_read_id(r, found[ID]);
    rn_read_ref(p, found[CARER], RN_ID_CARER, &shift->carer);
    read_times(p, found, shift);
    rn_read_ref(p, found[START_PLACE], RN_ID_PLACE, &shift->start_place);
    rn_read_ref(p, found[END_PLACE], RN_ID_PLACE, &shift->end_place);
    rn_read_mode(p, found[TRAVEL_MODE], &shift->mode);
    rn_read_caps(p, found[CAPS], &shift->caps, &shift->n_caps);
    rn_read_duration(r, found[MAX_DUTY], &shift->max_duty);
    rn_read_bool(r, found[CONTINUES], &shift->continues);
}

void rn_read_shifts(rn_problem_reader *p, const rn_node *array)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        runde_shift shift;
        rn_read_shift(p, list.node, &shift);
        if (r->status == RUNDE_OK) {
            rn_reader_note(r,
                           runde_problem_add_shift(p->problem, &shift, NULL));
        }
    }
}
