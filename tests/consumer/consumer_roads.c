/* SPDX-License-Identifier: MIT */
/* A stranger's program that asks for travel times: built by
 * .ci/steps/release.sh with nothing but the installed headers and
 * runde-roads.pc. Nobody listens where it asks; that must be said. */
#include <runde/roads.h>
#include <runde/runde.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    runde_roads_options options = RUNDE_ROADS_OPTIONS_INIT;
    runde_diag diag = RUNDE_DIAG_INIT;
    runde_place place = RUNDE_PLACE_INIT;
    runde_problem *problem = NULL;
    runde_roads *roads = NULL;
    runde_status status = RUNDE_E_NOMEM;

    place.has_coordinates = true;
    place.lat = 60.2;
    place.lon = 11.0;
    place.id = "office";
    options.server = "http://127.0.0.1:1";
    options.tries = 1;
    if (runde_problem_new(&problem, NULL, NULL) == RUNDE_OK &&
        runde_problem_add_mode(problem, "car", NULL) == RUNDE_OK &&
        runde_problem_add_place(problem, &place, NULL) == RUNDE_OK) {
        place.id = "home";
        place.lat = 60.3;
        status = runde_problem_add_place(problem, &place, NULL);
    }
    if (status == RUNDE_OK) {
        status = runde_problem_seal(problem, NULL);
    }
    if (status == RUNDE_OK) {
        status = runde_roads_fetch(&roads, problem, 0, &options, &diag);
    }
    printf("%s: %s %s\n", runde_status_name(status), diag.code, diag.message);
    runde_roads_free(roads);
    runde_problem_free(problem);
    return status == RUNDE_E_SERVER && strcmp(diag.code, "RUNDE-E733") == 0 ? 0
                                                                            : 1;
}
