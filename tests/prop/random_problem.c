/* SPDX-License-Identifier: MIT */
#include "random_problem.h"

#include <stdlib.h>
#include <string.h>

/* All times in ticks of a minute. */
enum { DAY = 1440 };

/* A world being drawn. */
typedef struct draw {
    world *w;
    rn_rng rng;
    const world_size *size;
} draw;

uint64_t world_number_from(const char *name, uint64_t otherwise)
{
    const char *const text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

int32_t world_dice(rn_rng *rng, int32_t lo, int32_t hi)
{
    return hi <= lo ? lo
                    : lo + (int32_t)rn_rng_below(rng, (uint32_t)(hi - lo) + 1);
}

static int32_t dice(draw *d, int32_t lo, int32_t hi)
{
    return world_dice(&d->rng, lo, hi);
}

/* True in so many of a hundred cases. */
static bool chance(draw *d, uint32_t percent)
{
    return rn_rng_below(&d->rng, 100) < percent;
}

/* The same, where the problem uses the concept at all. */
static bool uses(draw *d, world_use use, uint32_t percent)
{
    const bool hit = chance(d, percent);
    return hit && ((d->w->uses >> use) & 1U) != 0;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* ------------------------------------------------------------- the frame */

static void draw_uses(draw *d)
{
    const uint64_t a = rn_rng_u64(&d->rng);
    const uint64_t b = rn_rng_u64(&d->rng);
    uint64_t bits;
    /* Some problems use little, most about half, some everything. */
    switch (dice(d, 0, 9)) {
    case 0:
        bits = ~UINT64_C(0);
        break;
    case 1:
    case 2:
    case 3:
        bits = a & b & (b >> 32);
        break;
    case 4:
    case 5:
    case 6:
        bits = a & b;
        break;
    default:
        bits = a;
        break;
    }
    d->w->uses = (uint32_t)bits & ((1U << USES) - 1U) & ~d->size->never;
    d->w->family = (world_family)dice(d, 0, FAMILIES - 1);
}

static void draw_settings(draw *d)
{
    world *const w = d->w;
    w->settings = (runde_settings)RUNDE_SETTINGS_INIT;
    w->settings.tick_ms = 60000;
    w->settings.days = chance(d, 8) ? 7 : dice(d, 1, 3);
    w->settings.late_at_end = uses(d, USE_PREFERRED, 30);
    w->settings.depart_at_shift_start = uses(d, USE_DEPART_AT_START, 100);
    const int32_t off = RUNDE_UNLIMITED;
    w->settings.rules = (runde_work_rules){off, off, off, off, off};
    if (uses(d, USE_RULES, 50)) {
        w->settings.rules = (runde_work_rules){
            dice(d, 0, 2) * 330, chance(d, 50) ? off : dice(d, 1440, 7000),
            dice(d, 200, 600), dice(d, 400, 1500), off};
    }
}

static void draw_weight(draw *d, int32_t *weight)
{
    static const int32_t some[] = {1, 1, 2, 3, 7, 10, 40, 200, 5000};
    *weight = chance(d, 45) ? 0 : some[dice(d, 0, 8)];
}

static const uint32_t irregular =
    1U << RUNDE_WAITING | 1U << RUNDE_EARLY | 1U << RUNDE_IDLE |
    1U << RUNDE_MAX_IDLE | 1U << RUNDE_WORKLOAD_SPREAD |
    1U << RUNDE_WORKLOAD_DEVIATION | 1U << RUNDE_SHIFTED_START |
    1U << RUNDE_VISITS_SHIFTED;

/* At most so much of some criterion, from nothing to plenty. */
static void draw_limit(draw *d, runde_weights *weights, uint32_t percent)
{
    static const int32_t counts[] = {0, 0, 1, 2, 3, 5, 10, 40};
    const int x = dice(d, 0, RUNDE_CRITERIA - 1);
    const int32_t count = counts[dice(d, 0, 7)];
    const int32_t ticks = chance(d, 25) ? 0 : dice(d, 1, 40) * dice(d, 1, 20);
    const bool is_count =
        (x >= RUNDE_OPTIONAL_UNSERVED && x <= RUNDE_OVERQUALIFICATION) ||
        x == RUNDE_LOAD_SPREAD || x == RUNDE_SHIFTS_USED ||
        x == RUNDE_CHANGED_CARER || x == RUNDE_CLIENTS_CHANGED ||
        x == RUNDE_VISITS_SHIFTED;
    if (!uses(d, USE_HARD, percent) ||
        (d->size->regular && ((irregular >> x) & 1U) != 0)) {
        return;
    }
    weights->hard |= 1U << x;
    weights->limit[x] = is_count                     ? count
                        : x == RUNDE_TRAVEL_DISTANCE ? 10 * ticks
                                                     : ticks;
}

static void draw_weights(draw *d, runde_weights *weights)
{
    static const uint32_t may_be_hard =
        1U << RUNDE_WAITING | 1U << RUNDE_EARLY | 1U << RUNDE_LATE |
        1U << RUNDE_MAX_LATE | 1U << RUNDE_OVERTIME |
        1U << RUNDE_BREAKS_MISSED | 1U << RUNDE_CARER_PREFERENCE |
        1U << RUNDE_CARERS_OVER_TARGET | 1U << RUNDE_OVERQUALIFICATION |
        1U << RUNDE_CHANGED_CARER | 1U << RUNDE_SHIFTED_START;
    const uint32_t never = d->size->regular ? irregular : 0;
    weights->size = sizeof *weights;
    for (int x = 0; x < RUNDE_CRITERIA; x++) {
        draw_weight(d, &weights->weight[x]);
        /* The global ones are rarely all there. */
        if (((never >> x) & 1U) != 0 ||
            (x >= RUNDE_WORKLOAD_SPREAD && x <= RUNDE_LOAD_SPREAD &&
             chance(d, 60))) {
            weights->weight[x] = 0;
        }
    }
    for (int i = 0; i < 2; i++) {
        const uint32_t bit = 1U << dice(d, 0, RUNDE_CRITERIA - 1);
        if (uses(d, USE_HARD, 70)) {
            weights->hard |= bit & may_be_hard & ~never;
        }
    }
}

/* ---------------------------------------------------------------- places */

/* Ticks between two points of a map that is some forty minutes wide. */
static int32_t leg_of(draw *d, const int32_t a[2], const int32_t b[2])
{
    const int32_t dx = a[0] > b[0] ? a[0] - b[0] : b[0] - a[0];
    const int32_t dy = a[1] > b[1] ? a[1] - b[1] : b[1] - a[1];
    return dx + dy + dice(d, 0, 3);
}

static void draw_matrix(draw *d, world_mode *mode, const int32_t at[][2])
{
    const int32_t n = d->w->n_places;
    const int32_t slow = dice(d, 1, 3);
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            int32_t leg = i == j ? 0 : leg_of(d, at[i], at[j]) * slow / 2;
            const int32_t odd = dice(d, 0, 40);
            if (i == j && uses(d, USE_DIAGONAL, 20)) {
                leg = dice(d, 1, 4);
            } else if (i != j && odd == 0) {
                leg = leg * 3; /* roads need not be the shortest */
            }
            if (i != j && uses(d, USE_UNREACHABLE, 6)) {
                leg = RUNDE_UNREACHABLE;
            }
            mode->durations[i * n + j] = leg;
            mode->distances[i * n + j] = leg < 0 ? leg : leg * dice(d, 5, 9);
        }
    }
    mode->has_matrix = true;
    mode->has_distances = uses(d, USE_DISTANCES, 100);
}

