/* SPDX-License-Identifier: MIT */
/* Memory, journals and the sums of the mutable plan. Times: schedule.c. */
#include "eval/solution.h"

#include <string.h>

#include "base/alloc.h"
#include "eval/limits.h"

static void *array(rn_solution *sol, int32_t n, size_t size)
{
    return rn_arena_array(&sol->arena, (size_t)n + 1, size);
}

static bool journal_new(rn_solution *sol, rn_journal *journal)
{
    const rn_instance *inst = sol->inst;
    journal->node_stamp =
        array(sol, inst->n_nodes, sizeof *journal->node_stamp);
    journal->route_stamp =
        array(sol, inst->n_shifts, sizeof *journal->route_stamp);
    journal->nodes = array(sol, inst->n_nodes, sizeof *journal->nodes);
    journal->routes = array(sol, inst->n_shifts, sizeof *journal->routes);
    journal->loads =
        array(sol, inst->n_shifts * inst->n_loads, sizeof *journal->loads);
    return journal->node_stamp != NULL && journal->route_stamp != NULL &&
           journal->nodes != NULL && journal->routes != NULL &&
           journal->loads != NULL;
}

static bool allocate(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    const int32_t n = inst->n_nodes;
    sol->node = array(sol, n, sizeof *sol->node);
    sol->route = array(sol, inst->n_shifts, sizeof *sol->route);
    sol->unused = array(sol, inst->who_words, sizeof *sol->unused);
    sol->load = array(sol, inst->n_shifts * inst->n_loads, sizeof *sol->load);
    sol->face = array(sol, inst->n_faces, sizeof *sol->face);
    sol->n_faces = array(sol, inst->n_clients, sizeof *sol->n_faces);
    sol->n_new = array(sol, inst->n_clients, sizeof *sol->n_new);
    sol->tail = array(sol, n, sizeof *sol->tail);
    sol->tail_stamp = array(sol, inst->n_nodes, sizeof *sol->tail_stamp);
    sol->route_tails = array(sol, inst->n_shifts, sizeof *sol->route_tails);
    sol->tail_first = array(sol, inst->n_shifts, sizeof *sol->tail_first);
    sol->choice = array(sol, inst->n_choices, sizeof *sol->choice);
    /* An iteration tries every left-out task a few times at the most. */
    sol->face_log_capacity = 16 * inst->n_tasks + 4096;
    sol->face_log = array(sol, sol->face_log_capacity, sizeof *sol->face_log);
    sol->choice_log_capacity = 16 * inst->n_choices + 4096;
    sol->choice_log =
        array(sol, sol->choice_log_capacity, sizeof *sol->choice_log);
    sol->dirty = array(sol, inst->n_shifts, sizeof *sol->dirty);
    sol->is_dirty = array(sol, inst->n_shifts, sizeof *sol->is_dirty);
    int32_t breaks = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        breaks += inst->shift[s].n_breaks;
    }
    /* Every task may go, come and go again, and whole routes be timed anew. */
    sol->seed =
        array(sol, 6 * n + 2 * inst->n_arcs + 4 * breaks, sizeof *sol->seed);
    sol->queue = array(sol, n, sizeof *sol->queue);
    sol->queued = array(sol, n, sizeof *sol->queued);
    sol->moved = array(sol, n, sizeof *sol->moved);
    sol->moved_stamp = array(sol, n, sizeof *sol->moved_stamp);
    sol->moved_epoch = 1;
    sol->ranked = array(sol, n, sizeof *sol->ranked);
    sol->unranked = array(sol, n, sizeof *sol->unranked);
    sol->tells = array(sol, n, sizeof *sol->tells);
    sol->news = array(sol, n, sizeof *sol->news);
    sol->rank = array(sol, n, sizeof *sol->rank);
    sol->marked = array(sol, n, sizeof *sol->marked);
    sol->mark = array(sol, n, sizeof *sol->mark);
    sol->over_start = array(sol, n, sizeof *sol->over_start);
    sol->over_stamp = array(sol, n, sizeof *sol->over_stamp);
    return sol->node != NULL && sol->route != NULL && sol->unused != NULL &&
           sol->load != NULL && sol->face != NULL && sol->n_faces != NULL &&
           sol->n_new != NULL && sol->tail != NULL && sol->tail_stamp != NULL &&
           sol->route_tails != NULL && sol->tail_first != NULL &&
           sol->choice != NULL && sol->face_log != NULL &&
           sol->choice_log != NULL && sol->dirty != NULL &&
           sol->is_dirty != NULL && sol->queue != NULL && sol->seed != NULL &&
           sol->queued != NULL && sol->moved != NULL &&
           sol->moved_stamp != NULL && sol->ranked != NULL &&
           sol->unranked != NULL && sol->tells != NULL && sol->news != NULL &&
           sol->rank != NULL && sol->marked != NULL && sol->mark != NULL &&
           sol->over_start != NULL && sol->over_stamp != NULL &&
           rn_limits_new(sol) && journal_new(sol, &sol->outer) &&
           journal_new(sol, &sol->inner);
}

