/* SPDX-License-Identifier: MIT */
#include "municipality/parish.h"

#include <stdlib.h>
#include <string.h>

#define HOURS 24
#define BANDS 6
#define MAX_PER_CLIENT 8
#define LOOK_AHEAD 80
#define MIN_SPACING 150
#define DOSE_LEAST 240
#define DOSE_MOST 480
#define DOSE_SLIP 45
#define SETUP_AND_DRIVE 7

/* Starts per hour from 07:00 on, thousandths: the morning peak, a second
 * one in the evening, and the night of Stavanger's patrol. */
static const int32_t hour_profile[HOURS] = {85, 145, 110, 75, 60, 55, 50, 35,
                                            35, 50,  55,  45, 60, 65, 40, 10,
                                            5,  3,   2,   3,  3,  2,  3,  4};

typedef struct type_fact {
    int32_t share;  /* permille */
    int32_t median; /* seconds, of the lognormal whose mean is the table's */
    int32_t sigma;  /* thousandths */
    int32_t level;
    int32_t nurse; /* permille that need level 2 */
    int32_t two;   /* weight among visits for two */
    int32_t heavy; /* weight among heavy visits */
} type_fact;

/* Means 8 10 25 15 15 25 38 75 50 minutes. */
static const type_fact facts[PARISH_TYPES] = {
    [PARISH_MEDICINE] = {380, 449, 363, 1, 100, 0, 0},
    [PARISH_INSULIN] = {80, 575, 294, 1, 300, 0, 0},
    [PARISH_MORNING] = {180, 1411, 349, 0, 0, 2, 2},
    [PARISH_EVENING] = {140, 836, 385, 0, 0, 2, 2},
    [PARISH_MEAL] = {80, 854, 325, 0, 0, 0, 0},
    [PARISH_WOUND] = {60, 1393, 385, 2, 0, 0, 0},
    [PARISH_SHOWER] = {40, 2231, 208, 0, 0, 1, 3},
    [PARISH_PRACTICAL] = {30, 4348, 262, 0, 0, 0, 0},
    [PARISH_PSYCH] = {10, 2873, 294, 2, 0, 0, 0},
};

/* When the types are given, choosiest first; letters stand for hours from
 * 07:00 on, 0 never to 9 most. Medicine takes what is left. */
typedef struct type_hours {
    parish_type type;
    const char *hours;
} type_hours;

static const type_hours calendar[] = {
    {PARISH_PRACTICAL, "000003698520000000000000"},
    {PARISH_PSYCH, "000003333333000000000000"},
    {PARISH_SHOWER, "000000488997300000000000"},
    {PARISH_WOUND, "000003699765200000000000"},
    {PARISH_INSULIN, "950011000049063000000000"},
    {PARISH_MEAL, "013007803574000000000000"},
    {PARISH_MORNING, "038984000000000000000000"},
    {PARISH_EVENING, "000000000003789600000000"},
};

/* Where a wished start lies on the clock decides the band; clients with
 * several visits a day have them in different bands. */
static const int32_t band_ends[BANDS] = {600, 780, 960, 1140, 1320, 1860};

typedef struct deck {
    int32_t *cards;
    int32_t n;
} deck;

typedef struct dealer {
    parish *p;
    dice d;
    deck decks[BANDS];
    int32_t *hand;  /* MAX_PER_CLIENT cards a client */
    int32_t *hands; /* how many each client has */
    int32_t *wants; /* how many each client is to get */
    int32_t *turn;  /* clients in dealing order */
} dealer;

/* A client's cards. */
static int32_t *hand_of(const dealer *of, int32_t client)
{
    return &of->hand[(size_t)client * MAX_PER_CLIENT];
}

static int32_t band_of(int32_t minute)
{
    int32_t band = 0;
    while (minute >= band_ends[band] && band < BANDS - 1) {
        band++;
    }
    return band;
}

