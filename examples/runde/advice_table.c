/* SPDX-License-Identifier: MIT */
#include "advice_table.h"

#include "route_table.h"
#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>

/* What every line needs. */
typedef struct layout {
    FILE *stream;
    const runde_problem *problem;
    const runde_settings *settings;
    const char *extra;
} layout;

static void put_visit(const layout *to, int32_t visit)
{
    const runde_visit *v = runde_problem_visit(to->problem, visit);
    (void)screen_put(to->stream, v != NULL           ? v->id
                                 : to->extra != NULL ? to->extra
                                                     : "the visit");
}

static void put_carer(const layout *to, int32_t shift)
{
    const runde_shift *s = runde_problem_shift(to->problem, shift);
    if (s != NULL) {
        (void)screen_put(to->stream,
                         runde_problem_carer(to->problem, s->carer)->id);
        (void)fputs(", shift ", to->stream);
        (void)screen_put(to->stream, s->id);
    }
}

static void put_time(const layout *to, int32_t shift, int32_t tick)
{
    char text[WALL_CLOCK_TEXT];
    civil_time day;
    wall_clock_read(&day, to->settings,
                    runde_problem_shift(to->problem, shift)->start);
    wall_clock_time(text, to->settings, tick, day.day);
    (void)fputs(text, to->stream);
}

static void put_minutes(const layout *to, int64_t ticks)
{
    (void)fprintf(to->stream, "%" PRId64 " min",
                  wall_clock_minutes(to->settings, ticks));
}

/* "costs 312 (travel_time 240, late 72)" */
static void put_change(const layout *to, const runde_cost *change)
{
    const char *between = " (";
    (void)fprintf(to->stream, "%+" PRId64, change->wishes);
    for (int i = 0; i < RUNDE_CRITERIA; i++) {
        if (change->cost[i] != 0) {
            (void)fprintf(to->stream, "%s%s %+" PRId64, between,
                          runde_criterion_name((runde_criterion)i),
                          change->cost[i]);
            between = ", ";
        }
    }
    (void)fputs(between[0] == ',' ? ")" : "", to->stream);
}

static void put_move(const layout *to, const runde_move *move)
{
    const runde_visit *v = runde_problem_visit(to->problem, move->visit);
    (void)fputs("      ", to->stream);
    put_visit(to, move->visit);
    if (v != NULL && v->crew > 1) {
        (void)fprintf(to->stream, " (%d of %d)", (int)move->part + 1,
                      (int)v->crew);
    }
    if (move->from_shift != RUNDE_NONE) {
        (void)fputs(" from ", to->stream);
        put_carer(to, move->from_shift);
        (void)fputs(" at ", to->stream);
        put_time(to, move->from_shift, move->from_start);
    }
    (void)fputs(" to ", to->stream);
    put_carer(to, move->shift);
    (void)fprintf(to->stream, ", stop %d, at ", (int)move->position + 1);
    put_time(to, move->shift, move->start);
    (void)fputc('\n', to->stream);
}

static void put_offer(const layout *to, const runde_offer *offer, bool by_visit)
{
    (void)fputs("  ", to->stream);
    if (by_visit) {
        put_visit(to, offer->visit);
        (void)fputs(": ", to->stream);
    }
    put_carer(to, offer->shift);
    for (int32_t i = 0; i < offer->n_moves; i++) {
        if (offer->moves[i].shift == offer->shift &&
            offer->moves[i].visit == offer->visit) {
            (void)fputs(", at ", to->stream);
            put_time(to, offer->shift, offer->moves[i].start);
        }
    }
    (void)fputs(", ", to->stream);
    put_change(to, &offer->change);
    (void)fputc('\n', to->stream);
    for (int32_t i = 0; offer->n_moves > 1 && i < offer->n_moves; i++) {
        put_move(to, &offer->moves[i]);
    }
}

static void put_reason(const layout *to, const runde_offer *offer,
                       bool by_visit)
{
    const runde_reason *reason = &offer->reason;
    (void)fputs("  ", to->stream);
    if (by_visit) {
        put_visit(to, offer->visit);
        (void)fputs(": ", to->stream);
    }
    put_carer(to, offer->shift);
    (void)fprintf(to->stream, ": %s", route_table_reason(reason->code));
    if (reason->code == RUNDE_REASON_WINDOW && reason->amount > 0) {
        (void)fputs(", by ", to->stream);
        put_minutes(to, reason->amount);
    } else if (reason->amount > 0) {
        (void)fprintf(to->stream, ", by %d", (int)reason->amount);
    }
    (void)fputc('\n', to->stream);
}

static layout layout_of(FILE *stream, const runde_problem *problem,
                        const char *extra)
{
    const layout to = {stream, problem, runde_problem_settings(problem), extra};
    return to;
}