/* An unused route: start, activities by window, end. */
static void empty_route(rn_solution *sol, int32_t s)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *shift = &inst->shift[s];
    const int32_t first = rn_shift_start_node(inst, s);
    const int32_t last = rn_shift_end_node(inst, s);
    sol->node[first].prev = RUNDE_NONE;
    sol->node[first].next = last;
    sol->node[last].prev = first;
    sol->node[last].next = RUNDE_NONE;
    sol->node[first].route = s;
    sol->node[last].route = s;
    for (int32_t i = 0; i < shift->n_activities; i++) {
        const int32_t a = shift->first_activity + i;
        int32_t before = last;
        while (sol->node[before].prev != first &&
               inst->stop[sol->node[before].prev].earliest >
                   inst->stop[a].earliest) {
            before = sol->node[before].prev;
        }
        const int32_t after = sol->node[before].prev;
        sol->node[a].route = s;
        sol->node[a].prev = after;
        sol->node[a].next = before;
        sol->node[after].next = a;
        sol->node[before].prev = a;
    }
}

/* Puts the breaks of an unused route in front of the first activity that may
 * start after they may begin or, if `late`, after they must have begun; the
 * rest in front of the end. */
static void lay_breaks(rn_solution *sol, int32_t s, bool late)
{
    const rn_instance *inst = sol->inst;
    const rn_shift *shift = &inst->shift[s];
    const int32_t last = rn_shift_end_node(inst, s);
    int32_t b = 0;
    for (int32_t n = sol->node[rn_shift_start_node(inst, s)].next;
         n != RUNDE_NONE; n = sol->node[n].next) {
        sol->node[n].gap_lo = b;
        while (b < shift->n_breaks) {
            const rn_break *one = &inst->breaks[shift->first_break + b];
            if (n != last && (late ? one->b : one->a) >= inst->stop[n].latest) {
                break;
            }
            b++;
        }
        sol->node[n].gap_hi = b;
    }
}

static uint32_t optional_breaks(const rn_instance *inst, int32_t s)
{
    const rn_shift *shift = &inst->shift[s];
    uint32_t bits = 0;
    for (int32_t b = 0; b < shift->n_breaks; b++) {
        bits |= inst->breaks[shift->first_break + b].optional ? 1U << b : 0;
    }
    return bits;
}

/* Breaks early or late among the activities, all taken or the optional ones
 * missed: the first way that has a schedule. */
static void settle_empty_route(rn_solution *sol, int32_t s)
{
    const uint32_t optional = optional_breaks(sol->inst, s);
    for (int32_t way = 0; way < 4; way++) {
        lay_breaks(sol, s, (way & 1) != 0);
        sol->route[s].missed = way >= 2 ? optional : 0;
        if (rn_schedule_route(sol, s)) {
            return;
        }
    }
}

static void start_route(rn_solution *sol, int32_t s)
{
    const rn_instance *inst = sol->inst;
    empty_route(sol, s);
    rn_route *route = &sol->route[s];
    int32_t prev = rn_shift_start_node(inst, s);
    for (int32_t n = sol->node[prev].next; n != RUNDE_NONE;
         n = sol->node[n].next) {
        const rn_path path = rn_path_between(inst, s, prev, n);
        route->travel += path.drive;
        route->setup += path.setup;
        route->legs += path.cost;
        route->service += inst->stop[n].duration;
        sol->node[n].drive = path.drive;
        prev = n;
    }
}

