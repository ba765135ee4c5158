/* SPDX-License-Identifier: MIT */
/* For every task the tasks it would like to share a route with: close on the
 * road, and reachable one after the other without long waits. */
#include <math.h>
#include <string.h>

#include "base/team.h"
#include "model/instance_parts.h"

/* Neighbours kept per task. Ruins walk this list, insertions read its
 * beginning. */
#define NEAR 96
/* Up to here every pair is looked at; beyond, only tasks around. */
#define ALL_PAIRS 6000
/* Tasks around that are looked at beyond ALL_PAIRS. */
#define AROUND 600
/* Tasks whose neighbours one thread finds at a time. */
#define TASKS_PER_JOB 256

/* What a pair is looked at for, together in memory. */
typedef struct stay {
    int32_t visit;
    int32_t place;
    int32_t release;
    int32_t latest;
    int32_t due;     /* latest start that costs nothing */
    int64_t soonest; /* end of service when it starts at its release */
    int64_t last;    /* end of service when it starts when it is due */
} stay;

/* The best so far as score and task in one number: ties go by task, so that
 * the order of looking does not matter. More than NEAR are collected before
 * the rest is thrown away, which is cheaper than keeping them sorted. */
typedef struct best {
    uint64_t key[4 * NEAR];
    int32_t n;
    int64_t worst; /* a score that NEAR others are not above */
} best;

#define TASK_BITS 31

/* Moves the NEAR smallest keys to the front, in any order. */
static void select_nearest(best *b)
{
    int32_t lo = 0;
    int32_t hi = b->n - 1;
    while (lo < hi) {
        const uint64_t pivot = b->key[lo + (hi - lo) / 2];
        int32_t i = lo;
        int32_t j = hi;
        while (i <= j) {
            while (b->key[i] < pivot) {
                i++;
            }
            while (b->key[j] > pivot) {
                j--;
            }
            if (i <= j) {
                const uint64_t key = b->key[i];
                b->key[i++] = b->key[j];
                b->key[j--] = key;
            }
        }
        if (NEAR - 1 <= j) {
            hi = j;
        } else if (NEAR - 1 >= i) {
            lo = i;
        } else {
            break;
        }
    }
}

static void throw_away(best *b)
{
    if (b->n <= NEAR) {
        return;
    }
    select_nearest(b);
    b->n = NEAR;
    uint64_t most = 0;
    for (int32_t i = 0; i < NEAR; i++) {
        most = b->key[i] > most ? b->key[i] : most;
    }
    b->worst = (int64_t)(most >> TASK_BITS);
}

static void offer(best *b, int64_t score, int32_t task)
{
    if (score > b->worst) {
        return;
    }
    b->key[b->n++] = (uint64_t)score << TASK_BITS | (uint64_t)task;
    if (b->n == 4 * NEAR) {
        throw_away(b);
    }
}

/* Shell sort: the keys are different. */
static void sort_keys(uint64_t *key, int32_t n)
{
    for (int32_t gap = n / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
        for (int32_t i = gap; i < n; i++) {
            const uint64_t k = key[i];
            int32_t at = i;
            while (at >= gap && key[at - gap] > k) {
                key[at] = key[at - gap];
                at -= gap;
            }
            key[at] = k;
        }
    }
}

/* Latest start that costs nothing. */
static int32_t due(const rn_instance *inst, const rn_stop *stop)
{
    if (stop->n_preferred == 0 || stop->w_late == 0) {
        return stop->latest;
    }
    const int32_t b =
        inst->preferred[stop->first_preferred + stop->n_preferred - 1].b;
    return b < stop->latest ? b : stop->latest;
}

static stay *read_stays(const rn_instance *inst)
{
    stay *const list =
        rn_arena_array(inst->arena, (size_t)inst->n_tasks + 1, sizeof *list);
    for (int32_t t = 0; list != NULL && t < inst->n_tasks; t++) {
        const rn_stop *stop = &inst->stop[t];
        stay *const out = &list[t];
        out->visit = inst->task[t].visit;
        out->place = stop->place;
        out->release = stop->release;
        out->latest = stop->latest;
        out->due = due(inst, stop);
        out->soonest = (int64_t)stop->release + stop->duration;
        out->last = (int64_t)out->due + stop->duration;
    }
    return list;
}

/* Who looks at whom. */
typedef struct looker {
    const rn_instance *inst;
    const stay *stays;
    int32_t mode;
    bool both_ways; /* the way back takes as long */
    best *best;
} looker;

/* Whatever the road, it costs a quarter of the wait without any: most pairs
 * are far apart in time and need no look at the map. */
static bool may_follow(const stay *x, const stay *y, int64_t worst)
{
    return x->soonest <= y->latest && (y->release - x->last) / 4 <= worst;
}