static void draw_leg(draw *d, world_mode *mode)
{
    const int32_t leg[4] = {dice(d, 0, d->w->n_places - 1),
                            dice(d, 0, d->w->n_places - 1), dice(d, -1, 30),
                            dice(d, 0, 3000)};
    const bool has = chance(d, 20);
    for (int i = 0; i < 4; i++) {
        mode->leg[i] = has ? leg[i] : 0;
    }
    if (mode->leg[2] < 0) {
        mode->leg[3] = RUNDE_UNREACHABLE;
    }
}

static void draw_places(draw *d)
{
    world *const w = d->w;
    int32_t at[WORLD_PLACES][2];
    const bool clustered = w->family == FAMILY_CLUSTERED;
    w->n_places = w->family == FAMILY_SAME_PLACE ? dice(d, 1, 2)
                                                 : dice(d, 2, WORLD_PLACES - 2);
    for (int32_t i = 0; i < w->n_places; i++) {
        at[i][0] =
            clustered ? 30 * dice(d, 0, 2) + dice(d, 0, 2) : dice(d, 0, 20);
        at[i][1] = clustered ? dice(d, 0, 3) : dice(d, 0, 20);
        w->places[i] = (runde_place)RUNDE_PLACE_INIT;
        w->places[i].has_coordinates = true;
        w->places[i].lat = 60.0 + 0.01 * at[i][0];
        w->places[i].lon = 11.0 + 0.02 * at[i][1];
    }
    w->n_modes = uses(d, USE_TWO_MODES, 100) ? 2 : 1;
    for (int32_t m = 0; m < w->n_modes; m++) {
        draw_matrix(d, &w->modes[m], at);
        w->modes[m].has_matrix = !uses(d, USE_COORDINATES, 70);
        draw_leg(d, &w->modes[m]);
    }
}

