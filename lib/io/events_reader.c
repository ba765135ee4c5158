/* SPDX-License-Identifier: MIT */
/* Event files: what happens in the course of a day. Ids are those of the
 * problem, visits are written as in a visit file. */
#include "io/problem_reader.h"

#include "base/alloc.h"
#include "io/text.h"

#include <runde/json.h>
#include <runde/replan.h>

#include <string.h>

struct runde_events {
    rn_arena arena; /* all that the events point at, but for ... */
    rn_tree *tree;  /* ... the ids */
    runde_event *list;
    int32_t n;
    int32_t now;
};

/* An event file being read. The problem reader lends its eye for ids. */
typedef struct events_reader {
    rn_problem_reader p;
    const runde_problem *problem;
    runde_events *events;
    runde_visit *visits; /* by visit: as the events so far leave it, and those
                            that they add */
    bool *is_cancelled;
    runde_shift *shifts;        /* those that the events so far add */
    bool *is_off;               /* of these: nobody is at work in it any more */
    int32_t n_old[RN_ID_KINDS]; /* people, places, shifts, visits it has */
    int32_t n_new[RN_ID_KINDS]; /* and of events before */
} events_reader;

/* ---------------------------------------------------------------- events */

/* A clock time is on the first day of the horizon, in an event as in the
 * records that it adds. */
static void read_known_times(rn_reader *r, const runde_problem *problem)
{
    r->first_day = rn_read_known_times(r, problem);
    r->has_first_day = true;
}

static void read_time(events_reader *e, const rn_node *node, int32_t *ticks)
{
    rn_read_time(&e->p.in, node, RN_DATE_NEVER, ticks);
}

static runde_event *add_event(events_reader *e, runde_event_kind kind)
{
    const runde_event fresh = RUNDE_EVENT_INIT;
    runde_event *const event = &e->events->list[e->events->n++];
    *event = fresh;
    event->kind = kind;
    return event;
}

/* NULL without memory, which is noted. */
static runde_edit *add_edit(events_reader *e, runde_edit_kind kind)
{
    const runde_edit fresh = RUNDE_EDIT_INIT;
    runde_edit *const edit = rn_reader_alloc(&e->p.in, 1, sizeof *edit);
    if (edit != NULL) {
        *edit = fresh;
        edit->kind = kind;
        add_event(e, RUNDE_EVENT_EDIT)->edit = edit;
    }
    return edit;
}

/* ---------------------------------------------- shifts that events add */

/* When an event without a time of its own happens; RUNDE_TIME_NONE is the
 * beginning. */
static int32_t moment_of(const events_reader *e, int32_t stated)
{
    return stated != RUNDE_TIME_NONE ? stated : e->events->now;
}

static int32_t last_end(const runde_shift *shift)
{
    return shift->max_end == RUNDE_TIME_NONE ? shift->end : shift->max_end;
}