/* Road, a quarter of the unavoidable wait, and the unavoidable lateness when
 * y follows x; -1 when it cannot. */
static int64_t following(const stay *x, const stay *y, int64_t road)
{
    const int64_t soonest = x->soonest + road;
    const int64_t last = x->last + road;
    if (soonest > y->latest || road >= RN_FAR) {
        return -1;
    }
    const int64_t wait = y->release > last ? y->release - last : 0;
    const int64_t late = soonest > y->due ? soonest - y->due : 0;
    return road + wait / 4 + late;
}

static void consider(const looker *l, int32_t i, int32_t j)
{
    const stay *const x = &l->stays[i];
    const stay *const y = &l->stays[j];
    if (x->visit == y->visit) {
        return;
    }
    const int64_t worst = l->best->worst;
    int64_t after = -1;
    int64_t before = -1;
    int64_t road = -1;
    if (may_follow(x, y, worst)) {
        road = rn_drive(l->inst, l->mode, x->place, y->place);
        after = following(x, y, road);
    }
    if (may_follow(y, x, worst)) {
        const bool is_known = road >= 0 && l->both_ways;
        before = following(
            y, x,
            is_known ? road : rn_drive(l->inst, l->mode, y->place, x->place));
    }
    if (after >= 0 && (before < 0 || after <= before)) {
        offer(l->best, after, j);
    } else if (before >= 0) {
        offer(l->best, before, j);
    }
}

static void keep(const rn_instance *inst, int32_t i, best *b)
{
    int32_t *row = inst->near + (size_t)i * (size_t)inst->near_stride;
    throw_away(b);
    sort_keys(b->key, b->n);
    for (int32_t k = 0; k < b->n; k++) {
        row[k] = (int32_t)(b->key[k] & ((UINT64_C(1) << TASK_BITS) - 1));
    }
    inst->near_count[i] = b->n;
}

/* The mode that most shifts use. */
static int32_t common_mode(const rn_instance *inst)
{
    int32_t mode = 0;
    int32_t most = -1;
    for (int32_t m = 0; m < inst->n_modes; m++) {
        int32_t n = 0;
        for (int32_t s = 0; s < inst->n_shifts; s++) {
            n += inst->shift[s].mode == m;
        }
        if (n > most) {
            most = n;
            mode = m;
        }
    }
    return mode;
}

/* Tasks by cell of a square grid over the places' coordinates. */
typedef struct grid {
    double lat;
    double lon;
    double per_lat; /* cells per degree */
    double per_lon;
    int32_t columns;
    int32_t rows;
    int32_t *first; /* into tasks, per cell; NULL: every pair is looked at */
    int32_t *tasks;
} grid;

/* Kept for who asks later. A guest that is seated by then is nobody's
 * neighbour. */
struct rn_near_room {
    int32_t n_tasks;
    int32_t mode;
    bool both_ways;
    stay *stays;
    grid grid;
};

static int32_t cell_of(const rn_instance *inst, const grid *g, int32_t task)
{
    const runde_place *p =
        runde_problem_place(inst->problem, inst->stop[task].place);
    int32_t x = (int32_t)((p->lon - g->lon) * g->per_lon);
    int32_t y = (int32_t)((p->lat - g->lat) * g->per_lat);
    x = x < 0 ? 0 : x >= g->columns ? g->columns - 1 : x;
    y = y < 0 ? 0 : y >= g->rows ? g->rows - 1 : y;
    return y * g->columns + x;
}

static bool has_coordinates(const rn_instance *inst)
{
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const runde_place *p =
            runde_problem_place(inst->problem, inst->stop[t].place);
        if (!p->has_coordinates) {
            return false;
        }
    }
    return true;
}

static void size_grid(const rn_instance *inst, grid *g)
{
    double lat_max = -90.0;
    double lon_max = -180.0;
    g->lat = 90.0;
    g->lon = 180.0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const runde_place *p =
            runde_problem_place(inst->problem, inst->stop[t].place);
        g->lat = p->lat < g->lat ? p->lat : g->lat;
        g->lon = p->lon < g->lon ? p->lon : g->lon;
        lat_max = p->lat > lat_max ? p->lat : lat_max;
        lon_max = p->lon > lon_max ? p->lon : lon_max;
    }
    /* About 20 tasks in a cell if they were spread evenly. */
    const double side = sqrt((double)inst->n_tasks / 20.0) + 1.0;
    g->columns = (int32_t)side;
    g->rows = (int32_t)side;
    g->per_lat = (double)g->rows / (lat_max - g->lat + 1e-6);
    g->per_lon = (double)g->columns / (lon_max - g->lon + 1e-6);
}

