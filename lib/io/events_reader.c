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
    runde_visit *visits; /* by visit: as the events so far leave it */
    bool *is_cancelled;
    int32_t n_old[RN_ID_KINDS]; /* people and places of the problem */
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

/* What an event happens to has to be there before the day's events. */
static void read_old_ref(events_reader *e, const rn_node *node, rn_id_kind kind,
                         int32_t *index)
{
    rn_read_ref(&e->p, node, kind, index);
    if (*index >= e->n_old[kind]) {
        rn_fault_at(&e->p.in, node, "RUNDE-E642",
                    "an event before this one adds it; say there what it is");
        *index = RUNDE_NONE;
    }
}

static void read_ill(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "carer", "from"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[3];
    runde_event *const event = add_event(e, RUNDE_EVENT_CARER_ILL);
    (void)rn_read_members(&e->p.in, node, &keys, found);
    read_old_ref(e, found[1], RN_ID_CARER, &event->carer);
    read_time(e, found[2], &event->start);
}

static void read_late(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "carer", "by", "at"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[4];
    runde_event *const event = add_event(e, RUNDE_EVENT_CARER_LATE);
    (void)rn_read_members(&e->p.in, node, &keys, found);
    read_old_ref(e, found[1], RN_ID_CARER, &event->carer);
    rn_read_duration(&e->p.in, found[2], &event->amount);
    read_time(e, found[3], &event->start);
}

static void read_shift(events_reader *e, const rn_node *node)
{
    static const char *const names[] = {"kind", "shift", "start", "end"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[4];
    runde_event *const event = add_event(e, RUNDE_EVENT_SHIFT_CUT);
    (void)rn_read_members(&e->p.in, node, &keys, found);
    read_old_ref(e, found[1], RN_ID_SHIFT, &event->shift);
    read_time(e, found[2], &event->start);
    read_time(e, found[3], &event->end);
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
    if (visit->id != NULL &&
        rn_idmap_get(&e->p.ids[RN_ID_VISIT], visit->id) != RUNDE_NONE) {
        rn_fault(r, "RUNDE-E640", "there is a visit \"%s\" already", visit->id);
    }
    rn_path_pop(&r->path);
    runde_edit *const edit = add_edit(e, RUNDE_EDIT_ADD_VISIT);
    if (edit != NULL) {
        edit->visit = visit;
    }
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
    (void)add_id(e, RN_ID_SHIFT, "shift", shift->id);
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
 * place. */
static int32_t most_events(const events_reader *e, int32_t n)
{
    const int32_t each = 2 * runde_problem_n_modes(e->problem) + 2;
    return n > INT32_MAX / each ? 0 : n * each;
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
    e->events->list =
        rn_reader_alloc(r, most_events(e, n), sizeof *e->events->list);
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
    const int32_t n = runde_problem_n_visits(e->problem);
    runde_status status = rn_read_known_ids(&e->p, e->problem);
    rn_read_known_criteria(&e->p);
    e->n_old[RN_ID_PLACE] = runde_problem_n_places(e->problem);
    e->n_old[RN_ID_CLIENT] = runde_problem_n_clients(e->problem);
    e->n_old[RN_ID_CARER] = runde_problem_n_carers(e->problem);
    e->n_old[RN_ID_SHIFT] = runde_problem_n_shifts(e->problem);
    read_known_times(r, e->problem);
    e->visits = rn_reader_alloc(r, n, sizeof *e->visits);
    e->is_cancelled = rn_reader_alloc(r, n, sizeof *e->is_cancelled);
    if (status != RUNDE_OK || r->status != RUNDE_OK) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t v = 0; v < n; v++) {
        e->visits[v] = *runde_problem_visit(e->problem, v);
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

/* ----------------------------------------------------------------- times */

/* A number stands for ticks, everything else is a string of JSON. */
static void quote_time(rn_text *out, const char *text)
{
    if (text[0] != '\0' && strspn(text, "-0123456789") == strlen(text)) {
        rn_text_puts(out, text);
    } else {
        rn_text_quote(out, text);
    }
}

bool runde_problem_read_time(const runde_problem *problem, const char *text,
                             int32_t *ticks)
{
    events_reader e;
    rn_text json;
    char *line = NULL;
    size_t length = 0;
    if (problem == NULL || text == NULL || ticks == NULL ||
        !runde_problem_is_sealed(problem)) {
        return false;
    }
    memset(&e, 0, sizeof e);
    rn_text_init(&json);
    quote_time(&json, text);
    if (rn_text_take(&json, &line, &length) != RUNDE_OK) {
        return false;
    }
    rn_reader_init(&e.p.in, NULL);
    read_known_times(&e.p.in, problem);
    int32_t value = RUNDE_TIME_NONE;
    if (rn_tree_parse(&e.p.tree, line, length, NULL) == RUNDE_OK) {
        read_time(&e, rn_tree_root(e.p.tree), &value);
    }
    const bool is_good = e.p.in.errors == 0 && value != RUNDE_TIME_NONE;
    rn_reader_free(&e.p.in);
    rn_tree_free(e.p.tree);
    rn_free(line);
    if (is_good) {
        *ticks = value;
    }
    return is_good;
}
