/* SPDX-License-Identifier: MIT */
#include "municipality/parish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_ROOM 64
#define MAX_WISHES 8
#define MAX_NEEDS 6
#define MAX_KNOWN 12
#define HISTORY_DAYS 14
#define SETUP_SECONDS 120
#define DOCUMENTATION 10
#define REPORT 15
#define BREAK 30
#define HEAVY_CAP 4

enum {
    SKILL_COMPETENCE = 0,
    SKILL_MEDICATION,
    SKILL_INSULIN,
    SKILL_WOMAN,
    SKILL_LANGUAGE
};

static const char *const skill_ids[] = {
    "competence",  "medication",  "insulin",    "woman",
    "language-ar", "language-pl", "language-so"};

/* Minutes around the wished start: wished for, and at all. -1: as the watch
 * allows. */
typedef struct slack {
    int32_t wish_before;
    int32_t wish_after;
    int32_t before;
    int32_t after;
    int32_t priority;
} slack;

static const slack slacks[PARISH_TYPES] = {
    [PARISH_MEDICINE] = {30, 30, 60, 120, 25},
    [PARISH_INSULIN] = {10, 20, 10, 20, 50},
    [PARISH_MORNING] = {30, 60, 60, 180, 20},
    [PARISH_EVENING] = {45, 45, 90, 90, 20},
    [PARISH_MEAL] = {30, 30, 60, 90, 20},
    [PARISH_WOUND] = {90, 90, -1, -1, 30},
    [PARISH_SHOWER] = {120, 120, -1, -1, 8},
    [PARISH_PRACTICAL] = {180, 180, -1, -1, 5},
    [PARISH_PSYCH] = {60, 60, 120, 120, 30},
};
static const slack critical_slack = {10, 20, 10, 20, 50};

typedef struct pen {
    parish *p;
    runde_problem *to;
    dice d;
    int32_t *place;      /* problem's place of each client */
    int32_t *zone_carer; /* first carer of each zone, and an end */
    int32_t *visit;      /* problem's visit of each card */
} pen;

static runde_status write_heads(pen *w)
{
    const int32_t n = (int32_t)(sizeof skill_ids / sizeof skill_ids[0]);
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < n && status == RUNDE_OK; i++) {
        status = runde_problem_add_skill(w->to, skill_ids[i], NULL);
    }
    runde_load heavy = RUNDE_LOAD_INIT;
    heavy.id = "heavy";
    heavy.shared = true;
    if (status == RUNDE_OK) {
        status = runde_problem_add_load(w->to, &heavy, NULL);
    }
    static const char *const modes[] = {"car", "bicycle", "walk"};
    for (int i = 0; i < 3 && status == RUNDE_OK; i++) {
        status = runde_problem_add_mode(w->to, modes[i], NULL);
    }
    return status;
}

static runde_status write_place(pen *w, const char *id, parish_spot spot,
                                int32_t *index)
{
    runde_place place = RUNDE_PLACE_INIT;
    place.id = id;
    place.has_coordinates = true;
    place.lat = (double)spot.lat / 100000.0;
    place.lon = (double)spot.lon / 100000.0;
    return runde_problem_add_place(w->to, &place, index);
}

static runde_status write_places(pen *w)
{
    const parish *p = w->p;
    char id[ID_ROOM];
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < p->size->depots && status == RUNDE_OK; i++) {
        (void)snprintf(id, sizeof id, "base-%02d", i + 1);
        status = write_place(w, id, p->depots[i], NULL);
    }
    for (int32_t i = 0; i < p->size->clients && status == RUNDE_OK; i++) {
        const parish_client *c = &p->clients[i];
        if (c->place != i) {
            w->place[i] = w->place[c->place];
            continue;
        }
        (void)snprintf(id, sizeof id, "p%05d", i + 1);
        status = write_place(w, id, c->spot, &w->place[i]);
    }
    return status;
}

/* Ids begin with the area: "a003-" is the third zone. */
static void area_id(char *id, int32_t zone, char kind, int32_t number)
{
    (void)snprintf(id, ID_ROOM, "a%03d-%c%05d", zone + 1, kind, number + 1);
}