static bool is_ahead(const runde_shift *shift, int32_t carer, int32_t time)
{
    return shift->carer == carer &&
           (time == RUNDE_TIME_NONE || last_end(shift) > time);
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t sooner(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Breaks and activities keep what the shift has of their windows. */
static void fit_breaks(events_reader *e, runde_shift *shift)
{
    runde_break *const list =
        rn_reader_alloc(&e->p.in, shift->n_breaks, sizeof *list);
    int32_t n = 0;
    for (int32_t i = 0; list != NULL && i < shift->n_breaks; i++) {
        runde_break one = shift->breaks[i];
        one.min_start = later(one.min_start, shift->start);
        one.max_start = sooner(one.max_start, last_end(shift) - one.duration);
        if (one.min_start <= one.max_start) {
            list[n++] = one;
        }
    }
    shift->breaks = list;
    shift->n_breaks = n;
}

static void fit_activities(events_reader *e, runde_shift *shift)
{
    runde_activity *const list =
        rn_reader_alloc(&e->p.in, shift->n_activities, sizeof *list);
    int32_t n = 0;
    for (int32_t i = 0; list != NULL && i < shift->n_activities; i++) {
        runde_activity one = shift->activities[i];
        one.min_start = later(one.min_start, shift->start);
        one.max_start = sooner(one.max_start, last_end(shift) - one.duration);
        if (one.min_start <= one.max_start) {
            list[n++] = one;
        }
    }
    shift->activities = list;
    shift->n_activities = n;
}

/* The shift with this number lasts as its record says now; one that has no
 * time left is called off. */
static void replace_shift(events_reader *e, int32_t number)
{
    runde_shift *const now = &e->shifts[number - e->n_old[RN_ID_SHIFT]];
    if (now->start >= now->end) {
        runde_edit *const edit = add_edit(e, RUNDE_EDIT_CANCEL_SHIFT);
        if (edit != NULL) {
            edit->index = number;
        }
        e->is_off[number - e->n_old[RN_ID_SHIFT]] = true;
        return;
    }
    fit_breaks(e, now);
    fit_activities(e, now);
    runde_shift *const shift = rn_reader_alloc(&e->p.in, 1, sizeof *shift);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_REPLACE_SHIFT);
    if (shift != NULL && edit != NULL) {
        *shift = *now;
        edit->index = number;
        edit->shift = shift;
    }
}

/* Somebody who is ill does not come to what was added for her either. */
static void call_off(events_reader *e, int32_t carer, int32_t time)
{
    for (int32_t i = 0; i < e->n_new[RN_ID_SHIFT]; i++) {
        if (!e->is_off[i] && is_ahead(&e->shifts[i], carer, time)) {
            e->shifts[i].end = e->shifts[i].start;
            replace_shift(e, e->n_old[RN_ID_SHIFT] + i);
        }
    }
}

/* The added shift that is under way at `time` or the next one, if none of the
 * visit file comes first. */
static int32_t added_shift_at(const events_reader *e, int32_t carer,
                              int32_t time)
{
    int32_t best = RUNDE_NONE;
    for (int32_t i = 0; i < e->n_new[RN_ID_SHIFT]; i++) {
        const runde_shift *const shift = &e->shifts[i];
        if (!e->is_off[i] && is_ahead(shift, carer, time) &&
            (best == RUNDE_NONE || shift->start < e->shifts[best].start)) {
            best = i;
        }
    }
    for (int32_t s = 0; best != RUNDE_NONE && s < e->n_old[RN_ID_SHIFT]; s++) {
        const runde_shift *const shift = runde_problem_shift(e->problem, s);
        if (is_ahead(shift, carer, time) &&
            shift->start <= e->shifts[best].start) {
            best = RUNDE_NONE;
        }
    }
    return best;
}

/* ------------------------------------------------------ people and shifts */

static void read_ill(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "carer", "from"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[3];
    int32_t carer = RUNDE_NONE;
    int32_t from = RUNDE_TIME_NONE;
    (void)rn_read_members(&e->p.in, node, &keys, found);
    rn_read_ref(&e->p, found[1], RN_ID_CARER, &carer);
    read_time(e, found[2], &from);
    if (carer < e->n_old[RN_ID_CARER]) {
        runde_event *const event = add_event(e, RUNDE_EVENT_CARER_ILL);
        event->carer = carer;
        event->start = from;
    }
    if (carer != RUNDE_NONE) {
        call_off(e, carer, moment_of(e, from));
    }
}

static void read_late(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "carer", "by", "at"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[4];
    int32_t carer = RUNDE_NONE;
    int32_t by = 0;
    int32_t at = RUNDE_TIME_NONE;
    (void)rn_read_members(&e->p.in, node, &keys, found);
    rn_read_ref(&e->p, found[1], RN_ID_CARER, &carer);
    rn_read_duration(&e->p.in, found[2], &by);
    read_time(e, found[3], &at);
    const int32_t added = carer == RUNDE_NONE
                              ? RUNDE_NONE
                              : added_shift_at(e, carer, moment_of(e, at));
    if (added != RUNDE_NONE) {
        const int64_t start = (int64_t)e->shifts[added].start + by;
        e->shifts[added].start = start < e->shifts[added].end
                                     ? (int32_t)start
                                     : e->shifts[added].end;
        replace_shift(e, e->n_old[RN_ID_SHIFT] + added);
    } else if (carer < e->n_old[RN_ID_CARER]) {
        runde_event *const event = add_event(e, RUNDE_EVENT_CARER_LATE);
        event->carer = carer;
        event->amount = by;
        event->start = at;
    }
}

/* Of a shift that an event before this one adds. */
static void shorten_added(events_reader *e, const rn_node *node, int32_t number,
                          const int32_t to[2])
{
    const int32_t added = number - e->n_old[RN_ID_SHIFT];
    runde_shift *const shift = &e->shifts[added];
    if (e->is_off[added]) {
        rn_fault_at(&e->p.in, node, "RUNDE-E642",
                    "the shift that an event adds is called off by then");
        return;
    }
    shift->start = to[0] != RUNDE_TIME_NONE ? to[0] : shift->start;
    if (to[1] != RUNDE_TIME_NONE) {
        shift->end = to[1];
        shift->max_end = to[1];
    }
    replace_shift(e, number);
}

static void read_shift(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "shift", "start", "end"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[4];
    int32_t shift = RUNDE_NONE;
    int32_t to[2] = {RUNDE_TIME_NONE, RUNDE_TIME_NONE};
    (void)rn_read_members(&e->p.in, node, &keys, found);
    rn_read_ref(&e->p, found[1], RN_ID_SHIFT, &shift);
    read_time(e, found[2], &to[0]);
    read_time(e, found[3], &to[1]);
    if (shift >= e->n_old[RN_ID_SHIFT]) {
        shorten_added(e, found[1], shift, to);
        return;
    }
    runde_event *const event = add_event(e, RUNDE_EVENT_SHIFT_CUT);
    event->shift = shift;
    event->start = to[0];
    event->end = to[1];
}

/* ------------------------------------------------- people and places added */

/* Events behind this one may refer to it. Its number; RUNDE_NONE, with a
 * finding where the id is taken. */
static int32_t add_id(events_reader *e, rn_id_kind kind, const char *what,
                      const char *id)
{
    rn_reader *const r = &e->p.in;
    const int32_t number = e->n_old[kind] + e->n_new[kind];
    int32_t earlier = RUNDE_NONE;
    if (id == NULL) {
        return RUNDE_NONE;
    }
    rn_reader_note(r, rn_idmap_put(&e->p.ids[kind], id, number, &earlier));
    if (earlier != RUNDE_NONE) {
        rn_fault(r, "RUNDE-E640", "there is a %s \"%s\" already", what, id);
        return RUNDE_NONE;
    }
    e->n_new[kind]++;
    return number;
}

/* The record that an event of addition has under its second key, and NULL
 * where it has none; `record` is for what is read, NULL without memory. */
static const rn_node *enter_record(events_reader *e, const rn_node *node,
                                   const rn_keys *keys, const void *record)
{
    const rn_node *found[2];
    (void)rn_read_members(&e->p.in, node, keys, found);
    return record != NULL && rn_reader_enter(&e->p.in, found[1]) ? found[1]
                                                                 : NULL;
}

static void read_added(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "visit"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[2];
    rn_reader *const r = &e->p.in;
    rn_repeat repeat = {0, 0};
    (void)rn_read_members(r, node, &keys, found);
    runde_visit *const visit = rn_reader_alloc(r, 1, sizeof *visit);
    if (visit == NULL || !rn_reader_enter(r, found[1])) {
        return;
    }
    *visit = (runde_visit)RUNDE_VISIT_INIT;
    rn_read_visit(&e->p, found[1], visit, &repeat);
    const int32_t number = add_id(e, RN_ID_VISIT, "visit", visit->id);
    if (number != RUNDE_NONE) {
        e->visits[number] = *visit;
    }
    rn_path_pop(&r->path);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_VISIT);
    if (edit != NULL) {
        edit->visit = visit;
    }
}