runde_status rn_solution_new(rn_solution **out, const rn_instance *inst)
{
    *out = NULL;
    rn_solution *sol = rn_calloc(1, sizeof *sol);
    if (sol == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    sol->arena = arena;
    sol->inst = inst;
    if (!allocate(sol)) {
        rn_solution_free(sol);
        return RUNDE_E_NOMEM;
    }
    for (int32_t c = 0; c < inst->n_clients; c++) {
        const rn_client *client = &inst->client[c];
        sol->keeps_faces = sol->keeps_faces || client->w_distinct != 0 ||
                           client->w_over != 0 ||
                           client->most_over != INT64_MAX;
    }
    for (int32_t n = 0; n < inst->n_nodes; n++) {
        const bool is_task = n < inst->n_tasks;
        sol->node[n].route = RUNDE_NONE;
        sol->node[n].release = is_task ? inst->stop[n].release : RN_TIME_MIN;
        sol->node[n].ceiling = RN_TIME_MAX;
    }
    rn_solution_recount(sol);
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        start_route(sol, s);
        settle_empty_route(sol, s);
    }
    *out = sol;
    return RUNDE_OK;
}

void rn_solution_free(rn_solution *sol)
{
    if (sol != NULL) {
        rn_arena_free(&sol->arena);
        rn_free(sol);
    }
}

static void forget_moved(rn_solution *sol)
{
    sol->n_moved = 0;
    sol->moved_epoch++;
}

void rn_solution_copy(rn_solution *to, const rn_solution *from)
{
    const rn_instance *inst = from->inst;
    const size_t n_shifts = (size_t)inst->n_shifts;
    memcpy(to->node, from->node, (size_t)inst->n_nodes * sizeof *to->node);
    memcpy(to->route, from->route, n_shifts * sizeof *to->route);
    memcpy(to->unused, from->unused,
           (size_t)inst->who_words * sizeof *to->unused);
    memcpy(to->load, from->load,
           n_shifts * (size_t)inst->n_loads * sizeof *to->load);
    memcpy(to->face, from->face, (size_t)inst->n_tasks * sizeof *to->face);
    memcpy(to->n_faces, from->n_faces,
           (size_t)inst->n_clients * sizeof *to->n_faces);
    memcpy(to->n_new, from->n_new, (size_t)inst->n_clients * sizeof *to->n_new);
    memcpy(to->choice, from->choice, (size_t)inst->n_choices);
    memcpy(to->dirty, from->dirty, (size_t)from->n_dirty * sizeof *to->dirty);
    memcpy(to->is_dirty, from->is_dirty, n_shifts * sizeof *to->is_dirty);
    to->n_dirty = from->n_dirty;
    memset(to->route_tails, 0, n_shifts * sizeof *to->route_tails);
    to->n_seeds = 0;
    forget_moved(to);
    for (int32_t i = 0; i < from->n_moved; i++) {
        rn_note_moved(to, from->moved[i]);
    }
    to->outer.on = false;
    to->inner.on = false;
    to->route_cost = from->route_cost;
    to->client_cost = from->client_cost;
    to->unserved_cost = from->unserved_cost;
    to->left_out = from->left_out;
    to->max_late = from->max_late;
    to->max_idle = from->max_idle;
    to->idle_floor = from->idle_floor;
    to->next_idle = from->next_idle;
    to->total_work = from->total_work;
    /* Amounts that limits are on are counted from what changes, so all is
     * said to have changed. */
    for (int32_t s = 0; s < inst->n_shifts && inst->n_bounds > 0; s++) {
        rn_make_dirty(to, s);
    }
    for (int32_t c = 0; c < inst->n_clients && inst->n_bounds > 0; c++) {
        rn_limits_note(to, c);
    }
}

static bool is_swapped(const rn_instance *inst, int32_t task, int32_t carer)
{
    const int32_t published = inst->task[task].published_carer;
    return published != RUNDE_NONE && published != carer;
}

/* Does anybody come to the client instead of a published carer? */
static bool is_client_changed(const rn_solution *sol, int32_t client)
{
    const rn_instance *inst = sol->inst;
    const rn_client *c = &inst->client[client];
    bool changed = false;
    for (int32_t i = 0; i < c->n_tasks && !changed; i++) {
        const int32_t task = inst->client_tasks[c->first_task + i];
        const int32_t r = sol->node[task].route;
        changed = r >= 0 && is_swapped(inst, task, inst->shift[r].carer);
    }
    return changed;
}

static void count_face(rn_solution *sol, int32_t task, int32_t carer,
                       int32_t delta);

