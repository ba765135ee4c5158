/* SPDX-License-Identifier: MIT */
/* A seat for one visit that the problem does not have, so that asking who
 * could take it costs nothing but the asking. Every array gets room behind
 * its own content; the guest's tasks come behind the tasks and move the
 * numbers of activities and shifts' ends, which is why the room is made
 * before anything else is built. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

/* Windows of either kind that a guest may have, absences cut out. */
#define MOST_WINDOWS 1024

/* Where the room begins, and what is to be put back. */
struct rn_guest_room {
    int32_t windows;
    int32_t preferred;
    int32_t wishes;
    int32_t loads;
    int32_t choices;
    int32_t *own_arcs; /* by task: how many without the guest's */
    bool is_regular;
    bool only_late;
    bool any_lateness;
};

static void *copy_of(rn_instance *inst, const void *from, int32_t n,
                     int32_t more, size_t size)
{
    void *const to =
        rn_arena_array(inst->arena, (size_t)n + (size_t)more + 1, size);
    if (to != NULL && n > 0) {
        memcpy(to, from, (size_t)n * size);
    }
    return to;
}

/* The largest end of what tasks point at. */
static int32_t end_of_list(int32_t end, int32_t first, int32_t n)
{
    return first + n > end ? first + n : end;
}

/* Lists whose length is known only by who points into them. */
static runde_status make_list_room(rn_instance *inst)
{
    struct rn_guest_room *room = inst->room;
    room->windows = 0;
    for (int32_t n = 0; n < inst->n_stops; n++) {
        const rn_stop *stop = &inst->stop[n];
        room->windows =
            end_of_list(room->windows, stop->first_window, stop->n_windows);
        room->preferred = end_of_list(room->preferred, stop->first_preferred,
                                      stop->n_preferred);
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const rn_task *task = &inst->task[t];
        room->wishes =
            end_of_list(room->wishes, task->first_wish, task->n_wishes);
        room->loads = end_of_list(room->loads, task->first_load, task->n_loads);
    }
    inst->windows =
        copy_of(inst, inst->windows, room->windows,
                RUNDE_MAX_CREW * MOST_WINDOWS, sizeof *inst->windows);
    inst->preferred =
        copy_of(inst, inst->preferred, room->preferred,
                RUNDE_MAX_CREW * MOST_WINDOWS, sizeof *inst->preferred);
    inst->wishes = copy_of(inst, inst->wishes, room->wishes, inst->n_carers,
                           sizeof *inst->wishes);
    inst->loads = copy_of(inst, inst->loads, room->loads, inst->n_loads,
                          sizeof *inst->loads);
    inst->who = copy_of(inst, inst->who, inst->n_who * inst->who_words,
                        RUNDE_MAX_CREW * inst->who_words, sizeof *inst->who);
    inst->overqualified = copy_of(
        inst, inst->overqualified, inst->n_skill_classes * inst->n_shifts,
        RUNDE_MAX_CREW * inst->n_shifts, sizeof *inst->overqualified);
    const bool ok = inst->windows != NULL && inst->preferred != NULL &&
                    inst->wishes != NULL && inst->loads != NULL &&
                    inst->who != NULL && inst->overqualified != NULL;
    return ok ? RUNDE_OK : RUNDE_E_NOMEM;
}

/* Every client's list gets room for a crew. */
static runde_status make_client_room(rn_instance *inst)
{
    const int32_t all = inst->n_tasks + inst->n_clients * RUNDE_MAX_CREW;
    int32_t *tasks =
        rn_arena_array(inst->arena, (size_t)all + 1, sizeof *tasks);
    if (tasks == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t first = 0;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        rn_client *client = &inst->client[c];
        for (int32_t i = 0; i < client->n_tasks; i++) {
            tasks[first + i] = inst->client_tasks[client->first_task + i];
        }
        client->first_task = first;
        first += client->n_tasks + RUNDE_MAX_CREW;
    }
    inst->client_tasks = tasks;
    inst->n_faces = all;
    return RUNDE_OK;
}

/* Each task may get one bond with the guest, who may get one with every task
 * of the client and those of the crew. */
static runde_status make_arc_room(rn_instance *inst)
{
    int32_t most = 0;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        most = inst->client[c].n_tasks > most ? inst->client[c].n_tasks : most;
    }
    const int32_t own = inst->n_tasks - inst->n_guests;
    const int32_t per_guest = most + RUNDE_MAX_CREW;
    const int32_t all = inst->n_arcs + own + inst->n_guests * per_guest;
    rn_arc *arcs = rn_arena_array(inst->arena, (size_t)all + 1, sizeof *arcs);
    inst->room->own_arcs =
        rn_arena_array(inst->arena, (size_t)inst->n_tasks + 1, sizeof(int32_t));
    if (arcs == NULL || inst->room->own_arcs == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t at = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        rn_task *task = &inst->task[t];
        for (int32_t i = 0; i < task->n_arcs; i++) {
            arcs[at + i] = inst->arcs[task->first_arc + i];
        }
        task->first_arc = at;
        inst->room->own_arcs[t] = task->n_arcs;
        at += t < own ? task->n_arcs + 1 : per_guest;
    }
    inst->arcs = arcs;
    inst->n_arcs = all;
    inst->room->choices = inst->n_choices;
    inst->n_choices += most;
    return RUNDE_OK;
}

