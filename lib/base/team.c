/* SPDX-License-Identifier: MIT */
#include "base/team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/* More threads than this never help, and the list lives on the stack. */
#define MOST_MEMBERS 64

typedef struct team {
    atomic_int next;
    int32_t n_jobs;
    rn_team_fn fn;
    void *payload;
} team;

typedef struct member {
    team *team;
    pthread_t thread;
    int32_t number;
    bool started;
} member;

static void *work(void *argument)
{
    const member *m = argument;
    for (;;) {
        const int32_t job = atomic_fetch_add(&m->team->next, 1);
        if (job >= m->team->n_jobs) {
            return NULL;
        }
        m->team->fn(m->team->payload, m->number, job);
    }
}

void rn_team_run(int32_t members, int32_t n_jobs, rn_team_fn fn, void *payload)
{
    team t = {0, n_jobs, fn, payload};
    member list[MOST_MEMBERS];
    int32_t n = members < n_jobs ? members : n_jobs;
    n = n < MOST_MEMBERS ? n : MOST_MEMBERS;
    for (int32_t i = 0; i < n; i++) {
        list[i].team = &t;
        list[i].number = i;
        list[i].started =
            i > 0 && pthread_create(&list[i].thread, NULL, work, &list[i]) == 0;
    }
    if (n > 0) {
        (void)work(&list[0]);
    }
    for (int32_t i = 1; i < n; i++) {
        if (list[i].started) {
            (void)pthread_join(list[i].thread, NULL);
        }
    }
}