/* ---------------------------------------------------------------- people */

/* Soft wishes of every kind, and one hard one. */
static int32_t draw_wishes(draw *d, runde_carer_wish *wishes, uint32_t percent)
{
    const int32_t n_carers = d->w->n_carers;
    int32_t n = 0;
    int32_t carer = dice(d, 0, n_carers - 1);
    for (int i = 0; i < WORLD_FEW && i < n_carers; i++) {
        const int32_t points = dice(d, 1, 20);
        const runde_wish_kind kind = chance(d, 75)
                                         ? (runde_wish_kind)dice(d, 0, 1)
                                         : (runde_wish_kind)dice(d, 2, 3);
        if (uses(d, USE_WISHES, percent)) {
            wishes[n++] = (runde_carer_wish){
                carer, kind, kind <= RUNDE_UNWANTED ? points : 0};
        }
        carer = (carer + 1) % n_carers;
    }
    return n;
}

static void draw_client(draw *d, int32_t c)
{
    world_client *const client = &d->w->clients[c];
    runde_client *const r = &client->record;
    *r = (runde_client)RUNDE_CLIENT_INIT;
    r->place = dice(d, 0, d->w->n_places - 1);
    if (c > 0 && uses(d, USE_COUPLES, 40)) {
        r->place = d->w->clients[c - 1].record.place;
    }
    r->n_wishes = draw_wishes(d, client->wishes, 30);
    for (int i = 0; i < 2; i++) {
        const int32_t start = dice(d, 0, d->w->settings.days * DAY);
        const int32_t length = dice(d, 0, 200);
        if (uses(d, USE_ABSENCES, 40)) {
            client->absences[r->n_absences++] =
                (runde_interval){start, start + length};
        }
    }
    if (uses(d, USE_TARGETS, 50)) {
        r->max_carers = dice(d, 1, 3);
        r->max_carers_days = chance(d, 50) ? 0 : dice(d, 1, 10);
    }
    draw_weights(d, &client->profile);
    client->profile.set = (uint32_t)rn_rng_u64(&d->rng) &
                          (uint32_t)rn_rng_u64(&d->rng) &
                          ((1U << RUNDE_CRITERIA) - 1U);
    client->has_profile = uses(d, USE_PROFILES, 40);
}