/* Four stops, tasks and a unit more, in front of the activities. */
static runde_status make_task_room(rn_instance *inst)
{
    const int32_t n = inst->n_tasks;
    const int32_t more = RUNDE_MAX_CREW;
    const int32_t visits = runde_problem_n_visits(inst->problem);
    const int32_t stride = inst->near_stride;
    rn_stop *stop =
        copy_of(inst, inst->stop, n, inst->n_nodes - n + more, sizeof *stop);
    inst->task = copy_of(inst, inst->task, n, more, sizeof *inst->task);
    inst->unit =
        copy_of(inst, inst->unit, inst->n_units, 1, sizeof *inst->unit);
    inst->unit_tasks =
        copy_of(inst, inst->unit_tasks, n, more, sizeof *inst->unit_tasks);
    inst->near = copy_of(inst, inst->near, n * stride, more * stride,
                         sizeof *inst->near);
    const bool has_points = inst->task_points != NULL;
    if (has_points) {
        inst->task_points = copy_of(inst, inst->task_points, n, more,
                                    sizeof *inst->task_points);
    }
    inst->near_count =
        copy_of(inst, inst->near_count, n, more, sizeof *inst->near_count);
    inst->first_task = copy_of(inst, inst->first_task, visits + 1, 1,
                               sizeof *inst->first_task);
    if (stop == NULL || inst->task == NULL || inst->unit == NULL ||
        inst->unit_tasks == NULL || (has_points && inst->task_points == NULL) ||
        inst->near == NULL || inst->near_count == NULL ||
        inst->first_task == NULL) {
        return RUNDE_E_NOMEM;
    }
    if (inst->n_nodes > n) {
        memcpy(stop + n + more, inst->stop + n,
               (size_t)(inst->n_nodes - n) * sizeof *stop);
    }
    inst->stop = stop;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        inst->shift[s].first_activity += more;
        inst->shift[s].twin = s; /* a guest's wishes may tell them apart */
    }
    inst->n_tasks += more;
    inst->n_stops += more;
    inst->n_nodes += more;
    inst->n_guests = more;
    inst->max_unit = inst->max_unit > more ? inst->max_unit : more;
    return RUNDE_OK;
}

/* Tasks of nobody: in no route, allowed nowhere. */
static void vacate(rn_instance *inst)
{
    const int32_t own = inst->n_tasks - inst->n_guests;
    const int32_t visit = runde_problem_n_visits(inst->problem);
    rn_unit *unit = &inst->unit[inst->n_units];
    memset(unit, 0, sizeof *unit);
    unit->first = own;
    for (int32_t t = own; t < inst->n_tasks; t++) {
        const int32_t first_arc = inst->task[t].first_arc;
        memset(&inst->task[t], 0, sizeof inst->task[t]);
        memset(&inst->stop[t], 0, sizeof inst->stop[t]);
        inst->task[t].first_arc = first_arc;
        inst->task[t].visit = visit;
        inst->task[t].part = t - own;
        inst->task[t].unit = inst->n_units;
        inst->task[t].published_carer = RUNDE_NONE;
        inst->stop[t].published = RUNDE_TIME_NONE;
        inst->unit_tasks[t] = t;
    }
    inst->first_task[visit + 1] = own;
    inst->guest = NULL;
}

runde_status rn_instance_make_room(rn_instance *inst)
{
    inst->room = rn_arena_alloc(inst->arena, sizeof *inst->room);
    runde_status status = inst->room == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    if (status == RUNDE_OK) {
        status = make_list_room(inst);
    }
    if (status == RUNDE_OK) {
        status = make_client_room(inst);
    }
    if (status == RUNDE_OK) {
        status = make_task_room(inst);
    }
    if (status == RUNDE_OK) {
        status = make_arc_room(inst);
    }
    if (status == RUNDE_OK) {
        inst->room->is_regular = inst->is_regular;
        inst->room->only_late = inst->only_late;
        inst->room->any_lateness = inst->any_lateness;
        vacate(inst);
    }
    return status;
}

/* ---------------------------------------------------------------- seating */

static void add_arc(rn_instance *inst, int32_t task, rn_arc arc)
{
    rn_task *t = &inst->task[task];
    inst->arcs[t->first_arc + t->n_arcs++] = arc;
}

