/* SPDX-License-Identifier: MIT */
/* Bredstrom and Ronnqvist: hard windows on the start, pairs that start
 * together; travel or preference. See the set's README, check_vrptwsyn.py. */
#include "draft.h"
#include "readers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 60000
/** Points per unit of preference: the file has six digits. */
#define POINTS 1e6

typedef struct pairs_instance {
    cJSON *root;
    bool by_preference;
    int32_t n_rows; /* visits and the depot, row 0 */
    int32_t n_carers;
    int32_t horizon;
    const cJSON **visits; /* row r is visits[r - 1] */
    int32_t *travel;
} pairs_instance;

static void free_data(void *data)
{
    pairs_instance *self = data;
    if (self != NULL) {
        cJSON_Delete(self->root);
        free(self->visits);
        free(self->travel);
        free(self);
    }
}

static runde_status parse_travel(pairs_instance *self, runde_diag *diag)
{
    const size_t n = (size_t)self->n_rows;
    self->travel = calloc(n * n + 1, sizeof *self->travel);
    if (self->travel == NULL) {
        return RUNDE_E_NOMEM;
    }
    const cJSON *row = NULL;
    size_t cell = 0;
    cJSON_ArrayForEach(row, json_member(self->root, "travel"))
    {
        const cJSON *value = NULL;
        cJSON_ArrayForEach(value, row)
        {
            if (cell < n * n) {
                self->travel[cell] = source_ticks(value->valuedouble, 1.0);
            }
            cell++;
        }
    }
    return cell == n * n ? RUNDE_OK
                         : source_error(diag, "/travel",
                                        "%zu cells for %d visits and a depot",
                                        cell, self->n_rows - 1);
}

static runde_status parse_visits(pairs_instance *self, runde_diag *diag)
{
    const cJSON *list = json_member(self->root, "visits");
    self->n_rows = cJSON_GetArraySize(list) + 1;
    self->n_carers = (int32_t)json_number(self->root, "carers", 0.0);
    self->horizon = source_ticks(json_number(self->root, "horizon", 0.0), 1.0);
    self->visits = calloc((size_t)self->n_rows, sizeof(const cJSON *));
    if (self->visits == NULL) {
        return RUNDE_E_NOMEM;
    }
    int32_t n = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        const cJSON *wishes = json_member(node, "preference");
        if ((int32_t)json_number(node, "id", -1.0) != n + 1 ||
            cJSON_GetArraySize(wishes) < self->n_carers) {
            return source_error(diag, "/visits",
                                "visit %d is out of order or has fewer "
                                "preferences than carers",
                                n + 1);
        }
        self->visits[n++] = node;
    }
    return RUNDE_OK;
}

/* ------------------------------------------------------------- build */

static double preference(const pairs_instance *self, int32_t visit,
                         int32_t carer)
{
    const cJSON *list = json_member(self->visits[visit], "preference");
    return cJSON_GetArrayItem(list, carer)->valuedouble;
}

/* What the best carer would give: the price counts what others lack. */
static double best_preference(const pairs_instance *self, int32_t visit)
{
    double best = preference(self, visit, 0);
    for (int32_t c = 1; c < self->n_carers; c++) {
        best = fmin(best, preference(self, visit, c));
    }
    return best;
}

static int32_t find_wishes(const pairs_instance *self, int32_t visit,
                           runde_carer_wish *wishes)
{
    const double best = best_preference(self, visit);
    int32_t n = 0;
    for (int32_t c = 0; c < self->n_carers; c++) {
        const double more = preference(self, visit, c) - best;
        const int32_t points = source_ticks(more, POINTS);
        if (points > 0) {
            wishes[n++] = (runde_carer_wish){c, RUNDE_UNWANTED, points};
        }
    }
    return n;
}

static void add_carers(draft *to, const pairs_instance *self)
{
    for (int32_t c = 0; c < self->n_carers; c++) {
        char id[32];
        (void)snprintf(id, sizeof id, "%d", c + 1);
        runde_carer carer = RUNDE_CARER_INIT;
        carer.id = id;
        draft_carer(to, &carer);
        runde_shift shift = RUNDE_SHIFT_INIT;
        shift.id = id;
        shift.carer = c;
        shift.end = self->horizon;
        shift.max_end = self->horizon;
        shift.start_place = 0;
        shift.end_place = 0;
        draft_shift(to, &shift);
    }
}

static void add_visits(draft *to, const pairs_instance *self,
                       runde_carer_wish *wishes)
{
    for (int32_t v = 0; v + 1 < self->n_rows; v++) {
        double bounds[2] = {0.0, 0.0};
        (void)json_pair(json_member(self->visits[v], "window"), "", "", bounds);
        const runde_window window = {source_ticks(bounds[0], 1.0),
                                     source_ticks(bounds[1], 1.0),
                                     RUNDE_TIME_NONE};
        char id[32];
        (void)snprintf(id, sizeof id, "%d", v + 1);
        runde_client client = RUNDE_CLIENT_INIT;
        client.id = id;
        client.place = v + 1;
        draft_client(to, &client);
        runde_visit visit = RUNDE_VISIT_INIT;
        visit.id = id;
        visit.client = v;
        visit.duration =
            source_ticks(json_number(self->visits[v], "duration", 0.0), 1.0);
        visit.windows = &window;
        visit.n_windows = 1;
        if (self->by_preference) {
            visit.wishes = wishes;
            visit.n_wishes = find_wishes(self, v, wishes);
        }
        (void)draft_visit(to, &visit);
    }
}