static runde_status write_carer(pen *w, int32_t index)
{
    const parish_carer *c = PARISH_CARER(w->p, index);
    char id[ID_ROOM];
    area_id(id, c->zone, 'c', index);
    runde_skill_held held[MAX_NEEDS];
    runde_carer carer = RUNDE_CARER_INIT;
    carer.id = id;
    carer.skills = held;
    held[carer.n_skills++] =
        (runde_skill_held){SKILL_COMPETENCE, c->level, RUNDE_TIME_NONE};
    if (c->has_medicine) {
        /* Courses last; one in a hundred has run out meanwhile. */
        const int32_t days = dice_chance(&w->d, 10)
                                 ? -dice_between(&w->d, 1, 60)
                                 : dice_between(&w->d, 30, 730);
        held[carer.n_skills++] =
            (runde_skill_held){SKILL_MEDICATION, 1, days * PARISH_DAY - 1};
    }
    if (c->has_insulin) {
        held[carer.n_skills++] =
            (runde_skill_held){SKILL_INSULIN, 1, RUNDE_TIME_NONE};
    }
    if (c->is_woman) {
        held[carer.n_skills++] =
            (runde_skill_held){SKILL_WOMAN, 1, RUNDE_TIME_NONE};
    }
    if (c->language != RUNDE_NONE) {
        held[carer.n_skills++] = (runde_skill_held){
            SKILL_LANGUAGE + c->language, 1, RUNDE_TIME_NONE};
    }
    return runde_problem_add_carer(w->to, &carer, NULL);
}

static runde_status write_carers(pen *w)
{
    const parish *p = w->p;
    int32_t zone = 0;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < p->carers.n && status == RUNDE_OK; i++) {
        while (zone <= PARISH_CARER(p, i)->zone) {
            w->zone_carer[zone++] = i;
        }
        status = write_carer(w, i);
    }
    while (zone <= p->size->zones) {
        w->zone_carer[zone++] = p->carers.n;
    }
    return status;
}

static runde_status write_shift(pen *w, int32_t index)
{
    const parish_shift *s = PARISH_SHIFT(w->p, index);
    const parish_hours *hours = &parish_watch_hours[s->watch];
    const int32_t midnight = s->day * PARISH_DAY;
    const int32_t base = w->p->zone_depot[s->zone];
    const int32_t start = midnight + hours->start * PARISH_MINUTE;
    const int32_t end = midnight + hours->end * PARISH_MINUTE;
    char id[ID_ROOM];
    (void)snprintf(id, sizeof id, "a%03d-%s-%d-c%05d", s->zone + 1, hours->name,
                   s->day + 1, s->carer + 1);
    const runde_break rest = {BREAK * PARISH_MINUTE,
                              midnight + hours->break_start * PARISH_MINUTE,
                              midnight + hours->break_latest * PARISH_MINUTE,
                              false,
                              true,
                              false};
    runde_activity acts[2];
    const runde_cap cap = {0, dice_chance(&w->d, 30) ? 0 : HEAVY_CAP};
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = id;
    shift.carer = s->carer;
    shift.start = start;
    shift.end = end;
    shift.max_end = end + PARISH_OVERTIME * PARISH_MINUTE;
    shift.start_place = base;
    shift.end_place = base;
    shift.mode = s->mode;
    shift.breaks = &rest;
    shift.n_breaks = 1;
    shift.activities = acts;
    if (hours->has_report) {
        acts[shift.n_activities++] = (runde_activity){
            "report", base, REPORT * PARISH_MINUTE, start, start};
    }
    acts[shift.n_activities++] =
        (runde_activity){"documentation", base, DOCUMENTATION * PARISH_MINUTE,
                         end - 60 * PARISH_MINUTE,
                         shift.max_end - DOCUMENTATION * PARISH_MINUTE};
    shift.caps = &cap;
    shift.n_caps = 1;
    return runde_problem_add_shift(w->to, &shift, NULL);
}