void advice_table_print(FILE *stream, const runde_problem *problem,
                        const runde_advice *advice, const char *extra,
                        bool by_visit)
{
    const layout to = layout_of(stream, problem, extra);
    const int32_t n = runde_advice_n_offers(advice);
    int32_t fits = 0;
    while (fits < n && runde_advice_offer(advice, fits)->fits) {
        fits++;
    }
    (void)fprintf(stream, "%s\n",
                  fits > 0 ? "offers that fit, by what they add to the cost"
                           : "fits nowhere");
    for (int32_t i = 0; i < fits; i++) {
        (void)fprintf(stream, "%3d", (int)i + 1);
        put_offer(&to, runde_advice_offer(advice, i), by_visit);
    }
    if (fits < n) {
        (void)fputs("does not fit\n", stream);
    }
    for (int32_t i = fits; i < n; i++) {
        put_reason(&to, runde_advice_offer(advice, i), by_visit);
    }
}

/* ------------------------------------------------------------ explanation */

/* What must give way: rounded down it would not be enough. */
static void put_enough_minutes(const layout *to, int64_t ticks)
{
    (void)fprintf(to->stream, "%" PRId64 " min",
                  wall_clock_minutes_up(to->settings, ticks));
}

static void put_relaxation(const layout *to, const runde_relaxation *r)
{
    (void)fputs("  if ", to->stream);
    switch (r->kind) {
    case RUNDE_RELAX_MOVE:
        (void)fputs("another visit moves", to->stream);
        break;
    case RUNDE_RELAX_LATER:
        (void)fputs("it may be ", to->stream);
        put_enough_minutes(to, r->amount);
        (void)fputs(" later", to->stream);
        break;
    case RUNDE_RELAX_EARLIER:
        (void)fputs("it may be ", to->stream);
        put_enough_minutes(to, r->amount);
        (void)fputs(" earlier", to->stream);
        break;
    case RUNDE_RELAX_OVERTIME:
        (void)fputs("the shift may end ", to->stream);
        put_enough_minutes(to, r->amount);
        (void)fputs(" later", to->stream);
        break;
    case RUNDE_RELAX_SKILL:
        (void)fputs("skill ", to->stream);
        (void)screen_put(to->stream, runde_problem_skill(to->problem, r->item));
        (void)fputs(" is not asked for", to->stream);
        break;
    case RUNDE_RELAX_CREW:
        (void)fprintf(to->stream, "%d carer%s enough", (int)r->amount,
                      r->amount == 1 ? " is" : "s are");
        break;
    case RUNDE_RELAXATIONS:
        break;
    }
    (void)fputs(":\n  ", to->stream);
    put_offer(to, &r->offer, false);
}

/* What no price makes up for. */
static void put_left_out(const layout *to, const runde_explanation *e)
{
    const int64_t sum = runde_explanation_saving(e)->left_out;
    const runde_visit *v =
        runde_problem_visit(to->problem, runde_explanation_visit(e));
    if (sum > 0 && sum == v->priority) {
        (void)fprintf(to->stream,
                      ", and a mandatory visit (priority %" PRId64
                      ") would be left out",
                      sum);
    } else if (sum > 0) {
        (void)fprintf(to->stream,
                      ", and mandatory visits (priorities %" PRId64
                      " in all) would be left out",
                      sum);
    }
}

static void put_places(const layout *to, const runde_explanation *e)
{
    put_visit(to, runde_explanation_visit(e));
    (void)fputs(" is served\n", to->stream);
    for (int32_t i = 0; i < runde_explanation_n_places(e); i++) {
        const runde_move *at = runde_explanation_place(e, i);
        (void)fputs("  ", to->stream);
        if (at->visit != runde_explanation_visit(e)) {
            put_visit(to, at->visit);
            (void)fputs(" with it: ", to->stream);
        }
        put_carer(to, at->shift);
        (void)fputs(", at ", to->stream);
        put_time(to, at->shift, at->start);
        (void)fputc('\n', to->stream);
    }
    (void)fputs("without it the cost would change by ", to->stream);
    put_change(to, runde_explanation_saving(e));
    put_left_out(to, e);
    (void)fputs("\nelsewhere, and what that would change\n", to->stream);
}

void advice_table_explain(FILE *stream, const runde_problem *problem,
                          const runde_explanation *explanation)
{
    const layout to = layout_of(stream, problem, NULL);
    if (runde_explanation_is_served(explanation)) {
        put_places(&to, explanation);
    } else {
        put_visit(&to, runde_explanation_visit(explanation));
        (void)fputs(" is left out\n", stream);
    }
    const int32_t n = runde_explanation_n_offers(explanation);
    for (int32_t i = 0; i < n; i++) {
        const runde_offer *offer = runde_explanation_offer(explanation, i);
        if (offer->fits) {
            put_offer(&to, offer, false);
        } else {
            put_reason(&to, offer, false);
        }
    }
    const int32_t m = runde_explanation_n_relaxations(explanation);
    if (m > 0) {
        (void)fputs("it would fit\n", stream);
    }
    for (int32_t i = 0; i < m; i++) {
        put_relaxation(&to, runde_explanation_relaxation(explanation, i));
    }
}
