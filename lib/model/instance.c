/* SPDX-License-Identifier: MIT */
/* From records to dense arrays. The order of the steps matters: windows need
 * durations, links need windows, neighbours need both. */
#include "model/instance.h"

#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

#define MS_PER_DAY 86400000LL

static void count_nodes(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        inst->n_tasks += runde_problem_visit(p, v)->crew;
    }
    inst->n_stops = inst->n_tasks;
    for (int32_t s = 0; s < runde_problem_n_shifts(p); s++) {
        inst->n_stops += runde_problem_shift(p, s)->n_activities;
    }
    inst->n_shifts = runde_problem_n_shifts(p);
    inst->n_nodes = inst->n_stops + 2 * inst->n_shifts;
    inst->n_carers = runde_problem_n_carers(p);
    inst->n_clients = runde_problem_n_clients(p);
    inst->n_loads = runde_problem_n_loads(p);
    inst->n_places = runde_problem_n_places(p);
    inst->n_modes = runde_problem_n_modes(p);
}

static runde_status read_weights(rn_instance *inst)
{
    const runde_weights *weights = runde_problem_weights(inst->problem);
    const runde_settings *settings = runde_problem_settings(inst->problem);
    for (int32_t c = 0; c < RUNDE_CRITERIA; c++) {
        inst->w[c] = (rn_cost)weights->weight[c] + inst->steer[c];
    }
    inst->depart_at_start = settings->depart_at_shift_start;
    inst->early_at_end = settings->early_at_end;
    inst->late_at_end = settings->late_at_end;
    inst->prices_filling = inst->w[RUNDE_WAITING] != 0 ||
                           inst->w[RUNDE_IDLE] != 0 ||
                           inst->w[RUNDE_MAX_IDLE] != 0;
    inst->has_globals = inst->w[RUNDE_MAX_LATE] != 0 ||
                        inst->w[RUNDE_MAX_IDLE] != 0 ||
                        inst->w[RUNDE_WORKLOAD_SPREAD] != 0 ||
                        inst->w[RUNDE_WORKLOAD_DEVIATION] != 0 ||
                        inst->w[RUNDE_LOAD_SPREAD] != 0;
    inst->is_regular = true;
    inst->only_late = true;
    return RUNDE_OK;
}

void rn_instance_stop(rn_instance *inst, rn_stop *stop,
                      const runde_visit *visit)
{
    stop->place = visit->place;
    stop->duration = visit->duration;
    stop->setup = visit->setup;
    stop->w_travel = rn_search_weight(inst, visit->client, RUNDE_TRAVEL_TIME);
    stop->w_distance =
        rn_search_weight(inst, visit->client, RUNDE_TRAVEL_DISTANCE);
    stop->w_early = rn_search_weight(inst, visit->client, RUNDE_EARLY);
    stop->w_late = rn_search_weight(inst, visit->client, RUNDE_LATE);
    stop->w_shifted =
        rn_search_weight(inst, visit->client, RUNDE_SHIFTED_START);
    stop->published = RUNDE_TIME_NONE;
    if (stop->w_distance != 0) {
        inst->uses_distance = true;
    }
}

static runde_status fill_tasks(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    int32_t task = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        const runde_visit *visit = runde_problem_visit(p, v);
        for (int32_t j = 0; j < visit->crew; j++, task++) {
            inst->task[task].visit = v;
            inst->task[task].part = j;
            inst->task[task].client = visit->client;
            inst->task[task].published_carer = RUNDE_NONE;
            rn_instance_stop(inst, &inst->stop[task], visit);
        }
    }
    return RUNDE_OK;
}

/* The first task of every visit, plus one past the end. */
static int32_t *first_tasks(rn_instance *inst)
{
    const int32_t n = runde_problem_n_visits(inst->problem);
    int32_t *first = rn_arena_array(inst->arena, (size_t)n + 1, sizeof *first);
    if (first == NULL) {
        return NULL;
    }
    for (int32_t v = 0; v < n; v++) {
        first[v + 1] = first[v] + runde_problem_visit(inst->problem, v)->crew;
    }
    return first;
}

