/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "check/audit.h"

struct runde_report {
    runde_violation *list;
    int32_t n;
    int32_t capacity;
    int64_t total; /* listed or not */
    runde_cost cost;
    runde_kpis kpis;
};

runde_report *rn_report_new(void)
{
    runde_report *const report = rn_calloc(1, sizeof *report);
    if (report != NULL) {
        report->cost = (runde_cost)RUNDE_COST_INIT;
        report->kpis = (runde_kpis)RUNDE_KPIS_INIT;
    }
    return report;
}

void runde_report_free(runde_report *report)
{
    if (report == NULL) {
        return;
    }
    for (int32_t i = 0; i < report->n; i++) {
        /* The message was allocated here and is const only for readers. */
        union {
            const char *read;
            void *write;
        } message = {report->list[i].message};
        rn_free(message.write);
    }
    rn_free(report->list);
    rn_free(report);
}

int32_t runde_report_n_violations(const runde_report *report)
{
    return report->n;
}

const runde_violation *runde_report_violation(const runde_report *report,
                                              int32_t index)
{
    if (index < 0 || index >= report->n) {
        return NULL;
    }
    return &report->list[index];
}

const runde_cost *runde_report_cost(const runde_report *report)
{
    return &report->cost;
}

const runde_kpis *runde_report_kpis(const runde_report *report)
{
    return &report->kpis;
}

runde_cost *rn_report_cost_slot(runde_report *report)
{
    return &report->cost;
}

runde_kpis *rn_report_kpis_slot(runde_report *report)
{
    return &report->kpis;
}

/* How many of the first `n` bytes to keep so that no UTF-8 character is cut
 * in two. */
static size_t cut_at_character(const char *text, size_t n)
{
    while (n > 0 && ((unsigned char)text[n] & 0xC0U) == 0x80U) {
        n--;
    }
    return n;
}

static runde_violation *append(runde_report *report, const rn_spot *spot,
                               const char *text)
{
    if (report->n == report->capacity) {
        const int32_t more = report->n == 0 ? 16 : 2 * report->n;
        runde_violation *const grown =
            rn_realloc_array(report->list, (size_t)more, sizeof *grown);
        if (grown == NULL) {
            return NULL;
        }
        report->list = grown;
        report->capacity = more;
    }
    const size_t length = strlen(text);
    char *const message = rn_malloc(length + 1);
    if (message == NULL) {
        return NULL;
    }
    memcpy(message, text, length + 1);
    const runde_violation violation = {
        spot->rule,  spot->shift, spot->visit, spot->part, spot->expected,
        spot->found, message,     RUNDE_NONE,  RUNDE_NONE, RUNDE_NONE};
    report->list[report->n] = violation;
    return &report->list[report->n++];
}

runde_violation *rn_audit_note(rn_audit *audit, const rn_spot *spot,
                               const char *format, ...)
{
    runde_report *const report = audit->report;
    report->total++;
    if (report->total > RN_AUDIT_MAX_LISTED) {
        return NULL;
    }
    char text[512];
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0) {
        text[0] = '\0';
    }
    runde_violation *const noted = append(report, spot, text);
    if (noted == NULL) {
        audit->is_out_of_memory = true;
    }
    return noted;
}

bool rn_report_close(runde_report *report)
{
    if (report->total <= RN_AUDIT_MAX_LISTED) {
        return true;
    }
    const rn_spot spot = {"more",     RUNDE_NONE,          RUNDE_NONE,
                          RUNDE_NONE, RN_AUDIT_MAX_LISTED, report->total};
    char text[128];
    (void)snprintf(text, sizeof text,
                   "the plan breaks %lld rules, of which the first %d are "
                   "listed",
                   (long long)report->total, RN_AUDIT_MAX_LISTED);
    return append(report, &spot, text) != NULL;
}

/* --------------------------------------------------------------- labels */

/* "id" in quotes, or its number for a record without id. */
static rn_label label(const char *id, int32_t index)
{
    rn_label out;
    if (id == NULL) {
        (void)snprintf(out.text, sizeof out.text, "number %d", index);
        return out;
    }
    size_t n = strlen(id);
    const size_t most = 64;
    if (n > most) {
        n = cut_at_character(id, most);
    }
    out.text[0] = '"';
    memcpy(out.text + 1, id, n);
    out.text[n + 1] = '"';
    out.text[n + 2] = '\0';
    return out;
}

rn_spot rn_stop_spot(const char *rule, const runde_route *route,
                     const runde_stop *stop, int64_t expected, int64_t found)
{
    const bool is_visit = stop->kind == RUNDE_STOP_VISIT;
    const rn_spot spot = {rule,
                          route->shift,
                          is_visit ? stop->item : RUNDE_NONE,
                          is_visit ? stop->part : RUNDE_NONE,
                          expected,
                          found};
    return spot;
}

rn_label rn_stop_label(const rn_audit *audit, const runde_stop *stop)
{
    rn_label out;
    if (stop->kind == RUNDE_STOP_VISIT) {
        const rn_label id = rn_visit_label(audit, stop->item);
        (void)snprintf(out.text, sizeof out.text, "visit %.80s", id.text);
        return out;
    }
    const char *const kind =
        stop->kind == RUNDE_STOP_BREAK ? "break" : "activity";
    (void)snprintf(out.text, sizeof out.text, "%s %d", kind, stop->item);
    return out;
}

rn_label rn_item_label(const rn_audit *audit, int32_t shift,
                       runde_stop_kind kind, int32_t item)
{
    const runde_shift *const s = runde_problem_shift(audit->problem, shift);
    const bool has_id = kind == RUNDE_STOP_ACTIVITY && item >= 0 &&
                        item < s->n_activities &&
                        s->activities[item].id != NULL;
    rn_label out;
    if (has_id) {
        const rn_label id = label(s->activities[item].id, item);
        (void)snprintf(out.text, sizeof out.text, "activity %.80s", id.text);
    } else {
        (void)snprintf(out.text, sizeof out.text, "%s %d",
                       kind == RUNDE_STOP_BREAK ? "break" : "activity", item);
    }
    return out;
}

rn_label rn_visit_label(const rn_audit *audit, int32_t visit)
{
    return label(runde_problem_visit(audit->problem, visit)->id, visit);
}

rn_label rn_shift_label(const rn_audit *audit, int32_t shift)
{
    return label(runde_problem_shift(audit->problem, shift)->id, shift);
}

rn_label rn_carer_label(const rn_audit *audit, int32_t carer)
{
    return label(runde_problem_carer(audit->problem, carer)->id, carer);
}

rn_label rn_client_label(const rn_audit *audit, int32_t client)
{
    return label(runde_problem_client(audit->problem, client)->id, client);
}

rn_label rn_load_label(const rn_audit *audit, int32_t load)
{
    return label(runde_problem_load(audit->problem, load)->id, load);
}

rn_label rn_skill_label(const rn_audit *audit, int32_t skill)
{
    return label(runde_problem_skill(audit->problem, skill), skill);
}

rn_label rn_time_label(const rn_audit *audit, int64_t ticks)
{
    char text[RUNDE_TIME_TEXT];
    rn_label out;
    runde_problem_write_time(audit->problem, ticks, text);
    (void)snprintf(out.text, sizeof out.text, "%s", text);
    return out;
}

rn_label rn_span_label(const rn_audit *audit, int64_t ticks)
{
    char text[RUNDE_TIME_TEXT];
    rn_label out;
    runde_problem_write_span(audit->problem, ticks, text);
    (void)snprintf(out.text, sizeof out.text, "%s", text);
    return out;
}
