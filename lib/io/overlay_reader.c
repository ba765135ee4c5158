/* SPDX-License-Identifier: MIT */
/* Overlay files: weights on top of a problem, as edits of it. */
#include "io/problem_reader.h"

#include "base/alloc.h"

#include <runde/overlay.h>

#include <string.h>

struct runde_overlay {
    rn_arena arena; /* all that the edits point at */
    runde_edit *edits;
    int32_t n;
};

/* An overlay file being read. */
typedef struct overlay_reader {
    rn_problem_reader p;
    const runde_problem *problem;
    runde_overlay *overlay;
    runde_weights global; /* as they will be */
    bool *is_named;       /* by client */
} overlay_reader;

static runde_edit *add_edit(overlay_reader *o, runde_edit_kind kind)
{
    const runde_edit fresh = RUNDE_EDIT_INIT;
    runde_edit *const edit = &o->overlay->edits[o->overlay->n++];
    *edit = fresh;
    edit->kind = kind;
    return edit;
}

/* Hard rules of the problem stay: an order says what is wished for. */
static void read_global(overlay_reader *o, const rn_node *order,
                        const rn_node *weights)
{
    const runde_weights *const base = runde_problem_weights(o->problem);
    o->global = *base;
    if (order == NULL && weights == NULL) {
        return;
    }
    rn_read_order(&o->p, order, &o->global);
    o->global.hard = base->hard;
    memcpy(o->global.limit, base->limit, sizeof base->limit);
    rn_read_profile(&o->p, weights, &o->global);
    o->global.set = base->set;
    runde_weights *const copy = rn_reader_alloc(&o->p.in, 1, sizeof *copy);
    if (copy != NULL) {
        *copy = o->global;
        add_edit(o, RUNDE_EDIT_SET_WEIGHTS)->weights = copy;
    }
}

/* What a client has before the file's own "weights" come on top. */
static runde_weights begin_profile(const overlay_reader *o,
                                   const runde_client *client, int32_t profile)
{
    runde_weights own = {.size = sizeof own};
    if (profile != RUNDE_NONE &&
        runde_weights_from_profile(
            &own, (runde_profile)profile, &o->global,
            runde_problem_settings(o->problem)->tick_ms) == RUNDE_OK) {
        return own;
    }
    return client->weights != NULL ? *client->weights : own;
}

static void replace_client(overlay_reader *o, int32_t index,
                           const runde_weights *own)
{
    runde_client *const copy = rn_reader_alloc(&o->p.in, 1, sizeof *copy);
    runde_weights *const weights =
        rn_reader_alloc(&o->p.in, 1, sizeof *weights);
    if (copy == NULL || weights == NULL) {
        return;
    }
    *weights = *own;
    *copy = *runde_problem_client(o->problem, index);
    copy->weights = weights;
    runde_edit *const edit = add_edit(o, RUNDE_EDIT_REPLACE_CLIENT);
    edit->index = index;
    edit->client = copy;
}

static void read_client(overlay_reader *o, const rn_node *node)
{
    static const char *const names[] = {"client", "profile", "weights"};
    static const char *const profiles[] = {"continuity", "time", "travel"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[3];
    rn_reader *const r = &o->p.in;
    int32_t index = RUNDE_NONE;
    int32_t profile = RUNDE_NONE;
    (void)rn_read_members(r, node, &keys, found);
    rn_read_ref(&o->p, found[0], RN_ID_CLIENT, &index);
    rn_read_word(r, found[1], profiles, RUNDE_PROFILES, &profile);
    if (index == RUNDE_NONE) {
        runde_weights lost = {.size = sizeof lost};
        rn_read_profile(&o->p, found[2], &lost);
        return;
    }
    if (o->is_named[index]) {
        rn_fault_at(r, found[0], "RUNDE-E612", "this client is named twice");
    }
    o->is_named[index] = true;
    runde_weights own =
        begin_profile(o, runde_problem_client(o->problem, index), profile);
    rn_read_profile(&o->p, found[2], &own);
    replace_client(o, index, &own);
}

static runde_status read_file(overlay_reader *o)
{
    static const char *const names[] = {"format", "version", "order", "weights",
                                        "clients"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[5];
    rn_reader *const r = &o->p.in;
    const rn_node *const root = rn_tree_root(o->p.tree);
    const runde_status status = rn_read_known_ids(&o->p, o->problem);
    (void)rn_read_known_times(r, o->problem);
    if (status != RUNDE_OK || !rn_read_format(r, root, "runde-weights")) {
        return status != RUNDE_OK ? status : RUNDE_E_FORMAT;
    }
    (void)rn_read_members(r, root, &keys, found);
    const int32_t n = rn_node_count(found[4]);
    o->is_named = rn_reader_alloc(r, runde_problem_n_clients(o->problem) + 1,
                                  sizeof *o->is_named);
    o->overlay->edits = rn_reader_alloc(r, n + 1, sizeof *o->overlay->edits);
    if (r->status != RUNDE_OK) {
        return r->status;
    }
    read_global(o, found[2], found[3]);
    rn_list list = rn_list_begin(r, found[4], 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_client(o, list.node);
    }
    return r->status == RUNDE_OK && r->errors > 0 ? RUNDE_E_FORMAT : r->status;
}

runde_status runde_overlay_from_json(runde_overlay **out,
                                     const runde_problem *problem,
                                     const char *text, size_t length,
                                     runde_diag *diag)
{
    overlay_reader o;
    if (out == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    *out = NULL;
    if (problem == NULL || text == NULL || !rn_diag_is_usable(diag)) {
        return RUNDE_E_ARGUMENT;
    }
    rn_diag_start(diag);
    if (!runde_problem_is_sealed(problem)) {
        return RUNDE_E_STATE;
    }
    memset(&o, 0, sizeof o);
    o.problem = problem;
    o.overlay = rn_calloc(1, sizeof *o.overlay);
    if (o.overlay == NULL) {
        return RUNDE_E_NOMEM;
    }
    rn_reader_init(&o.p.in, diag);
    rn_read_known_criteria(&o.p);
    runde_status status = rn_tree_parse(&o.p.tree, text, length, diag);
    if (status == RUNDE_OK) {
        status = read_file(&o);
    }
    rn_problem_reader_give(&o.p, &o.overlay->arena);
    rn_problem_reader_free(&o.p);
    if (status != RUNDE_OK) {
        runde_overlay_free(o.overlay);
        return status;
    }
    *out = o.overlay;
    return RUNDE_OK;
}

void runde_overlay_free(runde_overlay *overlay)
{
    if (overlay != NULL) {
        rn_arena_free(&overlay->arena);
        rn_free(overlay);
    }
}

const runde_edit *runde_overlay_edits(const runde_overlay *overlay, int32_t *n)
{
    *n = overlay->n;
    return overlay->edits;
}