/* The first published part speaks for its visit: a crew starts together. */
static void mark_shifts(rn_instance *inst)
{
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        for (int32_t t = inst->first_task[v]; t < inst->first_task[v + 1];
             t++) {
            if (inst->stop[t].published != RUNDE_TIME_NONE) {
                inst->task[t].counts_shift = true;
                break;
            }
        }
    }
}

static void fill_published(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    for (int32_t i = 0; i < runde_problem_n_published(p); i++) {
        const runde_published *was = runde_problem_published(p, i);
        const int32_t task = inst->first_task[was->visit] + was->part;
        const int32_t client = inst->task[task].client;
        rn_stop *stop = &inst->stop[task];
        inst->task[task].published_carer = was->carer;
        inst->task[task].w_changed =
            rn_search_weight(inst, client, RUNDE_CHANGED_CARER);
        stop->published = was->start;
        stop->tolerance = was->tolerance;
        if (stop->w_shifted != 0 || inst->w[RUNDE_VISITS_SHIFTED] != 0) {
            inst->is_regular = false;
            inst->only_late = false;
        }
    }
}

static void fill_activity(rn_instance *inst, rn_stop *stop,
                          const runde_activity *activity, int32_t number)
{
    inst->windows[number].a = activity->min_start;
    inst->windows[number].b = activity->max_start;
    stop->place = activity->place;
    stop->duration = activity->duration;
    stop->w_travel = (int32_t)inst->w[RUNDE_TRAVEL_TIME];
    stop->w_distance = (int32_t)inst->w[RUNDE_TRAVEL_DISTANCE];
    stop->first_window = number;
    stop->n_windows = 1;
    stop->earliest = activity->min_start;
    stop->latest = activity->max_start;
    stop->release = activity->min_start;
    stop->published = RUNDE_TIME_NONE;
}

static int32_t day_of(const rn_instance *inst, int32_t tick)
{
    const int64_t ms =
        (int64_t)tick * runde_problem_settings(inst->problem)->tick_ms;
    return (int32_t)(ms >= 0 ? ms / MS_PER_DAY : -1);
}

static void fill_breaks(rn_instance *inst, const runde_shift *shift,
                        rn_shift *out)
{
    rn_break *list = inst->breaks + out->first_break;
    for (int32_t i = 0; i < shift->n_breaks; i++) {
        const runde_break *b = &shift->breaks[i];
        const rn_break one = {b->duration,
                              b->min_start,
                              b->max_start,
                              i,
                              b->optional &&
                                  rn_limit_of(inst, RUNDE_BREAKS_MISSED) != 0,
                              b->paid,
                              b->interrupts_travel};
        int32_t at = i;
        /* Breaks are taken in the order of their windows. */
        while (at > 0 && list[at - 1].a > one.a) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = one;
    }
}

static runde_status fill_shifts(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    const int64_t overtime = rn_limit_of(inst, RUNDE_OVERTIME);
    int32_t node = inst->n_tasks;
    int32_t breaks = 0;
    int32_t caps = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const runde_shift *shift = runde_problem_shift(p, s);
        rn_shift *out = &inst->shift[s];
        out->carer = shift->carer;
        out->start = shift->start;
        out->end = shift->end;
        out->max_end = shift->max_end;
        if (overtime < (int64_t)shift->max_end - shift->end) {
            out->max_end = shift->end + (int32_t)overtime;
        }
        out->mode = shift->mode;
        out->day = day_of(inst, shift->start);
        out->week = out->day / 7;
        out->max_duty = shift->max_duty > 0 ? shift->max_duty : RN_TIME_MAX;
        out->continues = shift->continues;
        out->first_break = breaks;
        out->n_breaks = shift->n_breaks;
        fill_breaks(inst, shift, out);
        breaks += shift->n_breaks;
        out->first_cap = caps;
        out->n_caps = shift->n_caps;
        for (int32_t i = 0; i < shift->n_caps; i++) {
            inst->caps[caps++] = shift->caps[i];
        }
        out->first_activity = node;
        out->n_activities = shift->n_activities;
        for (int32_t i = 0; i < shift->n_activities; i++, node++) {
            fill_activity(inst, &inst->stop[node], &shift->activities[i],
                          node - inst->n_tasks);
        }
        rn_stop *first = &inst->stop[rn_shift_start_node(inst, s)];
        rn_stop *last = &inst->stop[rn_shift_end_node(inst, s)];
        first->place = shift->start_place;
        last->place = shift->end_place;
        last->w_travel = (int32_t)inst->w[RUNDE_TRAVEL_TIME];
        last->w_distance = (int32_t)inst->w[RUNDE_TRAVEL_DISTANCE];
        first->published = RUNDE_TIME_NONE;
        last->published = RUNDE_TIME_NONE;
    }
    if (inst->w[RUNDE_TRAVEL_DISTANCE] != 0) {
        inst->uses_distance = true;
    }
    return RUNDE_OK;
}

