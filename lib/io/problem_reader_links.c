/* SPDX-License-Identifier: MIT */
/* Links, past visits and the published plan. */
#include "io/problem_reader.h"

static void read_link(rn_problem_reader *p, const rn_node *node)
{
    enum { BEFORE, AFTER, FROM, MIN_GAP, MAX_GAP, SAME, DIFFERENT, ALL, N };
    static const char *const names[N] = {
        "before",     "after",           "from",       "min_gap", "max_gap",
        "same_carer", "different_carer", "all_or_none"};
    static const char *const ends[] = {"start", "end"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[N];
    rn_reader *const r = &p->in;
    runde_link link = RUNDE_LINK_INIT;
    int32_t from = 0;
    (void)rn_read_members(r, node, &keys, found);
    rn_read_ref(p, found[BEFORE], RN_ID_VISIT, &link.before);
    rn_read_ref(p, found[AFTER], RN_ID_VISIT, &link.after);
    rn_read_word(r, found[FROM], ends, 2, &from);
    link.from_end = from == 1;
    rn_read_gap(r, found[MIN_GAP], &link.min_gap);
    rn_read_gap(r, found[MAX_GAP], &link.max_gap);
    rn_read_bool(r, found[SAME], &link.same_carer);
    rn_read_bool(r, found[DIFFERENT], &link.different_carer);
    rn_read_bool(r, found[ALL], &link.all_or_none);
    rn_reader_note(r, runde_problem_add_link(p->problem, &link, NULL));
}

void rn_read_links(rn_problem_reader *p, const rn_node *array)
{
    rn_list list = rn_list_begin(&p->in, array, 0);
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        read_link(p, list.node);
    }
}

void rn_read_history(rn_problem_reader *p, const rn_node *array)
{
    static const char *const names[] = {"client", "carer", "start"};
    static const rn_keys keys = RN_KEYS(names, 3);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[3];
        runde_past_visit past = {sizeof past, RUNDE_NONE, RUNDE_NONE, 0};
        (void)rn_read_members(r, list.node, &keys, found);
        rn_read_ref(p, found[0], RN_ID_CLIENT, &past.client);
        rn_read_ref(p, found[1], RN_ID_CARER, &past.carer);
        rn_read_time(r, found[2], RN_DATE_FIRST, &past.start);
        rn_reader_note(r,
                       runde_problem_add_past_visit(p->problem, &past, NULL));
    }
}

void rn_read_published(rn_problem_reader *p, const rn_node *array)
{
    static const char *const names[] = {"visit", "carer", "start", "part",
                                        "tolerance"};
    static const rn_keys keys = RN_KEYS(names, 3);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[5];
        runde_published published = {sizeof published, RUNDE_NONE, 0,
                                     RUNDE_NONE,       0,          0};
        (void)rn_read_members(r, list.node, &keys, found);
        rn_read_ref(p, found[0], RN_ID_VISIT, &published.visit);
        rn_read_ref(p, found[1], RN_ID_CARER, &published.carer);
        rn_read_time(r, found[2], RN_DATE_NEVER, &published.start);
        rn_read_int(r, found[3], 0, INT32_MAX, &published.part);
        rn_read_duration(r, found[4], &published.tolerance);
        rn_reader_note(
            r, runde_problem_add_published(p->problem, &published, NULL));
    }
}
