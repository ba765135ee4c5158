/* SPDX-License-Identifier: MIT */
/** @file drawn_roads.h
 *  The ways that a plan drives on a road network, as lines for its map. */
#ifndef RUNDE_DRAWN_ROADS_H
#define RUNDE_DRAWN_ROADS_H

#include "cli.h"

#include <runde/export.h>

typedef struct drawn_roads {
    runde_road_line *lines;
    int32_t n_lines;
    runde_network_lines **kept; /**< by travel mode, or NULL */
    int32_t n_kept;
} drawn_roads;

#define DRAWN_ROADS_INIT                                                       \
    {                                                                          \
        NULL, 0, NULL, 0                                                       \
    }

/** Draws every leg of the plan whose travel mode is "car", "bicycle" or
 *  "walk" on the network that the two tables are; what has no way, or another
 *  mode, gets no line. What goes wrong is said on standard error.
 *
 *  @return CLI_DONE, or as input_network */
cli_code drawn_roads_make(drawn_roads *out, const runde_problem *problem,
                          const runde_plan *plan, const char *nodes,
                          const char *edges);

/** Fine on DRAWN_ROADS_INIT. */
void drawn_roads_free(drawn_roads *roads);

#endif