static int64_t limit_of(int32_t value)
{
    return value > 0 ? value : RN_COST_INF;
}

/* A carer's shifts by start, chained, with the rest the next one needs. */
static void chain_shifts(rn_instance *inst, int32_t carer, int32_t daily_rest)
{
    rn_carer_limits *limits = &inst->carer[carer];
    int32_t *list = inst->carer_shifts + limits->first_shift;
    for (int32_t i = 1; i < limits->n_shifts; i++) {
        const int32_t s = list[i];
        int32_t at = i;
        while (at > 0 &&
               inst->shift[list[at - 1]].start > inst->shift[s].start) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = s;
    }
    for (int32_t i = 0; i < limits->n_shifts; i++) {
        rn_shift *shift = &inst->shift[list[i]];
        shift->before = i > 0 ? list[i - 1] : RUNDE_NONE;
        shift->after = i + 1 < limits->n_shifts ? list[i + 1] : RUNDE_NONE;
        shift->rest_before =
            shift->continues || daily_rest < 0 ? 0 : daily_rest;
    }
}

static runde_status fill_carers(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    int32_t caps = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        inst->carer[inst->shift[s].carer].n_shifts++;
        caps += inst->shift[s].n_caps;
    }
    int32_t first = 0;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        const runde_carer *carer = runde_problem_carer(p, c);
        rn_carer_limits *out = &inst->carer[c];
        out->first_shift = first;
        first += out->n_shifts;
        out->n_shifts = 0;
        out->weekly_rest =
            carer->rules.weekly_rest > 0 ? carer->rules.weekly_rest : 0;
        out->max_per_day = limit_of(carer->rules.max_per_day);
        out->max_per_week = limit_of(carer->rules.max_per_week);
        out->max_per_horizon = limit_of(carer->rules.max_per_horizon);
        out->first_cap = caps;
        out->n_caps = carer->n_caps;
        for (int32_t i = 0; i < carer->n_caps; i++) {
            inst->caps[caps++] = carer->caps[i];
        }
    }
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        rn_carer_limits *out = &inst->carer[inst->shift[s].carer];
        inst->carer_shifts[out->first_shift + out->n_shifts++] = s;
    }
    for (int32_t c = 0; c < inst->n_carers; c++) {
        chain_shifts(inst, c, runde_problem_carer(p, c)->rules.daily_rest);
    }
    return RUNDE_OK;
}

