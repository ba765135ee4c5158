/* SPDX-License-Identifier: MIT */
/* The slack label: how long a node can be delayed before anything in the
 * whole plan costs more, and what every tick beyond costs at least. It looks
 * along the route and through the links, so that one comparison answers most
 * insertions. Forward slack is classical (Savelsbergh 1992); carrying it
 * across links follows Masson, Lehuede and Peton (2013). */
#include "eval/schedule.h"

/* More labels than that are found in the order of starts. */
#define MOST_UNSORTED 512

typedef struct room {
    int32_t slack;
    int32_t rate;
    int32_t via;
} room;

static void narrow_via(room *r, int64_t slack, int32_t rate, int32_t via)
{
    const int32_t s = slack > RN_TIME_MAX ? RN_TIME_MAX
                      : slack < 0         ? 0
                                          : (int32_t)slack;
    if (s < r->slack || (s == r->slack && rate > r->rate)) {
        r->slack = s;
        r->rate = rate;
        r->via = via;
    }
}

static void narrow(room *r, int64_t slack, int32_t rate)
{
    narrow_via(r, slack, rate, r->via);
}

/* Beyond its due time a task costs w_late per tick, unless a later preferred
 * window may make it cheap again. */
static void narrow_by_due(const rn_instance *inst, const rn_stop *stop,
                          int32_t start, room *r)
{
    const rn_window *w = stop->n_preferred == 1
                             ? &stop->wish
                             : inst->preferred + stop->first_preferred;
    const int32_t last = stop->n_preferred - 1;
    int32_t i = last;
    while (i > 0 && w[i].a > start) {
        i--;
    }
    /* The largest lateness may be what is priced; its rate is not known. */
    const bool counts = stop->w_late > 0 || inst->w[RUNDE_MAX_LATE] > 0;
    if (counts) {
        narrow(r, (int64_t)w[i].b - start, i == last ? stop->w_late : 0);
    }
}

static room own_room(const rn_solution *sol, int32_t n)
{
    const rn_instance *inst = sol->inst;
    const rn_stop *stop = &inst->stop[n];
    const int32_t start = sol->node[n].start;
    room r = {RN_TIME_MAX, 0, n};
    if (sol->node[n].ceiling < RN_TIME_MAX) {
        narrow(&r, (int64_t)sol->node[n].ceiling - start, RN_RATE_HARD);
    }
    if (n >= inst->n_stops) {
        const int32_t route = sol->node[n].route;
        if (n == rn_shift_end_node(inst, route)) {
            const int32_t w = (int32_t)inst->w[RUNDE_OVERTIME];
            narrow(&r, (int64_t)rn_end_limit(sol, route) - start, RN_RATE_HARD);
            if (w > 0 && inst->shift[route].max_end > inst->shift[route].end) {
                narrow(&r, (int64_t)inst->shift[route].end - start, w);
            }
        }
        return r;
    }
    const rn_window *w = inst->windows + stop->first_window;
    for (int32_t i = 0; stop->n_windows > 1 && i < stop->n_windows; i++) {
        if (start <= w[i].b) {
            narrow(&r, (int64_t)w[i].b - start,
                   i + 1 == stop->n_windows ? RN_RATE_HARD : 0);
            break;
        }
    }
    if (stop->n_windows == 1 && start <= stop->latest) {
        narrow(&r, (int64_t)stop->latest - start, RN_RATE_HARD);
    }
    if (stop->n_preferred > 0) {
        narrow_by_due(inst, stop, start, &r);
    }
    if (stop->published != RUNDE_TIME_NONE &&
        (stop->w_shifted > 0 || inst->w[RUNDE_VISITS_SHIFTED] > 0)) {
        narrow(&r, (int64_t)stop->published + stop->tolerance - start,
               stop->w_shifted);
    }
    return r;
}

/* Latest moment to be free in front of breaks lo..hi-1 and a drive, with the
 * drive before break `at` (interrupted by it when `split`), so as to be done
 * by `done`. RN_TIME_MIN when a break's window is in the way. */
static int32_t latest_with(const rn_break *list, rn_window range,
                           uint32_t missed, int32_t at, int32_t drive,
                           int32_t done)
{
    int32_t u = done;
    for (int32_t i = range.b; i >= range.a; i--) {
        if (i < range.b && !((missed >> i) & 1U)) {
            u -= list[i].duration;
            if (u < list[i].a) {
                return RN_TIME_MIN;
            }
            u = u > list[i].b ? list[i].b : u;
        }
        u -= i == at ? drive : 0;
    }
    return u;
}

