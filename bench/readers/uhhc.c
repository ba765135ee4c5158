/* SPDX-License-Identifier: MIT */
/* The unified home-care problem: uhhc, extended, bazirha, bazirha-caie. */
#include "uhhc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 60000

static const struct part {
    const char *key;
    runde_criterion criterion;
} parts[UHHC_PARTS] = {
    {"travel_time", RUNDE_TRAVEL_TIME},
    {"total_tardiness", RUNDE_LATE},
    {"highest_tardiness", RUNDE_MAX_LATE},
    {"total_waiting_time", RUNDE_WAITING},
    {"total_extra_time", RUNDE_OVERTIME},
    {"max_idle_time", RUNDE_MAX_IDLE},
    {"caregiver_preferences", RUNDE_CARER_PREFERENCE},
    {"optional_patients", RUNDE_OPTIONAL_UNSERVED},
    {"missed_lunch_break", RUNDE_BREAKS_MISSED},
    {"workload_balance", RUNDE_WORKLOAD_DEVIATION},
};

static runde_status parse_weights(uhhc_instance *self, const cJSON *metadata,
                                  runde_diag *diag)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, json_member(metadata, "cost_components"))
    {
        size_t x = 0;
        while (x < UHHC_PARTS && strcmp(node->string, parts[x].key) != 0) {
            x++;
        }
        if (cJSON_IsNull(node)) {
            continue;
        }
        if (x == UHHC_PARTS) {
            return source_error(diag, "/metadata/cost_components",
                                "the model has no criterion for \"%s\"",
                                node->string);
        }
        self->is_priced[x] = cJSON_IsNumber(node);
        self->is_hard[x] = !self->is_priced[x];
        self->weight[x] = self->is_priced[x] ? node->valuedouble : 0.0;
    }
    return RUNDE_OK;
}

static bool is_late_hard(const uhhc_instance *self)
{
    return self->is_hard[UHHC_TARDINESS] || self->is_hard[UHHC_HIGHEST];
}

/* ----------------------------------------------------------- carers */

static void add_carer(draft *to, const uhhc_instance *self, int32_t carer)
{
    const udine_instance *day = self->day;
    const udine_carer *who = &day->carers[carer];
    udine_draft_carer(to, day, carer);
    runde_shift shift = RUNDE_SHIFT_INIT;
    shift.id = who->id;
    shift.carer = carer;
    shift.start = who->has_shift ? source_ticks(who->shift[0], 1.0) : 0;
    shift.end =
        who->has_shift ? source_ticks(who->shift[1], 1.0) : day->horizon;
    shift.max_end = self->is_hard[UHHC_EXTRA] ? shift.end : day->horizon;
    shift.start_place = who->start_row;
    shift.end_place = who->end_row;
    const runde_break lunch = {
        .duration = source_ticks(day->lunch_duration, 1.0),
        .min_start = source_ticks(day->lunch[0], 1.0),
        .max_start = source_ticks(day->lunch_latest, 1.0),
        .optional = self->is_priced[UHHC_LUNCH],
    };
    if (udine_can_lunch(day, carer)) {
        shift.breaks = &lunch;
        shift.n_breaks = 1;
    }
    draft_shift(to, &shift);
}

/* --------------------------------------------------------- patients */

static int32_t find_wishes(const uhhc_instance *self, int32_t patient,
                           runde_carer_wish *wishes)
{
    const udine_instance *day = self->day;
    const bool is_soft = self->is_priced[UHHC_PREFERENCES];
    int32_t n = 0;
    for (int32_t c = 0; c < day->n_carers; c++) {
        const ptrdiff_t cell = (ptrdiff_t)patient * day->n_carers + c;
        if (day->wishes[cell] == UDINE_INCOMPATIBLE) {
            wishes[n++] = (runde_carer_wish){c, RUNDE_PROHIBITED, 0};
        } else if (day->wishes[cell] == UDINE_PREFERRED && is_soft) {
            wishes[n++] = (runde_carer_wish){c, RUNDE_PREFERRED, 1};
        } else if (day->wishes[cell] == UDINE_PREFERRED) {
            wishes[n++] = (runde_carer_wish){c, RUNDE_REQUIRED, 0};
        }
    }
    return n;
}

static void add_client(draft *to, const uhhc_instance *self, int32_t patient)
{
    const udine_patient *who = &self->day->patients[patient];
    runde_carer_wish *wishes =
        malloc(((size_t)self->day->n_carers + 1) * sizeof *wishes);
    if (wishes == NULL) {
        to->status = RUNDE_E_NOMEM;
        return;
    }
    runde_client client = RUNDE_CLIENT_INIT;
    client.id = who->id;
    client.place = who->row;
    client.wishes = wishes;
    client.n_wishes = find_wishes(self, patient, wishes);
    draft_client(to, &client);
    free(wishes);
}

/* Soft: any time from the first opening on. Hard: one of the windows, and
 * where two of them meet a start belongs to the later one. */
static int32_t find_windows(const uhhc_instance *self, const udine_patient *who,
                            runde_window windows[UDINE_MAX_WINDOWS])
{
    if (!is_late_hard(self)) {
        windows[0] = (runde_window){source_ticks(who->windows[0][0], 1.0),
                                    RUNDE_TIME_NONE, RUNDE_TIME_NONE};
        return 1;
    }
    for (int32_t i = 0; i < who->n_windows; i++) {
        const int32_t end = source_ticks(who->windows[i][1], 1.0);
        int32_t max_start = end;
        if (i + 1 < who->n_windows && who->windows[i + 1][0] <= max_start) {
            max_start = source_ticks(who->windows[i + 1][0], 1.0) - 1;
        }
        windows[i].min_start = source_ticks(who->windows[i][0], 1.0);
        windows[i].max_start = max_start;
        windows[i].max_end = self->late_at_end ? end : RUNDE_TIME_NONE;
    }
    return who->n_windows;
}

