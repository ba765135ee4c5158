/* SPDX-License-Identifier: MIT */
#include "left_out_notes.h"

#include "input.h"
#include "screen.h"
#include "wall_clock.h"

#include <inttypes.h>
#include <stdlib.h>

/* An explanation tries the visit everywhere, so it costs as much as the day
 * is long: 20 ms with 1,400 visits. */
#define MOST_WORK 70000 /* explanations times visits of the problem */
#define MOST_EXPLAINED 50
#define LEAST_EXPLAINED 3

/* Sentences by language: what stands around the two things that are told, of
 * which the second may be missing. */
enum {
    AND_THEN,
    AND_WITH,
    MOVED,
    LATER,
    EARLIER,
    OVERTIME,
    SKILL,
    CREW,
    NOTHING,
    NOT_ASKED
};

static const char *const sentences[][2][3] = {
    [AND_THEN] = {{": ", " kl. ", ""}, {": ", " at ", ""}},
    [AND_WITH] = {{", ", " kl. ", ""}, {", ", " at ", ""}},
    [MOVED] = {{"hvis ", " går til ", ""}, {"if ", " goes to ", ""}},
    [LATER] = {{"hvis det kan være ", " min senere", ""},
               {"if it may be ", " min later", ""}},
    [EARLIER] = {{"hvis det kan være ", " min tidligere", ""},
                 {"if it may be ", " min earlier", ""}},
    [OVERTIME] = {{"hvis vakten ", " kan slutte ", " min senere"},
                  {"if shift ", " may end ", " min later"}},
    [SKILL] = {{"hvis «", "» ikke kreves", ""},
               {"if “", "” is not asked for", ""}},
    [CREW] = {{"hvis det kommer bare ", " i stedet for ", ""},
              {"if only ", " come instead of ", ""}},
    [NOTHING] = {{"ingen enkelt endring", "", ""},
                 {"no single change", "", ""}},
    [NOT_ASKED] = {{"ikke undersøkt her; «runde explain» svarer", "", ""},
                   {"not looked into here; “runde explain” tells", "", ""}},
};

/* What a sentence needs. */
typedef struct teller {
    left_out_notes *out;
    int32_t room;
    const runde_problem *problem;
    runde_session *session;
    runde_language language;
} teller;

/* ---------------------------------------------------------------- sentences */

static void put(FILE *to, const teller *t, int number, const char *first,
                const char *second)
{
    const char *const *const around =
        sentences[number][t->language == RUNDE_LANGUAGE_EN ? 1 : 0];
    (void)fprintf(to, "%s%s%s%s%s", around[0], first, around[1], second,
                  around[2]);
}

static const char *carer_of(const teller *t, int32_t shift)
{
    return runde_problem_carer(t->problem,
                               runde_problem_shift(t->problem, shift)->carer)
        ->id;
}

static void write_time(char text[WALL_CLOCK_TEXT], const teller *t,
                       const runde_move *move)
{
    const runde_settings *const settings = runde_problem_settings(t->problem);
    civil_time day;
    wall_clock_read(&day, settings,
                    runde_problem_shift(t->problem, move->shift)->start);
    wall_clock_time(text, settings, move->start, day.day);
}

static void put_condition(FILE *to, const teller *t, const runde_relaxation *r)
{
    char minutes[24];
    char amount[24];
    char crew[24];
    (void)snprintf(
        minutes, sizeof minutes, "%" PRId64,
        wall_clock_minutes_up(runde_problem_settings(t->problem), r->amount));
    (void)snprintf(amount, sizeof amount, "%d", (int)r->amount);
    (void)snprintf(crew, sizeof crew, "%d", (int)r->amount + 1);
    switch (r->kind) {
    case RUNDE_RELAX_LATER:
        put(to, t, LATER, minutes, "");
        break;
    case RUNDE_RELAX_EARLIER:
        put(to, t, EARLIER, minutes, "");
        break;
    case RUNDE_RELAX_OVERTIME:
        put(to, t, OVERTIME, runde_problem_shift(t->problem, r->item)->id,
            minutes);
        break;
    case RUNDE_RELAX_SKILL:
        put(to, t, SKILL, runde_problem_skill(t->problem, r->item), "");
        break;
    case RUNDE_RELAX_CREW:
        put(to, t, CREW, amount, crew);
        break;
    case RUNDE_RELAX_MOVE: /* the moves tell it */
    case RUNDE_RELAXATIONS:
        break;
    }
}

static void put_whereto(FILE *to, const teller *t, const runde_move *move,
                        bool is_first)
{
    char time[WALL_CLOCK_TEXT];
    write_time(time, t, move);
    put(to, t, is_first ? AND_THEN : AND_WITH, carer_of(t, move->shift), time);
}

/* "if it may be 20 min later: anna at 09:40" */
static void put_relaxation(FILE *to, const teller *t, const runde_relaxation *r)
{
    const char *comma = "";
    put_condition(to, t, r);
    for (int32_t i = 0; i < r->offer.n_moves; i++) {
        const runde_move *const move = &r->offer.moves[i];
        if (move->visit != r->offer.visit) {
            (void)fputs(comma, to);
            put(to, t, MOVED, runde_problem_visit(t->problem, move->visit)->id,
                carer_of(t, move->shift));
            comma = ", ";
        }
    }
    bool is_first = true;
    for (int32_t i = 0; i < r->offer.n_moves; i++) {
        if (r->offer.moves[i].visit == r->offer.visit) {
            put_whereto(to, t, &r->offer.moves[i], is_first);
            is_first = false;
        }
    }
}