static void add_place(events_reader *e, const runde_place *place)
{
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_PLACE);
    if (edit != NULL) {
        edit->place = place;
    }
}

static void read_new_place(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "place"};
    static const rn_keys keys = RN_KEYS(names, 2);
    runde_place *const place = rn_reader_alloc(&e->p.in, 1, sizeof *place);
    const rn_node *const record = enter_record(e, node, &keys, place);
    if (record != NULL) {
        rn_read_place(&e->p, record, place);
        (void)add_id(e, RN_ID_PLACE, "place", place->id);
        rn_path_pop(&e->p.in.path);
        add_place(e, place);
    }
}

static void read_new_client(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "client"};
    static const rn_keys keys = RN_KEYS(names, 2);
    rn_client_entry *const entry = rn_reader_alloc(&e->p.in, 1, sizeof *entry);
    const rn_node *const record = enter_record(e, node, &keys, entry);
    if (record == NULL) {
        return;
    }
    rn_read_client(&e->p, record, entry);
    (void)add_id(e, RN_ID_CLIENT, "client", entry->client.id);
    if (entry->has_own) {
        entry->client.place = add_id(e, RN_ID_PLACE, "place", entry->client.id);
        add_place(e, &entry->own);
    }
    rn_path_pop(&e->p.in.path);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_CLIENT);
    if (edit != NULL) {
        edit->client = &entry->client;
    }
}

