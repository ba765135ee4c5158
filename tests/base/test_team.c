/* SPDX-License-Identifier: MIT */
/* Every job is done once, by a member that does nothing else meanwhile. */
#include <stdatomic.h>

#include "base/team.h"
#include "harness.h"

enum { JOBS = 500, MEMBERS = 5 };

typedef struct ledger {
    atomic_int done[JOBS];
    atomic_int busy[MEMBERS];
    atomic_int overlaps;
    atomic_int strangers;
    int32_t members;
} ledger;

static void work(void *payload, int32_t member, int32_t job)
{
    ledger *l = payload;
    if (member < 0 || member >= l->members) {
        atomic_fetch_add(&l->strangers, 1);
        return;
    }
    if (atomic_fetch_add(&l->busy[member], 1) != 0) {
        atomic_fetch_add(&l->overlaps, 1);
    }
    atomic_fetch_add(&l->done[job], 1);
    atomic_fetch_sub(&l->busy[member], 1);
}

static void run(int32_t members, int32_t jobs)
{
    ledger l = {.members = members};
    rn_team_run(members, jobs, work, &l);
    for (int32_t i = 0; i < JOBS; i++) {
        CU_ASSERT_EQUAL(atomic_load(&l.done[i]), i < jobs ? 1 : 0);
    }
    CU_ASSERT_EQUAL(atomic_load(&l.overlaps), 0);
    CU_ASSERT_EQUAL(atomic_load(&l.strangers), 0);
}

static void test_jobs(void)
{
    for (int32_t members = 1; members <= MEMBERS; members++) {
        run(members, 0);
        run(members, 1);
        run(members, members);
        run(members, JOBS);
    }
}

int main(void)
{
    RN_RUN("team", RN_TEST(test_jobs));
}