/* A carer of the client's zone, a day one if there is one. */
static int32_t someone(pen *w, int32_t zone, int32_t level)
{
    const int32_t first = w->zone_carer[zone];
    const int32_t n = w->zone_carer[zone + 1] - first;
    int32_t carer = first + dice_below(&w->d, n);
    for (int32_t tries = 0; tries < 20; tries++) {
        const parish_carer *c = PARISH_CARER(w->p, carer);
        if (!c->is_night && c->level >= level) {
            break;
        }
        carer = first + dice_below(&w->d, n);
    }
    return carer;
}

static int32_t index_in(const int32_t *list, int32_t n, int32_t value)
{
    for (int32_t i = 0; i < n; i++) {
        if (list[i] == value) {
            return i;
        }
    }
    return RUNDE_NONE;
}

/* Who has come lately: the main contact first. */
static int32_t draw_known(pen *w, int32_t zone, int32_t *known)
{
    const int32_t want = dice_between(&w->d, 5, 10);
    int32_t n = 0;
    known[n++] = someone(w, zone, 1);
    for (int32_t tries = 0; n < want && tries < 40; tries++) {
        const int32_t carer = someone(w, zone, 0);
        if (index_in(known, n, carer) == RUNDE_NONE) {
            known[n++] = carer;
        }
    }
    return n;
}

static void add_wish(runde_client *client, runde_carer_wish *wishes,
                     int32_t carer, runde_wish_kind kind, int32_t weight)
{
    if (client->n_wishes == MAX_WISHES) {
        return;
    }
    for (int32_t i = 0; i < client->n_wishes; i++) {
        if (wishes[i].carer == carer) {
            return;
        }
    }
    wishes[client->n_wishes++] = (runde_carer_wish){carer, kind, weight};
}

static void wish_language(pen *w, runde_client *client,
                          runde_carer_wish *wishes, const parish_client *of)
{
    const int32_t end = w->zone_carer[of->zone + 1];
    for (int32_t i = w->zone_carer[of->zone]; i < end; i++) {
        if (of->language != RUNDE_NONE &&
            PARISH_CARER(w->p, i)->language == of->language) {
            add_wish(client, wishes, i, RUNDE_PREFERRED, 5);
        }
    }
}

static runde_status write_history(pen *w, int32_t index, const int32_t *known,
                                  int32_t n)
{
    const int32_t visits = w->p->clients[index].cards;
    runde_past_visit past = {sizeof past, index, RUNDE_NONE, 0};
    for (int32_t day = -HISTORY_DAYS; day < 0; day++) {
        /* As a rule the main contact's day is one in three. */
        const int32_t chance = visits == 0 ? 300 : visits == 1 ? 600 : 900;
        if (!dice_chance(&w->d, chance)) {
            continue;
        }
        past.carer = known[dice_chance(&w->d, 350) ? 0 : dice_below(&w->d, n)];
        past.start =
            day * PARISH_DAY + dice_between(&w->d, 96, 252) * 5 * PARISH_MINUTE;
        const runde_status status =
            runde_problem_add_past_visit(w->to, &past, NULL);
        if (status != RUNDE_OK) {
            return status;
        }
    }
    return RUNDE_OK;
}