static void read_new_carer(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "carer"};
    static const rn_keys keys = RN_KEYS(names, 2);
    runde_carer *const carer = rn_reader_alloc(&e->p.in, 1, sizeof *carer);
    const rn_node *const record = enter_record(e, node, &keys, carer);
    if (record == NULL) {
        return;
    }
    rn_read_carer(&e->p, record, carer);
    (void)add_id(e, RN_ID_CARER, "carer", carer->id);
    rn_path_pop(&e->p.in.path);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_CARER);
    if (edit != NULL) {
        edit->carer = carer;
    }
}

static void read_new_shift(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "shift"};
    static const rn_keys keys = RN_KEYS(names, 2);
    rn_reader *const r = &e->p.in;
    runde_shift *const shift = rn_reader_alloc(r, 1, sizeof *shift);
    const rn_node *const record = enter_record(e, node, &keys, shift);
    if (record == NULL) {
        return;
    }
    rn_read_shift(&e->p, record, shift);
    const int32_t number = add_id(e, RN_ID_SHIFT, "shift", shift->id);
    if (number != RUNDE_NONE) {
        e->shifts[number - e->n_old[RN_ID_SHIFT]] = *shift;
    }
    rn_path_pop(&r->path);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_SHIFT);
    if (edit != NULL) {
        edit->shift = shift;
    }
}

/* -------------------------------------------------------- visits changed */

/* The visit that an event names, RUNDE_NONE after a finding. */
static int32_t find_visit(events_reader *e, const rn_node *node)
{
    int32_t index = RUNDE_NONE;
    rn_read_ref(&e->p, node, RN_ID_VISIT, &index);
    if (index != RUNDE_NONE && e->is_cancelled[index]) {
        rn_fault_at(&e->p.in, node, "RUNDE-E641",
                    "an event before this one cancels the visit");
        return RUNDE_NONE;
    }
    return index;
}

/* The visit as it is now, to be replaced by one that differs. */
static runde_visit *replace_visit(events_reader *e, int32_t index)
{
    runde_visit *const visit = rn_reader_alloc(&e->p.in, 1, sizeof *visit);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_REPLACE_VISIT);
    if (visit == NULL || edit == NULL) {
        return NULL;
    }
    *visit = e->visits[index];
    edit->index = index;
    edit->visit = visit;
    return visit;
}

static void read_cancelled(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "visit"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[2];
    (void)rn_read_members(&e->p.in, node, &keys, found);
    const int32_t index = find_visit(e, found[1]);
    runde_edit *const edit =
        index == RUNDE_NONE ? NULL : add_edit(e, RUNDE_EDIT_CANCEL_VISIT);
    if (edit != NULL) {
        edit->index = index;
        e->is_cancelled[index] = true;
    }
}

static void read_longer(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "visit", "service_duration"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[3];
    (void)rn_read_members(&e->p.in, node, &keys, found);
    const int32_t index = find_visit(e, found[1]);
    runde_visit *const visit =
        index == RUNDE_NONE ? NULL : replace_visit(e, index);
    int32_t duration = 0;
    rn_read_duration(&e->p.in, found[2], &duration);
    if (visit != NULL) {
        visit->duration = duration;
        e->visits[index] = *visit;
    }
}

static bool may_start(const runde_visit *visit, const runde_interval *wish)
{
    for (int32_t i = 0; i < visit->n_windows; i++) {
        const runde_window *const w = &visit->windows[i];
        if ((w->min_start == RUNDE_TIME_NONE || w->min_start <= wish->end) &&
            (w->max_start == RUNDE_TIME_NONE || w->max_start >= wish->start)) {
            return true;
        }
    }
    return visit->n_windows == 0;
}

/* Who moves a visit and says nothing of wishes does not want it judged by
 * those of the time before. */
static void forget_wishes(events_reader *e, runde_visit *visit)
{
    runde_interval *const list =
        rn_reader_alloc(&e->p.in, visit->n_preferred, sizeof *list);
    int32_t n = 0;
    for (int32_t i = 0; list != NULL && i < visit->n_preferred; i++) {
        if (may_start(visit, &visit->preferred[i])) {
            list[n++] = visit->preferred[i];
        }
    }
    visit->preferred = list;
    visit->n_preferred = n;
}