/* Everything whose size the problem tells is allocated here. */
static runde_status allocate(rn_instance *inst)
{
    const runde_problem *p = inst->problem;
    size_t breaks = 0;
    size_t caps = 0;
    size_t loads = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        breaks += (size_t)runde_problem_shift(p, s)->n_breaks;
        caps += (size_t)runde_problem_shift(p, s)->n_caps;
    }
    for (int32_t c = 0; c < inst->n_carers; c++) {
        caps += (size_t)runde_problem_carer(p, c)->n_caps;
    }
    for (int32_t v = 0; v < runde_problem_n_visits(p); v++) {
        loads += (size_t)runde_problem_visit(p, v)->n_loads;
    }
    rn_arena *a = inst->arena;
    inst->stop =
        rn_arena_array(a, (size_t)inst->n_nodes + 1, sizeof *inst->stop);
    inst->task =
        rn_arena_array(a, (size_t)inst->n_tasks + 1, sizeof *inst->task);
    inst->shift =
        rn_arena_array(a, (size_t)inst->n_shifts + 1, sizeof *inst->shift);
    inst->breaks = rn_arena_array(a, breaks + 1, sizeof *inst->breaks);
    inst->caps = rn_arena_array(a, caps + 1, sizeof *inst->caps);
    inst->loads = rn_arena_array(a, loads + 1, sizeof *inst->loads);
    inst->carer =
        rn_arena_array(a, (size_t)inst->n_carers + 1, sizeof *inst->carer);
    inst->carer_shifts = rn_arena_array(a, (size_t)inst->n_shifts + 1,
                                        sizeof *inst->carer_shifts);
    inst->client =
        rn_arena_array(a, (size_t)inst->n_clients + 1, sizeof *inst->client);
    inst->first_task = first_tasks(inst);
    const bool ok = inst->stop != NULL && inst->task != NULL &&
                    inst->shift != NULL && inst->breaks != NULL &&
                    inst->caps != NULL && inst->loads != NULL &&
                    inst->carer != NULL && inst->carer_shifts != NULL &&
                    inst->client != NULL && inst->first_task != NULL;
    return ok ? RUNDE_OK : RUNDE_E_NOMEM;
}

static void fill_loads(rn_instance *inst)
{
    int32_t at = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        const runde_visit *visit = runde_problem_visit(inst->problem, v);
        for (int32_t t = inst->first_task[v]; t < inst->first_task[v + 1];
             t++) {
            inst->task[t].first_load = at;
            inst->task[t].n_loads = visit->n_loads;
        }
        for (int32_t i = 0; i < visit->n_loads; i++) {
            inst->loads[at++] = visit->loads[i];
        }
    }
}

/* The largest weight that some visit or shift has for the criterion. */
static rn_cost largest_weight(const rn_instance *inst, runde_criterion x)
{
    rn_cost most = inst->w[x];
    for (int32_t c = 0; c < inst->n_clients; c++) {
        const rn_cost w = rn_client_weight(inst, c, x);
        most = w > most ? w : most;
    }
    return most;
}

/* What leaving out every optional visit costs, and the priorities of all
 * others. */
static rn_cost optional_prices(const rn_instance *inst, int64_t *priorities)
{
    rn_cost sum = 0;
    *priorities = 0;
    for (int32_t v = 0; v < runde_problem_n_visits(inst->problem); v++) {
        const runde_visit *visit = runde_problem_visit(inst->problem, v);
        if (visit->optional) {
            sum +=
                (rn_cost)visit->price *
                rn_client_weight(inst, visit->client, RUNDE_OPTIONAL_UNSERVED);
        } else {
            *priorities += visit->priority;
        }
    }
    return sum;
}

/* The most that one part uses of all loads together. */
static rn_cost largest_use(const rn_instance *inst)
{
    rn_cost most = 0;
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        rn_cost sum = 0;
        for (int32_t i = 0; i < inst->task[t].n_loads; i++) {
            sum += inst->loads[inst->task[t].first_load + i].amount;
        }
        most = sum > most ? sum : most;
    }
    return most;
}

/* M of docs/model.md 4.3: what inserting one visit can cost when it drags
 * a whole day along and every optional visit has to give way, once for every
 * unit of priority. */
