/* SPDX-License-Identifier: MIT */
/* Shifts that are the same but for their carer: an unused one stands for all
 * its unused twins. Only where no wish, history or limit tells carers apart. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

static bool carers_are_alike(const rn_instance *inst)
{
    bool alike = inst->w[RUNDE_WORKLOAD_DEVIATION] == 0 &&
                 inst->w[RUNDE_WORKLOAD_SPREAD] == 0 &&
                 inst->w[RUNDE_LOAD_SPREAD] == 0;
    for (int32_t t = 0; t < inst->n_tasks && alike; t++) {
        const rn_task *task = &inst->task[t];
        alike = task->n_wishes == 0 && task->w_overqualified == 0 &&
                task->published_carer == RUNDE_NONE;
    }
    for (int32_t c = 0; c < inst->n_clients && alike; c++) {
        const rn_client *client = &inst->client[c];
        alike = client->w_distinct == 0 && client->w_over == 0 &&
                client->most_over == INT64_MAX;
    }
    return alike;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15ULL;
    return h ^ (h >> 29);
}

static uint64_t column_hash(const rn_instance *inst, int32_t s)
{
    const rn_shift *shift = &inst->shift[s];
    uint64_t h = mix(0, (uint32_t)shift->start);
    h = mix(h, (uint32_t)shift->end);
    h = mix(h, (uint32_t)shift->max_end);
    for (int32_t c = 0; c < inst->n_who; c++) {
        h = mix(h, rn_may(inst, c, s));
    }
    return h;
}

static bool same_columns(const rn_instance *inst, int32_t a, int32_t b)
{
    for (int32_t c = 0; c < inst->n_who; c++) {
        if (rn_may(inst, c, a) != rn_may(inst, c, b)) {
            return false;
        }
    }
    return true;
}

static bool same_caps(const rn_instance *inst, const rn_shift *a,
                      const rn_shift *b)
{
    for (int32_t i = 0; i < a->n_caps; i++) {
        const runde_cap *x = &inst->caps[a->first_cap + i];
        const runde_cap *y = &inst->caps[b->first_cap + i];
        if (x->load != y->load || x->cap != y->cap) {
            return false;
        }
    }
    return true;
}

static bool same_breaks(const rn_instance *inst, const rn_shift *a,
                        const rn_shift *b)
{
    for (int32_t i = 0; i < a->n_breaks; i++) {
        const rn_break *x = &inst->breaks[a->first_break + i];
        const rn_break *y = &inst->breaks[b->first_break + i];
        if (x->duration != y->duration || x->a != y->a || x->b != y->b ||
            x->optional != y->optional || x->paid != y->paid ||
            x->interrupts != y->interrupts) {
            return false;
        }
    }
    return true;
}

static bool are_twins(const rn_instance *inst, int32_t i, int32_t j)
{
    const rn_shift *a = &inst->shift[i];
    const rn_shift *b = &inst->shift[j];
    const bool same = a->start == b->start && a->end == b->end &&
                      a->max_end == b->max_end && a->mode == b->mode &&
                      a->max_duty == b->max_duty && a->n_caps == b->n_caps &&
                      a->n_breaks == b->n_breaks && a->n_activities == 0 &&
                      b->n_activities == 0 &&
                      inst->carer[a->carer].n_shifts == 1 &&
                      inst->carer[b->carer].n_shifts == 1 &&
                      inst->carer[a->carer].n_caps == 0 &&
                      inst->carer[b->carer].n_caps == 0 &&
                      inst->carer[a->carer].max_per_day ==
                          inst->carer[b->carer].max_per_day &&
                      inst->stop[rn_shift_start_node(inst, i)].place ==
                          inst->stop[rn_shift_start_node(inst, j)].place &&
                      inst->stop[rn_shift_end_node(inst, i)].place ==
                          inst->stop[rn_shift_end_node(inst, j)].place;
    return same && same_caps(inst, a, b) && same_breaks(inst, a, b) &&
           same_columns(inst, i, j);
}

runde_status rn_instance_twins(rn_instance *inst)
{
    uint32_t size = 16;
    while (size < 2U * (uint32_t)inst->n_shifts) {
        size *= 2;
    }
    int32_t *slot = rn_calloc(size, sizeof *slot);
    if (slot == NULL) {
        return RUNDE_E_NOMEM;
    }
    const bool alike = carers_are_alike(inst);
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        inst->shift[s].twin = s;
        if (!alike) {
            continue;
        }
        uint32_t at = (uint32_t)column_hash(inst, s) & (size - 1);
        while (slot[at] != 0 && !are_twins(inst, slot[at] - 1, s)) {
            at = (at + 1) & (size - 1);
        }
        if (slot[at] == 0) {
            slot[at] = s + 1;
        }
        inst->shift[s].twin = slot[at] - 1;
    }
    rn_free(slot);
    return RUNDE_OK;
}
