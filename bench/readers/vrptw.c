/* SPDX-License-Identifier: MIT */
/* Solomon, and Gehring and Homberger, in the convention of DIMACS: lengths
 * and times cut to one decimal, total distance. A tick is a tenth. */
#include "draft.h"
#include "readers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 100
#define TENTHS 10.0
#define COLUMNS 7

typedef enum column {
    COLUMN_ID = 0,
    COLUMN_X,
    COLUMN_Y,
    COLUMN_DEMAND,
    COLUMN_READY,
    COLUMN_DUE,
    COLUMN_SERVICE
} column;

typedef struct tour_instance {
    int32_t n_vehicles;
    double capacity;
    int32_t n_rows; /* customers and the depot, row 0 */
    double (*rows)[COLUMNS];
} tour_instance;

static void free_data(void *data)
{
    tour_instance *self = data;
    if (self != NULL) {
        free(self->rows);
        free(self);
    }
}

/* Numbers of a line; 0 when anything else stands in it. */
static int32_t parse_line(const char *line, const char *end,
                          double values[COLUMNS])
{
    int32_t n = 0;
    while (line < end && n < COLUMNS) {
        char *next = NULL;
        const double value = strtod(line, &next);
        if (next == line || next > end) {
            break;
        }
        values[n++] = value;
        line = next;
    }
    line += strspn(line, " \t\r");
    return line >= end ? n : 0;
}

static const char *line_end(const char *line)
{
    return line + strcspn(line, "\n");
}

static runde_status parse(tour_instance *self, const char *text,
                          runde_diag *diag)
{
    size_t lines = 1;
    for (const char *c = text; *c != '\0'; c++) {
        lines += *c == '\n' ? 1 : 0;
    }
    self->rows = malloc(lines * sizeof *self->rows);
    if (self->rows == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (const char *line = text; *line != '\0';) {
        const char *end = line_end(line);
        double values[COLUMNS] = {0.0};
        const int32_t n = parse_line(line, end, values);
        if (n == 2 && self->n_vehicles == 0) {
            self->n_vehicles = (int32_t)values[0];
            self->capacity = values[1];
        } else if (n == COLUMNS) {
            memcpy(self->rows[self->n_rows++], values, sizeof values);
        }
        line = *end == '\0' ? end : end + 1;
    }
    return self->n_vehicles > 0 && self->n_rows > 1
               ? RUNDE_OK
               : source_error(diag, "",
                              "no line with vehicles and capacity, or no "
                              "customers");
}

/* ------------------------------------------------------------- build */

static int32_t leg(const tour_instance *self, int32_t from, int32_t to)
{
    const double *a = self->rows[from];
    const double *b = self->rows[to];
    const double length =
        hypot(a[COLUMN_X] - b[COLUMN_X], a[COLUMN_Y] - b[COLUMN_Y]);
    return (int32_t)floor(length * TENTHS + 1e-9);
}

static int32_t *all_legs(const tour_instance *self)
{
    const size_t n = (size_t)self->n_rows;
    int32_t *legs = malloc((n * n + 1) * sizeof *legs);
    for (int32_t a = 0; legs != NULL && a < self->n_rows; a++) {
        for (int32_t b = 0; b < self->n_rows; b++) {
            legs[(ptrdiff_t)a * self->n_rows + b] = leg(self, a, b);
        }
    }
    return legs;
}

static void add_vehicles(draft *to, const tour_instance *self)
{
    const double *depot = self->rows[0];
    const runde_cap cap = {0, source_ticks(self->capacity, 1.0)};
    for (int32_t c = 0; c < self->n_vehicles; c++) {
        char id[32];
        (void)snprintf(id, sizeof id, "vehicle-%d", c + 1);
        runde_carer carer = RUNDE_CARER_INIT;
        carer.id = id;
        draft_carer(to, &carer);
        runde_shift shift = RUNDE_SHIFT_INIT;
        shift.id = id;
        shift.carer = c;
        shift.start = source_ticks(depot[COLUMN_READY], TENTHS);
        shift.end = source_ticks(depot[COLUMN_DUE], TENTHS);
        shift.max_end = shift.end;
        shift.start_place = 0;
        shift.end_place = 0;
        shift.caps = &cap;
        shift.n_caps = 1;
        draft_shift(to, &shift);
    }
}

static void add_customer(draft *to, const tour_instance *self, int32_t row)
{
    const double *values = self->rows[row];
    char id[32];
    (void)snprintf(id, sizeof id, "%d", row);
    runde_client client = RUNDE_CLIENT_INIT;
    client.id = id;
    client.place = row;
    draft_client(to, &client);
    const runde_window window = {source_ticks(values[COLUMN_READY], TENTHS),
                                 source_ticks(values[COLUMN_DUE], TENTHS),
                                 RUNDE_TIME_NONE};
    const runde_load_use use = {0, source_ticks(values[COLUMN_DEMAND], 1.0)};
    runde_visit visit = RUNDE_VISIT_INIT;
    visit.id = id;
    visit.client = row - 1;
    visit.duration = source_ticks(values[COLUMN_SERVICE], TENTHS);
    visit.windows = &window;
    visit.n_windows = 1;
    visit.loads = &use;
    visit.n_loads = use.amount > 0 ? 1 : 0;
    (void)draft_visit(to, &visit);
}

static runde_status build(bench_case *out, const tour_instance *self,
                          runde_diag *diag)
{
    int32_t *legs = all_legs(self);
    if (legs == NULL) {
        return RUNDE_E_NOMEM;
    }
    const runde_settings settings = draft_settings(TICK_MS);
    runde_weights weights = draft_weights();
    weights.weight[RUNDE_TRAVEL_TIME] = 1;
    runde_load load = RUNDE_LOAD_INIT;
    load.id = "demand";
    draft to;
    draft_start(&to, &settings, diag);
    for (int32_t row = 0; row < self->n_rows; row++) {
        char id[32];
        (void)snprintf(id, sizeof id, "row-%d", row);
        draft_place(&to, id);
    }
    draft_travel(&to, self->n_rows, legs);
    draft_weigh(&to, &weights);
    if (to.status == RUNDE_OK) {
        to.status = runde_problem_add_load(to.problem, &load, NULL);
    }
    add_vehicles(&to, self);
    for (int32_t row = 1; row < self->n_rows; row++) {
        add_customer(&to, self, row);
    }
    return draft_finish(&to, &out->problem, diag);
}

static runde_status read_set(bench_case *out, const bench_source *source,
                             runde_diag *diag)
{
    tour_instance *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return RUNDE_E_NOMEM;
    }
    runde_status status = parse(self, source->text, diag);
    if (status == RUNDE_OK) {
        status = build(out, self, diag);
    }
    if (status == RUNDE_OK) {
        out->data = self;
        out->scale = 1.0 / TENTHS;
    } else {
        free_data(self);
    }
    return status;
}