static void read_moved(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "visit", "time_windows",
                                        "preferred_windows"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[4];
    (void)rn_read_members(&e->p.in, node, &keys, found);
    const int32_t index = find_visit(e, found[1]);
    runde_visit *const visit =
        index == RUNDE_NONE ? NULL : replace_visit(e, index);
    runde_visit none = RUNDE_VISIT_INIT;
    rn_read_visit_times(&e->p, found[2], found[3],
                        visit != NULL ? visit : &none);
    if (visit != NULL) {
        if (found[3] == NULL && e->p.in.status == RUNDE_OK) {
            forget_wishes(e, visit);
        }
        e->visits[index] = *visit;
    }
}

static void close_way(events_reader *e, const runde_leg *leg, bool turned)
{
    runde_leg *const way = rn_reader_alloc(&e->p.in, 1, sizeof *way);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_SET_LEG);
    if (way != NULL && edit != NULL) {
        *way = *leg;
        way->from = turned ? leg->to : leg->from;
        way->to = turned ? leg->from : leg->to;
        edit->leg = way;
    }
}

static void read_closed(events_reader *e, const rn_node *node)
{
    enum { KIND, FROM, TO, MODE, DURATION, DISTANCE, ONE_WAY, N };
    static const char *const names[N] = {
        "kind", "from", "to", "mode", "duration", "distance", "one_way"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[N];
    rn_reader *const r = &e->p.in;
    bool one_way = false;
    int32_t mode = RUNDE_NONE;
    runde_leg leg = {sizeof leg,        0, RUNDE_NONE, RUNDE_NONE,
                     RUNDE_UNREACHABLE, 0};
    (void)rn_read_members(r, node, &keys, found);
    rn_read_ref(&e->p, found[FROM], RN_ID_PLACE, &leg.from);
    rn_read_ref(&e->p, found[TO], RN_ID_PLACE, &leg.to);
    rn_read_ref(&e->p, found[MODE], RN_ID_MODE, &mode);
    rn_read_duration(r, found[DURATION], &leg.duration);
    rn_read_int(r, found[DISTANCE], 0, INT32_MAX, &leg.distance);
    rn_read_bool(r, found[ONE_WAY], &one_way);
    leg.distance =
        leg.duration == RUNDE_UNREACHABLE ? RUNDE_UNREACHABLE : leg.distance;
    for (leg.mode = 0; leg.mode < runde_problem_n_modes(e->problem);
         leg.mode++) {
        if (mode == RUNDE_NONE || mode == leg.mode) {
            close_way(e, &leg, false);
            if (!one_way) {
                close_way(e, &leg, true);
            }
        }
    }
}

/* ------------------------------------------------------------------ file */

typedef void (*read_event_fn)(events_reader *e, const rn_node *node);

static const struct {
    const char *word;
    read_event_fn read;
} kinds[] = {{"carer_ill", read_ill},
             {"carer_late", read_late},
             {"shift_shortened", read_shift},
             {"visit_added", read_added},
             {"visit_cancelled", read_cancelled},
             {"visit_longer", read_longer},
             {"visit_moved", read_moved},
             {"road_closed", read_closed},
             {"place_added", read_new_place},
             {"client_added", read_new_client},
             {"carer_added", read_new_carer},
             {"shift_added", read_new_shift}};

enum { KINDS = (int)(sizeof kinds / sizeof kinds[0]) };

static void read_event(events_reader *e, const rn_node *node)
{
    rn_reader *const r = &e->p.in;
    const char *words[KINDS];
    const rn_node *const kind = rn_node_member(node, "kind");
    int32_t index = RUNDE_NONE;
    for (int i = 0; i < KINDS; i++) {
        words[i] = kinds[i].word;
    }
    if (rn_node_kind(node) != RN_KIND_OBJECT) {
        rn_fault(r, "RUNDE-E602", "an object is expected here, not %s",
                 rn_kind_name(rn_node_kind(node)));
        return;
    }
    if (kind == NULL) {
        rn_fault(r, "RUNDE-E604", "the key \"kind\" is missing");
        return;
    }
    rn_read_word(r, kind, words, KINDS, &index);
    if (index != RUNDE_NONE) {
        kinds[index].read(e, node);
    }
}

/* A closed road is a leg for each mode and direction, a client may bring a
 * place, and a shift may be called off. */
static int32_t most_events(const events_reader *e, int32_t n)
{
    const int32_t each = 2 * runde_problem_n_modes(e->problem) + 3;
    return n > INT32_MAX / each ? 0 : n * each;
}

/* For so many events, each of which may add a visit or a shift. */
static bool make_room(events_reader *e, int32_t n)
{
    rn_reader *const r = &e->p.in;
    const int32_t n_visits = e->n_old[RN_ID_VISIT];
    if (n > INT32_MAX - n_visits) {
        rn_reader_note(r, RUNDE_E_LIMIT);
        return false;
    }
    e->events->list =
        rn_reader_alloc(r, most_events(e, n), sizeof *e->events->list);
    e->visits = rn_reader_alloc(r, n_visits + n, sizeof *e->visits);
    e->is_cancelled = rn_reader_alloc(r, n_visits + n, sizeof *e->is_cancelled);
    e->shifts = rn_reader_alloc(r, n, sizeof *e->shifts);
    e->is_off = rn_reader_alloc(r, n, sizeof *e->is_off);
    for (int32_t v = 0; r->status == RUNDE_OK && v < n_visits; v++) {
        e->visits[v] = *runde_problem_visit(e->problem, v);
    }
    return r->status == RUNDE_OK;
}

static void read_events(events_reader *e, const rn_node *root)
{
    static const char *const names[] = {"format", "version", "events", "now"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[4];
    rn_reader *const r = &e->p.in;
    (void)rn_read_members(r, root, &keys, found);
    read_time(e, found[3], &e->events->now);
    const int32_t n = rn_node_count(found[2]);
    if (!make_room(e, n)) {
        return;
    }
    rn_list list = rn_list_begin(r, found[2], 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        if (r->status == RUNDE_OK) {
            read_event(e, list.node);
        }
    }
}

static runde_status read_file(events_reader *e, const rn_node *root)
{
    rn_reader *const r = &e->p.in;
    runde_status status = rn_read_known_ids(&e->p, e->problem);
    rn_read_known_criteria(&e->p);
    e->n_old[RN_ID_VISIT] = runde_problem_n_visits(e->problem);
    e->n_old[RN_ID_PLACE] = runde_problem_n_places(e->problem);
    e->n_old[RN_ID_CLIENT] = runde_problem_n_clients(e->problem);
    e->n_old[RN_ID_CARER] = runde_problem_n_carers(e->problem);
    e->n_old[RN_ID_SHIFT] = runde_problem_n_shifts(e->problem);
    read_known_times(r, e->problem);
    if (status != RUNDE_OK || r->status != RUNDE_OK) {
        return RUNDE_E_NOMEM;
    }
    if (!rn_read_format(r, root, "runde-events")) {
        return RUNDE_E_FORMAT;
    }
    read_events(e, root);
    status = r->status;
    return status == RUNDE_OK && r->errors > 0 ? RUNDE_E_FORMAT : status;
}

runde_status runde_events_from_json(runde_events **out,
                                    const runde_problem *problem,
                                    const char *text, size_t length,
                                    runde_diag *diag)
{
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || text == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    events_reader e;
    memset(&e, 0, sizeof e);
    e.problem = problem;
    e.events = rn_calloc(1, sizeof *e.events);
    if (e.events == NULL) {
        return RUNDE_E_NOMEM;
    }
    e.events->now = RUNDE_TIME_NONE;
    rn_reader_init(&e.p.in, diag);
    runde_status status = rn_tree_parse(&e.p.tree, text, length, diag);
    if (status == RUNDE_OK) {
        status = read_file(&e, rn_tree_root(e.p.tree));
    }
    rn_problem_reader_give(&e.p, &e.events->arena);
    e.events->tree = e.p.tree;
    e.p.tree = NULL;
    rn_problem_reader_free(&e.p);
    if (status != RUNDE_OK) {
        runde_events_free(e.events);
        return status;
    }
    *out = e.events;
    return RUNDE_OK;
}

void runde_events_free(runde_events *events)
{
    if (events != NULL) {
        rn_tree_free(events->tree);
        rn_arena_free(&events->arena);
        rn_free(events);
    }
}

const runde_event *runde_events_list(const runde_events *events, int32_t *n)
{
    *n = events->n;
    return events->list;
}

int32_t runde_events_now(const runde_events *events)
{
    return events->now;
}