static runde_status fill_grid(const rn_instance *inst, grid *g)
{
    const size_t cells = (size_t)g->columns * (size_t)g->rows;
    g->first = rn_arena_array(inst->arena, cells + 2, sizeof *g->first);
    g->tasks = rn_arena_array(inst->arena, (size_t)inst->n_tasks + 1,
                              sizeof *g->tasks);
    if (g->first == NULL || g->tasks == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        g->first[cell_of(inst, g, t) + 2]++;
    }
    for (size_t c = 0; c < cells; c++) {
        g->first[c + 2] += g->first[c + 1];
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        g->tasks[g->first[cell_of(inst, g, t) + 1]++] = t;
    }
    return RUNDE_OK;
}

/* Cells at distance r from the cell (cx, cy) of a task. */
typedef struct ring {
    int32_t task;
    int32_t cx;
    int32_t cy;
    int32_t r;
} ring;

/* The cells of row y that lie on ring r around column cx. How many tasks. */
static int32_t look_along(const looker *l, const grid *g, const ring *at,
                          int32_t y)
{
    const bool edge = y == at->cy - at->r || y == at->cy + at->r;
    const int32_t step = edge || at->r == 0 ? 1 : 2 * at->r;
    int32_t seen = 0;
    for (int32_t x = at->cx - at->r; x <= at->cx + at->r; x += step) {
        if (x < 0 || y < 0 || x >= g->columns || y >= g->rows) {
            continue;
        }
        const int32_t c = y * g->columns + x;
        for (int32_t k = g->first[c]; k < g->first[c + 1]; k++) {
            consider(l, at->task, g->tasks[k]);
            seen++;
        }
    }
    return seen;
}

/* Rings of cells around the task's own until enough tasks were seen, and one
 * ring more, because the grid is square and the neighbourhood is round. */
static void look_around(const looker *l, const grid *g, int32_t task)
{
    const int32_t home = cell_of(l->inst, g, task);
    ring at = {task, home % g->columns, home / g->columns, 0};
    int32_t seen = 0;
    int32_t extra = 1;
    for (; at.r < g->columns + g->rows && extra >= 0; at.r++) {
        for (int32_t y = at.cy - at.r; y <= at.cy + at.r; y++) {
            seen += look_along(l, g, &at, y);
        }
        extra -= seen >= AROUND;
    }
}

void rn_instance_find_near(const rn_instance *inst, int32_t task)
{
    const struct rn_near_room *const room = inst->near_room;
    best b;
    b.n = 0;
    b.worst = INT64_MAX;
    const looker l = {inst, room->stays, room->mode, room->both_ways, &b};
    if (room->grid.first != NULL) {
        look_around(&l, &room->grid, task);
    } else {
        for (int32_t j = 0; j < room->n_tasks; j++) {
            consider(&l, task, j);
        }
    }
    keep(inst, task, &b);
}

/* One job of a team. */
static void find_some(void *payload, int32_t member, int32_t job)
{
    const looker *const l = payload;
    const rn_instance *const inst = l->inst;
    const int32_t n = inst->near_room->n_tasks;
    const int32_t first = job * TASKS_PER_JOB;
    (void)member;
    for (int32_t t = first; t < first + TASKS_PER_JOB && t < n; t++) {
        if (inst->near_count[t] < 0) {
            rn_instance_find_near(inst, t);
        }
    }
}

void rn_instance_find_all_near(const rn_instance *inst, int32_t threads)
{
    looker l = {.inst = inst};
    const int32_t n = inst->near_room->n_tasks;
    rn_team_run(threads, (n + TASKS_PER_JOB - 1) / TASKS_PER_JOB, find_some,
                &l);
}

runde_status rn_instance_near(rn_instance *inst)
{
    struct rn_near_room *const room = rn_arena_alloc(inst->arena, sizeof *room);
    inst->near_stride = NEAR;
    inst->near = rn_arena_array(inst->arena, (size_t)inst->n_tasks * NEAR + 1,
                                sizeof *inst->near);
    inst->near_count = rn_arena_array(inst->arena, (size_t)inst->n_tasks + 1,
                                      sizeof *inst->near_count);
    if (room == NULL || inst->near == NULL || inst->near_count == NULL) {
        return RUNDE_E_NOMEM;
    }
    inst->near_room = room;
    room->n_tasks = inst->n_tasks;
    room->mode = common_mode(inst);
    room->both_ways = inst->n_modes > 0 && rn_is_same_back(inst, room->mode);
    room->stays = read_stays(inst);
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        /* Nobody travels: no neighbours. */
        inst->near_count[t] = inst->n_modes == 0 ? 0 : RUNDE_NONE;
    }
    if (inst->n_modes > 0 && inst->n_tasks > ALL_PAIRS &&
        has_coordinates(inst)) {
        size_grid(inst, &room->grid);
        const runde_status status = fill_grid(inst, &room->grid);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    return room->stays == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
}
