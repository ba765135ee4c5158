/* SPDX-License-Identifier: MIT */
/* Which shifts may serve which tasks. Tasks that ask for the same share one
 * row of bits, so that the question costs one bit test in the search. */
#include <string.h>

#include "base/alloc.h"
#include "model/instance_parts.h"

/* What a task asks for, as one list of numbers to hash and compare. */
typedef struct key {
    int32_t *number;
    int32_t n;
    int32_t capacity;
    bool failed;
} key;

static void put(key *k, int32_t number)
{
    if (k->n == k->capacity && !k->failed) {
        const int32_t capacity = k->capacity * 2 + 32;
        int32_t *grown =
            rn_realloc_array(k->number, (size_t)capacity, sizeof *grown);
        if (grown == NULL) {
            k->failed = true;
            return;
        }
        k->number = grown;
        k->capacity = capacity;
    }
    if (!k->failed) {
        k->number[k->n++] = number;
    }
}

/* Different lists seen so far, numbered. */
typedef struct classes {
    int32_t **list;
    int32_t *length;
    uint32_t *slot; /* class + 1, 0 free */
    int32_t *example;
    int32_t n;
    uint32_t mask;
} classes;

static uint32_t hash_of(const key *k)
{
    uint32_t h = 2166136261U;
    for (int32_t i = 0; i < k->n; i++) {
        h = (h ^ (uint32_t)k->number[i]) * 16777619U;
        h ^= h >> 15;
    }
    return h;
}

static runde_status classes_start(classes *set, rn_arena *arena, int32_t n)
{
    uint32_t size = 16;
    while (size < 2U * (uint32_t)n + 2U) {
        size *= 2;
    }
    set->mask = size - 1;
    set->n = 0;
    set->list = rn_arena_array(arena, (size_t)n + 1, sizeof *set->list);
    set->length = rn_arena_array(arena, (size_t)n + 1, sizeof *set->length);
    set->example = rn_arena_array(arena, (size_t)n + 1, sizeof *set->example);
    set->slot = rn_arena_array(arena, size, sizeof *set->slot);
    const bool ok = set->list != NULL && set->length != NULL &&
                    set->example != NULL && set->slot != NULL;
    return ok ? RUNDE_OK : RUNDE_E_NOMEM;
}

/* The class of a key, a new one if need be; RUNDE_NONE without memory. */
static int32_t classify(classes *set, rn_arena *arena, const key *k,
                        int32_t task)
{
    uint32_t at = hash_of(k) & set->mask;
    for (; set->slot[at] != 0; at = (at + 1) & set->mask) {
        const uint32_t c = set->slot[at] - 1;
        if (set->length[c] == k->n &&
            (k->n == 0 || memcmp(set->list[c], k->number,
                                 (size_t)k->n * sizeof *k->number) == 0)) {
            return (int32_t)c;
        }
    }
    int32_t *copy =
        rn_arena_dup(arena, k->number, (size_t)k->n, sizeof *k->number);
    if (copy == NULL || k->failed) {
        return RUNDE_NONE;
    }
    set->list[set->n] = copy;
    set->length[set->n] = k->n;
    set->example[set->n] = task;
    set->slot[at] = (uint32_t)set->n + 1;
    return set->n++;
}

static void put_needs(key *k, const runde_visit *visit, int32_t part)
{
    for (int32_t i = 0; i < visit->n_skills; i++) {
        if (visit->skills[i].part < 0 || visit->skills[i].part == part) {
            put(k, visit->skills[i].skill);
            put(k, visit->skills[i].min_level);
        }
    }
    put(k, -1);
}

static void put_wishes(key *k, const runde_carer_wish *wishes, int32_t n,
                       bool soft_too)
{
    for (int32_t i = 0; i < n; i++) {
        const bool soft = wishes[i].kind == RUNDE_PREFERRED ||
                          wishes[i].kind == RUNDE_UNWANTED;
        if (!soft || soft_too) {
            put(k, (int32_t)wishes[i].kind);
            put(k, wishes[i].carer);
            put(k, soft ? wishes[i].weight : 0);
        }
    }
}

