/* SPDX-License-Identifier: MIT */
/* Links, each by itself and all together. */
#include "base/alloc.h"
#include "model/review.h"

#include <stdlib.h>
#include <string.h>

/* Gaps are looked at together with at most so many steps: real links come in
 * short chains and need few, a file made to waste time gets no more. */
#define MOST_STEPS INT64_C(50000000)

static const runde_link *link_at(const rn_review *review, int32_t l)
{
    return rn_problem_row(review->problem, RN_LINKS, l);
}

static const runde_visit *visit_at(const rn_review *review, int32_t v)
{
    return rn_problem_row(review->problem, RN_VISITS, v);
}

/* ------------------------------------------------------------ one link */

static bool review_gaps(const rn_review *review, const runde_link *link,
                        int32_t l)
{
    const rn_where at = rn_at("/links/%d/max_gap", (int)l);
    if (!RN_REVIEW_TIME(review, link->min_gap, true,
                        rn_at("/links/%d/min_gap", (int)l).text) ||
        !RN_REVIEW_TIME(review, link->max_gap, true, at.text)) {
        return false;
    }
    if (link->min_gap != RUNDE_TIME_NONE && link->max_gap != RUNDE_TIME_NONE &&
        link->max_gap < link->min_gap) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E311", at.text,
                    "from visit \"%s\" to \"%s\" the gap is at least %s, but "
                    "at most %s",
                    visit_at(review, link->before)->id,
                    visit_at(review, link->after)->id,
                    rn_review_span(review, link->min_gap).text,
                    rn_review_span(review, link->max_gap).text);
        return false;
    }
    return true;
}

/* Whether the link is sound. */
static bool review_link(const rn_review *review, int32_t l)
{
    const runde_link *const link = link_at(review, l);
    const rn_where at = rn_at("/links/%d", (int)l);
    bool is_ok = RN_REVIEW_REF(review, RN_VISITS, link->before,
                               rn_at("/links/%d/before", (int)l).text);
    is_ok &= RN_REVIEW_REF(review, RN_VISITS, link->after,
                           rn_at("/links/%d/after", (int)l).text);
    if (!is_ok) {
        return false;
    }
    const char *const before = visit_at(review, link->before)->id;
    const char *const after = visit_at(review, link->after)->id;
    if (link->before == link->after) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E310", at.text,
                    "visit \"%s\" is linked to itself", before);
        return false;
    }
    if (link->same_carer && link->different_carer) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E313", at.text,
                    "visits \"%s\" and \"%s\" shall have the same carer and "
                    "different carers",
                    before, after);
        is_ok = false;
    }
    if (link->min_gap == RUNDE_TIME_NONE && link->max_gap == RUNDE_TIME_NONE &&
        !link->same_carer && !link->different_carer && !link->all_or_none) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W318", at.text,
                    "the link from visit \"%s\" to \"%s\" says nothing", before,
                    after);
    }
    return review_gaps(review, link, l) && is_ok;
}

/* ----------------------------------------------------------- duplicates */

/* A link by its unordered pair; `number` keeps the order of the input. */
typedef struct pair {
    int32_t before;
    int32_t after;
    int32_t number;
} pair;

