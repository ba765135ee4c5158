/* SPDX-License-Identifier: MIT */
#include "draft.h"

#include <stdlib.h>

runde_settings draft_settings(int32_t tick_ms)
{
    runde_settings settings = RUNDE_SETTINGS_INIT;
    settings.tick_ms = tick_ms;
    settings.rules =
        (runde_work_rules){RUNDE_UNLIMITED, RUNDE_UNLIMITED, RUNDE_UNLIMITED,
                           RUNDE_UNLIMITED, RUNDE_UNLIMITED};
    return settings;
}

runde_weights draft_weights(void)
{
    return (runde_weights){.size = sizeof(runde_weights)};
}

void draft_start(draft *self, const runde_settings *settings, runde_diag *diag)
{
    *self = (draft){0};
    self->status = runde_problem_new(&self->problem, settings, diag);
}

void draft_place(draft *self, const char *id)
{
    if (self->status == RUNDE_OK) {
        runde_place place = RUNDE_PLACE_INIT;
        place.id = id;
        self->status = runde_problem_add_place(self->problem, &place, NULL);
    }
}

void draft_skill(draft *self, const char *id)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_skill(self->problem, id, NULL);
    }
}

void draft_travel(draft *self, int32_t n, int32_t *durations)
{
    int32_t mode = 0;
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_mode(self->problem, "car", &mode);
    }
    if (self->status == RUNDE_OK) {
        self->status =
            runde_problem_take_matrix(self->problem, mode, n, durations, NULL);
        if (self->status == RUNDE_OK) {
            return;
        }
    }
    free(durations);
}

void draft_client(draft *self, const runde_client *client)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_client(self->problem, client, NULL);
    }
}

void draft_carer(draft *self, const runde_carer *carer)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_carer(self->problem, carer, NULL);
    }
}

void draft_shift(draft *self, const runde_shift *shift)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_shift(self->problem, shift, NULL);
    }
}

int32_t draft_visit(draft *self, const runde_visit *visit)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_visit(self->problem, visit, NULL);
    }
    return self->n_visits++;
}

void draft_link(draft *self, const runde_link *link)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_add_link(self->problem, link, NULL);
    }
}

void draft_pair(draft *self, int32_t before, int32_t after, int32_t min_gap,
                int32_t max_gap)
{
    runde_link link = RUNDE_LINK_INIT;
    link.before = before;
    link.after = after;
    link.min_gap = min_gap;
    link.max_gap = max_gap;
    link.different_carer = true;
    link.all_or_none = true;
    draft_link(self, &link);
}

void draft_weigh(draft *self, const runde_weights *weights)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_set_weights(self->problem, weights);
    }
}

runde_status draft_finish(draft *self, runde_problem **out, runde_diag *diag)
{
    if (self->status == RUNDE_OK) {
        self->status = runde_problem_seal(self->problem, diag);
    }
    if (self->status == RUNDE_OK) {
        *out = self->problem;
    } else {
        runde_problem_free(self->problem);
    }
    self->problem = NULL;
    return self->status;
}