static int32_t pick_hour(const int32_t *left, const char *wishes, dice *d)
{
    int64_t total = 0;
    for (int32_t h = 0; h < HOURS; h++) {
        total += (int64_t)left[h] * (wishes ? wishes[h] - '0' : 1);
    }
    if (total == 0) {
        return wishes ? pick_hour(left, NULL, d) : 0;
    }
    int64_t at = (int64_t)(dice_next(d) % (uint64_t)total);
    int32_t h = 0;
    for (;;) {
        at -= (int64_t)left[h] * (wishes ? wishes[h] - '0' : 1);
        if (at < 0) {
            return h;
        }
        h++;
    }
}

/* Five-minute steps. Nobody is out before 07:45, when the day's report and
 * the first drive are over, so that hour begins there. */
static int32_t draw_minute(int32_t hour, dice *d)
{
    const int32_t start = (hour + 7) * 60;
    if (hour == 0) {
        return start + 45 + 5 * dice_below(d, 3);
    }
    return start + 5 * dice_below(d, 12);
}

static runde_status add_cards(parish *p, parish_type type, int32_t n,
                              int32_t *hours_left, dice *d)
{
    const char *wishes = NULL;
    for (size_t i = 0; i < sizeof calendar / sizeof calendar[0]; i++) {
        if (calendar[i].type == type) {
            wishes = calendar[i].hours;
        }
    }
    const type_fact *fact = &facts[type];
    for (int32_t i = 0; i < n; i++) {
        parish_card *card = parish_push(&p->cards);
        if (!card) {
            return RUNDE_E_NOMEM;
        }
        const int32_t hour = pick_hour(hours_left, wishes, d);
        hours_left[hour]--;
        card->type = type;
        card->minute = draw_minute(hour, d);
        const int32_t seconds = dice_lognormal(d, fact->median, fact->sigma);
        card->duration = (seconds + 30) / 60 < 2 ? 2 : (seconds + 30) / 60;
        card->level = dice_chance(d, fact->nurse) ? 2 : fact->level;
        card->crew = 1;
        card->client = RUNDE_NONE;
        card->is_critical = type == PARISH_INSULIN;
    }
    return RUNDE_OK;
}

/* Between the watches nobody can promise the half hour, and at night one
 * carer has the whole municipality. */
static bool can_be_critical(const parish_card *card)
{
    const int32_t m = card->minute;
    return card->type == PARISH_MEDICINE && m < 1290 && (m < 840 || m >= 945);
}

static bool can_be_for_two(const parish_card *card)
{
    return facts[card->type].two > 0 && card->minute < 1260;
}

static void mark_critical(parish *p, int32_t first, int32_t goal, dice *d)
{
    for (int32_t i = first; i < p->cards.n; i++) {
        goal -= PARISH_CARD(p, i)->is_critical ? 1 : 0;
    }
    for (int32_t tries = 50 * p->cards.n; goal > 0 && tries > 0; tries--) {
        parish_card *c = PARISH_CARD(p, dice_between(d, first, p->cards.n - 1));
        if (can_be_critical(c) && !c->is_critical) {
            c->is_critical = true;
            goal--;
        }
    }
}

static void mark_two_and_heavy(parish *p, int32_t first, int32_t two,
                               int32_t heavy, dice *d)
{
    for (int32_t tries = 50 * p->cards.n; two > 0 && tries > 0; tries--) {
        parish_card *c = PARISH_CARD(p, dice_between(d, first, p->cards.n - 1));
        if (can_be_for_two(c) && c->crew == 1 &&
            dice_below(d, 3) < facts[c->type].two) {
            c->crew = 2;
            /* A second carer comes for a lift more often than not. */
            c->is_heavy = dice_chance(d, 600);
            heavy -= c->is_heavy ? 1 : 0;
            two--;
        }
    }
    for (int32_t tries = 50 * p->cards.n; heavy > 0 && tries > 0; tries--) {
        parish_card *c = PARISH_CARD(p, dice_between(d, first, p->cards.n - 1));
        if (!c->is_heavy && dice_below(d, 3) < facts[c->type].heavy) {
            c->is_heavy = true;
            heavy--;
        }
    }
}

