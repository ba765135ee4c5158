/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "io/plan_reader.h"

#include <stdlib.h>

static void add_reason(rn_plan_reader *p, const runde_reason *reason)
{
    if (p->n_reasons == p->reason_capacity) {
        if (p->reason_capacity > INT32_MAX / 2) {
            rn_reader_note(&p->in, RUNDE_E_LIMIT);
            return;
        }
        const int32_t capacity =
            p->reason_capacity == 0 ? 64 : 2 * p->reason_capacity;
        runde_reason *const reasons =
            rn_realloc_array(p->reasons, (size_t)capacity, sizeof *reasons);
        if (reasons == NULL) {
            rn_reader_note(&p->in, RUNDE_E_NOMEM);
            return;
        }
        p->reasons = reasons;
        p->reason_capacity = capacity;
    }
    p->reasons[p->n_reasons++] = *reason;
}

static void read_shifts(rn_plan_reader *p, const rn_node *array,
                        runde_reason reason, int32_t stamp)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        reason.shift = RUNDE_NONE;
        rn_read_reference(r, list.node, &p->shifts, "shift", &reason.shift);
        if (reason.shift == RUNDE_NONE) {
            continue;
        }
        if (p->named[reason.shift] == stamp) {
            rn_fault(r, "RUNDE-E612",
                     "this shift has a reason already; there is one for each");
        }
        p->named[reason.shift] = stamp;
        add_reason(p, &reason);
    }
}

/* One entry of "reasons"; true when it speaks of the other shifts, which are
 * known when all entries are read. */
static bool read_reason(rn_plan_reader *p, const rn_node *node,
                        runde_reason *reason, int32_t stamp)
{
    static const char *const names[] = {"code", "shifts", "amount"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const char *codes[RUNDE_REASONS];
    const rn_node *found[3];
    rn_reader *const r = &p->in;
    int32_t code = RUNDE_REASON_NO_SHIFT;
    for (int i = 0; i < RUNDE_REASONS; i++) {
        codes[i] = runde_reason_name((runde_reason_code)i);
    }
    *reason = (runde_reason){RUNDE_NONE, RUNDE_REASON_NO_SHIFT, 0};
    (void)rn_read_members(r, node, &keys, found);
    rn_read_word(r, found[0], codes, RUNDE_REASONS, &code);
    reason->code = (runde_reason_code)code;
    rn_read_int(r, found[2], INT32_MIN, INT32_MAX, &reason->amount);
    if (rn_node_is_word(found[1], "others")) {
        return true;
    }
    if (found[1] == NULL) {
        add_reason(p, reason);
    } else {
        read_shifts(p, found[1], *reason, stamp);
    }
    return false;
}

static int compare_reasons(const void *a, const void *b)
{
    const runde_reason *const left = a;
    const runde_reason *const right = b;
    if (left->shift != right->shift) {
        return left->shift < right->shift ? -1 : 1;
    }
    if (left->code != right->code) {
        return left->code < right->code ? -1 : 1;
    }
    return (left->amount > right->amount) - (left->amount < right->amount);
}

static void read_reasons(rn_plan_reader *p, const rn_node *array, int32_t stamp)
{
    rn_reader *const r = &p->in;
    runde_reason others = {RUNDE_NONE, RUNDE_REASON_NO_SHIFT, 0};
    bool has_others = false;
    p->n_reasons = 0;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        runde_reason reason;
        if (!read_reason(p, list.node, &reason, stamp)) {
            continue;
        }
        if (has_others) {
            rn_fault(r, "RUNDE-E612", "only one reason can be the others'");
        }
        has_others = true;
        others = reason;
    }
    const int32_t n_shifts =
        has_others ? runde_problem_n_shifts(p->problem) : 0;
    for (int32_t s = 0; s < n_shifts && r->status == RUNDE_OK; s++) {
        if (p->named[s] != stamp) {
            others.shift = s;
            add_reason(p, &others);
        }
    }
    if (p->n_reasons > 0) {
        qsort(p->reasons, (size_t)p->n_reasons, sizeof *p->reasons,
              compare_reasons);
    }
}

void rn_read_unserved(rn_plan_reader *p, const rn_node *array)
{
    static const char *const names[] = {"visit", "reasons"};
    static const rn_keys keys = RN_KEYS(names, 1);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[2];
        const int32_t before = r->errors;
        int32_t visit = RUNDE_NONE;
        (void)rn_read_members(r, list.node, &keys, found);
        rn_read_reference(r, found[0], &p->visits, "visit", &visit);
        read_reasons(p, found[1], list.index + 1);
        if (r->errors == before && r->status == RUNDE_OK) {
            const runde_unserved unserved = {visit, p->n_reasons, p->reasons};
            rn_reader_note(r, runde_plan_add_unserved(p->plan, &unserved));
        }
    }
}