static void add_pairs(draft *to, const pairs_instance *self)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, json_member(self->root, "synchronised"))
    {
        double pair[2] = {0.0, 0.0};
        (void)json_pair(node, "", "", pair);
        draft_pair(to, (int32_t)pair[0] - 1, (int32_t)pair[1] - 1, 0, 0);
    }
}

static runde_status build(bench_case *out, const pairs_instance *self,
                          runde_diag *diag)
{
    const size_t cells = (size_t)self->n_rows * (size_t)self->n_rows;
    int32_t *durations = malloc(cells * sizeof *durations);
    runde_carer_wish *wishes =
        malloc(((size_t)self->n_carers + 1) * sizeof *wishes);
    if (durations == NULL || wishes == NULL) {
        free(durations);
        free(wishes);
        return RUNDE_E_NOMEM;
    }
    memcpy(durations, self->travel, cells * sizeof *durations);
    const runde_settings settings = draft_settings(TICK_MS);
    runde_weights weights = draft_weights();
    weights.weight[self->by_preference ? RUNDE_CARER_PREFERENCE
                                       : RUNDE_TRAVEL_TIME] = 1;
    draft to;
    draft_start(&to, &settings, diag);
    for (int32_t row = 0; row < self->n_rows; row++) {
        char id[32];
        (void)snprintf(id, sizeof id, "row-%d", row);
        draft_place(&to, id);
    }
    draft_travel(&to, self->n_rows, durations);
    draft_weigh(&to, &weights);
    add_carers(&to, self);
    add_visits(&to, self, wishes);
    add_pairs(&to, self);
    free(wishes);
    return draft_finish(&to, &out->problem, diag);
}

static void say_scale(bench_case *out, const pairs_instance *self)
{
    out->scale = 1.0;
    if (self->by_preference) {
        out->scale = 1.0 / POINTS;
        for (int32_t v = 0; v + 1 < self->n_rows; v++) {
            out->offset += best_preference(self, v);
        }
    }
}

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    pairs_instance *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return RUNDE_E_NOMEM;
    }
    self->by_preference = source->objective != NULL &&
                          strcmp(source->objective, "preference") == 0;
    self->root = cJSON_ParseWithLength(source->text, source->length);
    runde_status status = self->root == NULL
                              ? source_error(diag, "", "the text is not JSON")
                              : parse_visits(self, diag);
    if (status == RUNDE_OK) {
        status = parse_travel(self, diag);
    }
    if (status == RUNDE_OK) {
        status = build(out, self, diag);
    }
    if (status == RUNDE_OK) {
        out->data = self;
        say_scale(out, self);
    } else {
        free_data(self);
    }
    return status;
}

/* -------------------------------------------------------------- plans */

static double route_travel(const pairs_instance *self, const runde_route *route)
{
    double travel = 0.0;
    int32_t here = 0;
    for (int32_t i = 0; i < route->n_stops; i++) {
        const int32_t row = route->stops[i].item + 1;
        travel += self->travel[(ptrdiff_t)here * self->n_rows + row];
        here = row;
    }
    return travel + self->travel[(ptrdiff_t)here * self->n_rows];
}

static double route_preference(const pairs_instance *self,
                               const runde_route *route)
{
    double sum = 0.0;
    for (int32_t i = 0; i < route->n_stops; i++) {
        sum += preference(self, route->stops[i].item, route->shift);
    }
    return sum;
}

static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    const pairs_instance *self = of->data;
    *out = (bench_price){0.0, runde_plan_n_unserved(plan)};
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        out->value += self->by_preference ? route_preference(self, route)
                                          : route_travel(self, route);
    }
    return RUNDE_OK;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    (void)of;
    (void)fputs("{\"routes\":[", file);
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        (void)fprintf(file, "%s{\"carer\":%d,\"visits\":[", r == 0 ? "" : ",",
                      route->shift + 1);
        for (int32_t i = 0; i < route->n_stops; i++) {
            (void)fprintf(file, "%s[%d,%d]", i == 0 ? "" : ",",
                          route->stops[i].item + 1, route->stops[i].start);
        }
        (void)fputs("]}", file);
    }
    (void)fputs("]}\n", file);
    return RUNDE_OK;
}

const bench_reader bredstrom_ronnqvist_reader = {
    "bredstrom-ronnqvist", read_set,         price_plan, write_plan, free_data,
    "bks_travel",          "bks_preference", 3};