static void set_left_out_unit(rn_instance *inst)
{
    int64_t span = 1;
    rn_cost most_breaks = 0;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const int64_t length =
            (int64_t)inst->shift[s].end - inst->shift[s].start;
        span = length > span ? length : span;
        most_breaks = inst->shift[s].n_breaks > most_breaks
                          ? inst->shift[s].n_breaks
                          : most_breaks;
    }
    const int64_t day =
        MS_PER_DAY / runde_problem_settings(inst->problem)->tick_ms;
    span = span > day && day > 0 ? day : span;
    rn_cost rate = 1;
    for (int32_t c = RUNDE_TRAVEL_TIME; c <= RUNDE_MAX_IDLE; c++) {
        rate += c == RUNDE_TRAVEL_DISTANCE
                    ? 0
                    : largest_weight(inst, (runde_criterion)c);
    }
    rate += largest_weight(inst, RUNDE_SHIFTED_START) +
            inst->w[RUNDE_WORKLOAD_SPREAD] +
            2 * inst->w[RUNDE_WORKLOAD_DEVIATION];
    rn_cost once =
        largest_weight(inst, RUNDE_DISTINCT_CARERS) +
        largest_weight(inst, RUNDE_CARERS_OVER_TARGET) +
        inst->w[RUNDE_SHIFTS_USED] + largest_weight(inst, RUNDE_CHANGED_CARER) +
        inst->w[RUNDE_CLIENTS_CHANGED] + inst->w[RUNDE_VISITS_SHIFTED] +
        4 * largest_weight(inst, RUNDE_OVERQUALIFICATION) +
        most_breaks * inst->w[RUNDE_BREAKS_MISSED] +
        largest_use(inst) * inst->w[RUNDE_LOAD_SPREAD] +
        100000 * largest_weight(inst, RUNDE_TRAVEL_DISTANCE);
    for (int32_t t = 0; t < inst->n_tasks; t++) {
        for (int32_t i = 0; i < inst->task[t].n_wishes; i++) {
            const rn_cost cost =
                inst->wishes[inst->task[t].first_wish + i].cost;
            once = cost > once ? cost : once;
        }
    }
    inst->left_out_unit = span * rate + once;
    int64_t priorities;
    const rn_cost optional = optional_prices(inst, &priorities);
    const rn_cost room =
        RN_COST_INF / 8 / (priorities + 1) - inst->left_out_unit;
    if (room > 0) {
        inst->left_out_unit += optional < room ? optional : room;
    }
}

/* Hours and rest are looked at only where they can bind. */
static void find_hour_limits(rn_instance *inst)
{
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const rn_carer_limits *c = &inst->carer[inst->shift[s].carer];
        inst->limits_hours =
            inst->limits_hours || inst->shift[s].max_duty < RN_TIME_MAX ||
            c->max_per_day < RN_COST_INF || c->max_per_week < RN_COST_INF ||
            c->max_per_horizon < RN_COST_INF || c->weekly_rest > 0;
    }
}

static runde_status build(rn_instance *inst)
{
    count_nodes(inst);
    runde_status status = allocate(inst);
    if (status == RUNDE_OK) {
        status = rn_instance_bounds(inst);
    }
    if (status == RUNDE_OK) {
        status = read_weights(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_travel(inst);
    }
    if (status == RUNDE_OK) {
        status = fill_tasks(inst);
    }
    if (status == RUNDE_OK) {
        fill_published(inst);
        mark_shifts(inst);
        fill_loads(inst);
        rn_instance_frozen(inst);
        status = rn_instance_windows(inst);
    }
    if (status == RUNDE_OK) {
        status = fill_shifts(inst);
    }
    if (status == RUNDE_OK) {
        status = fill_carers(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_clients(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_who(inst);
    }
    if (status == RUNDE_OK) {
        set_left_out_unit(inst);
        find_hour_limits(inst);
        status = rn_instance_twins(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_links(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_units(inst);
    }
    if (status == RUNDE_OK) {
        status = rn_instance_near(inst);
    }
    return status;
}

runde_status rn_instance_new(rn_instance **out, const runde_problem *problem)
{
    *out = NULL;
    rn_arena arena = RN_ARENA_INIT;
    rn_arena *home = rn_malloc(sizeof *home);
    if (home == NULL) {
        return RUNDE_E_NOMEM;
    }
    *home = arena;
    rn_instance *inst = rn_arena_alloc(home, sizeof *inst);
    if (inst == NULL) {
        rn_free(home);
        return RUNDE_E_NOMEM;
    }
    inst->arena = home;
    inst->problem = problem;
    const runde_status status = build(inst);
    if (status != RUNDE_OK) {
        rn_instance_free(inst);
        return status;
    }
    *out = inst;
    return RUNDE_OK;
}

void rn_instance_free(rn_instance *inst)
{
    if (inst != NULL) {
        rn_arena *home = inst->arena;
        rn_arena_free(home);
        rn_free(home);
    }
}
