/* SPDX-License-Identifier: MIT */
/* Clients and carers. */
#include "io/problem_reader.h"

#define DEGREES_MAX 1000.0

static void read_wish(rn_problem_reader *p, const rn_node *node,
                      runde_carer_wish *wish)
{
    static const char *const names[] = {"carer", "kind", "weight"};
    static const char *const kinds[] = {"preferred", "unwanted", "required",
                                        "prohibited"};
    static const rn_keys keys = RN_KEYS(names, 2);
    const rn_node *found[3];
    rn_reader *const r = &p->in;
    int32_t kind = RUNDE_PREFERRED;
    (void)rn_read_members(r, node, &keys, found);
    wish->carer = RUNDE_NONE;
    rn_read_ref(p, found[0], RN_ID_CARER, &wish->carer);
    rn_read_word(r, found[1], kinds, 4, &kind);
    wish->kind = (runde_wish_kind)kind;
    wish->weight = kind == RUNDE_PREFERRED || kind == RUNDE_UNWANTED ? 1 : 0;
    rn_read_int(r, found[2], 0, INT32_MAX, &wish->weight);
}

void rn_read_wishes(rn_problem_reader *p, const rn_node *array,
                    const runde_carer_wish **wishes, int32_t *n)
{
    rn_list list = rn_list_begin(&p->in, array, sizeof(runde_carer_wish));
    runde_carer_wish *const items = list.items;
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        read_wish(p, list.node, &items[list.index]);
    }
    *wishes = items;
    *n = list.count;
}

void rn_read_caps(rn_problem_reader *p, const rn_node *array,
                  const runde_cap **caps, int32_t *n)
{
    static const char *const names[] = {"load", "cap"};
    static const rn_keys keys = RN_KEYS(names, 2);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, sizeof(runde_cap));
    runde_cap *const items = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[2];
        runde_cap *const cap = &items[list.index];
        (void)rn_read_members(r, list.node, &keys, found);
        cap->load = RUNDE_NONE;
        rn_read_ref(p, found[0], RN_ID_LOAD, &cap->load);
        if (rn_node_is_word(found[1], "unlimited")) {
            cap->cap = RUNDE_UNLIMITED;
        } else {
            rn_read_int(r, found[1], 0, INT32_MAX, &cap->cap);
        }
    }
    *caps = items;
    *n = list.count;
}

/* ---------------------------------------------------------------- clients */

static void read_absences(rn_problem_reader *p, const rn_node *array,
                          runde_client *client)
{
    static const char *const names[] = {"start", "end"};
    static const rn_keys keys = RN_KEYS(names, 2);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, sizeof(runde_interval));
    runde_interval *const items = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const rn_node *found[2];
        (void)rn_read_members(r, list.node, &keys, found);
        rn_read_time(r, found[0], RN_DATE_FIRST, &items[list.index].start);
        rn_read_time(r, found[1], RN_DATE_LAST, &items[list.index].end);
    }
    client->absences = items;
    client->n_absences = list.count;
}

