/* SPDX-License-Identifier: MIT */
/* Hard and preferred windows in terms of the start of service. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

/* Ascending, disjoint stretches of allowed starts. */
typedef struct starts {
    rn_window *list;
    int32_t n;
    int32_t capacity;
    bool failed;
} starts;

static void push(starts *set, int32_t a, int32_t b)
{
    if (a > b || set->failed) {
        return;
    }
    if (set->n == set->capacity) {
        const int32_t capacity = set->capacity * 2 + 8;
        rn_window *list =
            rn_realloc_array(set->list, (size_t)capacity, sizeof *list);
        if (list == NULL) {
            set->failed = true;
            return;
        }
        set->list = list;
        set->capacity = capacity;
    }
    set->list[set->n].a = a;
    set->list[set->n].b = b;
    set->n++;
}

/* Keeps of `set` what lies in a..b. */
static void clip(starts *set, int32_t a, int32_t b)
{
    int32_t n = 0;
    for (int32_t i = 0; i < set->n; i++) {
        rn_window w = set->list[i];
        w.a = w.a < a ? a : w.a;
        w.b = w.b > b ? b : w.b;
        if (w.a <= w.b) {
            set->list[n++] = w;
        }
    }
    set->n = n;
}

static void sort_and_merge(starts *set)
{
    for (int32_t i = 1; i < set->n; i++) {
        const rn_window w = set->list[i];
        int32_t at = i;
        while (at > 0 && set->list[at - 1].a > w.a) {
            set->list[at] = set->list[at - 1];
            at--;
        }
        set->list[at] = w;
    }
    int32_t n = 0;
    for (int32_t i = 0; i < set->n; i++) {
        if (n > 0 && set->list[i].a <= set->list[n - 1].b + 1) {
            if (set->list[i].b > set->list[n - 1].b) {
                set->list[n - 1].b = set->list[i].b;
            }
        } else {
            set->list[n++] = set->list[i];
        }
    }
    set->n = n;
}

/* Takes a..b out of `set`. */
static void cut(starts *set, int32_t a, int32_t b)
{
    const int32_t n = set->n;
    for (int32_t i = 0; i < n; i++) {
        const rn_window w = set->list[i];
        if (w.b < a || w.a > b) {
            continue;
        }
        /* The tail goes to the back and is sorted in later. */
        push(set, b + 1, w.b);
        set->list[i].b = a - 1;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < set->n; i++) {
        if (set->list[i].a <= set->list[i].b) {
            set->list[kept++] = set->list[i];
        }
    }
    set->n = kept;
    sort_and_merge(set);
}

static int32_t bound(int32_t value, int32_t none)
{
    return value == RUNDE_TIME_NONE ? none : value;
}

static void allowed_starts(starts *set, const runde_visit *visit)
{
    set->n = 0;
    if (visit->n_windows == 0) {
        push(set, RN_TIME_MIN, RN_TIME_MAX);
    }
    for (int32_t i = 0; i < visit->n_windows; i++) {
        const runde_window *w = &visit->windows[i];
        const int32_t a = bound(w->min_start, RN_TIME_MIN);
        int32_t b = bound(w->max_start, RN_TIME_MAX);
        const int32_t end = bound(w->max_end, RN_TIME_MAX);
        if (end != RN_TIME_MAX && end - visit->duration < b) {
            b = end - visit->duration;
        }
        push(set, a, b);
    }
    sort_and_merge(set);
    if (visit->pinned_start != RUNDE_TIME_NONE) {
        clip(set, visit->pinned_start, visit->pinned_start);
    }
}

/* A hard "late" leaves the starts before the first due time and those inside
 * the later preferred windows, and so many ticks behind each. */
static void fold_hard_late(starts *set, const rn_instance *inst,
                           const rn_stop *stop, int32_t most)
{
    const rn_window *preferred = inst->preferred + stop->first_preferred;
    for (int32_t i = 0; i + 1 < stop->n_preferred; i++) {
        const int32_t from = preferred[i].b + most + 1;
        if (from < preferred[i + 1].a) {
            cut(set, from, preferred[i + 1].a - 1);
        }
    }
    if (stop->n_preferred > 0) {
        clip(set, RN_TIME_MIN, preferred[stop->n_preferred - 1].b + most);
    }
}