static int compare_pairs(const void *a, const void *b)
{
    const pair *const x = a;
    const pair *const y = b;
    if (x->before != y->before) {
        return x->before < y->before ? -1 : 1;
    }
    if (x->after != y->after) {
        return x->after < y->after ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

static runde_status review_duplicates(const rn_review *review)
{
    const int32_t n = review->n[RN_LINKS];
    pair *const pairs = rn_calloc((size_t)n, sizeof *pairs);
    if (pairs == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t l = 0; l < n; l++) {
        const runde_link *const link = link_at(review, l);
        pairs[l] = (pair){link->before, link->after, l};
    }
    qsort(pairs, (size_t)n, sizeof *pairs, compare_pairs);
    for (int32_t i = 1; i < n; i++) {
        if (pairs[i].before == pairs[i - 1].before &&
            pairs[i].after == pairs[i - 1].after) {
            rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W314",
                        rn_at("/links/%d", (int)pairs[i].number).text,
                        "visits \"%s\" and \"%s\" are linked by link %d "
                        "already; both hold",
                        visit_at(review, pairs[i].before)->id,
                        visit_at(review, pairs[i].after)->id,
                        (int)pairs[i - 1].number);
        }
    }
    rn_free(pairs);
    return RUNDE_OK;
}

/* ------------------------------------------------------------- together */

/* start(to) >= start(from) + gap, of a link. */
typedef struct bond {
    int32_t from;
    int32_t to;
    int64_t gap;
    int32_t link;
} bond;

/* The bonds and what Bellman-Ford knows of the visits. */
typedef struct net {
    bond *bonds;
    int32_t n_bonds;
    int64_t *start; /* least start of each visit so far */
    int32_t *by;    /* the bond that set it, or RUNDE_NONE */
    int32_t n_visits;
} net;

static void add_bonds(const rn_review *review, net *n, int32_t l)
{
    const runde_link *const link = link_at(review, l);
    const int64_t service =
        link->from_end ? visit_at(review, link->before)->duration : 0;
    if (link->min_gap != RUNDE_TIME_NONE) {
        n->bonds[n->n_bonds++] =
            (bond){link->before, link->after, service + link->min_gap, l};
    }
    if (link->max_gap != RUNDE_TIME_NONE) {
        n->bonds[n->n_bonds++] =
            (bond){link->after, link->before, -(service + link->max_gap), l};
    }
}

static bool is_binding(const rn_review *review, const runde_link *link)
{
    return link->all_or_none || (!visit_at(review, link->before)->optional &&
                                 !visit_at(review, link->after)->optional);
}

/* One pass over the bonds; the visit that moved last, or RUNDE_NONE. */
static int32_t relax(net *n)
{
    int32_t moved = RUNDE_NONE;
    for (int32_t i = 0; i < n->n_bonds; i++) {
        const bond *const b = &n->bonds[i];
        if (n->start[b->from] + b->gap > n->start[b->to]) {
            n->start[b->to] = n->start[b->from] + b->gap;
            n->by[b->to] = i;
            moved = b->to;
        }
    }
    return moved;
}

/* A visit on a cycle of bonds that pushes itself later, or RUNDE_NONE. The
 * trace of setting bonds closes exactly when there is such a cycle; looking
 * each pass, it is found soon after it has gone round. */
static int32_t find_cycle(const net *n, int32_t moved, int32_t *seen,
                          int32_t mark)
{
    int32_t at = moved;
    while (n->by[at] != RUNDE_NONE && seen[at] != mark) {
        seen[at] = mark;
        at = n->bonds[n->by[at]].from;
    }
    return seen[at] == mark ? at : RUNDE_NONE;
}

static int32_t solve(net *n, int32_t *seen)
{
    int64_t steps = 0;
    for (int32_t v = 0; v < n->n_visits; v++) {
        n->start[v] = 0;
        n->by[v] = RUNDE_NONE;
        seen[v] = 0;
    }
    for (int32_t pass = 1; steps < MOST_STEPS; pass++) {
        const int32_t moved = relax(n);
        if (moved == RUNDE_NONE) {
            return RUNDE_NONE;
        }
        const int32_t found = find_cycle(n, moved, seen, pass);
        if (found != RUNDE_NONE) {
            return found;
        }
        steps += n->n_bonds;
    }
    return RUNDE_NONE;
}

static void report_cycle(const rn_review *review, const net *n, int32_t visit,
                         bool is_binding_cycle)
{
    int64_t excess = 0;
    int32_t length = 0;
    int32_t link = INT32_MAX;
    int32_t at = visit;
    do {
        const bond *const b = &n->bonds[n->by[at]];
        excess += b->gap;
        length++;
        link = b->link < link ? b->link : link;
        at = b->from;
    } while (at != visit);
    rn_diag_add(review->diag, is_binding_cycle ? RUNDE_ERROR : RUNDE_WARNING,
                is_binding_cycle ? "RUNDE-E315" : "RUNDE-W316",
                rn_at("/links/%d", (int)link).text,
                "%d gaps in a circle through visit \"%s\" cannot hold "
                "together, it would start %s after itself",
                (int)length, visit_at(review, visit)->id,
                rn_review_span(review, excess).text);
}

static void review_cycles(const rn_review *review, net *n, int32_t *seen)
{
    /* First the links that hold in every plan that serves the visits, then
     * with those that optional visits may escape. */
    for (int with_optional = 0; with_optional < 2; with_optional++) {
        n->n_bonds = 0;
        for (int32_t l = 0; l < review->n[RN_LINKS]; l++) {
            if (with_optional || is_binding(review, link_at(review, l))) {
                add_bonds(review, n, l);
            }
        }
        const int32_t visit = solve(n, seen);
        if (visit != RUNDE_NONE) {
            report_cycle(review, n, visit, !with_optional);
            return;
        }
    }
}

static runde_status review_together(const rn_review *review)
{
    const size_t n_visits = (size_t)review->n[RN_VISITS];
    net n = {rn_calloc((size_t)review->n[RN_LINKS] * 2, sizeof(bond)), 0,
             rn_calloc(n_visits, sizeof(int64_t)),
             rn_calloc(n_visits, sizeof(int32_t)), review->n[RN_VISITS]};
    int32_t *const seen = rn_calloc(n_visits, sizeof *seen);
    runde_status status = RUNDE_E_NOMEM;
    if (n.bonds != NULL && n.start != NULL && n.by != NULL && seen != NULL) {
        review_cycles(review, &n, seen);
        status = RUNDE_OK;
    }
    rn_free(n.bonds);
    rn_free(n.start);
    rn_free(n.by);
    rn_free(seen);
    return status;
}

runde_status rn_review_links(rn_review *review)
{
    bool is_ok = true;
    for (int32_t l = 0; l < review->n[RN_LINKS]; l++) {
        is_ok &= review_link(review, l);
    }
    if (!is_ok || review->n[RN_LINKS] == 0) {
        return RUNDE_OK;
    }
    const runde_status status = review_duplicates(review);
    return status == RUNDE_OK ? review_together(review) : status;
}
