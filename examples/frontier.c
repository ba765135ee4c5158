/* SPDX-License-Identifier: MIT */
/* What does it cost to drive less? Plans a day with four settings of its
 * weights, and says what each of them gives:
 *
 *     frontier examples/data/rural_small.json */
#include "example_files.h"

static const runde_tradeoff_setting settings[] = {
    {sizeof settings[0], "as it is", 1, 1, 1},
    {sizeof settings[0], "driving x 3", 3, 1, 1},
    {sizeof settings[0], "driving x 10", 10, 1, 1},
    {sizeof settings[0], "faces x 5", 1, 5, 1},
};

enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

/* A program with a window would draw its progress here; one that returns
 * something else than 0 has the settings that are done so far. */
static int go_on(const runde_progress *progress, void *payload)
{
    (void)progress;
    (void)payload;
    return 0;
}

int main(int argc, char **argv)
{
    runde_problem *problem = argc == 2 ? example_problem(argv[1]) : NULL;
    runde_tradeoff *tradeoff = NULL;
    runde_options search = RUNDE_OPTIONS_INIT;
    search.iteration_limit = 500;
    search.progress = go_on;
    const bool good = problem != NULL &&
                      runde_tradeoff_new(&tradeoff, problem, settings,
                                         N_SETTINGS, &search, NULL) == RUNDE_OK;
    for (int32_t i = 0; good && i < runde_tradeoff_n_points(tradeoff); i++) {
        const runde_tradeoff_point *point =
            runde_tradeoff_get_point(tradeoff, i);
        const runde_kpis *kpis = runde_plan_kpis(point->plan);
        printf("%-14s%5d min on the road, %d.%d %% on time, %d points of "
               "wishes missed%s\n",
               point->setting.name, (int)(kpis->travel / 60),
               (int)kpis->on_time_share / 10, (int)kpis->on_time_share % 10,
               (int)point->preference,
               point->is_best ? "" : " (beaten in everything)");
    }
    runde_tradeoff_free(tradeoff);
    runde_problem_free(problem);
    return good ? 0 : 1;
}