static int32_t latest_interrupted(const rn_break *list, rn_window range,
                                  uint32_t missed, int32_t at, int32_t drive,
                                  int32_t done)
{
    const rn_window behind = {at + 1, range.b};
    const rn_window before = {range.a, at};
    int32_t u = latest_with(list, behind, missed, -1, 0, done);
    u -= list[at].duration;
    if (u < list[at].a) {
        return RN_TIME_MIN;
    }
    u -= drive;
    u = u > list[at].b ? list[at].b : u;
    return latest_with(list, before, missed, -1, 0, u);
}

/* With several breaks in the gap: between `free`, when the carer is free now,
 * and `done`, by halving; who is free later is never ready earlier. */
static int32_t latest_of_many(const rn_solution *sol, int32_t next,
                              int32_t drive, int32_t free, int32_t done)
{
    int32_t low = free;
    int32_t high = done > RN_FAR ? RN_FAR : done;
    while (low < high) {
        const int32_t mid = high - (high - low) / 2;
        if (rn_gap_time(sol, sol->node[next].route, next, mid, drive) <= done) {
            low = mid;
        } else {
            high = mid - 1;
        }
    }
    return low;
}

static int32_t latest_free(const rn_solution *sol, int32_t next, int32_t drive,
                           int32_t free, int32_t done)
{
    const rn_instance *inst = sol->inst;
    const rn_node *n = &sol->node[next];
    if (n->gap_lo == n->gap_hi) {
        return done - drive;
    }
    if (n->gap_hi - n->gap_lo > 1) {
        return latest_of_many(sol, next, drive, free, done);
    }
    const rn_break *list = inst->breaks + inst->shift[n->route].first_break;
    const uint32_t missed = sol->route[n->route].missed;
    const rn_window range = {n->gap_lo, n->gap_hi};
    const bool is_last = next >= inst->n_stops;
    int32_t best = latest_with(list, range, missed, range.b, drive, done);
    for (int32_t i = range.a; i < range.b; i++) {
        if ((missed >> i) & 1U) {
            continue;
        }
        int32_t u = RN_TIME_MIN;
        if (!is_last) {
            u = latest_with(list, range, missed, i, drive, done);
        }
        best = u > best ? u : best;
        if (rn_may_split(sol, n->route, i, range.b)) {
            u = latest_interrupted(list, range, missed, i, drive, done);
            best = u > best ? u : best;
        }
    }
    return best;
}

/* Would a break of the gap begin too late for who is free later than that? */
static bool is_last_moment(const rn_solution *sol, int32_t next, int32_t drive,
                           int32_t now, int32_t free)
{
    const rn_node *n = &sol->node[next];
    if (n->gap_hi - n->gap_lo != 1) {
        return free >= latest_free(sol, next, drive, now, RN_FAR);
    }
    const rn_shift *s = &sol->inst->shift[n->route];
    return ((sol->route[n->route].missed >> n->gap_lo) & 1U) == 0 &&
           free >= sol->inst->breaks[s->first_break + n->gap_lo].b;
}

/* Delay of `n` that its route follower absorbs or forgives. Where a break in
 * between would begin too late beyond it, `rate` says that there is no more. */
static int64_t room_before(const rn_solution *sol, int32_t n, int32_t next,
                           int32_t *rate)
{
    const rn_instance *inst = sol->inst;
    const rn_node *y = &sol->node[next];
    const rn_stop *a = &inst->stop[n];
    const rn_stop *b = &inst->stop[next];
    const int32_t drive = y->drive;
    const int32_t setup = a->place == b->place ? 0 : b->setup;
    const int64_t done = (int64_t)y->start + y->slack - setup;
    const int32_t now = sol->node[n].start + a->duration;
    const int32_t free =
        latest_free(sol, next, drive, now,
                    done > RN_TIME_MAX ? RN_TIME_MAX : (int32_t)done);
    *rate = y->rate;
    if (y->gap_lo != y->gap_hi && *rate != RN_RATE_HARD &&
        is_last_moment(sol, next, drive, now, free)) {
        *rate = RN_RATE_HARD;
    }
    return (int64_t)free - now;
}

static void write_room(rn_solution *sol, int32_t n, const room *r)
{
    const rn_node *is = &sol->node[n];
    if (is->slack == r->slack && is->rate == r->rate && is->via == r->via) {
        return; /* nothing to journal */
    }
    rn_node *x = rn_touch_label(sol, n);
    x->slack = r->slack;
    x->rate = r->rate;
    x->via = r->via;
}

