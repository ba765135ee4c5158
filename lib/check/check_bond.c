/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "check/audit.h"

static bool is_served(const rn_audit *audit, int32_t visit)
{
    return audit->seen[visit].route != RUNDE_NONE;
}

/* When a visit starts: its parts start together, or rule crew says so. */
static int64_t start_of(const rn_audit *audit, int32_t visit)
{
    return rn_stop_at(audit, audit->seen[visit])->start;
}

/* -------------------------------------------------------------- overlap */

/* A served visit that keeps its client busy. */
typedef struct stay {
    int32_t client;
    int32_t visit;
    int64_t start;
    int64_t end;
} stay;

static int compare_stays(const void *a, const void *b)
{
    const stay *const x = a;
    const stay *const y = b;
    if (x->client != y->client) {
        return x->client < y->client ? -1 : 1;
    }
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return (x->visit > y->visit) - (x->visit < y->visit);
}

static void note_overlap(rn_audit *audit, const stay *first, const stay *second)
{
    const rn_spot spot = {"overlap",  RUNDE_NONE, second->visit,
                          RUNDE_NONE, first->end, second->start};
    rn_audit_note(
        audit, &spot,
        "visit %s starts at %s, but visit %s of the same client lasts until "
        "%s",
        rn_visit_label(audit, second->visit).text,
        rn_time_label(audit, second->start).text,
        rn_visit_label(audit, first->visit).text,
        rn_time_label(audit, first->end).text);
}

/* With stays in order of start it is enough to look back at the one that
 * lasts longest: each stay that overlaps an earlier one is named once. */
static void sweep(rn_audit *audit, const stay *stays, int32_t n)
{
    int32_t longest = 0;
    for (int32_t i = 1; i < n; i++) {
        if (stays[i].client != stays[longest].client) {
            longest = i;
            continue;
        }
        if (stays[longest].end > stays[i].start) {
            note_overlap(audit, &stays[longest], &stays[i]);
        }
        if (stays[i].end > stays[longest].end) {
            longest = i;
        }
    }
}

static void check_overlap(rn_audit *audit)
{
    stay *const stays = rn_calloc((size_t)audit->n_visits, sizeof *stays);
    if (stays == NULL) {
        audit->is_out_of_memory = true;
        return;
    }
    int32_t n = 0;
    for (int32_t v = 0; v < audit->n_visits; v++) {
        const runde_visit *const visit = runde_problem_visit(audit->problem, v);
        const int32_t client = rn_client_of(audit, visit);
        if (is_served(audit, v) && !visit->may_overlap &&
            client != RUNDE_NONE) {
            const int64_t start = start_of(audit, v);
            stays[n] = (stay){client, v, start, start + visit->duration};
            n++;
        }
    }
    qsort(stays, (size_t)n, sizeof *stays, compare_stays);
    sweep(audit, stays, n);
    rn_free(stays);
}

/* ---------------------------------------------------------------- links */

static void check_gap(rn_audit *audit, int32_t index, const runde_link *link)
{
    const runde_visit *const before =
        runde_problem_visit(audit->problem, link->before);
    int64_t gap = start_of(audit, link->after) - start_of(audit, link->before);
    gap -= link->from_end ? before->duration : 0;
    const int64_t least = rn_lower(link->min_gap);
    const int64_t most = rn_upper(link->max_gap);
    if (gap >= least && gap <= most) {
        return;
    }
    const int64_t bound = gap < least ? least : most;
    const rn_spot spot = {"link",     RUNDE_NONE, link->after,
                          RUNDE_NONE, bound,      gap};
    rn_audit_note(
        audit, &spot,
        "/links/%d: visit %s starts %s %s the %s of visit %s, but "
        "must be at %s %s after it",
        index, rn_visit_label(audit, link->after).text,
        rn_span_label(audit, gap < 0 ? -gap : gap).text,
        gap < 0 ? "before" : "after", link->from_end ? "end" : "start",
        rn_visit_label(audit, link->before).text,
        gap < least ? "least" : "most", rn_span_label(audit, bound).text);
}