static void draw_carer(draw *d, int32_t c)
{
    world *const w = d->w;
    world_carer *const carer = &w->carers[c];
    runde_carer *const r = &carer->record;
    const uint32_t holds = w->family == FAMILY_SCARCE ? 30 : 75;
    *r = (runde_carer)RUNDE_CARER_INIT;
    for (int32_t k = 0; k < w->n_skills; k++) {
        const int32_t level = dice(d, 0, 3);
        const int32_t expires =
            chance(d, 85) ? RUNDE_TIME_NONE : dice(d, 300, 3000);
        if (uses(d, USE_SKILLS, holds)) {
            carer->skills[r->n_skills++] =
                (runde_skill_held){k, level, expires};
        }
    }
    for (int32_t l = 0; l < w->n_loads; l++) {
        const int32_t cap = dice(d, -1, 8);
        if (uses(d, USE_LOADS, 40)) {
            carer->caps[r->n_caps++] = (runde_cap){l, cap};
        }
    }
    const int32_t hours[5] = {dice(d, -1, 660), dice(d, -1, 6000),
                              dice(d, 100, 600), dice(d, 200, 1500),
                              dice(d, 200, 2000)};
    if (uses(d, USE_RULES, 50)) {
        r->rules = (runde_work_rules){hours[0], hours[1], hours[2], hours[3],
                                      chance(d, 50) ? hours[4] : 0};
    }
}

static void draw_people(draw *d)
{
    world *const w = d->w;
    w->n_skills = dice(d, 1, WORLD_SKILLS);
    w->n_loads = dice(d, 1, WORLD_LOADS);
    w->is_shared[0] = chance(d, 50);
    w->is_shared[1] = chance(d, 50);
    w->n_carers =
        w->family == FAMILY_ONE_CARER ? 1 : dice(d, 1, d->size->carers);
    w->n_clients = dice(d, 1, WORLD_CLIENTS - 1);
    w->n_clients =
        w->n_clients > d->size->visits ? d->size->visits : w->n_clients;
    for (int32_t c = 0; c < w->n_carers; c++) {
        draw_carer(d, c);
    }
    for (int32_t c = 0; c < w->n_clients; c++) {
        draw_client(d, c);
    }
    for (int32_t i = 0; i < WORLD_PAST; i++) {
        const runde_past_visit past = {
            sizeof past, dice(d, 0, w->n_clients - 1),
            dice(d, 0, w->n_carers - 1), -dice(d, 1, 10 * DAY)};
        if (uses(d, USE_TARGETS, 40)) {
            w->past[w->n_past++] = past;
        }
    }
}

/* ---------------------------------------------------------------- shifts */

static void draw_breaks(draw *d, world_shift *shift)
{
    runde_shift *const r = &shift->record;
    const int32_t length = r->end - r->start;
    for (int i = 0; i < WORLD_FEW; i++) {
        const int32_t from = r->start + dice(d, -10, most(length - 30, 0));
        runde_break b = {dice(d, 0, 40), from,          from + dice(d, 0, 120),
                         chance(d, 40),  chance(d, 40), chance(d, 30)};
        if (chance(d, 60)) {
            b.max_start = b.min_start + dice(d, 60, 300);
        }
        if (uses(d, USE_BREAKS, 45)) {
            shift->breaks[r->n_breaks++] = b;
        }
    }
    for (int i = 0; i < 2; i++) {
        const int32_t from =
            i == 0 ? r->start : r->start + dice(d, 0, most(length - 20, 0));
        const runde_activity a = {NULL, dice(d, 0, d->w->n_places - 1),
                                  dice(d, 0, 20), from, from + dice(d, 0, 150)};
        if (uses(d, USE_ACTIVITIES, 35)) {
            shift->activities[r->n_activities++] = a;
        }
    }
}