static void read_max_carers(rn_reader *r, const rn_node *node,
                            runde_client *client)
{
    static const char *const names[] = {"count", "days"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[2];
    if (!rn_reader_enter(r, node)) {
        return;
    }
    (void)rn_read_members(r, node, &keys, found);
    rn_read_int(r, found[0], 0, INT32_MAX, &client->max_carers);
    rn_read_int(r, found[1], 0, INT32_MAX, &client->max_carers_days);
    rn_path_pop(&r->path);
}

/* A place that nobody else lives at needs no entry of its own. */
static void read_own_place(rn_reader *r, rn_client_entry *entry,
                           const rn_node *lat, const rn_node *lon)
{
    const runde_place fresh = RUNDE_PLACE_INIT;
    runde_place *const place = &entry->own;
    *place = fresh;
    place->id = entry->client.id;
    place->has_coordinates = lat != NULL && lon != NULL;
    rn_read_decimal(r, lat, -DEGREES_MAX, DEGREES_MAX, &place->lat);
    rn_read_decimal(r, lon, -DEGREES_MAX, DEGREES_MAX, &place->lon);
    if (!place->has_coordinates) {
        rn_fault(r, "RUNDE-E612",
                 "\"lat\" and \"lon\" must be given both or neither");
    }
    if (entry->client.place != RUNDE_NONE) {
        rn_fault(r, "RUNDE-E612",
                 "a client has \"place\" or \"lat\" and \"lon\", not both");
    }
    entry->client.place = RUNDE_NONE;
    entry->has_own = true;
}

void rn_read_client(rn_problem_reader *p, const rn_node *node,
                    rn_client_entry *entry)
{
    enum { ID, PLACE, LAT, LON, WISHES, ABSENCES, MAX_CARERS, WEIGHTS, N };
    static const char *const names[N] = {"id",         "place",  "lat",
                                         "lon",        "wishes", "absences",
                                         "max_carers", "weights"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[N];
    rn_reader *const r = &p->in;
    runde_client *const client = &entry->client;
    const runde_client fresh = RUNDE_CLIENT_INIT;
    const runde_weights none = {.size = sizeof none};
    *client = fresh;
    entry->profile = none;
    entry->has_own = false;
    (void)rn_read_members(r, node, &keys, found);
    client->id = rn_read_id(r, found[ID]);
    rn_read_ref(p, found[PLACE], RN_ID_PLACE, &client->place);
    if (found[LAT] != NULL || found[LON] != NULL) {
        read_own_place(r, entry, found[LAT], found[LON]);
    }
    rn_read_wishes(p, found[WISHES], &client->wishes, &client->n_wishes);
    read_absences(p, found[ABSENCES], client);
    read_max_carers(r, found[MAX_CARERS], client);
    if (found[WEIGHTS] != NULL) {
        rn_read_profile(p, found[WEIGHTS], &entry->profile);
        client->weights = &entry->profile;
    }
}

void rn_read_clients(rn_problem_reader *p, const rn_node *array)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        rn_client_entry entry;
        rn_read_client(p, list.node, &entry);
        if (entry.has_own) {
            entry.client.place = p->n_places + p->next_own_place++;
            rn_reader_note(
                r, runde_problem_add_place(p->problem, &entry.own, NULL));
        }
        if (r->status == RUNDE_OK) {
            rn_reader_note(
                r, runde_problem_add_client(p->problem, &entry.client, NULL));
        }
    }
}

/* ----------------------------------------------------------------- carers */

static void read_held(rn_problem_reader *p, const rn_node *node,
                      runde_skill_held *held)
{
    static const char *const names[] = {"skill", "level", "expires"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[3] = {node, NULL, NULL};
    rn_reader *const r = &p->in;
    *held = (runde_skill_held){RUNDE_NONE, 1, RUNDE_TIME_NONE};
    if (rn_node_kind(node) != RN_KIND_STRING) {
        (void)rn_read_members(r, node, &keys, found);
    }
    rn_read_skill(p, found[0], &held->skill);
    rn_read_int(r, found[1], 0, INT32_MAX, &held->level);
    rn_read_time(r, found[2], RN_DATE_EXPIRY, &held->expires);
}

void rn_read_carer(rn_problem_reader *p, const rn_node *node,
                   runde_carer *carer)
{
    enum { ID, SKILLS, CAPS, RULES, N };
    static const char *const names[N] = {"id", "skills", "caps", "rules"};
    static const rn_keys keys = RN_KEYS(names, 1);
    const rn_node *found[N];
    rn_reader *const r = &p->in;
    const runde_carer fresh = RUNDE_CARER_INIT;
    *carer = fresh;
    (void)rn_read_members(r, node, &keys, found);
    carer->id = rn_read_id(r, found[ID]);
    rn_list list = rn_list_begin(r, found[SKILLS], sizeof(runde_skill_held));
    runde_skill_held *const skills = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        read_held(p, list.node, &skills[list.index]);
    }
    carer->skills = skills;
    carer->n_skills = list.count;
    rn_read_caps(p, found[CAPS], &carer->caps, &carer->n_caps);
    rn_read_rules(p, found[RULES], &carer->rules);
}

void rn_read_carers(rn_problem_reader *p, const rn_node *array)
{
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, 0);
    for (; list.node != NULL; rn_list_next(r, &list)) {
        runde_carer carer;
        rn_read_carer(p, list.node, &carer);
        if (r->status == RUNDE_OK) {
            rn_reader_note(r,
                           runde_problem_add_carer(p->problem, &carer, NULL));
        }
    }
}