static void check_same_carer(rn_audit *audit, int32_t index,
                             const runde_link *link)
{
    const rn_presence *const a = &audit->part[audit->first_part[link->before]];
    const rn_presence *const b = &audit->part[audit->first_part[link->after]];
    const int32_t crew_a =
        audit->first_part[link->before + 1] - audit->first_part[link->before];
    const int32_t crew_b =
        audit->first_part[link->after + 1] - audit->first_part[link->after];
    const int32_t n = crew_a < crew_b ? crew_a : crew_b;
    for (int32_t j = 0; j < n; j++) {
        if (a[j].route == RUNDE_NONE || b[j].route == RUNDE_NONE) {
            continue;
        }
        const int32_t first = rn_carer_at(audit, a[j]);
        const int32_t second = rn_carer_at(audit, b[j]);
        if (first == second) {
            continue;
        }
        const rn_spot spot = {"link_carer", RUNDE_NONE, link->after, j,
                              first,        second};
        rn_audit_note(
            audit, &spot,
            "/links/%d: carer %s serves part %d of visit %s, but carer "
            "%s that of visit %s",
            index, rn_carer_label(audit, second).text, j,
            rn_visit_label(audit, link->after).text,
            rn_carer_label(audit, first).text,
            rn_visit_label(audit, link->before).text);
    }
}

static void check_different_carer(rn_audit *audit, int32_t index,
                                  const runde_link *link)
{
    const int32_t first_b = audit->first_part[link->after];
    const int32_t crew_b = audit->first_part[link->after + 1] - first_b;
    for (int32_t i = audit->first_part[link->before];
         i < audit->first_part[link->before + 1]; i++) {
        for (int32_t j = 0; j < crew_b; j++) {
            const rn_presence a = audit->part[i];
            const rn_presence b = audit->part[first_b + j];
            if (a.route == RUNDE_NONE || b.route == RUNDE_NONE ||
                rn_carer_at(audit, a) != rn_carer_at(audit, b)) {
                continue;
            }
            const int32_t carer = rn_carer_at(audit, b);
            const rn_spot spot = {"link_carer", RUNDE_NONE, link->after, j,
                                  RUNDE_NONE,   carer};
            rn_audit_note(
                audit, &spot,
                "/links/%d: carer %s serves both visit %s and visit %s", index,
                rn_carer_label(audit, carer).text,
                rn_visit_label(audit, link->before).text,
                rn_visit_label(audit, link->after).text);
        }
    }
}

static void check_link(rn_audit *audit, int32_t index)
{
    const runde_link *const link = runde_problem_link(audit->problem, index);
    const bool has_before = is_served(audit, link->before);
    const bool has_after = is_served(audit, link->after);
    if (link->all_or_none && has_before != has_after) {
        const int32_t missing = has_before ? link->after : link->before;
        const int32_t served = has_before ? link->before : link->after;
        const rn_spot spot = {"all_or_none", RUNDE_NONE, missing,
                              RUNDE_NONE,    1,          0};
        rn_audit_note(audit, &spot,
                      "/links/%d: visit %s is served, but visit %s is left out",
                      index, rn_visit_label(audit, served).text,
                      rn_visit_label(audit, missing).text);
    }
    if (!has_before || !has_after) {
        return;
    }
    check_gap(audit, index, link);
    if (link->same_carer) {
        check_same_carer(audit, index, link);
    }
    if (link->different_carer) {
        check_different_carer(audit, index, link);
    }
}

void rn_check_bonds(rn_audit *audit)
{
    check_overlap(audit);
    const int32_t n = runde_problem_n_links(audit->problem);
    for (int32_t i = 0; i < n; i++) {
        check_link(audit, i);
    }
}
