/* SPDX-License-Identifier: MIT */
#include "search/replicas.h"

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/team.h"

/* Iterations of a replica in a round: so many, and more where they are quick,
 * lest starting threads costs what they save. */
#define ROUND 256
#define ROUND_BY_TASKS 20000
/* A temperature is for a round, so there are so many at least. */
#define LEAST_ROUNDS 100
/* How often in a search the worst takes over the plan of the best. */
#define EXCHANGES 8
/* Good routes of a replica and round that are kept, the last ones. */
#define ROUND_ROUTES 1000
/* Iterations between two questions whether to go on. */
#define ASK_EVERY 16
/* Random streams below are those of one search, and of epochs. */
#define FIRST_STREAM (UINT64_C(1) << 62)

typedef struct replica {
    rn_search *search;
    rn_pool *routes; /* found in this round; or NULL */
    int64_t quota;   /* iterations to do in this round */
    int64_t done;
} replica;

struct rn_replicas {
    rn_search *master;
    replica *list;
    int32_t n;
    int32_t threads;
    int64_t most_each; /* iterations of a replica in a round, or -1 */
    int32_t exchanges; /* that have been made */
    bool has_begun;
    rn_price known; /* of the master's best after the last round */
    double temperature;
    atomic_bool stop;
    rn_arena arena;
};

runde_status rn_replicas_new(rn_replicas **out, rn_search *master,
                             uint64_t seed, int32_t replicas, int32_t threads)
{
    *out = NULL;
    rn_replicas *r = rn_calloc(1, sizeof *r);
    if (r == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_arena arena = RN_ARENA_INIT;
    r->arena = arena;
    r->master = master;
    r->threads = threads;
    rn_instance_find_all_near(master->inst, threads); /* threads only read */
    r->list = rn_arena_array(&r->arena, (size_t)replicas, sizeof *r->list);
    runde_status status = r->list == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    while (status == RUNDE_OK && r->n < replicas) {
        rn_search **search = &r->list[r->n].search;
        status = rn_search_new(search, master->inst, seed);
        if (status == RUNDE_OK) {
            rn_rng_init(&(*search)->rng, seed, FIRST_STREAM + (uint64_t)r->n);
            (*search)->habits = master->habits;
            r->n++;
        }
    }
    if (status != RUNDE_OK) {
        rn_replicas_free(r);
        return status;
    }
    *out = r;
    return RUNDE_OK;
}

runde_status rn_replicas_keep_routes(rn_replicas *replicas)
{
    rn_replicas *r = replicas;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; i < r->n && status == RUNDE_OK; i++) {
        status = rn_pool_new(&r->list[i].routes, r->master->inst, ROUND_ROUTES);
        r->list[i].search->routes = r->list[i].routes;
    }
    return status;
}

void rn_replicas_free(rn_replicas *replicas)
{
    if (replicas != NULL) {
        for (int32_t i = 0; replicas->list != NULL && i < replicas->n; i++) {
            rn_search_free(replicas->list[i].search);
            rn_pool_free(replicas->list[i].routes);
        }
        rn_arena_free(&replicas->arena);
        rn_free(replicas);
    }
}

/* ----------------------------------------------------------- one replica */

static bool may_go_on(rn_replicas *r, int32_t member)
{
    const rn_search *s = r->master;
    if (member == 0 && !atomic_load(&r->stop) && s->poll != NULL &&
        !s->poll(s->poll_payload)) {
        atomic_store(&r->stop, true);
    }
    return !atomic_load(&r->stop);
}

static void work(void *payload, int32_t member, int32_t job)
{
    rn_replicas *r = payload;
    replica *one = &r->list[job];
    int64_t done = 0;
    while (done < one->quota &&
           (done % ASK_EVERY != 0 || may_go_on(r, member))) {
        (void)rn_iterate(one->search, r->temperature);
        done++;
    }
    one->done = done;
}

/* -------------------------------------------------------------- together */

static void follow(rn_search *s, const rn_search *from)
{
    (void)rn_search_adopt(s, from->sol);
    s->growing = s->sol->growing;
    if (rn_price_compare(from->best->price, s->best->price) < 0) {
        rn_best_copy(s->best, from->best, s->sol);
    }
}

static void begin(rn_replicas *r, int64_t most)
{
    r->most_each = most < 0 ? -1 : most / r->n / LEAST_ROUNDS + 1;
    for (int32_t i = 0; i < r->n; i++) {
        rn_search *s = r->list[i].search;
        follow(s, r->master);
        rn_best_copy(s->best, r->master->best, s->sol);
        s->never_empty = r->master->never_empty;
    }
    r->has_begun = true;
}

/* By the plan at hand: who is ahead now, or behind. */
static int32_t find(const rn_replicas *r, bool is_worst)
{
    int32_t at = 0;
    for (int32_t i = 1; i < r->n; i++) {
        const rn_cost cost = r->list[i].search->current;
        const rn_cost than = r->list[at].search->current;
        at = (is_worst ? cost > than : cost < than) ? i : at;
    }
    return at;
}

static void set_quotas(rn_replicas *r, int64_t most)
{
    int64_t each = ROUND + ROUND_BY_TASKS / (r->master->inst->n_tasks + 1);
    if (r->most_each >= 0 && r->most_each < each) {
        each = r->most_each;
    }
    for (int32_t i = 0; i < r->n; i++) {
        int64_t quota = each;
        if (most >= 0 && most < each * r->n) {
            quota = most / r->n + (i < most % r->n);
        }
        r->list[i].quota = quota;
        r->list[i].done = 0;
    }
}

static void exchange(rn_replicas *r)
{
    const int32_t best = find(r, false);
    const int32_t worst = find(r, true);
    if (best != worst) {
        follow(r->list[worst].search, r->list[best].search);
    }
}

static bool gather(rn_replicas *r)
{
    int32_t best = 0;
    for (int32_t i = 1; i < r->n; i++) {
        const rn_price price = r->list[i].search->best->price;
        const rn_price than = r->list[best].search->best->price;
        best = rn_price_compare(price, than) < 0 ? i : best;
    }
    const rn_search *from = r->list[best].search;
    if (rn_price_compare(from->best->price, r->master->best->price) >= 0) {
        return false;
    }
    follow(r->master, from);
    return true;
}

int64_t rn_replicas_run(rn_replicas *replicas, double temperature, double share,
                        int64_t most, bool *news)
{
    rn_replicas *r = replicas;
    int64_t done = 0;
    if (!r->has_begun) {
        begin(r, most);
    } else if (rn_price_compare(r->master->best->price, r->known) < 0) {
        follow(r->list[find(r, true)].search, r->master);
    }
    set_quotas(r, most);
    for (int32_t i = 0; i < r->n; i++) {
        rn_search *s = r->list[i].search;
        s->is_patient = r->master->is_patient;
        s->sol->idle_floor = r->master->sol->idle_floor;
        s->current = rn_total(s->sol);
    }
    r->temperature = temperature;
    atomic_store(&r->stop, false);
    rn_team_run(r->threads, r->n, work, r);
    for (int32_t i = 0; i < r->n; i++) {
        done += r->list[i].done;
        if (r->list[i].routes != NULL) {
            rn_pool_pour(r->master->routes, r->list[i].routes);
        }
    }
    *news = gather(r);
    r->known = r->master->best->price;
    if (share * EXCHANGES >= r->exchanges + 1) {
        r->exchanges++;
        exchange(r);
    }
    return done;
}
