/* SPDX-License-Identifier: MIT */
#include "io/vroom_reader.h"

#include <runde/import.h>

#include <string.h>

/* The latest tick that the model takes. */
#define TICK_MAX ((INT32_C(1) << 30) - 1)
#define DAY_SECONDS 86400

/* ------------------------------------------------------------------ values */

const rn_node *rn_vroom_member(const rn_node *object, const char *key)
{
    const rn_node *const node = rn_node_member(object, key);
    return rn_node_kind(node) == RN_KIND_NULL ? NULL : node;
}

bool rn_vroom_members(rn_vroom *v, const rn_node *node,
                      const char *const *names, int32_t n,
                      const rn_node **found)
{
    if (rn_node_kind(node) != RN_KIND_OBJECT) {
        for (int32_t i = 0; i < n; i++) {
            found[i] = NULL;
        }
        rn_fault(&v->in, "RUNDE-E602", "an object is expected here, not %s",
                 rn_kind_name(rn_node_kind(node)));
        return false;
    }
    if (rn_node_members(node, names, n, found) > 0) {
        const rn_node *unknown = rn_node_unknown(node, NULL, names, n);
        for (; unknown != NULL;
             unknown = rn_node_unknown(node, unknown, names, n)) {
            rn_warn_at(&v->in, unknown, "RUNDE-W801",
                       "this has no counterpart and is left aside");
        }
    }
    for (int32_t i = 0; i < n; i++) {
        if (rn_node_kind(found[i]) == RN_KIND_NULL) {
            found[i] = NULL;
        }
    }
    return true;
}

void rn_vroom_whole(rn_vroom *v, const rn_node *node, int64_t min,
                    int64_t *value)
{
    if (node == NULL) {
        return;
    }
    if (rn_node_kind(node) != RN_KIND_NUMBER) {
        rn_fault_at(&v->in, node, "RUNDE-E602",
                    "a whole number is expected here, not %s",
                    rn_kind_name(rn_node_kind(node)));
    } else if (rn_node_int(node, min, INT64_MAX, value) != RN_READ_OK) {
        rn_fault_at(&v->in, node, "RUNDE-E606",
                    "a whole number from %lld is expected here",
                    (long long)min);
    }
}

int32_t rn_vroom_tick(const rn_vroom *v, int64_t seconds)
{
    /* The base is not negative, so this cannot overflow downwards. */
    const int64_t tick = seconds < v->base ? 0 : seconds - v->base;
    return tick > TICK_MAX ? TICK_MAX : (int32_t)tick;
}

/* -------------------------------------------------------------------- time */

typedef struct span {
    int64_t first;
    int64_t last;
} span;

static void widen(span *all, const rn_node *window)
{
    int64_t bound = 0;
    for (const rn_node *node = rn_node_first(window); node != NULL;
         node = rn_node_next(node)) {
        if (rn_node_int(node, 0, INT64_MAX, &bound) == RN_READ_OK) {
            all->first = bound < all->first ? bound : all->first;
            all->last = bound > all->last ? bound : all->last;
        }
    }
}

/* Small times are seconds of the day and stay what they are; others count
 * from the midnight before the first. */
static void find_base(rn_vroom *v)
{
    span all = {INT64_MAX, 0};
    for (const rn_node *job = rn_node_first(v->jobs); job != NULL;
         job = rn_node_next(job)) {
        for (const rn_node *window =
                 rn_node_first(rn_node_member(job, "time_windows"));
             window != NULL; window = rn_node_next(window)) {
            widen(&all, window);
        }
    }
    for (const rn_node *vehicle = rn_node_first(v->vehicles); vehicle != NULL;
         vehicle = rn_node_next(vehicle)) {
        widen(&all, rn_node_member(vehicle, "time_window"));
    }
    if (all.last > TICK_MAX) {
        v->base = all.first / DAY_SECONDS * DAY_SECONDS;
    }
}

/* ----------------------------------------------------------------- problem */

static void make_problem(rn_vroom *v)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    const runde_work_rules none = {RUNDE_UNLIMITED, RUNDE_UNLIMITED,
                                   RUNDE_UNLIMITED, RUNDE_UNLIMITED,
                                   RUNDE_UNLIMITED};
    runde_weights weights;
    memset(&weights, 0, sizeof weights);
    weights.size = sizeof weights;
    weights.weight[RUNDE_TRAVEL_TIME] = 1;
    find_base(v);
    settings.tick_ms = 1000;
    settings.has_origin = v->base > 0;
    settings.origin = v->base;
    settings.rules = none;
    rn_reader_note(&v->in, runde_problem_new(&v->problem, &settings, NULL));
    if (v->problem != NULL) {
        rn_reader_note(&v->in, runde_problem_set_weights(v->problem, &weights));
    }
}