static void join(rn_instance *inst, int32_t a, int32_t b, rn_window gap,
                 int kind)
{
    const rn_arc forward = {b, gap.a, gap.b, RUNDE_NONE, (uint8_t)kind};
    const rn_arc backward = {a, -gap.b, -gap.a, RUNDE_NONE, (uint8_t)kind};
    add_arc(inst, a, forward);
    add_arc(inst, b, backward);
}

static void join_crew(rn_instance *inst, int32_t first, int32_t crew)
{
    const rn_window together = {0, 0};
    const rn_window any = {RN_TIME_MIN, RN_TIME_MAX};
    for (int32_t a = first; a < first + crew; a++) {
        for (int32_t b = a + 1; b < first + crew; b++) {
            join(inst, a, b, a == first ? together : any,
                 RN_ARC_DIFFERENT | (a == first ? RN_ARC_TIME : 0));
        }
    }
}

static void keep_apart(rn_instance *inst, int32_t task)
{
    const rn_client *c = &inst->client[inst->task[task].client];
    int32_t choice = inst->room->choices;
    for (int32_t i = 0; i < c->n_tasks; i++) {
        const int32_t other = inst->client_tasks[c->first_task + i];
        bool is_open = false;
        rn_window after;
        if (!rn_keep_apart(inst, other, task, &is_open, &after)) {
            continue;
        }
        if (is_open) {
            const rn_arc from_other = {task, 0, 0, choice, RN_ARC_FIRST};
            const rn_arc from_task = {other, 0, 0, choice, 0};
            add_arc(inst, other, from_other);
            add_arc(inst, task, from_task);
            choice++;
        } else {
            join(inst, other, task, after, RN_ARC_TIME);
        }
    }
}

static runde_status seat_part(rn_instance *inst, int32_t task, int32_t part)
{
    const runde_visit *visit = inst->guest;
    const struct rn_guest_room *room = inst->room;
    rn_task *t = &inst->task[task];
    rn_stop *stop = &inst->stop[task];
    t->client = visit->client;
    rn_instance_stop(inst, stop, visit);
    stop->first_window = room->windows + part * MOST_WINDOWS;
    stop->first_preferred = room->preferred + part * MOST_WINDOWS;
    t->first_load = room->loads;
    t->n_loads = visit->n_loads;
    const runde_status status = rn_guest_windows(inst, task, MOST_WINDOWS);
    if (status == RUNDE_OK) {
        rn_guest_who(inst, task, inst->n_who + part,
                     inst->n_skill_classes + part);
    }
    return status;
}

/* The price of leaving it out stands outside any other: it shall be served
 * wherever it fits. */
static void seat_unit(rn_instance *inst, int32_t crew)
{
    rn_unit *unit = &inst->unit[inst->n_units];
    unit->n = crew;
    unit->price = RN_COST_INF / 4;
    unit->wishes = unit->price;
}

static void join_client(rn_instance *inst, int32_t first, int32_t crew)
{
    keep_apart(inst, first);
    join_crew(inst, first, crew);
    rn_client *client = &inst->client[inst->guest->client];
    for (int32_t j = 0; j < crew; j++) {
        inst->client_tasks[client->first_task + client->n_tasks++] = first + j;
    }
}

/* Wishes and loads, which the parts share. */
static runde_status seat_lists(rn_instance *inst)
{
    const runde_visit *visit = inst->guest;
    if (visit->n_loads > inst->n_loads) {
        return RUNDE_E_LIMIT;
    }
    for (int32_t i = 0; i < visit->n_loads; i++) {
        inst->loads[inst->room->loads + i] = visit->loads[i];
    }
    return rn_guest_wishes(inst, runde_problem_n_visits(inst->problem),
                           inst->room->wishes);
}

runde_status rn_instance_seat(rn_instance *inst, const runde_visit *visit)
{
    const int32_t first = inst->n_tasks - inst->n_guests;
    inst->guest = visit;
    inst->first_task[runde_problem_n_visits(inst->problem) + 1] =
        first + visit->crew;
    runde_status status = seat_lists(inst);
    for (int32_t j = 0; j < visit->crew && status == RUNDE_OK; j++) {
        status = seat_part(inst, first + j, j);
    }
    if (status == RUNDE_OK) {
        seat_unit(inst, visit->crew);
        join_client(inst, first, visit->crew);
    } else {
        vacate(inst);
    }
    return status;
}

void rn_instance_unseat(rn_instance *inst)
{
    const int32_t first = inst->n_tasks - inst->n_guests;
    const int32_t crew = inst->guest->crew;
    inst->client[inst->guest->client].n_tasks -= crew;
    for (int32_t i = 0; i < inst->task[first].n_arcs; i++) {
        const int32_t other = inst->arcs[inst->task[first].first_arc + i].other;
        inst->task[other].n_arcs = inst->room->own_arcs[other];
    }
    vacate(inst);
    inst->is_regular = inst->room->is_regular;
    inst->only_late = inst->room->only_late;
    inst->any_lateness = inst->room->any_lateness;
}