static void find_preferred(const udine_patient *who,
                           runde_interval preferred[UDINE_MAX_WINDOWS])
{
    for (int32_t i = 0; i < who->n_windows; i++) {
        preferred[i].start = source_ticks(who->windows[i][0], 1.0);
        preferred[i].end = source_ticks(who->windows[i][1], 1.0);
    }
}

static void add_visits(draft *to, const uhhc_instance *self, int32_t patient)
{
    const udine_instance *day = self->day;
    const udine_patient *who = &day->patients[patient];
    runde_window windows[UDINE_MAX_WINDOWS];
    runde_interval preferred[UDINE_MAX_WINDOWS];
    find_preferred(who, preferred);
    for (int32_t k = 0; k < who->n_services; k++) {
        char id[96];
        (void)snprintf(id, sizeof id, "%s-%s", who->id,
                       day->kinds[who->services[k]]);
        const runde_skill_need need = {who->services[k], 1, RUNDE_NONE};
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = id;
        visit.client = patient;
        visit.duration = source_ticks(who->durations[k], 1.0);
        visit.windows = windows;
        visit.n_windows = find_windows(self, who, windows);
        visit.preferred = preferred;
        visit.n_preferred = is_late_hard(self) ? 0 : who->n_windows;
        visit.skills = &need;
        visit.n_skills = 1;
        visit.optional = who->optional && self->is_priced[UHHC_OPTIONAL];
        /* An unvisited patient costs once, however many services. */
        visit.price = visit.optional && k == 0 ? 1 : 0;
        visit.may_overlap = true;
        (void)draft_visit(to, &visit);
    }
    udine_draft_links(to, day, patient);
}

/* ------------------------------------------------------------- build */

static runde_status build(bench_case *out, const uhhc_instance *self,
                          runde_diag *diag)
{
    runde_settings settings = draft_settings(TICK_MS);
    settings.late_at_end = self->late_at_end;
    settings.depart_at_shift_start = self->depart_at_shift_start;
    runde_weights weights = draft_weights();
    for (int32_t x = 0; x < UHHC_PARTS; x++) {
        weights.weight[parts[x].criterion] = source_ticks(self->weight[x], 1.0);
    }
    draft to;
    draft_start(&to, &settings, diag);
    udine_draft_frame(&to, self->day);
    draft_weigh(&to, &weights);
    for (int32_t c = 0; c < self->day->n_carers; c++) {
        add_carer(&to, self, c);
    }
    for (int32_t p = 0; p < self->day->n_patients; p++) {
        add_client(&to, self, p);
        add_visits(&to, self, p);
    }
    return draft_finish(&to, &out->problem, diag);
}

static void free_data(void *data)
{
    uhhc_instance *self = data;
    if (self != NULL) {
        udine_free(self->day);
        free(self);
    }
}

/* Lunches that no plan can have cost the same in every plan. */
static double lost_lunches(const uhhc_instance *self)
{
    double lost = 0.0;
    for (int32_t c = 0; c < self->day->n_carers; c++) {
        if (self->day->carers[c].lunch && !udine_can_lunch(self->day, c)) {
            lost += self->weight[UHHC_LUNCH];
        }
    }
    return lost;
}

static runde_status parse(uhhc_instance *self, const bench_source *source,
                          runde_diag *diag)
{
    const runde_status status = udine_parse(&self->day, source, 1.0, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    const cJSON *metadata = json_member(self->day->root, "metadata");
    self->late_at_end =
        json_says(metadata, "time_window_met", "at_service_end");
    self->depart_at_shift_start = json_says(metadata, "origin", "bazirha") ||
                                  json_says(metadata, "origin", "bazirha-caie");
    if (self->late_at_end) {
        self->day->lunch_latest -= self->day->lunch_duration;
    }
    return parse_weights(self, metadata, diag);
}

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    uhhc_instance *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = parse(self, source, diag);
    if (status == RUNDE_OK) {
        status = build(out, self, diag);
    }
    if (status == RUNDE_OK) {
        out->data = self;
        out->scale = 1.0;
        out->offset = lost_lunches(self);
    } else {
        free_data(self);
    }
    return status;
}

/* -------------------------------------------------------------- plans */

static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    const uhhc_instance *self = of->data;
    udine_entry *entries = NULL;
    int32_t n = 0;
    runde_status status = udine_entries(&entries, &n, self->day, plan, true);
    if (status == RUNDE_OK) {
        status = uhhc_value(&out->value, self, entries, n);
        out->left_out = udine_left_out(of, plan);
    }
    free(entries);
    return status;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    const uhhc_instance *self = of->data;
    udine_entry *entries = NULL;
    int32_t n = 0;
    runde_status status = udine_entries(&entries, &n, self->day, plan, true);
    if (status == RUNDE_OK) {
        status = udine_write(file, self->day, entries, n);
    }
    free(entries);
    return status;
}

const bench_reader uhhc_reader = {"uhhc",    read_set, price_plan, write_plan,
                                  free_data, "bks",    NULL,       0};
const bench_reader extended_reader = {
    "extended", read_set, price_plan, write_plan, free_data, "bks", NULL, 0};
const bench_reader bazirha_reader = {
    "bazirha", read_set, price_plan, write_plan, free_data, "bks", NULL, 0};
const bench_reader bazirha_caie_reader = {"bazirha-caie", read_set,  price_plan,
                                          write_plan,     free_data, "bks",
                                          NULL,           0};