static void key_of(key *k, const rn_instance *inst, int32_t task)
{
    const rn_task *t = &inst->task[task];
    const runde_visit *visit = rn_visit_of(inst, task);
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const int64_t wishes =
        rn_client_limit(inst, visit->client, RUNDE_CARER_PREFERENCE);
    const int64_t levels =
        rn_client_limit(inst, visit->client, RUNDE_OVERQUALIFICATION);
    const bool wish_hard = wishes != RN_NO_LIMIT;
    k->n = 0;
    put_needs(k, visit, t->part);
    put_wishes(k, client->wishes, client->n_wishes, wish_hard);
    put_wishes(k, visit->wishes, visit->n_wishes, wish_hard);
    put(k, wish_hard);
    put(k, rn_limit_ticks(wishes));
    put(k, t->part == 0 ? visit->pinned_shift : RUNDE_NONE);
    put(k, rn_limit_ticks(levels));
    put(k, rn_client_limit(inst, visit->client, RUNDE_CHANGED_CARER) == 0 ||
                   t->is_frozen
               ? t->published_carer
               : RUNDE_NONE);
}

int32_t rn_skill_level(const runde_carer *carer, int32_t skill,
                       int32_t shift_end)
{
    int32_t level = -1;
    for (int32_t i = 0; i < carer->n_skills; i++) {
        const runde_skill_held *held = &carer->skills[i];
        const bool valid =
            held->expires == RUNDE_TIME_NONE || held->expires >= shift_end;
        if (held->skill == skill && valid && held->level > level) {
            level = held->level;
        }
    }
    return level;
}

static bool wishes_allow(const rn_instance *inst, int32_t task, int32_t carer)
{
    const runde_visit *visit = rn_visit_of(inst, task);
    const runde_client *client =
        runde_problem_client(inst->problem, visit->client);
    const runde_carer_wish *lists[2] = {client->wishes, visit->wishes};
    const int32_t lengths[2] = {client->n_wishes, visit->n_wishes};
    bool has_required = false;
    bool is_required = false;
    for (int32_t l = 0; l < 2; l++) {
        for (int32_t i = 0; i < lengths[l]; i++) {
            const runde_carer_wish *wish = &lists[l][i];
            if (wish->kind == RUNDE_PROHIBITED && wish->carer == carer) {
                return false;
            }
            if (wish->kind == RUNDE_REQUIRED) {
                has_required = true;
                is_required = is_required || wish->carer == carer;
            }
        }
    }
    return !has_required || is_required;
}

static int64_t wish_points(const rn_instance *inst, int32_t task, int32_t carer)
{
    const rn_task *t = &inst->task[task];
    for (int32_t i = 0; i < t->n_wishes; i++) {
        if (inst->wishes[t->first_wish + i].carer == carer) {
            return inst->wishes[t->first_wish + i].points;
        }
    }
    return t->points_other;
}

static bool hard_wishes_allow(const rn_instance *inst, int32_t task,
                              int32_t carer)
{
    const rn_task *t = &inst->task[task];
    if (wish_points(inst, task, carer) >
        rn_client_limit(inst, t->client, RUNDE_CARER_PREFERENCE)) {
        return false;
    }
    if ((t->is_frozen ||
         rn_client_limit(inst, t->client, RUNDE_CHANGED_CARER) == 0) &&
        t->published_carer != RUNDE_NONE && t->published_carer != carer) {
        return false;
    }
    return true;
}

static bool skills_allow(const rn_instance *inst, int32_t task, int32_t shift)
{
    const rn_task *t = &inst->task[task];
    const runde_visit *visit = rn_visit_of(inst, task);
    const runde_carer *carer =
        runde_problem_carer(inst->problem, inst->shift[shift].carer);
    int64_t above = 0;
    for (int32_t i = 0; i < visit->n_skills; i++) {
        const runde_skill_need *need = &visit->skills[i];
        if (need->part >= 0 && need->part != t->part) {
            continue;
        }
        const int32_t level =
            rn_skill_level(carer, need->skill, inst->shift[shift].end);
        if (level < need->min_level) {
            return false;
        }
        above += level - need->min_level;
    }
    return above <= rn_client_limit(inst, t->client, RUNDE_OVERQUALIFICATION);
}

static void fill_row(rn_instance *inst, int32_t who, int32_t task)
{
    uint64_t *row = inst->who + (size_t)who * (size_t)inst->who_words;
    const rn_task *t = &inst->task[task];
    const int32_t pinned =
        t->part == 0 ? rn_visit_of(inst, task)->pinned_shift : RUNDE_NONE;
    for (int32_t c = 0; c < inst->n_carers; c++) {
        if (!wishes_allow(inst, task, c) || !hard_wishes_allow(inst, task, c)) {
            continue;
        }
        const rn_carer_limits *carer = &inst->carer[c];
        for (int32_t i = 0; i < carer->n_shifts; i++) {
            const int32_t s = inst->carer_shifts[carer->first_shift + i];
            if ((pinned == RUNDE_NONE || pinned == s) &&
                skills_allow(inst, task, s)) {
                row[s >> 6] |= (uint64_t)1 << (s & 63);
            }
        }
    }
}

