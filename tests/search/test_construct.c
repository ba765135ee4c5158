/* SPDX-License-Identifier: MIT */
/* First plans over random problems, as for small instances and as for large
 * ones: legal at the price they say, hardly worse where only routes around are
 * looked at, and with less left out where room is made. */
#include "agreement.h"
#include "bed.h"
#include "harness.h"

#include "search/search.h"

enum { PROBLEMS = 300 };

/* What the first plans of all problems leave out. */
typedef struct sums {
    int64_t everywhere;
    int64_t around;
    int64_t with_room;
    int64_t before_last; /* of some of them, with room made */
    int64_t at_last;     /* the same where no search follows */
} sums;

/* By priority; the search's best plan, which is the one at hand. */
static int64_t left_out(const bed *b, bool is_vast, bool is_last,
                        uint32_t without)
{
    rn_search *s = NULL;
    CU_ASSERT_EQUAL_FATAL(rn_search_new(&s, b->inst, b->seed), RUNDE_OK);
    const rn_price empty = s->best->price;
    s->is_vast = is_vast;
    s->is_last = is_last;
    s->is_large = true;
    s->habits &= ~without;
    rn_construct(s);
    CU_ASSERT_TRUE_FATAL(agreement_holds(s->sol, s->finder, b->seed));
    if (b->inst->n_bounds == 0) {
        CU_ASSERT_TRUE(rn_price_compare(s->best->price, empty) <= 0);
    }
    CU_ASSERT_EQUAL(s->current, rn_total(s->sol));
    CU_ASSERT_PTR_NULL(s->finder->only);
    const int64_t sum = s->best->price.left_out;
    rn_search_free(s);
    return sum;
}

static void test_first_plans(void)
{
    static const world_size size = WORLD_LARGE;
    sums all = {0, 0, 0, 0, 0};
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        bed b;
        CU_ASSERT_TRUE_FATAL(bed_make(&b, seed, &size));
        const int64_t everywhere = left_out(&b, false, false, RN_ROOM);
        const int64_t with_room = left_out(&b, false, false, 0);
        all.everywhere += everywhere;
        all.around += left_out(&b, true, false, RN_ROOM);
        all.with_room += with_room;
        if (seed % 10 == 0) {
            all.before_last += with_room;
            all.at_last += left_out(&b, false, true, 0);
        }
        CU_ASSERT_TRUE(with_room <= everywhere);
        bed_clear(&b);
    }
    printf("\nleft out by priority: %lld everywhere, %lld around, %lld with "
           "room made; of %lld of these %lld when no search follows\n",
           (long long)all.everywhere, (long long)all.around,
           (long long)all.with_room, (long long)all.before_last,
           (long long)all.at_last);
    CU_ASSERT_TRUE(all.around * 20 <= all.everywhere * 21);
    CU_ASSERT_TRUE(all.with_room * 50 <= all.everywhere * 49);
    CU_ASSERT_TRUE(all.at_last < all.before_last);
}

int main(void)
{
    RN_RUN("construct", RN_TEST(test_first_plans));
}
