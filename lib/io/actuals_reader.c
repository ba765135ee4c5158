/* SPDX-License-Identifier: MIT */
/* Files of what happened. Ids and times are those of the problem. */
#include "io/problem_reader.h"
#include "plan/actuals.h"

#include <runde/actuals.h>

#include <string.h>

static void read_record(rn_problem_reader *p, const rn_node *node,
                        runde_actual *record)
{
    static const char *const names[] = {"arrival", "departure", "visit",
                                        "client", "carer"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[5];
    const runde_actual fresh = RUNDE_ACTUAL_INIT;
    const int32_t before = p->in.errors;
    *record = fresh;
    if (rn_read_members(&p->in, node, &keys, found) &&
        (found[2] == NULL) == (found[3] == NULL)) {
        rn_fault(&p->in, "RUNDE-E612",
                 "expected \"visit\", or \"client\" for a visit that the plan "
                 "does not know, and not both");
    }
    rn_read_time(&p->in, found[0], RN_DATE_NEVER, &record->arrival);
    rn_read_time(&p->in, found[1], RN_DATE_NEVER, &record->departure);
    rn_read_ref(p, found[2], RN_ID_VISIT, &record->visit);
    rn_read_ref(p, found[3], RN_ID_CLIENT, &record->client);
    rn_read_ref(p, found[4], RN_ID_CARER, &record->carer);
    if (p->in.errors > before) {
        record->size = 0; /* not judged a second time */
    }
}

/* The records, in the reader's arena; NULL when the file is another. */
static const runde_actual *read_file(rn_problem_reader *p, int32_t *n)
{
    static const char *const names[] = {"format", "version", "visits"};
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[3];
    rn_reader *const r = &p->in;
    const rn_node *const root = rn_tree_root(p->tree);
    if (!rn_read_format(r, root, "runde-actuals") ||
        !rn_read_members(r, root, &keys, found)) {
        return NULL;
    }
    rn_list list = rn_list_begin(r, found[2], sizeof(runde_actual));
    runde_actual *const records = list.items;
    *n = list.count;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_record(p, list.node, &records[list.index]);
    }
    return records;
}

static runde_status read_all(runde_actuals **out, rn_problem_reader *p,
                             const runde_problem *problem,
                             const runde_plan *plan)
{
    rn_reader *const r = &p->in;
    int32_t n = 0;
    runde_status status = rn_read_known_ids(p, problem);
    if (status != RUNDE_OK) {
        return status;
    }
    r->day = rn_read_known_times(r, problem);
    r->has_day = true;
    const runde_actual *const records = read_file(p, &n);
    if (r->status != RUNDE_OK) {
        return r->status;
    }
    status = records == NULL && r->errors > 0
                 ? RUNDE_E_FORMAT
                 : rn_actuals_compare(out, problem, plan, records, n, r->diag);
    if (status == RUNDE_OK && r->errors > 0) {
        runde_actuals_free(*out);
        *out = NULL;
    }
    return (status == RUNDE_OK || status == RUNDE_E_INVALID) && r->errors > 0
               ? RUNDE_E_FORMAT
               : status;
}

runde_status runde_actuals_from_json(runde_actuals **out,
                                     const runde_problem *problem,
                                     const runde_plan *plan, const char *text,
                                     size_t length, runde_diag *diag)
{
    rn_problem_reader p;
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    runde_status status = rn_actuals_check(problem, plan, diag);
    if (status != RUNDE_OK) {
        return status;
    }
    if (text == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    memset(&p, 0, sizeof p);
    rn_reader_init(&p.in, diag);
    status = rn_tree_parse(&p.tree, text, length, diag);
    if (status == RUNDE_OK) {
        status = read_all(out, &p, problem, plan);
    }
    rn_problem_reader_free(&p);
    return status;
}
