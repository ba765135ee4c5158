/* SPDX-License-Identifier: MIT */
/* A carer falls ill. Plans the visits of a file, publishes the plan, and
 * finds out who must be told what:
 *
 *     replan visits.json anna 10:00 */
#include <runde/runde.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    *length = 0;
    if (file == NULL) {
        return NULL;
    }
    for (size_t room = 0;; room += (size_t)1 << 20) {
        char *more = realloc(text, room + ((size_t)1 << 20));
        if (more == NULL) {
            break;
        }
        text = more;
        const size_t n = fread(text + *length, 1, (size_t)1 << 20, file);
        *length += n;
        if (n < (size_t)1 << 20) {
            break;
        }
    }
    (void)fclose(file);
    return text;
}

static int32_t find_carer(const runde_problem *problem, const char *id)
{
    for (int32_t c = 0; c < runde_problem_n_carers(problem); c++) {
        if (strcmp(runde_problem_carer(problem, c)->id, id) == 0) {
            return c;
        }
    }
    return RUNDE_NONE;
}

static void print_clock(const runde_problem *problem, int32_t tick)
{
    /* From the start of the horizon, which is a midnight here. */
    const int64_t ms = (int64_t)tick * runde_problem_settings(problem)->tick_ms;
    (void)printf("%02d:%02d", (int)(ms / 3600000), (int)(ms / 60000 % 60));
}

/* One line for everybody who has to be told. */
static void print_changes(const runde_replan *replan)
{
    const runde_problem *now = runde_replan_problem(replan);
    const runde_diff *diff = runde_replan_diff(replan);
    for (int32_t i = 0; i < runde_diff_n_parts(diff); i++) {
        const runde_diff_part *part = runde_diff_get_part(diff, i);
        int32_t earliest = 0;
        int32_t latest = 0;
        (void)printf("%s: ", runde_problem_client(now, part->client)->id);
        if ((part->what & RUNDE_DIFF_DROPPED) != 0) {
            (void)printf("nobody can come\n");
            continue;
        }
        (void)printf("%s comes at ",
                     runde_problem_carer(now, part->carer[1])->id);
        print_clock(now, part->start[1]);
        if (runde_replan_leeway(replan, part->visit, part->part, &earliest,
                                &latest)) {
            (void)printf(", between ");
            print_clock(now, earliest);
            (void)printf(" and ");
            print_clock(now, latest);
        }
        (void)putchar('\n');
    }
}

static runde_status fall_ill(const runde_problem *problem,
                             const runde_plan *published, int32_t carer,
                             int32_t tick)
{
    runde_event event = RUNDE_EVENT_INIT;
    runde_replan_options options = RUNDE_REPLAN_OPTIONS_INIT;
    runde_replan *replan = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    event.kind = RUNDE_EVENT_CARER_ILL;
    event.carer = carer;
    options.events = &event;
    options.n_events = 1;
    options.freeze_before = tick;
    const runde_status status =
        runde_replan_new(&replan, problem, published, &options, &diag);
    if (status == RUNDE_OK) {
        print_changes(replan);
    } else {
        (void)fprintf(stderr, "%s %s\n", runde_status_name(status),
                      diag.message);
    }
    runde_replan_free(replan);
    return status;
}

int main(int argc, char **argv)
{
    runde_problem *problem = NULL;
    runde_plan *plan = NULL;
    runde_options options = RUNDE_OPTIONS_INIT;
    size_t length = 0;
    int32_t tick = 0;
    if (argc != 4) {
        (void)fprintf(stderr, "usage: replan visits.json CARER TIME\n");
        return 64;
    }
    char *text = read_file(argv[1], &length);
    runde_status status =
        text == NULL ? RUNDE_E_ARGUMENT
                     : runde_problem_from_json(&problem, text, length, NULL);
    free(text);
    options.iteration_limit = 2000;
    if (status == RUNDE_OK) {
        status = runde_solve(&plan, problem, &options, NULL);
    }
    if (status == RUNDE_OK) {
        const int32_t carer = find_carer(problem, argv[2]);
        status = carer == RUNDE_NONE ||
                         !runde_problem_read_time(problem, argv[3], &tick)
                     ? RUNDE_E_ARGUMENT
                     : fall_ill(problem, plan, carer, tick);
    }
    runde_plan_free(plan);
    runde_problem_free(problem);
    return status == RUNDE_OK ? 0 : 1;
}
