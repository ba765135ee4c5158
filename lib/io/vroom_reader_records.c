/* SPDX-License-Identifier: MIT */
/* VROOM's vehicles and jobs. */
#include "io/vroom_reader.h"

#include <stdio.h>
#include <string.h>

#define ID_TEXT 24
#define NAMES(list) list, (int32_t)(sizeof(list) / sizeof *(list))

/* An id is a whole number; ids of the library are strings. */
static void read_id(rn_vroom *v, const rn_node *node, char id[ID_TEXT])
{
    int64_t number = 0;
    if (node == NULL) {
        rn_fault(&v->in, "RUNDE-E604", "the key \"id\" is missing");
    }
    rn_vroom_whole(v, node, 0, &number);
    (void)snprintf(id, ID_TEXT, "%lld", (long long)number);
}

/* Seconds that a tick may have. */
static int32_t read_seconds(rn_vroom *v, const rn_node *node)
{
    int32_t seconds = 0;
    rn_read_int(&v->in, node, 0, (INT32_C(1) << 30) - 1, &seconds);
    return seconds;
}

/* Two whole numbers, in ticks; a window of the whole plan when absent. */
static runde_interval read_window(rn_vroom *v, const rn_node *node)
{
    runde_interval window = {0, (INT32_C(1) << 30) - 1};
    int64_t bound[2] = {0, 0};
    const rn_node *const first = rn_node_first(node);
    const rn_node *const second = first == NULL ? NULL : rn_node_next(first);
    if (node == NULL) {
        return window;
    }
    if (rn_node_count(node) != 2 ||
        rn_node_int(first, 0, INT64_MAX, &bound[0]) != RN_READ_OK ||
        rn_node_int(second, 0, INT64_MAX, &bound[1]) != RN_READ_OK) {
        rn_fault_at(&v->in, node, "RUNDE-E602",
                    "a window is two whole numbers of 0 or more");
        return window;
    }
    window.start = rn_vroom_tick(v, bound[0]);
    window.end = rn_vroom_tick(v, bound[1]);
    return window;
}

/* Skills of level 1; as needs, and as what somebody holds, whichever is
 * asked for. */
static int32_t read_skills(rn_vroom *v, const rn_node *array,
                           const runde_skill_held **held,
                           const runde_skill_need **needs)
{
    rn_list list = rn_list_begin(&v->in, array,
                                 held != NULL ? sizeof **held : sizeof **needs);
    runde_skill_held *const has = list.items;
    runde_skill_need *const wants = list.items;
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        int64_t number = -1;
        rn_vroom_whole(v, list.node, 0, &number);
        const int32_t skill = rn_vroom_skill(v, number);
        if (held != NULL) {
            has[list.index] = (runde_skill_held){skill, 1, RUNDE_TIME_NONE};
        } else {
            wants[list.index] = (runde_skill_need){skill, 1, RUNDE_NONE};
        }
    }
    if (held != NULL) {
        *held = has;
    } else {
        *needs = wants;
    }
    return list.count;
}

/* ---------------------------------------------------------------- vehicles */

static void read_break(rn_vroom *v, const rn_node *node, runde_break *out)
{
    enum { ID, SERVICE, WINDOWS, DESCRIPTION, N };
    static const char *const names[N] = {"id", "service", "time_windows",
                                         "description"};
    const rn_node *found[N];
    if (!rn_vroom_members(v, node, NAMES(names), found)) {
        return;
    }
    const rn_node *const window =
        rn_node_first(rn_vroom_array(v, found[WINDOWS]));
    if (rn_node_count(found[WINDOWS]) > 1) {
        rn_warn_at(&v->in, found[WINDOWS], "RUNDE-W801",
                   "only the first window of a break is used");
    }
    const runde_interval when = read_window(v, window);
    out->duration = read_seconds(v, found[SERVICE]);
    out->min_start = when.start;
    out->max_start = when.end;
    out->interrupts_travel = true;
}

static void read_breaks(rn_vroom *v, const rn_node *array, runde_shift *shift)
{
    rn_list list = rn_list_begin(&v->in, array, sizeof(runde_break));
    runde_break *const breaks = list.items;
    shift->breaks = breaks;
    shift->n_breaks = list.count;
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        read_break(v, list.node, &breaks[list.index]);
    }
}