static runde_status make_cards(dealer *of)
{
    parish *p = of->p;
    const int32_t total = p->size->visits;
    int32_t shares[PARISH_TYPES];
    int32_t counts[PARISH_TYPES];
    for (int32_t t = 0; t < PARISH_TYPES; t++) {
        shares[t] = facts[t].share;
    }
    parish_apportion(counts, shares, PARISH_TYPES, total);
    int32_t hours[HOURS];
    parish_apportion(hours, hour_profile, HOURS, total);
    runde_status status = RUNDE_OK;
    for (size_t i = 0; i < sizeof calendar / sizeof calendar[0]; i++) {
        const parish_type type = calendar[i].type;
        if (status == RUNDE_OK) {
            status = add_cards(p, type, counts[type], hours, &of->d);
        }
    }
    if (status == RUNDE_OK) {
        status = add_cards(p, PARISH_MEDICINE, counts[PARISH_MEDICINE], hours,
                           &of->d);
    }
    if (status == RUNDE_OK) {
        mark_critical(p, 0, (total * p->size->critical + 500) / 1000, &of->d);
        mark_two_and_heavy(p, 0, (total * p->size->crew_two + 500) / 1000,
                           (total * 80 + 500) / 1000, &of->d);
    }
    for (int32_t i = 0; i < p->cards.n; i++) {
        /* The night patrol is a nurse or not, as the rota has it. */
        parish_card *card = PARISH_CARD(p, i);
        if (card->minute >= 1320 && card->level > 1) {
            card->level = 1;
        }
    }
    return status;
}

/* 0 to 6 visits a day in fixed shares, moved to the sum that is wanted. */
static void draw_wants(dealer *of)
{
    static const int32_t shares[7] = {300, 280, 170, 110, 90, 35, 15};
    const int32_t n = of->p->size->clients;
    int32_t counts[7];
    parish_apportion(counts, shares, 7, n);
    int32_t sum = 0;
    int32_t at = 0;
    for (int32_t k = 6; k >= 0; k--) {
        for (int32_t i = 0; i < counts[k]; i++) {
            of->wants[at++] = k;
            sum += k;
        }
    }
    dice_shuffle(&of->d, of->wants, n);
    while (sum != of->p->size->visits) {
        int32_t *want = &of->wants[dice_below(&of->d, n)];
        const int32_t step = sum < of->p->size->visits ? 1 : -1;
        if (*want >= 1 && *want + step >= 1 && *want + step <= 6) {
            *want += step;
            sum += step;
        }
    }
}

static bool is_dose(const parish_card *card)
{
    return card->type == PARISH_MEDICINE || card->type == PARISH_INSULIN;
}

static bool is_once_a_day(parish_type type)
{
    return type != PARISH_MEDICINE && type != PARISH_INSULIN &&
           type != PARISH_MEAL;
}

/* May a client get this card beside those already in hand? */
static bool fits_hand(const dealer *of, int32_t client, int32_t card)
{
    const parish_card *c = PARISH_CARD(of->p, card);
    for (int32_t i = 0; i < of->hands[client]; i++) {
        const parish_card *had = PARISH_CARD(of->p, hand_of(of, client)[i]);
        const int32_t apart = abs(c->minute - had->minute);
        if (apart < MIN_SPACING ||
            (is_dose(c) && is_dose(had) && apart < DOSE_LEAST) ||
            (c->type == had->type && is_once_a_day(c->type))) {
            return false;
        }
    }
    return true;
}

static void give(dealer *of, int32_t client, deck *from, int32_t at)
{
    const int32_t card = from->cards[at];
    from->cards[at] = from->cards[--from->n];
    hand_of(of, client)[of->hands[client]++] = card;
    PARISH_CARD(of->p, card)->client = client;
}

/* A fitting card from the deck's top; false when none of them fits. */
static bool deal_from(dealer *of, int32_t client, deck *from)
{
    for (int32_t i = 0; i < LOOK_AHEAD && i < from->n; i++) {
        const int32_t at = from->n - 1 - i;
        if (fits_hand(of, client, from->cards[at])) {
            give(of, client, from, at);
            return true;
        }
    }
    return false;
}

