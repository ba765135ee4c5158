/* SPDX-License-Identifier: MIT */
/* As in "PHAST" (Delling, Goldberg, Nowatzyk, Werneck 2011), with both halves
 * as passes over the rows and several sources at once: a row's spans from
 * WIDTH sources fill one cache line, and each climb is read once for all of
 * them. */
#include "network/sweep.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* Sources at once. */
#define WIDTH 8

/* From all sources of a batch to one row. */
typedef struct lanes {
    rn_span from[WIDTH];
} lanes;

/* One thread's own. */
typedef struct worker {
    const rn_sweep *sweep;
    atomic_int *next; /* batch that nobody has begun */
    lanes *rows;      /* by row of the hierarchy */
    bool *reached;    /* by row: has a span that is a way */
    rn_span *answer;  /* WIDTH rows of n_spots */
    pthread_t thread;
} worker;

static void pass_on(lanes *to, const lanes *from, rn_span span)
{
    for (int k = 0; k < WIDTH; k++) {
        const rn_span by = from->from[k] + span;
        to->from[k] = by < to->from[k] ? by : to->from[k];
    }
}

static void begin(const worker *w, int32_t first, int32_t n)
{
    const rn_hierarchy *const h = w->sweep->hierarchy;
    for (int32_t r = 0; r < h->n; r++) {
        for (int k = 0; k < WIDTH; k++) {
            w->rows[r].from[k] = RN_SPAN_NONE;
        }
    }
    memset(w->reached, 0, (size_t)h->n * sizeof *w->reached);
    for (int32_t k = 0; k < n; k++) {
        const rn_spot *const spot = &w->sweep->spots[first + k];
        for (int side = 0; side < 2 && spot->node[0] != RUNDE_NONE; side++) {
            const int32_t row = h->row[spot->node[side]];
            rn_span *const span = &w->rows[row].from[k];
            *span = rn_span_least(*span, spot->leave[side]);
            w->reached[row] = true;
        }
    }
}

static void climb(const worker *w)
{
    const rn_hierarchy *const h = w->sweep->hierarchy;
    for (int32_t r = 0; r < h->n; r++) {
        if (!w->reached[r]) {
            continue;
        }
        for (int32_t c = h->up.first[r]; c < h->up.first[r + 1]; c++) {
            const rn_climb *const up = &h->up.climb[c];
            pass_on(&w->rows[up->top], &w->rows[r], up->span);
            w->reached[up->top] = true;
        }
    }
}

static void descend(const worker *w)
{
    const rn_hierarchy *const h = w->sweep->hierarchy;
    for (int32_t r = h->n - 1; r >= 0; r--) {
        for (int32_t c = h->down.first[r]; c < h->down.first[r + 1]; c++) {
            const rn_climb *const down = &h->down.climb[c];
            pass_on(&w->rows[r], &w->rows[down->top], down->span);
        }
    }
}

static void answer_from(const worker *w, int32_t from, int32_t k)
{
    const rn_hierarchy *const h = w->sweep->hierarchy;
    const rn_spot *const source = &w->sweep->spots[from];
    rn_span *const answer = w->answer + (size_t)k * (size_t)w->sweep->n_spots;
    for (int32_t t = 0; t < w->sweep->n_spots; t++) {
        const rn_spot *const spot = &w->sweep->spots[t];
        rn_span best = RN_SPAN_NONE;
        if (spot->node[0] != RUNDE_NONE && source->node[0] != RUNDE_NONE) {
            const rn_span *const a = w->rows[h->row[spot->node[0]]].from;
            const rn_span *const b = w->rows[h->row[spot->node[1]]].from;
            best = rn_span_least(a[k] + spot->enter[0], b[k] + spot->enter[1]);
            best = rn_span_least(best, rn_approach_stay(source, spot));
        }
        best += source->offset + spot->offset;
        answer[t] = t == from ? 0 : rn_span_least(best, RN_SPAN_NONE);
    }
}

static int32_t count_batches(const rn_sweep *sweep)
{
    return (sweep->n_spots + WIDTH - 1) / WIDTH;
}

static void *work(void *payload)
{
    const worker *const w = payload;
    const rn_sweep *const sweep = w->sweep;
    const int32_t n_batches = count_batches(sweep);
    for (;;) {
        const int32_t batch = atomic_fetch_add(w->next, 1);
        if (batch >= n_batches) {
            return NULL;
        }
        const int32_t first = batch * WIDTH;
        const int32_t rest = sweep->n_spots - first;
        const int32_t n = rest < WIDTH ? rest : WIDTH;
        begin(w, first, n);
        climb(w);
        descend(w);
        for (int32_t k = 0; k < n; k++) {
            answer_from(w, first + k, k);
            sweep->row(sweep->payload, first + k,
                       w->answer + (size_t)k * (size_t)sweep->n_spots);
        }
    }
}

static bool equip(worker *w, const rn_sweep *sweep, atomic_int *next)
{
    const size_t n_rows = (size_t)sweep->hierarchy->n;
    w->sweep = sweep;
    w->next = next;
    w->rows = rn_calloc(n_rows, sizeof *w->rows);
    w->reached = rn_calloc(n_rows, sizeof *w->reached);
    w->answer = rn_calloc((size_t)sweep->n_spots, WIDTH * sizeof *w->answer);
    return w->rows != NULL && w->reached != NULL && w->answer != NULL;
}

static void dismiss(worker *w)
{
    rn_free(w->rows);
    rn_free(w->reached);
    rn_free(w->answer);
}

runde_status rn_sweep_all(const rn_sweep *sweep)
{
    const int32_t n_batches = count_batches(sweep);
    const int32_t most = n_batches > 0 ? n_batches : 1;
    const int32_t n_workers = sweep->n_threads < most ? sweep->n_threads : most;
    atomic_int next = 0;
    worker *const workers = rn_calloc((size_t)n_workers, sizeof *workers);
    if (workers == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = RUNDE_OK;
    int32_t n = 0;
    for (; n < n_workers && status == RUNDE_OK; n++) {
        status = equip(&workers[n], sweep, &next) ? RUNDE_OK : RUNDE_E_NOMEM;
    }
    int32_t started = 1; /* the caller's own is the first */
    if (status == RUNDE_OK) {
        while (started < n && pthread_create(&workers[started].thread, NULL,
                                             work, &workers[started]) == 0) {
            started++;
        }
        (void)work(&workers[0]);
    }
    for (int32_t t = 1; t < started; t++) {
        (void)pthread_join(workers[t].thread, NULL);
    }
    for (int32_t t = 0; t < n; t++) {
        dismiss(&workers[t]);
    }
    rn_free(workers);
    return status;
}
