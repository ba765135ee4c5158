/* SPDX-License-Identifier: MIT */
#include "eval/bases.h"

#include <string.h>

/* More than these are homes, which tell little about each other. */
#define MOST_BASES 64

/* The place of all stops of an unused shift, or RUNDE_NONE. */
static int32_t place_of(const rn_instance *inst, int32_t shift)
{
    const rn_shift *s = &inst->shift[shift];
    const int32_t place = inst->stop[rn_shift_start_node(inst, shift)].place;
    bool same = place == inst->stop[rn_shift_end_node(inst, shift)].place;
    for (int32_t i = 0; i < s->n_activities && same; i++) {
        same = inst->stop[s->first_activity + i].place == place;
    }
    return same ? place : RUNDE_NONE;
}

static int32_t least_back(const rn_instance *inst, int32_t shift)
{
    const rn_shift *s = &inst->shift[shift];
    int32_t least = inst->stop[rn_shift_end_node(inst, shift)].w_travel;
    for (int32_t i = 0; i < s->n_activities; i++) {
        const int32_t w = inst->stop[s->first_activity + i].w_travel;
        least = w < least ? w : least;
    }
    return least;
}

/* The base of a shift, a new one if need be, or RUNDE_NONE. */
static int32_t find_base(rn_bases *bases, const rn_instance *inst,
                         int32_t shift)
{
    const int32_t place = place_of(inst, shift);
    const int32_t mode = inst->shift[shift].mode;
    int32_t b = 0;
    if (place < 0) {
        return RUNDE_NONE;
    }
    while (b < bases->n &&
           (bases->base[b].place != place || bases->base[b].mode != mode)) {
        b++;
    }
    const int32_t w = least_back(inst, shift);
    if (b < bases->n) {
        bases->base[b].w_back =
            w < bases->base[b].w_back ? w : bases->base[b].w_back;
    } else if (b < MOST_BASES) {
        bases->base[bases->n++] = (rn_base){place, mode, w, 0};
    }
    return b;
}

runde_status rn_bases_make(rn_bases *bases, const rn_instance *inst,
                           rn_arena *arena)
{
    const size_t words = (size_t)inst->who_words;
    memset(bases, 0, sizeof *bases);
    bases->base = rn_arena_array(arena, MOST_BASES, sizeof *bases->base);
    bases->of =
        rn_arena_array(arena, (size_t)inst->n_shifts + 1, sizeof *bases->of);
    bases->shifts = rn_arena_array(arena, (MOST_BASES + 1) * words + 1,
                                   sizeof *bases->shifts);
    bases->open = rn_arena_array(arena, words + 1, sizeof *bases->open);
    if (bases->base == NULL || bases->of == NULL || bases->shifts == NULL ||
        bases->open == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        bases->of[s] = find_base(bases, inst, s);
        if (bases->of[s] == MOST_BASES) {
            bases->n = 0;
            return RUNDE_OK;
        }
        const size_t row = bases->of[s] < 0 ? MOST_BASES : (size_t)bases->of[s];
        bases->shifts[row * words + (size_t)(s >> 6)] |= UINT64_C(1)
                                                         << (s & 63);
    }
    return RUNDE_OK;
}

void rn_bases_aim(rn_bases *bases, const rn_instance *inst, int32_t task)
{
    const rn_stop *stop = &inst->stop[task];
    for (int32_t b = 0; b < bases->n; b++) {
        rn_base *base = &bases->base[b];
        const int32_t in =
            rn_drive_to(inst, base->mode, base->place, stop->place);
        const int32_t out =
            rn_is_same_back(inst, base->mode)
                ? in
                : rn_drive(inst, base->mode, stop->place, base->place);
        base->way = (rn_cost)stop->w_travel * in + (rn_cost)base->w_back * out;
    }
}

static void open_row(rn_bases *bases, const rn_instance *inst, int32_t row)
{
    const size_t words = (size_t)inst->who_words;
    for (size_t w = 0; w < words; w++) {
        bases->open[w] |= bases->shifts[(size_t)row * words + w];
    }
}

bool rn_bases_open(rn_bases *bases, const rn_instance *inst, rn_cost limit)
{
    bool leaves_out = false;
    memcpy(bases->open,
           bases->shifts + (size_t)MOST_BASES * (size_t)inst->who_words,
           (size_t)inst->who_words * sizeof *bases->open);
    for (int32_t b = 0; b < bases->n; b++) {
        if (bases->base[b].way < limit) {
            open_row(bases, inst, b);
        } else {
            leaves_out = true;
        }
    }
    return leaves_out;
}

static bool has_any(const rn_bases *bases, const rn_instance *inst, int32_t b,
                    const uint64_t *who, const uint64_t *unused)
{
    const size_t words = (size_t)inst->who_words;
    bool any = false;
    for (size_t w = 0; w < words && !any; w++) {
        any = (bases->shifts[(size_t)b * words + w] & who[w] & unused[w]) != 0;
    }
    return any;
}

bool rn_bases_open_nearest(rn_bases *bases, const rn_instance *inst,
                           const uint64_t *who, const uint64_t *unused)
{
    int32_t nearest = RUNDE_NONE;
    for (int32_t b = 0; b < bases->n; b++) {
        if ((nearest < 0 || bases->base[b].way < bases->base[nearest].way) &&
            has_any(bases, inst, b, who, unused)) {
            nearest = b;
        }
    }
    memset(bases->open, 0, (size_t)inst->who_words * sizeof *bases->open);
    if (nearest >= 0) {
        open_row(bases, inst, nearest);
    }
    return nearest >= 0;
}