/* Bands in turn, each once, the fuller the likelier. */
static void deal_client(dealer *of, int32_t client)
{
    bool tried[BANDS] = {false};
    for (int32_t round = 0;
         round < BANDS && of->hands[client] < of->wants[client]; round++) {
        int32_t total = 0;
        for (int32_t b = 0; b < BANDS; b++) {
            total += tried[b] ? 0 : of->decks[b].n;
        }
        if (total == 0) {
            return;
        }
        int32_t at = dice_below(&of->d, total);
        int32_t b = 0;
        while (tried[b] || at >= of->decks[b].n) {
            at -= tried[b] ? 0 : of->decks[b].n;
            b++;
        }
        tried[b] = true;
        (void)deal_from(of, client, &of->decks[b]);
    }
}

/* Cards that found no client among those who want one go to whoever can
 * take them, clients without a visit first. */
static void deal_rest(dealer *of, int32_t round)
{
    const int32_t n = of->p->size->clients;
    for (int32_t b = 0; b < BANDS; b++) {
        int32_t tries = 30 * n + 1000;
        while (of->decks[b].n > 0 && tries-- > 0) {
            const int32_t client = dice_below(&of->d, n);
            if (of->hands[client] <= round) {
                (void)deal_from(of, client, &of->decks[b]);
            }
        }
    }
}

static void deal_all(dealer *of)
{
    const int32_t n = of->p->size->clients;
    for (int32_t i = 0; i < n; i++) {
        of->turn[i] = i;
    }
    dice_shuffle(&of->d, of->turn, n);
    /* Those with many visits are the hardest to please. */
    for (int32_t want = 6; want >= 1; want--) {
        for (int32_t i = 0; i < n; i++) {
            if (of->wants[of->turn[i]] == want) {
                deal_client(of, of->turn[i]);
            }
        }
    }
    for (int32_t round = 0; round < MAX_PER_CLIENT - 2; round++) {
        deal_rest(of, round);
    }
}

static runde_status add_bond(parish *p, parish_bond bond)
{
    parish_bond *to = parish_push(&p->bonds);
    if (!to) {
        return RUNDE_E_NOMEM;
    }
    *to = bond;
    return RUNDE_OK;
}

static void sort_hand(const dealer *of, int32_t client)
{
    int32_t *hand = hand_of(of, client);
    for (int32_t i = 1; i < of->hands[client]; i++) {
        const int32_t card = hand[i];
        int32_t j = i;
        while (j > 0 && PARISH_CARD(of->p, hand[j - 1])->minute >
                            PARISH_CARD(of->p, card)->minute) {
            hand[j] = hand[j - 1];
            j--;
        }
        hand[j] = card;
    }
}

/* Medicine four to eight hours apart: the client's next dose may not slip
 * together with this one. */
static runde_status bond_doses(dealer *of, int32_t client)
{
    const int32_t *hand = hand_of(of, client);
    int32_t last = RUNDE_NONE;
    for (int32_t i = 0; i < of->hands[client]; i++) {
        const parish_card *card = PARISH_CARD(of->p, hand[i]);
        if (!is_dose(card)) {
            continue;
        }
        if (last != RUNDE_NONE) {
            const int32_t gap = card->minute - PARISH_CARD(of->p, last)->minute;
            parish_bond bond = {last,      hand[i], DOSE_LEAST,
                                DOSE_MOST, false,   false};
            if (gap - DOSE_SLIP < DOSE_LEAST) {
                bond.min_gap = gap - DOSE_SLIP;
            }
            if (gap + DOSE_SLIP > DOSE_MOST) {
                bond.max_gap = RUNDE_TIME_NONE;
            }
            if (add_bond(of->p, bond) != RUNDE_OK) {
                return RUNDE_E_NOMEM;
            }
        }
        last = hand[i];
    }
    return RUNDE_OK;
}

/* Blood sugar before breakfast: a morning meal moves to a client who gets
 * insulin at that hour, half an hour after it. */