static runde_status write_client(pen *w, int32_t index)
{
    const parish_client *of = &w->p->clients[index];
    char id[ID_ROOM];
    area_id(id, of->zone, 'k', index);
    int32_t known[MAX_KNOWN];
    const int32_t n = draw_known(w, of->zone, known);
    runde_carer_wish wishes[MAX_WISHES];
    runde_interval away[MUNICIPALITY_MAX_DAYS];
    runde_client client = RUNDE_CLIENT_INIT;
    client.id = id;
    client.place = w->place[index];
    client.wishes = wishes;
    client.absences = away;
    /* Points are minutes of driving. */
    add_wish(&client, wishes, known[0], RUNDE_PREFERRED, 10);
    add_wish(&client, wishes, known[1 % n], RUNDE_PREFERRED, 5);
    wish_language(w, &client, wishes, of);
    if (dice_chance(&w->d, 20)) {
        const int32_t carer = someone(w, of->zone, 0);
        if (index_in(known, n, carer) == RUNDE_NONE) {
            add_wish(&client, wishes, carer, RUNDE_PROHIBITED, 0);
        }
    }
    for (int32_t day = 0; of->away && day < w->p->spec->days; day++) {
        const int32_t midnight = day * PARISH_DAY;
        if (!parish_weekend(day)) {
            away[client.n_absences++] = (runde_interval){
                midnight + 615 * PARISH_MINUTE, midnight + 855 * PARISH_MINUTE};
        }
    }
    client.max_carers = dice_between(&w->d, 10, 12);
    client.max_carers_days = HISTORY_DAYS;
    runde_status status = runde_problem_add_client(w->to, &client, NULL);
    if (status == RUNDE_OK) {
        status = write_history(w, index, known, n);
    }
    return status;
}

/* On duty in the zone when the card is due, able to do it, and ... */
static bool can_ask_for(const pen *w, const parish_card *card, bool woman,
                        int32_t language)
{
    const parish *p = w->p;
    const int32_t zone = p->clients[card->client].zone;
    const parish_watch watch =
        card->minute < 870 ? PARISH_DAY_WATCH : PARISH_EVENING_WATCH;
    int32_t n = 0;
    for (int32_t i = 0; i < p->shifts.n; i++) {
        const parish_shift *s = PARISH_SHIFT(p, i);
        const parish_carer *c = PARISH_CARER(p, s->carer);
        n += s->zone == zone && s->day == card->day && s->watch == watch &&
             c->level >= card->level && (!woman || c->is_woman) &&
             (language == RUNDE_NONE || c->language == language);
    }
    return n >= 2 && card->minute < 1290;
}

static int32_t needs_of(const pen *w, const parish_card *card,
                        runde_skill_need *needs)
{
    const parish_client *client = &w->p->clients[card->client];
    int32_t n = 0;
    needs[n++] = (runde_skill_need){SKILL_COMPETENCE, card->level, 0};
    for (int32_t part = 1; part < card->crew; part++) {
        needs[n++] = (runde_skill_need){SKILL_COMPETENCE, 0, part};
    }
    if (card->type == PARISH_MEDICINE) {
        needs[n++] = (runde_skill_need){SKILL_MEDICATION, 1, 0};
    }
    if (card->type == PARISH_INSULIN) {
        needs[n++] = (runde_skill_need){SKILL_INSULIN, 1, 0};
    }
    const bool is_intimate = card->type == PARISH_MORNING ||
                             card->type == PARISH_EVENING ||
                             card->type == PARISH_SHOWER;
    if (client->wants_woman && is_intimate &&
        can_ask_for(w, card, true, RUNDE_NONE)) {
        needs[n++] = (runde_skill_need){SKILL_WOMAN, 1, 0};
    }
    if (client->language != RUNDE_NONE && card->level < 2 && !is_intimate &&
        !card->is_critical && can_ask_for(w, card, false, client->language)) {
        needs[n++] =
            (runde_skill_need){SKILL_LANGUAGE + client->language, 1, 0};
    }
    return n;
}

/* The hard window, and inside it the wished one. */
static void windows_of(const parish_card *card, runde_window *hard,
                       runde_interval *wish)
{
    const slack *by = card->is_critical ? &critical_slack : &slacks[card->type];
    const bool is_day = card->minute < 870;
    int32_t first = card->minute - by->before;
    int32_t last = card->minute + by->after;
    if (by->before < 0) {
        first = is_day ? 465 : card->minute - 150;
        last = is_day ? 870 - card->duration : card->minute + 120;
        last = last < card->minute + 30 ? card->minute + 30 : last;
    }
    if (card->minute < 1320 && first < 435) {
        first = 435;
    }
    int32_t from = card->minute - by->wish_before;
    int32_t to = card->minute + by->wish_after;
    from = from < first ? first : from;
    to = to > last ? last : to;
    const int32_t midnight = card->day * PARISH_DAY;
    hard->min_start = midnight + first * PARISH_MINUTE;
    hard->max_start = midnight + last * PARISH_MINUTE;
    hard->max_end = RUNDE_TIME_NONE;
    wish->start = midnight + from * PARISH_MINUTE;
    wish->end = midnight + to * PARISH_MINUTE;
}