/* What a vehicle does not name it has nothing of. */
static void read_caps(rn_vroom *v, const rn_node *capacity,
                      const rn_node *max_tasks, runde_shift *shift)
{
    const int32_t n = v->n_dimensions + (max_tasks != NULL);
    runde_cap *const caps = rn_reader_alloc(&v->in, n, sizeof *caps);
    if (caps == NULL) {
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        caps[i].load = i;
    }
    rn_list list = rn_list_begin(&v->in, capacity, 0);
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        if (list.index < v->n_dimensions) {
            caps[list.index].cap = read_seconds(v, list.node);
        }
    }
    if (max_tasks != NULL) {
        caps[n - 1].cap = read_seconds(v, max_tasks);
    }
    shift->caps = caps;
    shift->n_caps = n;
}

static void read_factor(rn_vroom *v, const rn_node *node)
{
    double factor = 1.0;
    rn_read_decimal(&v->in, node, 0.0, 5.0, &factor);
    if (factor <= 0.0) {
        rn_fault_at(&v->in, node, "RUNDE-E606",
                    "a speed factor is above 0 and at most 5");
    }
}

static void read_vehicle(rn_vroom *v, const rn_node *node, int32_t index)
{
    enum {
        ID,
        PROFILE,
        DESCRIPTION,
        START,
        START_INDEX,
        END,
        END_INDEX,
        CAPACITY,
        SKILLS,
        WINDOW,
        BREAKS,
        FACTOR,
        MAX_TASKS,
        N
    };
    static const char *const names[N] = {
        "id",     "profile",      "description", "start",  "start_index",
        "end",    "end_index",    "capacity",    "skills", "time_window",
        "breaks", "speed_factor", "max_tasks"};
    const rn_node *found[N];
    char id[ID_TEXT];
    runde_carer carer = RUNDE_CARER_INIT;
    runde_shift shift = RUNDE_SHIFT_INIT;
    (void)rn_vroom_members(v, node, NAMES(names), found);
    read_id(v, found[ID], id);
    carer.id = id;
    carer.n_skills = read_skills(v, found[SKILLS], &carer.skills, NULL);
    const runde_interval window = read_window(v, found[WINDOW]);
    shift.id = id;
    shift.carer = index;
    shift.start = window.start;
    shift.end = window.end;
    shift.start_place = rn_vroom_place(v, found[START], found[START_INDEX]);
    shift.end_place = rn_vroom_place(v, found[END], found[END_INDEX]);
    shift.mode = rn_vroom_mode_of(v, node);
    if (found[PROFILE] != NULL && rn_node_string(found[PROFILE]) == NULL) {
        rn_fault_at(&v->in, found[PROFILE], "RUNDE-E602",
                    "a string is expected here, not %s",
                    rn_kind_name(rn_node_kind(found[PROFILE])));
    }
    read_factor(v, found[FACTOR]);
    read_breaks(v, found[BREAKS], &shift);
    read_caps(v, found[CAPACITY], found[MAX_TASKS], &shift);
    if (v->in.status == RUNDE_OK) {
        rn_reader_note(&v->in,
                       runde_problem_add_carer(v->problem, &carer, NULL));
        rn_reader_note(&v->in,
                       runde_problem_add_shift(v->problem, &shift, NULL));
    }
}

void rn_vroom_read_vehicles(rn_vroom *v)
{
    rn_list list = rn_list_begin(&v->in, v->vehicles, 0);
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        read_vehicle(v, list.node, list.index);
    }
}

/* -------------------------------------------------------------------- jobs */

static void read_windows(rn_vroom *v, const rn_node *array, runde_visit *visit)
{
    rn_list list = rn_list_begin(&v->in, array, sizeof(runde_window));
    runde_window *const windows = list.items;
    visit->windows = windows;
    visit->n_windows = list.count;
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        const runde_interval when = read_window(v, list.node);
        const int32_t first = when.start + visit->setup;
        const int32_t last =
            when.end < first ? when.end + visit->setup : when.end;
        windows[list.index] = (runde_window){first, last, RUNDE_TIME_NONE};
    }
}

