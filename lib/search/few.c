/* SPDX-License-Identifier: MIT */
/* Who serves a visit is most of the price where clients know their carers,
 * and a carer whom they know is seldom free just then. So few visits at a
 * time: one, and those that stand at its time where somebody known to the
 * client works, with some of its neighbours. Putting few back is quick, and
 * there is nearly always a place for all of them. */
#include "search/search.h"

#include "eval/whom.h"

/* The most tasks that are taken out with the first one. */
#define MOST_OTHERS 7
/* Iterations in a hundred that end when the first one goes back. */
#define MOVING_SHARE 60
/* One of so many of them is a neighbour, others stand in known routes. */
#define NEIGHBOUR_ONE_IN 3
/* One of so many times those of one moment change hands instead. */
#define SLICE_ONE_IN 10

/* Nearer ones more often; RUNDE_NONE when it has none. */
static int32_t some_neighbour(rn_search *s, int32_t task)
{
    int32_t n = 0;
    const int32_t *near = rn_near_of(s->inst, task, &n);
    const double u = rn_rng_unit(&s->rng);
    return n > 0 ? near[(int32_t)(u * u * n)] : RUNDE_NONE;
}

static int32_t list_known(rn_search *s, int32_t task)
{
    s->finder->epoch++;
    return rn_list_known(s->finder, task);
}

bool rn_ruin_few(rn_search *s, int32_t seed)
{
    rn_finder *f = s->finder;
    int32_t n_known = list_known(s, seed);
    if (n_known > 0 && rn_does(s, RN_SLICE) &&
        rn_rng_below(&s->rng, SLICE_ONE_IN) == 0) {
        if (rn_ruin_slice(s, seed)) {
            return true;
        }
        n_known = list_known(s, seed);
    }
    if (n_known == 0) {
        return false;
    }
    const rn_node *x = &s->sol->node[seed];
    const int32_t route = x->route;
    const int32_t start = route >= 0 ? x->start : s->inst->stop[seed].release;
    const int32_t n = 1 + (int32_t)rn_rng_below(&s->rng, MOST_OTHERS);
    int32_t other[MOST_OTHERS];
    for (int32_t i = 0; i < n; i++) {
        const bool knows = rn_rng_below(&s->rng, NEIGHBOUR_ONE_IN) != 0;
        const int32_t shift =
            knows ? f->known[rn_rng_below(&s->rng, (uint32_t)n_known)] : route;
        other[i] = shift != route ? rn_task_at(s->sol, shift, start)
                                  : some_neighbour(s, seed);
    }
    rn_take(s, seed);
    /* Two of three iterations put all back where it was, and mostly that can
     * be told from the first one. */
    if (s->n_work > 0 && s->asked < 0 &&
        rn_rng_below(&s->rng, 100) < MOVING_SHARE) {
        s->mover = seed;
        s->home = route;
    }
    for (int32_t i = 0; i < n; i++) {
        if (other[i] != RUNDE_NONE) {
            rn_take(s, other[i]);
        }
    }
    return s->n_work > 0;
}
