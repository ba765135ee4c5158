/* SPDX-License-Identifier: MIT */
/* For every task the tasks it would like to share a route with: close on the
 * road, and reachable one after the other without long waits. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/team.h"
#include "model/instance_parts.h"

/* Neighbours kept per task. Ruins walk this list, insertions read its
 * beginning. */
#define NEAR 96
/* Up to here every pair may become neighbours; beyond, only tasks around. */
#define ALL_PAIRS 6000
/* Tasks around that may beyond ALL_PAIRS. */
#define AROUND 600
/* Tasks whose neighbours one thread finds at a time. */
#define TASKS_PER_JOB 256

/* What a pair is looked at for, together in memory, and with a grid those of
 * a cell as well. */
typedef struct stay {
    rn_point point; /* unknown where travel does not go by distance */
    int32_t task;
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
    uint64_t key[2 * NEAR];
    int32_t n;
    int64_t worst;         /* a score that NEAR others are not above */
    const rn_bands *bands; /* NULL: travel does not go by distance */
    double reach; /* squared chord of the unit sphere; the road to whatever
                     is further away costs more than the worst */
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

/* The most metres that the road may take so many ticks for, or a little
 * more. */
static double metres_within(const rn_bands *bands, int64_t ticks)
{
    const double most = (double)ticks + 0.5 - bands->access;
    double metres = 0.0;
    for (int32_t i = 0; i < bands->n; i++) {
        const rn_band *const band = &bands->band[i];
        if (most >= band->least_ticks) {
            const double end = most / band->ticks_per_m;
            metres = fmax(metres, end < band->up_to ? end : band->up_to);
        }
    }
    return metres * (1.0 + 1e-9) + 1e-3;
}

/* A chord is never longer than the way over the sphere. */
static void set_reach(best *b)
{
    const double chord = metres_within(b->bands, b->worst) / RN_EARTH_RADIUS_M;
    b->reach = chord * chord;
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
    if (b->bands != NULL) {
        set_reach(b);
    }
}

static void offer(best *b, int64_t score, int32_t task)
{
    if (score > b->worst) {
        return;
    }
    b->key[b->n++] = (uint64_t)score << TASK_BITS | (uint64_t)task;
    if (b->n == 2 * NEAR) {
        throw_away(b);
    }
}

/* Keys that are sorted by insertion before blocks are merged. */
#define BLOCK 8

/* Sorts blocks, then merges: the keys are different. `other` has room for as
 * many. */
static void sort_keys(uint64_t *key, uint64_t *other, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const int32_t first = i - i % BLOCK;
        const uint64_t k = key[i];
        int32_t at = i;
        for (; at > first && key[at - 1] > k; at--) {
            key[at] = key[at - 1];
        }
        key[at] = k;
    }
    for (int32_t width = BLOCK; width < n; width *= 2) {
        for (int32_t lo = 0; lo < n; lo += 2 * width) {
            const int32_t mid = lo + width < n ? lo + width : n;
            const int32_t hi = mid + width < n ? mid + width : n;
            int32_t i = lo;
            int32_t j = mid;
            for (int32_t k = lo; k < hi; k++) {
                const bool left = j == hi || (i < mid && key[i] < key[j]);
                other[k] = left ? key[i] : key[j];
                i += left;
                j += !left;
            }
        }
        memcpy(key, other, (size_t)n * sizeof *key);
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

/* Where the points of a cell lie. */
typedef struct box {
    rn_point least;
    rn_point most;
} box;

static stay read_stay(const rn_instance *inst, int32_t task)
{
    const rn_stop *stop = &inst->stop[task];
    const int32_t last = due(inst, stop);
    return (stay){.task = task,
                  .visit = inst->task[task].visit,
                  .place = stop->place,
                  .release = stop->release,
                  .latest = stop->latest,
                  .due = last,
                  .soonest = (int64_t)stop->release + stop->duration,
                  .last = (int64_t)last + stop->duration};
}

/* Tasks by cell of a square grid over the places' coordinates. */
typedef struct grid {
    double lat;
    double lon;
    double per_lat; /* cells per degree */
    double per_lon;
    int32_t columns;
    int32_t rows;
    int32_t *first; /* into stays, per cell; NULL: every pair is looked at */
    box *boxes;     /* per cell; NULL: travel does not go by distance */
} grid;

/* Kept for who asks later. A guest that is seated by then is nobody's
 * neighbour. */
struct rn_near_room {
    int32_t n_tasks;
    int32_t mode;
    bool both_ways;        /* the way back takes as long */
    const rn_bands *bands; /* NULL: travel does not go by distance */
    stay *stays;           /* with a grid by cell, else by task */
    int32_t *stay_of;      /* task: its stay */
    grid grid;
};

/* Who looks at whom. */
typedef struct looker {
    const rn_instance *inst;
    const struct rn_near_room *room;
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

static double square(double x)
{
    return x * x;
}

static double chord_between(const rn_point *a, const rn_point *b)
{
    return square(a->x - b->x) + square(a->y - b->y) + square(a->z - b->z);
}

/* What rn_drive says, where travel goes by distance without reading places. */
static int64_t road_between(const looker *l, const stay *x, const stay *y)
{
    const int32_t mode = l->room->mode;
    if (l->room->bands == NULL || l->inst->durations[mode] != NULL) {
        return rn_drive(l->inst, mode, x->place, y->place);
    }
    const double metres = rn_travel_metres(&x->point, &y->point);
    int32_t duration = 0;
    int32_t distance = 0;
    if (x->place != y->place && metres > 0.0) {
        rn_travel_by_bands(l->room->bands, metres, &duration, &distance);
    }
    return duration < 0 ? RN_FAR : duration;
}

static void consider(const looker *l, const stay *x, const stay *y)
{
    best *const b = l->best;
    const bool is_after = may_follow(x, y, b->worst);
    const bool is_before = may_follow(y, x, b->worst);
    if ((!is_after && !is_before) || x->visit == y->visit ||
        (b->bands != NULL && chord_between(&x->point, &y->point) > b->reach)) {
        return;
    }
    const int64_t road =
        is_after || l->room->both_ways ? road_between(l, x, y) : 0;
    const int64_t back =
        l->room->both_ways || !is_before ? road : road_between(l, y, x);
    const int64_t after = is_after ? following(x, y, road) : -1;
    const int64_t before = is_before ? following(y, x, back) : -1;
    if (after >= 0 && (before < 0 || after <= before)) {
        offer(b, after, y->task);
    } else if (before >= 0) {
        offer(b, before, y->task);
    }
}

static void keep(const rn_instance *inst, int32_t i, best *b)
{
    int32_t *row = inst->near + (size_t)i * (size_t)inst->near_stride;
    throw_away(b);
    sort_keys(b->key, b->key + NEAR, b->n);
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

static void fit_box(box *of, const rn_point *p)
{
    of->least.x = fmin(of->least.x, p->x);
    of->least.y = fmin(of->least.y, p->y);
    of->least.z = fmin(of->least.z, p->z);
    of->most.x = fmax(of->most.x, p->x);
    of->most.y = fmax(of->most.y, p->y);
    of->most.z = fmax(of->most.z, p->z);
}

static double outside(double x, double least, double most)
{
    return x < least ? least - x : x > most ? x - most : 0.0;
}

/* No point of the box is nearer. */
static double chord_to(const box *of, const rn_point *p)
{
    return square(outside(p->x, of->least.x, of->most.x)) +
           square(outside(p->y, of->least.y, of->most.y)) +
           square(outside(p->z, of->least.z, of->most.z));
}

static runde_status make_boxes(const rn_instance *inst,
                               struct rn_near_room *room)
{
    grid *const g = &room->grid;
    const size_t cells = (size_t)g->columns * (size_t)g->rows;
    const rn_point *points = inst->travel[room->mode]->points;
    g->boxes = rn_arena_array(inst->arena, cells + 1, sizeof *g->boxes);
    if (g->boxes == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (size_t c = 0; c < cells; c++) {
        g->boxes[c].least = (rn_point){2.0, 2.0, 2.0, true};
        g->boxes[c].most = (rn_point){-2.0, -2.0, -2.0, true};
        for (int32_t k = g->first[c]; k < g->first[c + 1]; k++) {
            room->stays[k].point = points[room->stays[k].place];
            fit_box(&g->boxes[c], &room->stays[k].point);
        }
    }
    return RUNDE_OK;
}

static runde_status fill_grid(const rn_instance *inst,
                              struct rn_near_room *room)
{
    grid *const g = &room->grid;
    const size_t cells = (size_t)g->columns * (size_t)g->rows;
    g->first = rn_arena_array(inst->arena, cells + 2, sizeof *g->first);
    if (g->first == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        g->first[cell_of(inst, g, t) + 2]++;
    }
    for (size_t c = 0; c < cells; c++) {
        g->first[c + 2] += g->first[c + 1];
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        const int32_t at = g->first[cell_of(inst, g, t) + 1]++;
        room->stays[at] = read_stay(inst, t);
        room->stay_of[t] = at;
    }
    return room->bands != NULL ? make_boxes(inst, room) : RUNDE_OK;
}

/* Cells at distance r from the cell (cx, cy) of a stay. */
typedef struct ring {
    const stay *stay;
    int32_t cx;
    int32_t cy;
    int32_t r;
} ring;

/* Those of a cell, unless all are too far away. How many there are. */
static int32_t look_into(const looker *l, const stay *x, int32_t cell)
{
    const grid *g = &l->room->grid;
    const stay *y = l->room->stays + g->first[cell];
    const stay *const end = l->room->stays + g->first[cell + 1];
    const int32_t n = (int32_t)(end - y);
    if (g->boxes != NULL && n > 0 &&
        chord_to(&g->boxes[cell], &x->point) > l->best->reach) {
        return n;
    }
    for (; y < end; y++) {
        consider(l, x, y);
    }
    return n;
}

/* The cells of row y that lie on ring r around column cx. How many tasks. */
static int32_t look_along(const looker *l, const ring *at, int32_t y)
{
    const grid *g = &l->room->grid;
    const int32_t left = at->cx - at->r;
    const int32_t right = at->cx + at->r;
    const int32_t row = y * g->columns;
    int32_t seen = 0;
    if (y == at->cy - at->r || y == at->cy + at->r) {
        const int32_t last = right < g->columns ? right : g->columns - 1;
        for (int32_t x = left > 0 ? left : 0; x <= last; x++) {
            seen += look_into(l, at->stay, row + x);
        }
        return seen;
    }
    seen += left >= 0 ? look_into(l, at->stay, row + left) : 0;
    seen += right < g->columns ? look_into(l, at->stay, row + right) : 0;
    return seen;
}

static int32_t look_round(const looker *l, const ring *at)
{
    const int32_t rows = l->room->grid.rows;
    const int32_t last = at->cy + at->r < rows ? at->cy + at->r : rows - 1;
    int32_t seen = 0;
    for (int32_t y = at->cy > at->r ? at->cy - at->r : 0; y <= last; y++) {
        seen += look_along(l, at, y);
    }
    return seen;
}

/* Rings of cells around the stay's own until enough tasks were seen, and one
 * ring more, because the grid is square and the neighbourhood is round. */
static void look_around(const looker *l, const stay *x)
{
    const grid *g = &l->room->grid;
    const int32_t n = l->room->n_tasks;
    const int32_t enough = n <= ALL_PAIRS ? n : AROUND;
    const int32_t home = cell_of(l->inst, g, x->task);
    ring at = {x, home % g->columns, home / g->columns, 0};
    int32_t seen = 0;
    while (seen < enough) {
        seen += look_round(l, &at);
        at.r++;
    }
    (void)look_round(l, &at);
}

void rn_instance_find_near(const rn_instance *inst, int32_t task)
{
    const struct rn_near_room *const room = inst->near_room;
    const stay *const x = &room->stays[room->stay_of[task]];
    best b;
    b.n = 0;
    b.worst = INT64_MAX;
    b.bands = room->bands;
    b.reach = DBL_MAX;
    const looker l = {inst, room, &b};
    if (room->grid.first != NULL) {
        look_around(&l, x);
    } else {
        for (int32_t j = 0; j < room->n_tasks; j++) {
            consider(&l, x, &room->stays[j]);
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

/* Does the time of a leg follow from the distance, and never fall with it? */
static bool goes_by_distance(const rn_instance *inst, int32_t mode)
{
    const rn_travel *const travel = inst->travel[mode];
    bool does = travel != NULL && travel->bands != NULL &&
                travel->points != NULL && travel->legs == NULL;
    for (int32_t t = 0; t < inst->n_tasks && does; t++) {
        does = travel->points[inst->stop[t].place].is_known;
    }
    return does;
}

static runde_status read_tasks(rn_instance *inst, struct rn_near_room *room)
{
    const size_t n = (size_t)inst->n_tasks + 1;
    room->mode = common_mode(inst);
    const bool by_distance = goes_by_distance(inst, room->mode);
    room->both_ways = by_distance || rn_is_same_back(inst, room->mode);
    room->stays = rn_arena_array(inst->arena, n, sizeof *room->stays);
    room->stay_of = rn_arena_array(inst->arena, n, sizeof *room->stay_of);
    if (room->stays == NULL || room->stay_of == NULL) {
        return RUNDE_E_NOMEM;
    }
    if ((by_distance || inst->n_tasks > ALL_PAIRS) && has_coordinates(inst)) {
        room->bands = by_distance ? inst->travel[room->mode]->bands : NULL;
        size_grid(inst, &room->grid);
        return fill_grid(inst, room);
    }
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        room->stays[t] = read_stay(inst, t);
        room->stay_of[t] = t;
    }
    return RUNDE_OK;
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
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        /* Nobody travels: no neighbours. */
        inst->near_count[t] = inst->n_modes == 0 ? 0 : RUNDE_NONE;
    }
    return inst->n_modes > 0 ? read_tasks(inst, room) : RUNDE_OK;
}