/* Levels too many by shift, for the needs of one task. */
static void fill_overqualified(rn_instance *inst, int32_t row, int32_t task)
{
    const rn_task *t = &inst->task[task];
    const runde_visit *visit = rn_visit_of(inst, task);
    int32_t *out = inst->overqualified + (size_t)row * (size_t)inst->n_shifts;
    for (int32_t s = 0; s < inst->n_shifts; s++) {
        const rn_shift *shift = &inst->shift[s];
        const runde_carer *carer =
            runde_problem_carer(inst->problem, shift->carer);
        int32_t sum = 0;
        for (int32_t i = 0; i < visit->n_skills; i++) {
            const runde_skill_need *need = &visit->skills[i];
            if (need->part < 0 || need->part == t->part) {
                const int32_t level =
                    rn_skill_level(carer, need->skill, shift->end);
                sum += level > need->min_level ? level - need->min_level : 0;
            }
        }
        out[s] = sum;
    }
}

void rn_guest_who(rn_instance *inst, int32_t task, int32_t who, int32_t skills)
{
    rn_task *t = &inst->task[task];
    uint64_t *row = inst->who + (size_t)who * (size_t)inst->who_words;
    memset(row, 0, (size_t)inst->who_words * sizeof *row);
    t->who = who;
    t->skill_class = skills;
    t->w_overqualified =
        rn_client_weight(inst, t->client, RUNDE_OVERQUALIFICATION);
    fill_row(inst, who, task);
    fill_overqualified(inst, skills, task);
}

static runde_status fill_skill_classes(rn_instance *inst, key *k)
{
    classes set;
    runde_status status = classes_start(&set, inst->arena, inst->n_tasks);
    for (int32_t t = 0; t < inst->n_tasks && status == RUNDE_OK; t++) {
        rn_task *task = &inst->task[t];
        k->n = 0;
        put_needs(k, rn_visit_of(inst, t), task->part);
        task->skill_class = classify(&set, inst->arena, k, t);
        task->w_overqualified =
            rn_search_weight(inst, task->client, RUNDE_OVERQUALIFICATION);
        status = task->skill_class < 0 ? RUNDE_E_NOMEM : RUNDE_OK;
    }
    if (status != RUNDE_OK) {
        return status;
    }
    inst->overqualified = rn_arena_array(
        inst->arena, (size_t)(set.n + 1) * (size_t)(inst->n_shifts + 1),
        sizeof(int32_t));
    if (inst->overqualified == NULL) {
        return RUNDE_E_NOMEM;
    }
    inst->n_skill_classes = set.n;
    for (int32_t c = 0; c < set.n; c++) {
        fill_overqualified(inst, c, set.example[c]);
    }
    return RUNDE_OK;
}

static runde_status fill_who(rn_instance *inst, key *k)
{
    classes set;
    runde_status status = classes_start(&set, inst->arena, inst->n_tasks);
    for (int32_t t = 0; t < inst->n_tasks && status == RUNDE_OK; t++) {
        key_of(k, inst, t);
        inst->task[t].who = classify(&set, inst->arena, k, t);
        status = inst->task[t].who < 0 ? RUNDE_E_NOMEM : RUNDE_OK;
    }
    if (status != RUNDE_OK) {
        return status;
    }
    inst->n_who = set.n;
    inst->who_words = inst->n_shifts / 64 + 1;
    inst->who = rn_arena_array(inst->arena,
                               (size_t)(set.n + 1) * (size_t)inst->who_words,
                               sizeof *inst->who);
    if (inst->who == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t c = 0; c < set.n; c++) {
        fill_row(inst, c, set.example[c]);
    }
    return RUNDE_OK;
}

runde_status rn_instance_who(rn_instance *inst)
{
    key k = {NULL, 0, 0, false};
    runde_status status = fill_skill_classes(inst, &k);
    if (status == RUNDE_OK) {
        status = fill_who(inst, &k);
    }
    rn_free(k.number);
    return status;
}