/* What the carers of the past alone cost. */
static rn_cost past_cost(const rn_client *client)
{
    const int32_t over = client->n_past - client->max_carers;
    if (client->n_tasks == 0) {
        return 0;
    }
    return client->w_distinct * client->n_past +
           (client->max_carers > 0 && over > 0 ? client->w_over * over : 0);
}

/* Has the shift a task? */
static void mark_use(rn_solution *sol, int32_t shift)
{
    const uint64_t bit = (uint64_t)1 << (shift & 63);
    if (sol->route[shift].n == 0) {
        sol->unused[shift >> 6] |= bit;
    } else {
        sol->unused[shift >> 6] &= ~bit;
    }
}

void rn_solution_recount(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    sol->client_cost = 0;
    sol->unserved_cost = 0;
    sol->left_out = 0;
    for (int32_t c = 0; c < inst->n_clients; c++) {
        sol->n_faces[c] = 0;
        sol->n_new[c] = 0;
        sol->client_cost += past_cost(&inst->client[c]);
        if (inst->w[RUNDE_CLIENTS_CHANGED] != 0 && is_client_changed(sol, c)) {
            sol->client_cost += inst->w[RUNDE_CLIENTS_CHANGED];
        }
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int32_t r = sol->node[t].route;
        if (r >= 0) {
            count_face(sol, t, inst->shift[r].carer, 1);
        }
    }
    for (int32_t u = 0; u < inst->n_units; u++) {
        if (!rn_is_served(sol, u)) {
            sol->unserved_cost += inst->unit[u].price;
            sol->left_out += inst->unit[u].left_out;
        }
    }
    sol->n_dirty = 0;
    sol->route_cost = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        sol->route_cost += sol->route[s].value;
        mark_use(sol, s);
        sol->is_dirty[s] = 1;
        sol->route_tails[s] = 0;
        sol->dirty[sol->n_dirty++] = s;
    }
}

/* ------------------------------------------------------------- journal */

void rn_journal_begin(rn_solution *sol, rn_journal *journal)
{
    rn_settle_slack(sol);
    journal->epoch++;
    journal->n_nodes = 0;
    journal->n_routes = 0;
    if (!sol->outer.on) {
        /* Nothing older will be undone: the logs start afresh. */
        sol->face_log_n = 0;
        sol->choice_log_n = 0;
    }
    journal->n_faces = sol->face_log_n;
    journal->n_choices = sol->choice_log_n;
    journal->client_cost = sol->client_cost;
    journal->unserved_cost = sol->unserved_cost;
    journal->route_cost = sol->route_cost;
    journal->left_out = sol->left_out;
    journal->on = true;
}

void rn_save_node(rn_solution *sol, rn_journal *journal, int32_t n)
{
    journal->node_stamp[n] = journal->epoch;
    journal->nodes[journal->n_nodes].index = n;
    journal->nodes[journal->n_nodes].node = sol->node[n];
    journal->n_nodes++;
}

void rn_save_route(rn_solution *sol, rn_journal *journal, int32_t r)
{
    const size_t n_loads = (size_t)sol->inst->n_loads;
    journal->route_stamp[r] = journal->epoch;
    journal->routes[journal->n_routes].index = r;
    journal->routes[journal->n_routes].route = sol->route[r];
    if (n_loads > 0) {
        memcpy(journal->loads + (size_t)journal->n_routes * n_loads,
               sol->load + (size_t)r * n_loads,
               n_loads * sizeof *journal->loads);
    }
    journal->n_routes++;
}

static void change_face(rn_solution *sol, int32_t client, int32_t carer,
                        int32_t delta);

/* Amounts are not journalled but counted anew from what is undone. */
static void recount(rn_solution *sol, const rn_journal *journal)
{
    for (int32_t i = 0; i < journal->n_routes; i++) {
        rn_make_dirty(sol, journal->routes[i].index);
    }
    for (int32_t i = 0; i < journal->n_nodes; i++) {
        const int32_t n = journal->nodes[i].index;
        if (n < sol->inst->n_tasks) {
            rn_limits_note(sol, sol->inst->task[n].client);
        }
    }
}