static void fold_hard_wishes(starts *set, const rn_instance *inst, int32_t task)
{
    const rn_stop *stop = &inst->stop[task];
    const int32_t client = inst->task[task].client;
    const int64_t late = rn_client_limit(inst, client, RUNDE_LATE);
    const int64_t max_late = rn_limit_of(inst, RUNDE_MAX_LATE);
    const int64_t early = rn_client_limit(inst, client, RUNDE_EARLY);
    const int64_t shifted = rn_client_limit(inst, client, RUNDE_SHIFTED_START);
    if (late != RN_NO_LIMIT || max_late != RN_NO_LIMIT) {
        fold_hard_late(set, inst, stop,
                       rn_limit_ticks(late < max_late ? late : max_late));
    }
    if (stop->n_preferred > 0 && early != RN_NO_LIMIT) {
        clip(set,
             inst->preferred[stop->first_preferred].a - rn_limit_ticks(early),
             RN_TIME_MAX);
    }
    if (stop->published != RUNDE_TIME_NONE && shifted != RN_NO_LIMIT) {
        const int32_t most = stop->tolerance + rn_limit_ticks(shifted);
        clip(set, stop->published - most, stop->published + most);
    }
}

static void fold_frozen(starts *set, const rn_instance *inst, int32_t task)
{
    if (inst->task[task].is_frozen) {
        const int32_t start = inst->stop[task].published;
        clip(set, start, start);
    } else if (inst->freezes) {
        clip(set, inst->freeze_before, RN_TIME_MAX);
    }
}

static void fold_absences(starts *set, const rn_instance *inst, int32_t task)
{
    const runde_client *client =
        runde_problem_client(inst->problem, inst->task[task].client);
    for (int32_t i = 0; i < client->n_absences; i++) {
        cut(set, client->absences[i].start - inst->stop[task].duration + 1,
            client->absences[i].end);
    }
}

/* Windows and preferred windows are appended to growing arrays that move to
 * the arena at the end. */
static void keep(starts *all, const starts *set, int32_t *first, int32_t *n)
{
    *first = all->n;
    *n = set->n;
    for (int32_t i = 0; i < set->n; i++) {
        push(all, set->list[i].a, set->list[i].b);
    }
}

static void finish_stop(rn_instance *inst, rn_stop *stop, const starts *set)
{
    if (set->n == 0) {
        stop->earliest = 1;
        stop->latest = 0;
    } else {
        stop->earliest = set->list[0].a;
        stop->latest = set->list[set->n - 1].b;
    }
    stop->release = stop->earliest;
    if (stop->published != RUNDE_TIME_NONE &&
        (stop->w_shifted > 0 || inst->w[RUNDE_VISITS_SHIFTED] > 0)) {
        const int32_t known = stop->published - stop->tolerance;
        if (known > stop->release && known <= stop->latest) {
            stop->release = known;
        }
    }
    if (stop->n_preferred == 0) {
        return;
    }
    const rn_window *preferred = inst->preferred + stop->first_preferred;
    stop->wish = preferred[0];
    if (stop->w_early > 0 && preferred[0].a > stop->earliest) {
        inst->is_regular = false;
        inst->only_late = false;
        if (preferred[0].a <= stop->latest && preferred[0].a > stop->release) {
            stop->release = preferred[0].a;
        }
    }
    if (stop->w_late > 0 && stop->latest >= RN_TIME_MAX) {
        inst->any_lateness = true;
    }
    if (stop->n_preferred > 1 && stop->w_late > 0) {
        inst->is_regular = false;
    }
}

