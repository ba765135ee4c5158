/* SPDX-License-Identifier: MIT */
/* From today on one client shall see familiar faces. Plans a day, puts the
 * profile on top of the visit file, and plans again around that client:
 *
 *     overlay examples/data/rural_small.json a001-k00002 */
#include "example_files.h"

static runde_status read_overlay(runde_overlay **out,
                                 const runde_problem *problem,
                                 const char *client)
{
    char text[512];
    const int n = snprintf(text, sizeof text,
                           "{\"format\": \"runde-weights\", \"version\": 1,"
                           " \"clients\": [{\"client\": \"%s\","
                           " \"profile\": \"continuity\"}]}",
                           client);
    return n > 0 && (size_t)n < sizeof text
               ? runde_overlay_from_json(out, problem, text, (size_t)n, NULL)
               : RUNDE_E_ARGUMENT;
}

/* A replan keeps what has been promised: what the profile does not touch
 * stays as it was. */
static runde_status replan(runde_replan **out, const runde_problem *problem,
                           const runde_plan *published, const char *client)
{
    runde_overlay *overlay = NULL;
    runde_event event = RUNDE_EVENT_INIT;
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_status status = read_overlay(&overlay, problem, client);
    if (status == RUNDE_OK) {
        int32_t n = 0;
        event.edit = runde_overlay_edits(overlay, &n); /* one client: one */
        options.events = &event;
        options.n_events = n;
        status = runde_replan_new(out, problem, published, &options, NULL);
    }
    runde_overlay_free(overlay);
    return status;
}

int main(int argc, char **argv)
{
    runde_problem *problem = argc == 3 ? example_problem(argv[1]) : NULL;
    runde_plan *plan = NULL;
    runde_replan *now = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    options.iteration_limit = 1000;
    const bool good = problem != NULL &&
                      runde_solve(&plan, problem, &options, NULL) == RUNDE_OK &&
                      replan(&now, problem, plan, argv[2]) == RUNDE_OK;
    if (good) {
        const runde_diff *diff = runde_replan_diff(now);
        printf("%d of %d clients notice\n", (int)runde_diff_n_clients(diff),
               (int)runde_problem_n_clients(problem));
        for (int32_t i = 0; i < runde_diff_n_clients(diff); i++) {
            const runde_diff_client *c = runde_diff_get_client(diff, i);
            printf("client %s: %d -> %d carers\n",
                   runde_problem_client(problem, c->client)->id,
                   (int)c->faces[0], (int)c->faces[1]);
        }
    }
    runde_replan_free(now);
    runde_plan_free(plan);
    runde_problem_free(problem);
    return good ? 0 : 1;
}
