/* SPDX-License-Identifier: MIT */
/** @file travel_command.h
 *  What the sources of travel times share: the request of the command line,
 *  and a visit file with the matrices in it. */
#ifndef RUNDE_TRAVEL_COMMAND_H
#define RUNDE_TRAVEL_COMMAND_H

#include "cli.h"

#include <runde/runde.h>

/** What to do about legs without a way. */
typedef enum travel_nulls {
    TRAVEL_ERROR = 0,
    TRAVEL_ESTIMATE,
    TRAVEL_FORBID
} travel_nulls;

/** The options, by their place in the command's table. */
enum {
    TRAVEL_SERVER,
    TRAVEL_API,
    TRAVEL_MODE,
    TRAVEL_NULLS,
    TRAVEL_OFFLINE,
    TRAVEL_CACHE,
    TRAVEL_OUTPUT,
    TRAVEL_PROFILE,
    TRAVEL_KEY_FILE,
    TRAVEL_CA_FILE,
    TRAVEL_PROXY,
    TRAVEL_ALLOW_HTTP,
    TRAVEL_POST,
    TRAVEL_CONCISE,
    TRAVEL_CONNECTIONS,
    TRAVEL_BLOCK,
    TRAVEL_DEADLINE,
    TRAVEL_NODES,
    TRAVEL_EDGES,
    TRAVEL_ACCESS,
    TRAVEL_SNAP_LIMIT,
    TRAVEL_JSON,
    TRAVEL_N_OPTIONS
};

/** What came of asking for one mode. Where places share coordinates, a
 *  server is asked once for all of them. */
typedef struct travel_figures {
    int64_t legs;        /**< from everywhere to everywhere else */
    int64_t asked;       /**< of these, put to a server */
    int64_t cached;      /**< of these, known from the cache */
    int64_t estimated;   /**< cells of the matrix that are estimates */
    int64_t without_way; /**< legs for which no road was found */
} travel_figures;

/** What is asked for, the parts that all sources share. */
typedef struct travel_request {
    const cli_arguments *arguments;
    const char *input;            /**< path of the visit file */
    const runde_problem *problem; /**< as read from it */
    travel_nulls nulls;
    const int32_t *modes; /**< travel modes to be filled */
    int32_t n_modes;
    travel_figures *figures; /**< by mode of the request, to be filled */
    int32_t *n_filled;       /**< so many of them are, the first */
} travel_request;

/** Takes the times of the request's modes, `n_modes` of them, into a visit
 *  file; the caller keeps them. */
typedef cli_code (*travel_sink)(const runde_travel_times *times, void *payload);

/** Asks a road engine over HTTP for every mode of the request, and hands the
 *  times to the sink. What goes wrong is said on standard error. */
cli_code travel_by_server(const travel_request *asked, travel_sink sink,
                          void *payload);

/** Says that a value makes no sense. @return CLI_USAGE */
cli_code travel_bad_value(const travel_request *asked, int option,
                          const char *expected);

#endif