/* -------------------------------------------------------------------- notes */

static runde_status grow(teller *t)
{
    if (t->out->n_notes < t->room) {
        return RUNDE_OK;
    }
    const int32_t room = t->room == 0 ? 32 : t->room * 2;
    runde_html_note *const notes =
        realloc(t->out->notes, (size_t)room * sizeof *notes);
    if (notes == NULL) {
        return RUNDE_E_NOMEM;
    }
    t->out->notes = notes;
    t->room = room;
    return RUNDE_OK;
}

/* A note about a visit: the relaxation, or without one a sentence that
 * stands alone. */
static runde_status add_note(teller *t, int32_t visit,
                             const runde_relaxation *relaxation, int otherwise)
{
    char *text = NULL;
    size_t length = 0;
    FILE *const stream =
        grow(t) == RUNDE_OK ? open_memstream(&text, &length) : NULL;
    if (stream == NULL) {
        return RUNDE_E_NOMEM;
    }
    if (relaxation != NULL) {
        put_relaxation(stream, t, relaxation);
    } else {
        put(stream, t, otherwise, "", "");
    }
    if (fclose(stream) != 0) {
        free(text);
        return RUNDE_E_NOMEM;
    }
    const runde_html_note note = {visit, text};
    t->out->notes[t->out->n_notes++] = note;
    return RUNDE_OK;
}

static runde_status explain(teller *t, int32_t visit)
{
    runde_explanation *e = NULL;
    runde_status status = runde_explain_visit(&e, t->session, visit, NULL);
    const int32_t n =
        status == RUNDE_OK ? runde_explanation_n_relaxations(e) : 0;
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        status =
            add_note(t, visit, runde_explanation_relaxation(e, i), NOTHING);
    }
    if (status == RUNDE_OK && n == 0) {
        status = add_note(t, visit, NULL, NOTHING);
    }
    runde_explanation_free(e);
    return status;
}

/* Left-out visits, the most important first; ties as in the plan. */
typedef struct candidate {
    int32_t visit;
    int32_t weight;
    int32_t number;
} candidate;

static int compare(const void *a, const void *b)
{
    const candidate *const x = a;
    const candidate *const y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->number - y->number;
}

static candidate *rank(const runde_problem *problem, const runde_plan *plan)
{
    const int32_t n = runde_plan_n_unserved(plan);
    candidate *const list = calloc((size_t)n + 1, sizeof *list);
    for (int32_t i = 0; list != NULL && i < n; i++) {
        const int32_t visit = runde_plan_unserved(plan, i)->visit;
        const runde_visit *const v = runde_problem_visit(problem, visit);
        /* Any mandatory visit stands before any optional one. */
        const candidate one = {visit, v->optional ? -1 : v->priority, i};
        list[i] = one;
    }
    if (list != NULL) {
        qsort(list, (size_t)n, sizeof *list, compare);
    }
    return list;
}

static int32_t count_affordable(const runde_problem *problem)
{
    const int32_t n = MOST_WORK / (runde_problem_n_visits(problem) + 1);
    return n > MOST_EXPLAINED    ? MOST_EXPLAINED
           : n < LEAST_EXPLAINED ? LEAST_EXPLAINED
                                 : n;
}

static runde_status tell_all(teller *t, const runde_plan *plan)
{
    const int32_t n = runde_plan_n_unserved(plan);
    const int32_t most = count_affordable(t->problem);
    candidate *const list = rank(t->problem, plan);
    runde_status status = list == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < n; i++) {
        status = i < most ? explain(t, list[i].visit)
                          : add_note(t, list[i].visit, NULL, NOT_ASKED);
    }
    free(list);
    return status;
}

cli_code left_out_notes_make(left_out_notes *out, const runde_problem *problem,
                             const runde_plan *plan, runde_language language)
{
    teller t = {out, 0, problem, NULL, language};
    if (runde_plan_n_unserved(plan) == 0) {
        return CLI_DONE;
    }
    runde_status status = runde_session_new(&t.session, problem, plan);
    if (status == RUNDE_OK) {
        status = tell_all(&t, plan);
    }
    runde_session_free(t.session);
    if (status == RUNDE_E_INVALID) {
        cli_note("report: what would make left-out visits fit is not told, "
                 "because the plan breaks rules of time");
        return CLI_DONE;
    }
    const runde_diag none = RUNDE_DIAG_INIT;
    return input_status(status, "report", &none);
}

void left_out_notes_print(FILE *stream, const runde_problem *problem,
                          const runde_explanation *explanation)
{
    const teller t = {NULL, 0, problem, NULL, RUNDE_LANGUAGE_EN};
    const int32_t n = runde_explanation_n_relaxations(explanation);
    const int32_t visit = runde_explanation_visit(explanation);
    (void)fputs("\nleft out ", stream);
    (void)screen_put(stream, runde_problem_visit(problem, visit)->id);
    (void)fputs(n > 0 ? ", would fit\n" : "\n", stream);
    for (int32_t i = 0; i < n; i++) {
        (void)fputs("  ", stream);
        put_relaxation(stream, &t,
                       runde_explanation_relaxation(explanation, i));
        (void)fputc('\n', stream);
    }
    if (n == 0) {
        (void)fputs("  no single change makes it fit\n", stream);
    }
}

void left_out_notes_free(left_out_notes *notes)
{
    for (int32_t i = 0; i < notes->n_notes; i++) {
        /* Ours; const is for the page. */
        free((void *)(uintptr_t)notes->notes[i].text);
    }
    free(notes->notes);
    notes->notes = NULL;
    notes->n_notes = 0;
}