/* Adds up amounts by dimension; what no vehicle has room for is told. */
static void read_amounts(rn_vroom *v, const rn_node *array, int64_t *amounts)
{
    rn_list list = rn_list_begin(&v->in, array, 0);
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        const int32_t amount = read_seconds(v, list.node);
        if (list.index < v->n_dimensions) {
            amounts[list.index] += amount;
        } else if (amount > 0 && !v->has_lost_loads) {
            rn_warn_at(&v->in, list.node, "RUNDE-W801",
                       "no vehicle has a capacity of this dimension: the "
                       "amount is left aside");
        }
    }
}

static void read_loads(rn_vroom *v, const rn_node *const *amounts,
                       runde_visit *visit)
{
    const int32_t n = v->n_dimensions;
    int64_t *const sums = rn_reader_alloc(&v->in, n, sizeof *sums);
    runde_load_use *const uses = rn_reader_alloc(&v->in, n + 1, sizeof *uses);
    if (sums == NULL || uses == NULL) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        read_amounts(v, amounts[i], sums);
    }
    int32_t used = 0;
    for (int32_t i = 0; i < n; i++) {
        if (sums[i] > 0) {
            const int64_t sum = sums[i] < INT32_MAX ? sums[i] : INT32_MAX;
            uses[used++] = (runde_load_use){i, (int32_t)sum};
        }
    }
    if (v->has_max_tasks) {
        uses[used++] = (runde_load_use){n, 1};
    }
    visit->loads = uses;
    visit->n_loads = used;
}

static void read_job(rn_vroom *v, const rn_node *node, int32_t index)
{
    enum {
        ID,
        DESCRIPTION,
        LOCATION,
        LOCATION_INDEX,
        SETUP,
        SERVICE,
        DELIVERY,
        PICKUP,
        AMOUNT,
        SKILLS,
        PRIORITY,
        WINDOWS,
        N
    };
    static const char *const names[N] = {
        "id",     "description", "location", "location_index",
        "setup",  "service",     "delivery", "pickup",
        "amount", "skills",      "priority", "time_windows"};
    const rn_node *found[N];
    char id[ID_TEXT];
    int32_t priority = 0;
    runde_client client = RUNDE_CLIENT_INIT;
    runde_visit visit = RUNDE_VISIT_INIT;
    const bool is_record = rn_vroom_members(v, node, NAMES(names), found);
    read_id(v, found[ID], id);
    client.id = id;
    const int32_t errors = v->in.errors;
    client.place = rn_vroom_place(v, found[LOCATION], found[LOCATION_INDEX]);
    if (client.place == RUNDE_NONE && is_record && v->in.errors == errors) {
        rn_fault(&v->in, "RUNDE-E801", "the job has no place: no \"%s\"",
                 rn_vroom_place_keys[0][v->n_rows > 0]);
    }
    visit.id = id;
    visit.client = index;
    visit.duration = read_seconds(v, found[SERVICE]);
    visit.setup = read_seconds(v, found[SETUP]);
    read_windows(v, found[WINDOWS], &visit);
    visit.n_skills = read_skills(v, found[SKILLS], NULL, &visit.skills);
    const rn_node *const amounts[2] = {found[DELIVERY] != NULL ? found[DELIVERY]
                                                               : found[AMOUNT],
                                       found[PICKUP]};
    read_loads(v, amounts, &visit);
    /* 0 to 100 there, 1 to 100 here. */
    rn_read_int(&v->in, found[PRIORITY], 0, 100, &priority);
    visit.priority = 1 + (99 * priority + 50) / 100;
    if (v->in.status == RUNDE_OK) {
        rn_reader_note(&v->in,
                       runde_problem_add_client(v->problem, &client, NULL));
        rn_reader_note(&v->in,
                       runde_problem_add_visit(v->problem, &visit, NULL));
    }
}

void rn_vroom_read_jobs(rn_vroom *v)
{
    rn_list list = rn_list_begin(&v->in, v->jobs, 0);
    for (; list.node != NULL; rn_list_next(&v->in, &list)) {
        read_job(v, list.node, list.index);
    }
}