static void draw_shift(draw *d, int32_t carer, int32_t start)
{
    world *const w = d->w;
    world_shift *const shift = &w->shifts[w->n_shifts++];
    runde_shift *const r = &shift->record;
    const bool crowded = w->family == FAMILY_CROWDED;
    *r = (runde_shift)RUNDE_SHIFT_INIT;
    r->carer = carer;
    r->start = start;
    r->end = start + (crowded ? dice(d, 30, 120) : dice(d, 60, 480));
    const int32_t over = dice(d, 0, 90);
    if (uses(d, USE_OVERTIME, 60)) {
        r->max_end = r->end + over;
    }
    r->start_place = dice(d, 0, w->n_places - 1);
    r->end_place = chance(d, 70) ? r->start_place : dice(d, 0, w->n_places - 1);
    if (uses(d, USE_OPEN_ENDS, 50)) {
        r->start_place = RUNDE_NONE;
    }
    if (uses(d, USE_OPEN_ENDS, 50)) {
        r->end_place = RUNDE_NONE;
    }
    r->mode = dice(d, 0, w->n_modes - 1);
    draw_breaks(d, shift);
    for (int32_t l = 0; l < w->n_loads; l++) {
        const int32_t cap = dice(d, -1, 5);
        if (uses(d, USE_LOADS, 40)) {
            shift->caps[r->n_caps++] = (runde_cap){l, cap};
        }
    }
    const int32_t duty = dice(d, 30, 300);
    r->max_duty = uses(d, USE_MAX_DUTY, 50) ? duty : 0;
}

/* Shifts of one carer, one after the other, without overlap. */
static void draw_duties(draw *d, int32_t carer)
{
    world *const w = d->w;
    const int32_t opening = w->family == FAMILY_NIGHT ? 1300 : 420;
    int32_t free_from = 0;
    bool same_day = false;
    for (int32_t day = 0; day < w->settings.days; day++) {
        for (int i = 0; i < 2 && w->n_shifts < d->size->shifts; i++) {
            int32_t start = day * DAY + opening + dice(d, 0, 120);
            start += i * dice(d, 240, 500);
            if (start < free_from) {
                start = free_from + dice(d, 0, 60);
            }
            if (!chance(d, i == 0 ? 75 : 25)) {
                continue;
            }
            draw_shift(d, carer, start);
            world_shift *const last = &w->shifts[w->n_shifts - 1];
            free_from = last->record.end;
            last->record.continues = same_day && chance(d, 60);
            same_day = true;
        }
        same_day = chance(d, 20);
    }
}

/* ---------------------------------------------------------------- visits */

/* Windows one after the other, bounds of every kind. */
static void draw_windows(draw *d, world_visit *visit, int32_t around)
{
    runde_visit *const r = &visit->record;
    const bool tight = d->w->family == FAMILY_TIGHT;
    int32_t from = around - dice(d, 0, tight ? 20 : 200);
    const int32_t n = uses(d, USE_TWO_WINDOWS, 50) ? 2 : 1;
    for (int32_t i = 0; i < n; i++) {
        const int32_t width = tight ? dice(d, 0, 25) : dice(d, 10, 300);
        runde_window *const w = &visit->windows[i];
        *w = (runde_window){from, from + width, from + width + r->duration};
        switch (dice(d, 0, 3)) {
        case 0:
            w->max_end = RUNDE_TIME_NONE;
            break;
        case 1:
            w->max_start = RUNDE_TIME_NONE;
            break;
        case 2:
            w->max_end -= width / 3;
            break;
        default:
            break;
        }
        from += width + dice(d, 1, 120);
    }
    r->n_windows = chance(d, 88) ? n : 0;
    if (r->n_windows > 0 && chance(d, 5)) {
        visit->windows[0].min_start = RUNDE_TIME_NONE;
    }
    from = around - dice(d, 0, 60);
    for (int i = 0; i < 2; i++) {
        const int32_t width = dice(d, 0, 60);
        if (uses(d, USE_PREFERRED, i == 0 ? 60 : 25)) {
            visit->preferred[r->n_preferred++] =
                (runde_interval){from, from + width};
        }
        from += width + dice(d, 1, 90);
    }
}