static runde_status bond_breakfast(dealer *of, int32_t meal)
{
    parish *p = of->p;
    parish_card *eat = PARISH_CARD(p, meal);
    if (of->hands[eat->client] != 1 || !dice_chance(&of->d, 300)) {
        return RUNDE_OK;
    }
    for (int32_t tries = 0; tries < 200; tries++) {
        const int32_t client = dice_below(&of->d, p->size->clients);
        int32_t *hand = hand_of(of, client);
        if (of->hands[client] < 1 || of->hands[client] >= 6) {
            continue;
        }
        const parish_card *first = PARISH_CARD(p, hand[0]);
        if (first->type != PARISH_INSULIN || first->minute > 540 ||
            (of->hands[client] > 1 &&
             PARISH_CARD(p, hand[1])->minute < first->minute + MIN_SPACING)) {
            continue;
        }
        of->hands[eat->client] = 0;
        eat->client = client;
        eat->minute = first->minute + 30;
        hand[of->hands[client]++] = meal;
        const parish_bond bond = {hand[0], meal, 0, 60, true, false};
        sort_hand(of, client);
        return add_bond(p, bond);
    }
    return RUNDE_OK;
}

/* Couples: the second one's visit of the same part of the day follows the
 * first one's, by the same carer. */
static runde_status bond_couple(dealer *of, int32_t second)
{
    parish *p = of->p;
    for (int32_t i = 0; i < of->hands[second - 1]; i++) {
        const int32_t a = hand_of(of, second - 1)[i];
        for (int32_t j = 0; j < of->hands[second]; j++) {
            const int32_t b = hand_of(of, second)[j];
            const parish_card *first = PARISH_CARD(p, a);
            parish_card *other = PARISH_CARD(p, b);
            if (band_of(first->minute) == band_of(other->minute) &&
                first->crew == 1 && other->crew == 1 && first->minute < 1260 &&
                !first->is_critical && !other->is_critical &&
                other->type <= PARISH_MEAL) {
                other->minute = first->minute + (first->duration + 4) / 5 * 5;
                const parish_bond bond = {a, b, 0, 30, true, true};
                return add_bond(p, bond);
            }
        }
    }
    return RUNDE_OK;
}

static runde_status bond_all(dealer *of)
{
    parish *p = of->p;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < p->size->clients; i++) {
        sort_hand(of, i);
    }
    for (int32_t i = 1; i < p->size->clients && status == RUNDE_OK; i++) {
        status = p->clients[i].is_couple ? bond_couple(of, i) : RUNDE_OK;
    }
    for (int32_t i = 0; i < p->cards.n && status == RUNDE_OK; i++) {
        const parish_card *c = PARISH_CARD(p, i);
        if (c->type == PARISH_MEAL && c->client != RUNDE_NONE &&
            band_of(c->minute) == 0) {
            status = bond_breakfast(of, i);
        }
    }
    for (int32_t i = 0; i < p->size->clients && status == RUNDE_OK; i++) {
        sort_hand(of, i);
        status = bond_doses(of, i);
    }
    return status;
}

/* The work of a client and whether noon is free for the day centre. */
static void sum_up(dealer *of)
{
    parish *p = of->p;
    for (int32_t i = 0; i < p->size->clients; i++) {
        parish_client *client = &p->clients[i];
        bool is_noon_free = true;
        client->cards = of->hands[i];
        client->load = 1;
        for (int32_t j = 0; j < of->hands[i]; j++) {
            const parish_card *c = PARISH_CARD(p, hand_of(of, i)[j]);
            client->load += c->crew * (c->duration + SETUP_AND_DRIVE);
            is_noon_free = is_noon_free &&
                           (c->minute + c->duration < 585 || c->minute > 870);
        }
        client->away =
            is_noon_free && of->hands[i] > 0 && dice_chance(&of->d, 80);
    }
}

/* Wounds, showers, cleaning and talks come to other clients tomorrow; the
 * rest comes to the same ones at the same hour. */
static bool is_daily(parish_type type)
{
    return type <= PARISH_MEAL;
}

