/* SPDX-License-Identifier: MIT */
#include "io/diff_writer.h"

static void write_what(rn_text *t, uint32_t what)
{
    static const struct {
        uint32_t bit;
        const char *word;
    } words[] = {{RUNDE_DIFF_CARER, "new_carer"},
                 {RUNDE_DIFF_TIME, "new_time"},
                 {RUNDE_DIFF_ADDED, "added"},
                 {RUNDE_DIFF_DROPPED, "dropped"}};
    rn_text_array(t, "what", RN_TEXT_INLINE);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if ((what & words[i].bit) != 0) {
            rn_text_member_string(t, NULL, words[i].word);
        }
    }
    rn_text_close(t);
}

static void write_side(const rn_diff_text *d, const char *key,
                       const runde_diff_part *part, int which)
{
    rn_writer *const w = d->w;
    int32_t leeway[2] = {0, 0};
    if (part->carer[which] == RUNDE_NONE) {
        return;
    }
    rn_text_object(&w->text, key, RN_TEXT_INLINE);
    rn_write_carer(w, "carer", part->carer[which]);
    if (part->shift[which] != RUNDE_NONE) {
        rn_write_shift(w, "shift", part->shift[which]);
    }
    rn_write_time(w, "service_start", part->start[which]);
    if (which == 1 && d->leeway != NULL &&
        d->leeway(d->payload, part->visit, part->part, leeway)) {
        rn_write_time(w, "earliest", leeway[0]);
        rn_write_time(w, "latest", leeway[1]);
    }
    rn_text_close(&w->text);
}

static void write_part(const rn_diff_text *d, const runde_diff_part *part)
{
    rn_writer *const w = d->w;
    rn_text_object(&w->text, NULL, RN_TEXT_INLINE);
    rn_write_visit(w, "visit", part->visit);
    if (part->part != 0) {
        rn_text_member_int(&w->text, "part", part->part);
    }
    write_what(&w->text, part->what);
    write_side(d, "before", part, 0);
    write_side(d, "after", part, 1);
    if ((part->what & RUNDE_DIFF_TIME) != 0) {
        rn_write_duration(w, "later", part->start[1] - part->start[0]);
    }
    rn_text_close(&w->text);
}

static void write_parts(const rn_diff_text *d,
                        const runde_diff_part *const *parts, int32_t n)
{
    rn_text_array(&d->w->text, "changes", RN_TEXT_LINES);
    for (int32_t i = 0; i < n; i++) {
        write_part(d, parts[i]);
    }
    rn_text_close(&d->w->text);
}

static void write_totals(const rn_diff_text *d)
{
    const runde_diff_totals *const totals = runde_diff_get_totals(d->diff);
    rn_text *const t = &d->w->text;
    rn_text_object(t, "totals", RN_TEXT_LINES);
    rn_text_member_int(t, "carer_changed", totals->carer_changed);
    rn_text_member_int(t, "time_changed", totals->time_changed);
    rn_text_member_int(t, "added", totals->added);
    rn_text_member_int(t, "dropped", totals->dropped);
    rn_text_member_int(t, "clients_changed", totals->clients_changed);
    rn_text_member_int(t, "clients_dropped", totals->clients_dropped);
    rn_write_span(d->w, "moved", totals->moved);
    rn_write_span(d->w, "moved_most", totals->moved_most);
    rn_text_close(t);
}

/* Before and after. */
static void write_pair(rn_text *t, const char *key, const int32_t pair[2])
{
    rn_text_array(t, key, RN_TEXT_INLINE);
    rn_text_member_int(t, NULL, pair[0]);
    rn_text_member_int(t, NULL, pair[1]);
    rn_text_close(t);
}

/* The parts as the carer sees them: what is had, given away or new. */
static void write_carer(const rn_diff_text *d, const runde_diff_carer *carer)
{
    static const char *const sides[] = {"before", "after"};
    rn_text *const t = &d->w->text;
    rn_text_object(t, NULL, RN_TEXT_LINES);
    rn_write_carer(d->w, "carer", carer->carer);
    for (int p = 0; p < 2; p++) {
        rn_text_object(t, sides[p], RN_TEXT_INLINE);
        rn_text_member_int(t, "served", carer->served[p]);
        rn_write_span(d->w, "duty", carer->duty[p]);
        rn_write_span(d->w, "travel", carer->travel[p]);
        rn_write_span(d->w, "service", carer->service[p]);
        rn_write_span(d->w, "overtime", carer->overtime[p]);
        rn_text_member_int(t, "heavy", carer->heavy[p]);
        rn_text_member_int(t, "wished", carer->wished[p]);
        rn_text_member_int(t, "on_time", carer->on_time[p]);
        rn_text_close(t);
    }
    write_parts(d, carer->parts, carer->n_parts);
    rn_text_close(t);
}

void rn_write_diff(const rn_diff_text *d)
{
    rn_text *const t = &d->w->text;
    write_totals(d);
    rn_text_array(t, "clients", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_diff_n_clients(d->diff); i++) {
        const runde_diff_client *const client =
            runde_diff_get_client(d->diff, i);
        rn_text_object(t, NULL, RN_TEXT_LINES);
        rn_text_member_string(
            t, "client",
            runde_problem_client(d->w->problem, client->client)->id);
        write_pair(t, "carers", client->faces);
        write_pair(t, "wished", client->wished);
        write_pair(t, "on_time", client->on_time);
        write_parts(d, client->parts, client->n_parts);
        rn_text_close(t);
    }
    rn_text_close(t);
    rn_text_array(t, "carers", RN_TEXT_LINES);
    for (int32_t i = 0; i < runde_diff_n_carers(d->diff); i++) {
        write_carer(d, runde_diff_get_carer(d->diff, i));
    }
    rn_text_close(t);
}

/* A diff of another problem may point at what this one does not have. */
static bool fits(const runde_problem *problem, const runde_diff *diff)
{
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *const part = runde_diff_get_part(diff, i);
        if (part->visit >= runde_problem_n_visits(problem) ||
            part->client >= runde_problem_n_clients(problem)) {
            return false;
        }
        for (int p = 0; p < 2; p++) {
            if (part->shift[p] >= runde_problem_n_shifts(problem) ||
                part->carer[p] >= runde_problem_n_carers(problem)) {
                return false;
            }
        }
    }
    return true;
}

runde_status runde_diff_to_json(char **text, size_t *length,
                                const runde_problem *problem,
                                const runde_diff *diff)
{
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *text = NULL;
    if (problem == NULL || diff == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    if (!fits(problem, diff)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_writer w;
    rn_writer_init(&w, problem);
    const rn_diff_text d = {&w, diff, NULL, NULL};
    rn_text_object(&w.text, NULL, RN_TEXT_LINES);
    rn_text_member_string(&w.text, "format", "runde-diff");
    rn_text_member_int(&w.text, "version", 1);
    rn_write_diff(&d);
    rn_text_close(&w.text);
    return rn_text_take(&w.text, text, length);
}