static void draw_needs(draw *d, world_visit *visit)
{
    const world *const w = d->w;
    runde_visit *const r = &visit->record;
    for (int i = 0; i < WORLD_FEW; i++) {
        const runde_skill_need need = {
            dice(d, 0, w->n_skills - 1), dice(d, 0, 2),
            chance(d, 60) ? RUNDE_NONE : dice(d, 0, r->crew - 1)};
        if (uses(d, USE_SKILLS, 25)) {
            visit->skills[r->n_skills++] = need;
        }
    }
    for (int32_t l = 0; l < w->n_loads; l++) {
        const int32_t amount = dice(d, 0, 3);
        if (uses(d, USE_LOADS, 45)) {
            visit->loads[r->n_loads++] = (runde_load_use){l, amount};
        }
    }
    r->n_wishes = draw_wishes(d, visit->wishes, 12);
}

static void draw_pins(draw *d, world_visit *visit, int32_t shift)
{
    runde_visit *const r = &visit->record;
    const runde_shift *const s = &d->w->shifts[shift].record;
    const int32_t start = s->start + dice(d, 0, most(s->end - s->start, 1));
    const bool in_time = chance(d, 50) && r->n_windows > 0 &&
                         visit->windows[0].min_start != RUNDE_TIME_NONE;
    if (uses(d, USE_PINS, 15)) {
        r->pinned_shift = shift;
    }
    if (uses(d, USE_PINS, 12)) {
        r->pinned_start = in_time ? visit->windows[0].min_start : start;
        r->n_windows = in_time ? r->n_windows : 0;
    }
}

static void draw_visit(draw *d, int32_t v)
{
    world *const w = d->w;
    world_visit *const visit = &w->visits[v];
    runde_visit *const r = &visit->record;
    const int32_t shift = dice(d, 0, w->n_shifts - 1);
    const runde_shift *const s = &w->shifts[shift].record;
    const int32_t around = s->start + dice(d, 0, s->end - s->start);
    *r = (runde_visit)RUNDE_VISIT_INIT;
    r->client = dice(d, 0, w->n_clients - 1);
    r->place = chance(d, 10) ? dice(d, 0, w->n_places - 1) : RUNDE_NONE;
    r->duration =
        w->family == FAMILY_ZERO && chance(d, 70) ? 0 : dice(d, 1, 60);
    const int32_t setup = dice(d, 0, 6);
    r->setup = uses(d, USE_SETUP, 60) ? setup : 0;
    const int32_t crew = chance(d, 80) ? 2 : dice(d, 3, RUNDE_MAX_CREW);
    r->crew = uses(d, USE_CREWS, 25) ? crew : 1;
    draw_windows(d, visit, around);
    draw_needs(d, visit);
    const int32_t worth[2] = {chance(d, 50) ? 0 : dice(d, 1, 100),
                              dice(d, 0, 300)};
    r->optional = uses(d, USE_OPTIONAL, 25);
    r->priority = r->optional ? 0 : worth[0];
    r->price = worth[1];
    draw_pins(d, visit, shift);
    r->may_overlap = uses(d, USE_MAY_OVERLAP, 40);
}

static void draw_link(draw *d)
{
    world *const w = d->w;
    runde_link link = RUNDE_LINK_INIT;
    link.before = dice(d, 0, w->n_visits - 1);
    link.after = dice(d, 0, w->n_visits - 1);
    link.from_end = chance(d, 50);
    const int32_t gap = dice(d, -30, 120);
    const int32_t width = dice(d, 0, 3) * dice(d, 0, 90);
    const int32_t kind = dice(d, 0, 5);
    const int32_t bond = dice(d, 0, 5);
    if (uses(d, USE_GAPS, 80)) {
        link.min_gap = kind != 1 ? gap : RUNDE_TIME_NONE;
        link.max_gap = kind != 2 ? gap + width : RUNDE_TIME_NONE;
        if (kind == 0) {
            link.from_end = false;
            link.min_gap = 0;
            link.max_gap = 0;
        }
    }
    if (uses(d, USE_BONDS, 70)) {
        link.same_carer = bond < 2;
        link.different_carer = bond == 2 || bond == 3;
        link.all_or_none = bond >= 4 || chance(d, 20);
    }
    if (link.before != link.after &&
        (link.min_gap != RUNDE_TIME_NONE || link.max_gap != RUNDE_TIME_NONE ||
         link.same_carer || link.different_carer || link.all_or_none)) {
        w->links[w->n_links++] = link;
    }
}