/* -------------------------------------------------------------- plans */

static runde_status price_plan(bench_price *out, const bench_case *of,
                               const runde_plan *plan)
{
    const tour_instance *self = of->data;
    int64_t tenths = 0;
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        int32_t here = 0;
        for (int32_t i = 0; i < route->n_stops; i++) {
            const int32_t row = route->stops[i].item + 1;
            tenths += leg(self, here, row);
            here = row;
        }
        tenths += leg(self, here, 0);
    }
    out->value = (double)tenths / TENTHS;
    out->left_out = runde_plan_n_unserved(plan);
    return RUNDE_OK;
}

static runde_status write_plan(FILE *file, const bench_case *of,
                               const runde_plan *plan)
{
    bench_price price = {0.0, 0};
    const runde_status status = price_plan(&price, of, plan);
    for (int32_t r = 0; r < runde_plan_n_routes(plan); r++) {
        const runde_route *route = runde_plan_route(plan, r);
        (void)fprintf(file, "Route #%d:", r + 1);
        for (int32_t i = 0; i < route->n_stops; i++) {
            (void)fprintf(file, " %d", route->stops[i].item + 1);
        }
        (void)fputc('\n', file);
    }
    (void)fprintf(file, "Cost %.1f\n", price.value);
    return status;
}

const bench_reader solomon_reader = {"solomon",  read_set,  price_plan,
                                     write_plan, free_data, "bks_dimacs",
                                     NULL,       1};
const bench_reader gehring_homberger_reader = {
    "gehring-homberger", read_set,     price_plan, write_plan,
    free_data,           "bks_dimacs", NULL,       1};