/* A preferred window in terms of the start. */
static rn_window wished_window(const rn_instance *inst,
                               const runde_visit *visit, int32_t i)
{
    /* The due time in terms of the start may lie before the window's own
     * start when the service is longer than the window. Only the first
     * window's start is one for earliness; the others tell which window a
     * start belongs to. */
    const bool at_end = inst->early_at_end && i == 0;
    const rn_window w = {
        visit->preferred[i].start - (at_end ? visit->duration : 0),
        visit->preferred[i].end - (inst->late_at_end ? visit->duration : 0)};
    return w;
}

static void fill_preferred(rn_instance *inst, starts *all, int32_t task)
{
    rn_stop *stop = &inst->stop[task];
    const runde_visit *visit = rn_visit_of(inst, task);
    stop->first_preferred = all->n;
    for (int32_t i = 0; i < visit->n_preferred; i++) {
        push(all, RN_TIME_MIN, RN_TIME_MAX);
        if (!all->failed) {
            all->list[all->n - 1] = wished_window(inst, visit, i);
        }
    }
    stop->n_preferred = visit->n_preferred;
}

static runde_status move_to_arena(rn_instance *inst, rn_window **out,
                                  const starts *all, int32_t extra)
{
    *out =
        rn_arena_array(inst->arena, (size_t)(all->n + extra) + 1, sizeof **out);
    if (*out == NULL || all->failed) {
        return RUNDE_E_NOMEM;
    }
    if (all->n > 0) {
        memcpy(*out + extra, all->list, (size_t)all->n * sizeof **out);
    }
    return RUNDE_OK;
}

/* All starts that hard rules allow. */
static void fold_all(starts *set, const rn_instance *inst, int32_t task)
{
    allowed_starts(set, rn_visit_of(inst, task));
    fold_absences(set, inst, task);
    fold_frozen(set, inst, task);
    fold_hard_wishes(set, inst, task);
}

runde_status rn_guest_windows(rn_instance *inst, int32_t task, int32_t room)
{
    starts set = {NULL, 0, 0, false};
    rn_stop *stop = &inst->stop[task];
    const runde_visit *visit = inst->guest;
    if (visit->n_preferred > room) {
        return RUNDE_E_LIMIT;
    }
    stop->n_preferred = visit->n_preferred;
    for (int32_t i = 0; i < visit->n_preferred; i++) {
        inst->preferred[stop->first_preferred + i] =
            wished_window(inst, visit, i);
    }
    fold_all(&set, inst, task);
    runde_status status = set.failed ? RUNDE_E_NOMEM : RUNDE_OK;
    if (status == RUNDE_OK && set.n > room) {
        status = RUNDE_E_LIMIT;
    }
    if (status == RUNDE_OK) {
        stop->n_windows = set.n;
        if (set.n > 0) {
            memcpy(inst->windows + stop->first_window, set.list,
                   (size_t)set.n * sizeof *set.list);
        }
        finish_stop(inst, stop, &set);
    }
    rn_free(set.list);
    return status;
}

runde_status rn_instance_windows(rn_instance *inst)
{
    starts all = {NULL, 0, 0, false};
    starts set = {NULL, 0, 0, false};
    starts wished = {NULL, 0, 0, false};
    /* Activities have one window each, in front; fill_shifts writes them. */
    const int32_t extra = inst->n_stops - inst->n_tasks;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        fill_preferred(inst, &wished, t);
    }
    runde_status status = move_to_arena(inst, &inst->preferred, &wished, 0);
    for (int32_t t = 0; t < inst->n_tasks && status == RUNDE_OK; t++) {
        rn_stop *stop = &inst->stop[t];
        fold_all(&set, inst, t);
        keep(&all, &set, &stop->first_window, &stop->n_windows);
        stop->first_window += extra;
        finish_stop(inst, stop, &set);
        status = set.failed || all.failed ? RUNDE_E_NOMEM : RUNDE_OK;
    }
    if (status == RUNDE_OK) {
        status = move_to_arena(inst, &inst->windows, &all, extra);
    }
    rn_free(all.list);
    rn_free(set.list);
    rn_free(wished.list);
    return status;
}
