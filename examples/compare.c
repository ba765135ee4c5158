/* SPDX-License-Identifier: MIT */
/* Two plans of one day: is the second one better, and for whom is it another?
 *
 *     compare examples/data/rural_small.json */
#include "example_files.h"

static void print_figures(const runde_plan *a, const runde_plan *b)
{
    const runde_kpis *x = runde_plan_kpis(a);
    const runde_kpis *y = runde_plan_kpis(b);
    printf("minutes on the road %d -> %d, with clients %d -> %d %%, on time "
           "%d -> %d %%\n",
           (int)(x->travel / 60), (int)(y->travel / 60),
           (int)x->client_share / 10, (int)y->client_share / 10,
           (int)x->on_time_share / 10, (int)y->on_time_share / 10);
}

static void print_diff(const runde_problem *problem, const runde_diff *diff)
{
    const runde_diff_totals *t = runde_diff_get_totals(diff);
    printf("%d by another carer, %d at another time\n", (int)t->carer_changed,
           (int)t->time_changed);
    for (int32_t i = 0; i < runde_diff_n_clients(diff); i++) {
        const runde_diff_client *c = runde_diff_get_client(diff, i);
        if (c->faces[0] != c->faces[1]) {
            printf("client %s: %d -> %d carers\n",
                   runde_problem_client(problem, c->client)->id,
                   (int)c->faces[0], (int)c->faces[1]);
        }
    }
    for (int32_t i = 0; i < runde_diff_n_carers(diff); i++) {
        const runde_diff_carer *c = runde_diff_get_carer(diff, i);
        printf("carer %s: %d -> %d visits, %d -> %d heavy\n",
               runde_problem_carer(problem, c->carer)->id, (int)c->served[0],
               (int)c->served[1], (int)c->heavy[0], (int)c->heavy[1]);
    }
}

int main(int argc, char **argv)
{
    runde_problem *problem = argc == 2 ? example_problem(argv[1]) : NULL;
    runde_plan *before = NULL;
    runde_plan *after = NULL;
    runde_diff *diff = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 100;
    bool good = problem != NULL &&
                runde_solve(&before, problem, &options, NULL) == RUNDE_OK;
    options.iteration_limit = 2000; /* the same plan, thought about longer */
    options.start = before;
    good = good && runde_solve(&after, problem, &options, NULL) == RUNDE_OK &&
           runde_diff_new(&diff, problem, before, after) == RUNDE_OK;
    if (good) {
        print_figures(before, after);
        print_diff(problem, diff);
    }
    runde_diff_free(diff);
    runde_plan_free(after);
    runde_plan_free(before);
    runde_problem_free(problem);
    return good ? 0 : 1;
}