static runde_status add_day(dealer *of, int32_t day, int32_t n_cards,
                            int32_t n_bonds)
{
    parish *p = of->p;
    int32_t *copy = calloc((size_t)n_cards, sizeof *copy);
    if (!copy) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < n_cards && status == RUNDE_OK; i++) {
        parish_card card = *PARISH_CARD(p, i);
        copy[i] = RUNDE_NONE;
        if (!is_daily(card.type) && parish_weekend(day)) {
            continue;
        }
        for (int32_t tries = 0; !is_daily(card.type) && tries < 50; tries++) {
            const int32_t client = dice_below(&of->d, p->size->clients);
            if (p->clients[client].zone == p->clients[card.client].zone &&
                !p->clients[client].away && fits_hand(of, client, i)) {
                card.client = client;
                break;
            }
        }
        parish_card *to = parish_push(&p->cards);
        if (!to) {
            status = RUNDE_E_NOMEM;
            break;
        }
        card.day = day;
        *to = card;
        copy[i] = p->cards.n - 1;
    }
    for (int32_t i = 0; i < n_bonds && status == RUNDE_OK; i++) {
        parish_bond bond = *PARISH_BOND(p, i);
        bond.before = copy[bond.before];
        bond.after = copy[bond.after];
        if (bond.before != RUNDE_NONE && bond.after != RUNDE_NONE) {
            status = add_bond(p, bond);
        }
    }
    free(copy);
    return status;
}

static void fill_decks(dealer *of, int32_t *room)
{
    int32_t counts[BANDS] = {0};
    for (int32_t i = 0; i < of->p->cards.n; i++) {
        counts[band_of(PARISH_CARD(of->p, i)->minute)]++;
    }
    for (int32_t b = 0; b < BANDS; b++) {
        of->decks[b].cards = room;
        room += counts[b];
    }
    for (int32_t i = 0; i < of->p->cards.n; i++) {
        deck *to = &of->decks[band_of(PARISH_CARD(of->p, i)->minute)];
        to->cards[to->n++] = i;
    }
    for (int32_t b = 0; b < BANDS; b++) {
        dice_shuffle(&of->d, of->decks[b].cards, of->decks[b].n);
    }
}

/* Every card has a client but the odd one that fits nobody: it goes. */
static void drop_orphans(parish *p)
{
    int32_t n = 0;
    for (int32_t i = 0; i < p->cards.n; i++) {
        if (PARISH_CARD(p, i)->client != RUNDE_NONE) {
            *PARISH_CARD(p, n++) = *PARISH_CARD(p, i);
        }
    }
    p->cards.n = n;
}

static void collect_hands(dealer *of)
{
    memset(of->hands, 0, (size_t)of->p->size->clients * sizeof *of->hands);
    drop_orphans(of->p);
    for (int32_t i = 0; i < of->p->cards.n; i++) {
        const int32_t client = PARISH_CARD(of->p, i)->client;
        hand_of(of, client)[of->hands[client]++] = i;
    }
}

static runde_status deal_days(dealer *of, int32_t *room)
{
    runde_status status = make_cards(of);
    if (status != RUNDE_OK) {
        return status;
    }
    draw_wants(of);
    fill_decks(of, room);
    deal_all(of);
    collect_hands(of);
    status = bond_all(of);
    sum_up(of);
    if (status == RUNDE_OK) {
        status = parish_divide(of->p);
    }
    const int32_t n_cards = of->p->cards.n;
    const int32_t n_bonds = of->p->bonds.n;
    for (int32_t day = 1; day < of->p->spec->days && status == RUNDE_OK;
         day++) {
        status = add_day(of, day, n_cards, n_bonds);
    }
    return status;
}

runde_status parish_deal(parish *p)
{
    const size_t n = (size_t)p->size->clients;
    dealer of = {.p = p, .d = dice_new(p->spec->seed, 2)};
    of.hand = calloc(n * MAX_PER_CLIENT, sizeof *of.hand);
    of.hands = calloc(n, sizeof *of.hands);
    of.wants = calloc(n, sizeof *of.wants);
    of.turn = calloc(n, sizeof *of.turn);
    int32_t *room = calloc((size_t)p->size->visits, sizeof *room);
    runde_status status = RUNDE_E_NOMEM;
    if (of.hand && of.hands && of.wants && of.turn && room) {
        status = deal_days(&of, room);
    }
    free(room);
    free(of.turn);
    free(of.wants);
    free(of.hands);
    free(of.hand);
    return status;
}