void rn_journal_undo(rn_solution *sol, rn_journal *journal)
{
    const size_t n_loads = (size_t)sol->inst->n_loads;
    forget_moved(sol);
    for (int32_t i = 0; i < journal->n_nodes; i++) {
        const int32_t n = journal->nodes[i].index;
        rn_forget_tails(sol, n);
        sol->node[n] = journal->nodes[i].node;
        rn_forget_tails(sol, n);
    }
    for (int32_t i = 0; i < journal->n_routes; i++) {
        const int32_t r = journal->routes[i].index;
        sol->route[r] = journal->routes[i].route;
        mark_use(sol, r);
        if (n_loads > 0) {
            memcpy(sol->load + (size_t)r * n_loads,
                   journal->loads + (size_t)i * n_loads,
                   n_loads * sizeof *sol->load);
        }
    }
    while (sol->face_log_n > journal->n_faces) {
        const rn_saved_face *f = &sol->face_log[--sol->face_log_n];
        change_face(sol, f->client, f->carer, -f->delta);
    }
    while (sol->choice_log_n > journal->n_choices) {
        const rn_saved_choice *c = &sol->choice_log[--sol->choice_log_n];
        sol->choice[c->index] = c->value;
    }
    sol->client_cost = journal->client_cost;
    sol->unserved_cost = journal->unserved_cost;
    sol->route_cost = journal->route_cost;
    sol->left_out = journal->left_out;
    journal->on = false;
    if (sol->inst->n_bounds > 0) {
        recount(sol, journal);
    }
}

void rn_set_choice(rn_solution *sol, int32_t index, int8_t value)
{
    if ((sol->outer.on || sol->inner.on) &&
        sol->choice_log_n < sol->choice_log_capacity) {
        sol->choice_log[sol->choice_log_n].index = index;
        sol->choice_log[sol->choice_log_n].value = sol->choice[index];
        sol->choice_log_n++;
    }
    sol->choice[index] = value;
}

/* --------------------------------------------------------------- faces */

