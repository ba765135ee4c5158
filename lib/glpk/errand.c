/* SPDX-License-Identifier: MIT */
#include "errand.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

/* Nanoseconds between two questions whether to go on. */
#define ASK_EVERY 5000000L

struct rn_errand {
    rn_errand_fn fn;
    void *task;
    runde_status status;
    atomic_bool is_over;
    bool is_done; /* under the lock */
    pthread_mutex_t lock;
    pthread_cond_t done;
};

bool rn_errand_is_over(const rn_errand *errand)
{
    return atomic_load(&errand->is_over);
}

static void *work(void *argument)
{
    rn_errand *e = argument;
    e->status = e->fn(e->task, e);
    (void)pthread_mutex_lock(&e->lock);
    e->is_done = true;
    (void)pthread_cond_signal(&e->done);
    (void)pthread_mutex_unlock(&e->lock);
    return NULL;
}

static struct timespec soon(void)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += ASK_EVERY;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_nsec -= 1000000000L;
        t.tv_sec++;
    }
    return t;
}

static void await(rn_errand *e, const rn_patience *patience)
{
    (void)pthread_mutex_lock(&e->lock);
    while (!e->is_done) {
        const struct timespec until = soon();
        (void)pthread_cond_timedwait(&e->done, &e->lock, &until);
        if (!e->is_done && patience->poll != NULL &&
            !atomic_load(&e->is_over)) {
            (void)pthread_mutex_unlock(&e->lock);
            if (!patience->poll(patience->payload)) {
                atomic_store(&e->is_over, true);
            }
            (void)pthread_mutex_lock(&e->lock);
        }
    }
    (void)pthread_mutex_unlock(&e->lock);
}

/* A condition that waits by the clock nobody sets. */
static bool new_condition(pthread_cond_t *condition)
{
    pthread_condattr_t how;
    if (pthread_condattr_init(&how) != 0) {
        return false;
    }
    const bool made = pthread_condattr_setclock(&how, CLOCK_MONOTONIC) == 0 &&
                      pthread_cond_init(condition, &how) == 0;
    (void)pthread_condattr_destroy(&how);
    return made;
}

runde_status rn_errand_run(rn_errand_fn fn, void *task,
                           const rn_patience *patience)
{
    rn_errand e = {0};
    e.fn = fn;
    e.task = task;
    e.status = RUNDE_E_NOMEM;
    atomic_init(&e.is_over, false);
    pthread_t thread;
    if (pthread_mutex_init(&e.lock, NULL) != 0) {
        return RUNDE_E_NOMEM;
    }
    if (new_condition(&e.done)) {
        if (pthread_create(&thread, NULL, work, &e) == 0) {
            await(&e, patience);
            (void)pthread_join(thread, NULL);
        }
        (void)pthread_cond_destroy(&e.done);
    }
    (void)pthread_mutex_destroy(&e.lock);
    return e.status;
}