static runde_status write_visit(pen *w, int32_t index)
{
    const parish_card *card = PARISH_CARD(w->p, index);
    char id[ID_ROOM];
    (void)snprintf(id, sizeof id, "v%06d", index + 1);
    runde_skill_need needs[MAX_NEEDS + RUNDE_MAX_CREW];
    runde_window hard;
    runde_interval wish;
    const runde_load_use heavy = {0, 1};
    runde_visit visit = RUNDE_VISIT_INIT;
    windows_of(card, &hard, &wish);
    visit.id = id;
    visit.client = card->client;
    visit.duration = card->duration * PARISH_MINUTE;
    visit.setup = SETUP_SECONDS;
    visit.windows = &hard;
    visit.n_windows = 1;
    visit.preferred = &wish;
    visit.n_preferred = 1;
    visit.skills = needs;
    visit.n_skills = needs_of(w, card, needs);
    visit.loads = &heavy;
    visit.n_loads = card->is_heavy ? 1 : 0;
    visit.crew = card->crew;
    visit.priority = card->is_critical ? critical_slack.priority
                                       : slacks[card->type].priority;
    if (card->type == PARISH_PRACTICAL && dice_chance(&w->d, 500)) {
        visit.optional = true;
        visit.priority = 0;
        visit.price = 7200; /* as two hours of driving */
    }
    return runde_problem_add_visit(w->to, &visit, &w->visit[index]);
}

static int32_t bound(int32_t minutes)
{
    return minutes == RUNDE_TIME_NONE ? RUNDE_TIME_NONE
                                      : minutes * PARISH_MINUTE;
}

static runde_status write_links(pen *w)
{
    const parish *p = w->p;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < p->bonds.n && status == RUNDE_OK; i++) {
        const parish_bond *bond = PARISH_BOND(p, i);
        runde_link link = RUNDE_LINK_INIT;
        link.before = w->visit[bond->before];
        link.after = w->visit[bond->after];
        link.from_end = bond->from_end;
        link.min_gap = bound(bond->min_gap);
        link.max_gap = bound(bond->max_gap);
        link.same_carer = bond->same_carer;
        status = runde_problem_add_link(w->to, &link, NULL);
    }
    return status;
}

static runde_status write_all(pen *w)
{
    runde_status status = write_heads(w);
    if (status == RUNDE_OK) {
        status = write_places(w);
    }
    if (status == RUNDE_OK) {
        status = write_carers(w);
    }
    for (int32_t i = 0; i < w->p->shifts.n && status == RUNDE_OK; i++) {
        status = write_shift(w, i);
    }
    for (int32_t i = 0; i < w->p->size->clients && status == RUNDE_OK; i++) {
        status = write_client(w, i);
    }
    for (int32_t i = 0; i < w->p->cards.n && status == RUNDE_OK; i++) {
        status = write_visit(w, i);
    }
    if (status == RUNDE_OK) {
        status = write_links(w);
    }
    return status;
}

runde_status parish_write(parish *p, runde_problem *problem)
{
    pen w = {.p = p, .to = problem, .d = dice_new(p->spec->seed, 4)};
    w.place = calloc((size_t)p->size->clients, sizeof *w.place);
    w.zone_carer = calloc((size_t)p->size->zones + 1, sizeof *w.zone_carer);
    w.visit = calloc((size_t)p->cards.n + 1, sizeof *w.visit);
    runde_status status = RUNDE_E_NOMEM;
    if (w.place && w.zone_carer && w.visit) {
        status = write_all(&w);
    }
    free(w.visit);
    free(w.zone_carer);
    free(w.place);
    return status;
}