/* Another kind of document would pass for a problem without any job. */
static bool is_foreign(rn_vroom *v, const rn_node *root)
{
    const rn_node *const format = rn_node_member(root, "format");
    const char *const word = rn_node_string(format);
    if (word != NULL && strncmp(word, "runde-", 6) == 0) {
        rn_fault_at(&v->in, format, "RUNDE-E801",
                    "this is a file of Runde, not one of VROOM");
        return true;
    }
    if (rn_node_member(root, "jobs") == NULL &&
        rn_node_member(root, "shipments") == NULL &&
        rn_node_member(root, "vehicles") == NULL) {
        rn_fault(&v->in, "RUNDE-E801",
                 "no jobs, shipments or vehicles: not a VROOM problem");
        return true;
    }
    return false;
}

const rn_node *rn_vroom_array(rn_vroom *v, const rn_node *node)
{
    if (node != NULL && rn_node_kind(node) != RN_KIND_ARRAY) {
        rn_fault_at(&v->in, node, "RUNDE-E602",
                    "an array is expected here, not %s",
                    rn_kind_name(rn_node_kind(node)));
        return NULL;
    }
    return node;
}

static void read_document(rn_vroom *v, const rn_node *root)
{
    enum { JOBS, VEHICLES, MATRICES, SHIPMENTS, N };
    static const char *const names[N] = {"jobs", "vehicles", "matrices",
                                         "shipments"};
    const rn_node *found[N];
    if (!rn_vroom_members(v, root, names, N, found) || is_foreign(v, root)) {
        return;
    }
    if (found[SHIPMENTS] != NULL) {
        rn_fault_at(&v->in, found[SHIPMENTS], "RUNDE-E801",
                    "shipments have no counterpart");
    }
    v->jobs = rn_vroom_array(v, found[JOBS]);
    v->vehicles = rn_vroom_array(v, found[VEHICLES]);
    make_problem(v);
    void (*const steps[])(rn_vroom *) = {
        rn_vroom_add_places, rn_vroom_add_modes,     rn_vroom_add_skills,
        rn_vroom_add_loads,  rn_vroom_read_vehicles, rn_vroom_read_jobs};
    rn_vroom_read_matrices(v, found[MATRICES]);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (v->in.status == RUNDE_OK) {
            steps[i](v);
        }
    }
}

/* ---------------------------------------------------------------- findings */

/* The model speaks of visits and shifts, the file of jobs and vehicles. */
static bool tell(void *owner, const char *pointer, rn_where *where)
{
    static const char *const sections[][2] = {{"/visits/", "/jobs"},
                                              {"/clients/", "/jobs"},
                                              {"/carers/", "/vehicles"},
                                              {"/shifts/", "/vehicles"}};
    rn_vroom *const v = owner;
    int32_t index = 0;
    const char *tail = NULL;
    *where = rn_at("%s", pointer);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (rn_pointer_split(pointer, sections[i][0], &index, &tail)) {
            *where = rn_at("%s/%d", sections[i][1], (int)index);
        }
    }
    if (rn_pointer_split(pointer, "/travel_modes/", &index, &tail) &&
        index < v->n_modes) {
        *where = v->n_rows > 0
                     ? rn_at("/matrices/%s", v->modes[index].profile)
                     : rn_at("/vehicles/%d", (int)v->modes[index].vehicle);
    }
    return !rn_reader_is_broken(&v->in, where->text);
}

runde_status runde_problem_from_vroom(runde_problem **out, const char *text,
                                      size_t length, runde_diag *diag)
{
    if (out == NULL || text == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    rn_diag_start(diag);
    rn_vroom v;
    memset(&v, 0, sizeof v);
    rn_reader_init(&v.in, diag);
    runde_status status = rn_tree_parse(&v.tree, text, length, diag);
    if (status == RUNDE_OK) {
        read_document(&v, rn_tree_root(v.tree));
        status = v.in.status != RUNDE_OK
                     ? v.in.status
                     : rn_reader_seal(&v.in, v.problem, tell, &v);
    }
    if (status == RUNDE_OK) {
        *out = v.problem;
        v.problem = NULL;
    }
    runde_problem_free(v.problem);
    rn_reader_free(&v.in);
    rn_tree_free(v.tree);
    return status;
}
