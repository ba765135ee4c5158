/* SPDX-License-Identifier: MIT */
#include "udine.h"

#include <math.h>
#include <stdlib.h>

static int32_t *scaled_travel(const udine_instance *self)
{
    const size_t cells = (size_t)self->n_rows * (size_t)self->n_rows;
    int32_t *durations = malloc((cells + 1) * sizeof *durations);
    for (size_t i = 0; durations != NULL && i < cells; i++) {
        durations[i] = source_ticks(self->travel[i], self->scale);
    }
    return durations;
}

void udine_draft_frame(draft *to, const udine_instance *self)
{
    char id[32];
    for (int32_t row = 0; row < self->n_rows; row++) {
        (void)snprintf(id, sizeof id, "row-%d", row);
        draft_place(to, id);
    }
    for (int32_t kind = 0; kind < self->n_kinds; kind++) {
        draft_skill(to, self->kinds[kind]);
    }
    int32_t *durations = scaled_travel(self);
    if (durations == NULL) {
        to->status = RUNDE_E_NOMEM;
        return;
    }
    draft_travel(to, self->n_rows, durations);
}

void udine_draft_carer(draft *to, const udine_instance *self, int32_t carer)
{
    runde_skill_held held[UDINE_MAX_KINDS];
    int32_t n = 0;
    for (int32_t kind = 0; kind < self->n_kinds; kind++) {
        if ((self->carers[carer].abilities >> kind & 1u) != 0) {
            held[n++] = (runde_skill_held){kind, 1, RUNDE_TIME_NONE};
        }
    }
    runde_carer record = RUNDE_CARER_INIT;
    record.id = self->carers[carer].id;
    record.skills = held;
    record.n_skills = n;
    draft_carer(to, &record);
}

void udine_draft_links(draft *to, const udine_instance *self, int32_t patient)
{
    const udine_patient *who = &self->patients[patient];
    int32_t min_gap = RUNDE_TIME_NONE;
    int32_t max_gap = RUNDE_TIME_NONE;
    if (who->sync == UDINE_SIMULTANEOUS) {
        min_gap = 0;
        max_gap = 0;
    } else if (who->sync == UDINE_SEQUENTIAL) {
        min_gap = source_ticks(who->gap[0], self->scale);
        max_gap = source_ticks(who->gap[1], self->scale);
    }
    for (int32_t a = 0; a < who->n_services; a++) {
        for (int32_t b = a + 1; b < who->n_services; b++) {
            draft_pair(to, who->first_visit + a, who->first_visit + b, min_gap,
                       max_gap);
        }
    }
}