/* ------------------------------------------------------------- changes */

/* Must `arc` of `n` hold, so that the slack of `n` limits the other end? */
static bool limits(const rn_solution *sol, int32_t n, const rn_arc *arc,
                   rn_window *gap)
{
    return rn_arc_gap(sol, n, arc, gap) && gap->b < RN_TIME_MAX;
}

/* What moved, whom it may limit, and all whose slack came through them. Says
 * how many moved: they are the first ones. */
static int32_t collect(rn_solution *sol)
{
    const rn_instance *inst = sol->inst;
    sol->mark_epoch++;
    sol->n_marked = 0;
    for (int32_t i = 0; i < sol->n_moved; i++) {
        if (sol->node[sol->moved[i]].route >= 0) {
            rn_mark(sol, sol->moved[i]);
        }
    }
    const int32_t n_moved = sol->n_marked;
    for (int32_t i = 0; i < sol->n_marked; i++) {
        const int32_t n = sol->marked[i];
        const bool moved = i < n_moved;
        const int32_t prev = sol->node[n].prev;
        if (prev != RUNDE_NONE && (moved || sol->node[prev].via == n)) {
            rn_mark(sol, prev);
        }
        if (n >= inst->n_tasks) {
            continue;
        }
        const rn_task *t = &inst->task[n];
        for (int32_t k = 0; k < t->n_arcs; k++) {
            const rn_arc *arc = &inst->arcs[t->first_arc + k];
            const rn_node *y = &sol->node[arc->other];
            rn_window gap;
            if (y->route >= 0 &&
                (y->via == n || (moved && limits(sol, n, arc, &gap)))) {
                rn_mark(sol, arc->other);
            }
        }
    }
    return n_moved;
}

/* What moved last is mostly behind what moved before, and what it limits in
 * front of it. */
static void turn_moved(rn_solution *sol, int32_t n_moved)
{
    for (int32_t i = 0, k = n_moved - 1; i < k; i++, k--) {
        const int32_t node = sol->marked[i];
        sol->marked[i] = sol->marked[k];
        sol->marked[k] = node;
    }
}

/* Latest first, so that most are right at once; those of one start as they
 * were marked. */
static void sort_marked(rn_solution *sol)
{
    rn_ranked *list = sol->ranked;
    const int32_t n = sol->n_marked;
    for (int32_t i = 0; i < n; i++) {
        const int32_t node = sol->marked[i];
        list[i] = (rn_ranked){-sol->node[node].start, node};
    }
    rn_rank(list, sol->unranked, n);
    for (int32_t i = 0; i < n; i++) {
        sol->marked[i] = list[i].node;
    }
}

/* The order labels are found in: any leads to the same labels, a good one at
 * once. Sorting pays where they are many. */
static void rank_marked(rn_solution *sol, int32_t n_moved)
{
    if (sol->n_marked > MOST_UNSORTED) {
        sort_marked(sol);
    } else {
        turn_moved(sol, n_moved);
    }
    for (int32_t i = 0; i < sol->n_marked; i++) {
        sol->rank[sol->marked[i]] = i;
        sol->tells[i] = 0;
        sol->news[i] = 0;
    }
}

/* Is the label of `n` found later in this round than that of rank `i`? */
static bool comes_after(const rn_solution *sol, int32_t n, int32_t i)
{
    return sol->mark[n] == sol->mark_epoch && sol->rank[n] > i;
}

/* Is the label of `n` found already when that of rank `i` is? Else it has to
 * be told. */
static bool is_known(rn_solution *sol, int32_t n, int32_t i)
{
    const bool known = !comes_after(sol, n, i);
    if (!known) {
        sol->tells[sol->rank[n]] = 1;
    }
    return known;
}

static bool has_moved(const rn_solution *sol, int32_t n)
{
    return sol->moved_stamp[n] + 1 == sol->moved_epoch;
}

/* Does `n` limit those before it otherwise than it did, as far as known when
 * the label of rank `i` is found? */
static bool has_news(const rn_solution *sol, int32_t n, int32_t i)
{
    return sol->mark[n] == sol->mark_epoch &&
           (has_moved(sol, n) || (sol->rank[n] < i && sol->news[sol->rank[n]]));
}

/* Is the label of `n`, of rank `i`, right as it stands? What limits it was
 * found to be as before without it, and so was everything else behind it; what
 * is labelled later tells. */