static void draw_published(draw *d)
{
    world *const w = d->w;
    for (int32_t v = 0; v < w->n_visits; v++) {
        const runde_visit *const r = &w->visits[v].record;
        const runde_shift *const s =
            &w->shifts[dice(d, 0, w->n_shifts - 1)].record;
        const runde_published p = {sizeof p,
                                   v,
                                   dice(d, 0, r->crew - 1),
                                   s->carer,
                                   s->start + dice(d, 0, s->end - s->start),
                                   dice(d, 0, 30)};
        if (uses(d, USE_PUBLISHED, 60)) {
            w->published[w->n_published++] = p;
        }
    }
}

/* From a stream of its own: what it adds leaves the rest of a seed's problem
 * as it was. */
static void draw_extras(draw *d)
{
    world *const w = d->w;
    rn_rng_init(&d->rng, w->seed, 8);
    w->settings.early_at_end = uses(d, USE_PREFERRED, 30);
    for (int i = 0; i < 3; i++) {
        draw_limit(d, &w->weights, 40);
    }
    for (int32_t c = 0; c < w->n_clients; c++) {
        draw_limit(d, &w->clients[c].profile, 30);
    }
}

/* Some of the published parts are meant to hold: the others of a crew start
 * with the first, and by other carers. */
static void draw_freeze(draw *d)
{
    world *const w = d->w;
    if (w->n_published == 0 || !uses(d, USE_FREEZE, 100)) {
        return;
    }
    const int32_t i = dice(d, 0, w->n_published - 1);
    w->settings.freeze_before = w->published[i].start + dice(d, 0, 120);
    for (int32_t k = w->n_published - 1; k >= 0; k--) {
        const runde_published p = w->published[k];
        if (w->visits[p.visit].record.crew == 2 &&
            w->n_published < WORLD_PUBLISHED) {
            w->published[w->n_published] = p;
            w->published[w->n_published].part = 1 - p.part;
            w->published[w->n_published].carer = (p.carer + 1) % w->n_carers;
            w->n_published++;
        }
    }
}

static void draw_all(draw *d)
{
    world *const w = d->w;
    draw_uses(d);
    draw_settings(d);
    draw_weights(d, &w->weights);
    draw_places(d);
    draw_people(d);
    for (int32_t c = 0; c < w->n_carers; c++) {
        draw_duties(d, c);
    }
    if (w->n_shifts == 0) {
        draw_shift(d, 0, 480);
    }
    w->n_visits = dice(d, 1, d->size->visits);
    for (int32_t v = 0; v < w->n_visits; v++) {
        draw_visit(d, v);
    }
    const int32_t n_links = dice(d, 0, w->n_visits / 2);
    for (int32_t l = 0; l < n_links; l++) {
        draw_link(d);
    }
    draw_published(d);
    draw_extras(d);
    draw_freeze(d);
}

void world_random(world *w, uint64_t seed, const world_size *size)
{
    memset(w, 0, sizeof *w);
    w->seed = seed;
    w->prefix = 'x';
    draw d;
    d.w = w;
    d.size = size;
    rn_rng_init(&d.rng, seed, 7);
    draw_all(&d);
    /* Gaps that cannot hold together are no problem to solve, nor are
     * targets that the past breaks. */
    for (;;) {
        runde_problem *problem = NULL;
        runde_diag diag = RUNDE_DIAG_INIT;
        const runde_status status = world_seal(&problem, w, &diag);
        runde_problem_free(problem);
        if (status != RUNDE_E_INVALID) {
            return;
        }
        if (strcmp(diag.code, "RUNDE-E315") == 0) {
            w->n_links--;
        } else if (strcmp(diag.code, "RUNDE-E506") == 0) {
            w->n_past--;
        } else {
            return;
        }
    }
}