static bool came_before(const rn_instance *inst, int32_t client, int32_t carer)
{
    const rn_client *c = &inst->client[client];
    const int32_t *list = inst->past_carers + c->first_past;
    int32_t lo = 0;
    int32_t hi = c->n_past;
    while (lo < hi) {
        const int32_t mid = (lo + hi) / 2;
        if (list[mid] < carer) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo < c->n_past && list[lo] == carer;
}

static int32_t find_face(const rn_solution *sol, int32_t client, int32_t carer)
{
    const rn_face *list = sol->face + sol->inst->client[client].first_task;
    for (int32_t i = 0; i < sol->n_faces[client]; i++) {
        if (list[i].carer == carer) {
            return i;
        }
    }
    return RUNDE_NONE;
}

/* What the client's n-th different carer costs. */
static rn_cost new_face_cost(const rn_client *client, int32_t n)
{
    const bool over = client->max_carers > 0 && n > client->max_carers;
    return client->w_distinct + (over ? client->w_over : 0);
}

bool rn_is_new_face(const rn_solution *sol, int32_t client, int32_t carer)
{
    return find_face(sol, client, carer) < 0 &&
           !came_before(sol->inst, client, carer);
}

rn_cost rn_face_cost(const rn_solution *sol, int32_t client, int32_t carer)
{
    const rn_client *c = &sol->inst->client[client];
    if (!rn_is_new_face(sol, client, carer)) {
        return 0;
    }
    const int32_t n = c->n_past + sol->n_new[client] + 1;
    if (c->max_carers > 0 && n - c->max_carers > c->most_over) {
        return RN_COST_INF;
    }
    return new_face_cost(c, n);
}

static void change_face(rn_solution *sol, int32_t client, int32_t carer,
                        int32_t delta)
{
    rn_face *list = sol->face + sol->inst->client[client].first_task;
    int32_t at = find_face(sol, client, carer);
    if (at < 0) {
        at = sol->n_faces[client]++;
        list[at].carer = carer;
        list[at].n = 0;
        sol->n_new[client] += !came_before(sol->inst, client, carer);
    }
    list[at].n += delta;
    if (list[at].n == 0) {
        sol->n_new[client] -= !came_before(sol->inst, client, carer);
        list[at] = list[--sol->n_faces[client]];
    }
}

int32_t rn_new_faces(const rn_solution *sol, int32_t client)
{
    const rn_instance *inst = sol->inst;
    if (sol->keeps_faces) {
        return sol->n_new[client];
    }
    const rn_client *c = &inst->client[client];
    const int32_t *tasks = inst->client_tasks + c->first_task;
    int32_t n = 0;
    for (int32_t i = 0; i < c->n_tasks; i++) {
        const int32_t r = sol->node[tasks[i]].route;
        bool known = r < 0 || came_before(inst, client, inst->shift[r].carer);
        for (int32_t k = 0; k < i && !known; k++) {
            const int32_t other = sol->node[tasks[k]].route;
            known =
                other >= 0 && inst->shift[other].carer == inst->shift[r].carer;
        }
        n += !known;
    }
    return n;
}

static void count_face(rn_solution *sol, int32_t task, int32_t carer,
                       int32_t delta)
{
    if (!sol->keeps_faces) {
        return;
    }
    const int32_t client = sol->inst->task[task].client;
    const rn_client *c = &sol->inst->client[client];
    const int32_t before = c->n_past + sol->n_new[client];
    change_face(sol, client, carer, delta);
    const int32_t after = c->n_past + sol->n_new[client];
    if (after > before) {
        sol->client_cost += new_face_cost(c, after);
    } else if (after < before) {
        sol->client_cost -= new_face_cost(c, before);
    }
    if ((sol->outer.on || sol->inner.on) &&
        sol->face_log_n < sol->face_log_capacity) {
        rn_saved_face *f = &sol->face_log[sol->face_log_n++];
        f->client = client;
        f->carer = carer;
        f->delta = delta;
    }
}

/* ------------------------------------------------------------ newcomers */

bool rn_is_first_swap(const rn_solution *sol, int32_t task, int32_t carer)
{
    const rn_instance *inst = sol->inst;
    const rn_client *c = &inst->client[inst->task[task].client];
    if (!is_swapped(inst, task, carer)) {
        return false;
    }
    for (int32_t i = 0; i < c->n_tasks; i++) {
        const int32_t other = inst->client_tasks[c->first_task + i];
        const int32_t r = sol->node[other].route;
        if (other != task && r >= 0 &&
            is_swapped(inst, other, inst->shift[r].carer)) {
            return false;
        }
    }
    return true;
}

/* -------------------------------------------------------------- linking */

static void add_path(rn_route *route, const rn_path *path, int sign)
{
    route->travel += (int64_t)sign * path->drive;
    route->setup += (int64_t)sign * path->setup;
    route->legs += sign * path->cost;
}

static void add_task(rn_solution *sol, int32_t task, int32_t r, int sign)
{
    const rn_instance *inst = sol->inst;
    rn_route *route = rn_touch_route(sol, r);
    const rn_task *t = &inst->task[task];
    route->n += sign;
    mark_use(sol, r);
    route->service += (int64_t)sign * inst->stop[task].duration;
    route->fixed += sign * rn_fixed_cost(inst, task, r);
    for (int32_t i = 0; i < t->n_loads; i++) {
        const runde_load_use *use = &inst->loads[t->first_load + i];
        sol->load[(size_t)r * (size_t)inst->n_loads + (size_t)use->load] +=
            (int64_t)sign * use->amount;
    }
    count_face(sol, task, inst->shift[r].carer, sign);
    if (inst->w[RUNDE_CLIENTS_CHANGED] != 0 &&
        rn_is_first_swap(sol, task, inst->shift[r].carer)) {
        sol->client_cost += sign * inst->w[RUNDE_CLIENTS_CHANGED];
    }
    if (inst->unit_tasks[inst->unit[t->unit].first] == task) {
        sol->unserved_cost -= sign * inst->unit[t->unit].price;
        sol->left_out -= sign * inst->unit[t->unit].left_out;
    }
}

void rn_link_in(rn_solution *sol, int32_t task, const rn_slot *slot)
{
    const int32_t prev = slot->prev;
    const int32_t next = sol->node[prev].next;
    const int32_t r = sol->node[prev].route;
    rn_node *x = rn_touch(sol, task);
    rn_node *p = rn_touch(sol, prev);
    rn_node *n = rn_touch(sol, next);
    rn_route *route = rn_touch_route(sol, r);
    const rn_path old = rn_path_between(sol->inst, r, prev, next);
    const rn_path in = rn_path_between(sol->inst, r, prev, task);
    const rn_path out = rn_path_between(sol->inst, r, task, next);
    add_path(route, &old, -1);
    add_path(route, &in, 1);
    add_path(route, &out, 1);
    x->route = r;
    x->prev = prev;
    x->next = next;
    x->release = slot->release;
    x->start = RN_TIME_MIN;
    x->late = 0;
    p->next = task;
    n->prev = task;
    x->gap_lo = n->gap_lo;
    x->gap_hi = slot->split;
    n->gap_lo = slot->split;
    x->drive = in.drive;
    n->drive = out.drive;
    add_task(sol, task, r, 1);
}

/* The other end of a link that leaves the plan: it may start earlier if it was
 * held back, and be delayed further if that is what limited it. */
static void loosen(rn_solution *sol, int32_t task, const rn_arc *arc)
{
    const rn_node *other = &sol->node[arc->other];
    rn_window gap;
    if (other->route >= 0 && rn_arc_gap(sol, task, arc, &gap)) {
        const int32_t start = sol->node[task].start;
        const bool held =
            start == RN_TIME_MIN ||
            (gap.a > RN_TIME_MIN && start + gap.a >= other->start);
        if (held || sol->inst->stop[arc->other].n_windows > 1) {
            sol->seed[sol->n_seeds++] = arc->other;
        } else if (other->via == task) {
            rn_note_moved(sol, arc->other);
        }
    }
    if (arc->choice >= 0 && sol->choice[arc->choice] != 0) {
        rn_set_choice(sol, arc->choice, 0);
    }
}

void rn_link_out(rn_solution *sol, int32_t task)
{
    rn_node *x = rn_touch(sol, task);
    const int32_t r = x->route;
    rn_node *p = rn_touch(sol, x->prev);
    rn_node *n = rn_touch(sol, x->next);
    rn_route *route = rn_touch_route(sol, r);
    const rn_path in = rn_path_between(sol->inst, r, x->prev, task);
    const rn_path out = rn_path_between(sol->inst, r, task, x->next);
    const rn_path old = rn_path_between(sol->inst, r, x->prev, x->next);
    add_path(route, &in, -1);
    add_path(route, &out, -1);
    add_path(route, &old, 1);
    if (x->start != RN_TIME_MIN) {
        route->timing -= rn_start_cost(sol->inst, task, x->start);
    }
    p->next = x->next;
    n->prev = x->prev;
    n->gap_lo = x->gap_lo;
    n->drive = old.drive;
    x->route = RUNDE_NONE;
    x->late = 0;
    add_task(sol, task, r, -1);
    const rn_task *t = &sol->inst->task[task];
    if (sol->inst->n_bounds > 0) {
        rn_limits_note(sol, t->client);
    }
    sol->seed[sol->n_seeds++] = x->next;
    for (int32_t i = 0; i < t->n_arcs; i++) {
        loosen(sol, task, &sol->inst->arcs[t->first_arc + i]);
    }
}

void rn_move_activity(rn_solution *sol, int32_t node, int32_t prev)
{
    const rn_instance *inst = sol->inst;
    rn_node *x = rn_touch(sol, node);
    rn_node *p = rn_touch(sol, x->prev);
    rn_node *n = rn_touch(sol, x->next);
    rn_route *route = rn_touch_route(sol, x->route);
    const rn_path in = rn_path_between(inst, x->route, x->prev, node);
    const rn_path out = rn_path_between(inst, x->route, node, x->next);
    const rn_path old = rn_path_between(inst, x->route, x->prev, x->next);
    add_path(route, &in, -1);
    add_path(route, &out, -1);
    add_path(route, &old, 1);
    p->next = x->next;
    n->prev = x->prev;
    n->gap_lo = x->gap_lo;
    n->drive = old.drive;
    sol->seed[sol->n_seeds++] = x->next;
    const int32_t next = sol->node[prev].next;
    const rn_path gone = rn_path_between(inst, x->route, prev, next);
    const rn_path to = rn_path_between(inst, x->route, prev, node);
    const rn_path on = rn_path_between(inst, x->route, node, next);
    add_path(route, &gone, -1);
    add_path(route, &to, 1);
    add_path(route, &on, 1);
    x->prev = prev;
    x->next = next;
    x->gap_lo = sol->node[next].gap_lo;
    x->gap_hi = x->gap_lo;
    rn_touch(sol, prev)->next = node;
    rn_touch(sol, next)->prev = node;
    x->drive = to.drive;
    sol->node[next].drive = on.drive;
    sol->seed[sol->n_seeds++] = node;
    sol->seed[sol->n_seeds++] = next;
}