static bool stays(const rn_solution *sol, int32_t n, int32_t i)
{
    const rn_instance *inst = sol->inst;
    const rn_node *x = &sol->node[n];
    if (has_moved(sol, n) || comes_after(sol, x->via, i) ||
        (x->next != RUNDE_NONE && has_news(sol, x->next, i))) {
        return false;
    }
    const int32_t n_arcs = n < inst->n_tasks ? inst->task[n].n_arcs : 0;
    bool same = true;
    for (int32_t k = 0; k < n_arcs && same; k++) {
        const rn_arc *arc = &inst->arcs[inst->task[n].first_arc + k];
        same = !has_news(sol, arc->other, i);
    }
    return same;
}

/* Labels `n`, of rank `i`, by itself and by what is labelled already. Who
 * did not move and gets less may limit others than before. */
static void pull_slack(rn_solution *sol, int32_t n, int32_t i)
{
    const rn_instance *inst = sol->inst;
    const int32_t next = sol->node[n].next;
    if (stays(sol, n, i)) {
        return;
    }
    room r = own_room(sol, n);
    if (next != RUNDE_NONE && is_known(sol, next, i)) {
        int32_t rate;
        const int64_t slack = room_before(sol, n, next, &rate);
        narrow_via(&r, slack, rate, next);
    }
    const int32_t n_arcs = n < inst->n_tasks ? inst->task[n].n_arcs : 0;
    for (int32_t k = 0; k < n_arcs; k++) {
        const rn_arc *arc = &inst->arcs[inst->task[n].first_arc + k];
        const rn_node *y = &sol->node[arc->other];
        rn_window gap;
        if (rn_arc_gap(sol, n, arc, &gap) && gap.a > RN_TIME_MIN &&
            is_known(sol, arc->other, i)) {
            narrow_via(
                &r, (int64_t)y->start - gap.a - sol->node[n].start + y->slack,
                y->rate, arc->other);
        }
    }
    if (!has_moved(sol, n) &&
        (r.slack < sol->node[n].slack || r.rate > sol->node[n].rate)) {
        sol->tells[i] = 1;
    }
    sol->news[i] = r.slack != sol->node[n].slack || r.rate != sol->node[n].rate;
    write_room(sol, n, &r);
}

/* Tells `n` that `via` limits it so; who gets less waits to tell others. */
static void offer(rn_solution *sol, int32_t n, int32_t via, int64_t slack,
                  int32_t rate, int32_t *waiting)
{
    const rn_node *x = &sol->node[n];
    room r = {x->slack, x->rate, x->via};
    narrow_via(&r, slack, rate, via);
    if (r.slack == x->slack && r.rate == x->rate) {
        return;
    }
    write_room(sol, n, &r);
    if (!sol->queued[n]) {
        sol->queued[n] = 1;
        sol->queue[(*waiting)++] = n;
    }
}

/* Tells whoever `n` limits, but for those that were labelled after it. */
static void tell(rn_solution *sol, int32_t n, int32_t rank, int32_t *waiting)
{
    const rn_instance *inst = sol->inst;
    const int32_t prev = sol->node[n].prev;
    if (prev != RUNDE_NONE && !comes_after(sol, prev, rank)) {
        int32_t rate;
        const int64_t slack = room_before(sol, prev, n, &rate);
        offer(sol, prev, n, slack, rate, waiting);
    }
    const int32_t n_arcs = n < inst->n_tasks ? inst->task[n].n_arcs : 0;
    for (int32_t i = 0; i < n_arcs; i++) {
        const rn_arc *arc = &inst->arcs[inst->task[n].first_arc + i];
        const rn_node *y = &sol->node[arc->other];
        rn_window gap;
        if (limits(sol, n, arc, &gap) && !comes_after(sol, arc->other, rank)) {
            const int64_t slack = (int64_t)sol->node[n].start + gap.b -
                                  y->start + sol->node[n].slack;
            offer(sol, arc->other, n, slack, sol->node[n].rate, waiting);
        }
    }
}

void rn_settle_moved(rn_solution *sol)
{
    int32_t waiting = 0;
    const int32_t n_moved = collect(sol);
    sol->n_moved = 0;
    sol->moved_epoch++;
    rank_marked(sol, n_moved);
    for (int32_t i = 0; i < sol->n_marked; i++) {
        pull_slack(sol, sol->marked[i], i);
    }
    for (int32_t i = 0; i < sol->n_marked; i++) {
        if (sol->tells[i]) {
            tell(sol, sol->marked[i], i, &waiting);
        }
    }
    while (waiting > 0) {
        const int32_t n = sol->queue[--waiting];
        sol->queued[n] = 0;
        tell(sol, n, INT32_MAX, &waiting);
    }
}
