/* SPDX-License-Identifier: MIT */
/* Mankowska's problem: Z = (travel + lateness + worst lateness) / 3, in
 * minutes with three decimals. See the set's README and check_hhcrsp.py. */
#include "udine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_MINUTE 1000.0
#define TICK_MS 60

/* The Italian windows are whole minutes with residues of floating point in
 * the published files; the published solver cut them off, and so do we. */
static void truncate_windows(udine_instance *self)
{
    for (int32_t p = 0; p < self->n_patients; p++) {
        double *window = self->patients[p].windows[0];
        window[0] = trunc(window[0]);
        window[1] = trunc(window[1]);
    }
}

static void add_carer(draft *to, const udine_instance *self, int32_t carer)
{
    udine_draft_carer(to, self, carer);
    /* Carers may start and end at any time. */
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = self->carers[carer].id;
    shift.carer = carer;
    shift.end = self->horizon;
    shift.max_end = shift.end;
    shift.start_place = self->carers[carer].start_row;
    shift.end_place = self->carers[carer].end_row;
    draft_shift(to, &shift);
}

static void add_patient(draft *to, const udine_instance *self, int32_t patient)
{
    const udine_patient *who = &self->patients[patient];
    runde_client client = RUNDE_CLIENT_INIT;
    client.id = who->id;
    client.place = who->row;
    draft_client(to, &client);
    /* The opening of the window is hard, its closing is not. */
    const runde_interval preferred = {
        source_ticks(who->windows[0][0], self->scale),
        source_ticks(who->windows[0][1], self->scale)};
    const runde_window window = {preferred.start, RUNDE_TIME_NONE,
                                 RUNDE_TIME_NONE};
    for (int32_t k = 0; k < who->n_services; k++) {
        char id[96];
        (void)snprintf(id, sizeof id, "%s-%s", who->id,
                       self->kinds[who->services[k]]);
        const runde_skill_need need = {who->services[k], 1, RUNDE_NONE};
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = id;
        visit.client = patient;
        visit.duration = source_ticks(who->durations[k], self->scale);
        visit.windows = &window;
        visit.n_windows = 1;
        visit.preferred = &preferred;
        visit.n_preferred = 1;
        visit.skills = &need;
        visit.n_skills = 1;
        /* Nothing but the link says how a patient's two services meet. */
        visit.may_overlap = true;
        (void)draft_visit(to, &visit);
    }
    udine_draft_links(to, self, patient);
}

static runde_status build(bench_case *out, const udine_instance *self,
                          runde_diag *diag)
{
    const runde_settings settings = draft_settings(TICK_MS);
    runde_weights weights = draft_weights();
    weights.weight[RUNDE_TRAVEL_TIME] = 1;
    weights.weight[RUNDE_LATE] = 1;
    weights.weight[RUNDE_MAX_LATE] = 1;
    draft to;
    draft_start(&to, &settings, diag);
    udine_draft_frame(&to, self);
    draft_weigh(&to, &weights);
    for (int32_t c = 0; c < self->n_carers; c++) {
        add_carer(&to, self, c);
    }
    for (int32_t p = 0; p < self->n_patients; p++) {
        add_patient(&to, self, p);
    }
    return draft_finish(&to, &out->problem, diag);
}

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    udine_instance *self = NULL;
    runde_status status = udine_parse(&self, source, TICKS_PER_MINUTE, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    if (strcmp(source->set, "italian") == 0) {
        truncate_windows(self);
    }
    status = build(out, self, diag);
    if (status == RUNDE_OK) {
        out->data = self;
        out->scale = 1.0 / (3.0 * TICKS_PER_MINUTE);
    } else {
        udine_free(self);
    }
    return status;
}

/* ------------------------------------------------------------ objective */

static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    const udine_instance *self = of->data;
    udine_entry *entries = NULL;
    int32_t n = 0;
    const runde_status status = udine_entries(&entries, &n, self, plan, false);
    if (status != RUNDE_OK) {
        return status;
    }
    double travel = 0.0;
    double late = 0.0;
    double max_late = 0.0;
    for (int32_t i = 0; i < n; i++) {
        const udine_carer *carer = &self->carers[entries[i].carer];
        const udine_patient *who = &self->patients[entries[i].patient];
        const bool is_first =
            i == 0 || entries[i - 1].carer != entries[i].carer;
        const bool is_last =
            i + 1 == n || entries[i + 1].carer != entries[i].carer;
        const int32_t from = is_first
                                 ? carer->start_row
                                 : self->patients[entries[i - 1].patient].row;
        travel += udine_travel(self, from, who->row);
        if (is_last) {
            travel += udine_travel(self, who->row, carer->end_row);
        }
        const double term = fmax(0.0, entries[i].start - who->windows[0][1]);
        late += term;
        max_late = fmax(max_late, term);
    }
    free(entries);
    out->value = (travel + late + max_late) / 3.0;
    out->left_out = udine_left_out(of, plan);
    return RUNDE_OK;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    udine_entry *entries = NULL;
    int32_t n = 0;
    runde_status status = udine_entries(&entries, &n, of->data, plan, false);
    if (status == RUNDE_OK) {
        status = udine_write(file, of->data, entries, n);
    }
    free(entries);
    return status;
}

const bench_reader mankowska_reader = {
    "mankowska", read_set, price_plan, write_plan, udine_free, "bks", NULL, 3};
const bench_reader kummer_reader = {
    "kummer", read_set, price_plan, write_plan, udine_free, "bks", NULL, 3};
const bench_reader italian_reader = {
    "italian", read_set, price_plan, write_plan, udine_free, "bks", NULL, 3};
