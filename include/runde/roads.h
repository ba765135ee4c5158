/* SPDX-License-Identifier: MIT */
/** @file roads.h
 *  Travel times over HTTP, from a road engine: OSRM, Valhalla,
 *  openrouteservice or GraphHopper.
 *
 *  A library of its own, librunde-roads: the only part of Runde that opens a
 *  socket, and only when runde_roads_fetch is called. What leaves the machine
 *  are the coordinates of the places, rounded to five decimals (about a
 *  metre), each once and in an order that says nothing about the file; no
 *  ids, no names, no times. A client's address is health data nevertheless:
 *  ask a server of your own. docs/roads.md says how to run one. */
#ifndef RUNDE_ROADS_H
#define RUNDE_ROADS_H

#include <runde/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What the server speaks. */
typedef enum runde_roads_api {
    RUNDE_ROADS_OSRM = 0,    /**< table/v1 */
    RUNDE_ROADS_VALHALLA,    /**< sources_to_targets */
    RUNDE_ROADS_ORS,         /**< openrouteservice, v2/matrix */
    RUNDE_ROADS_GRAPHHOPPER, /**< matrix */
    RUNDE_ROADS_APIS
} runde_roads_api;

/** "osrm", "valhalla", "ors", "graphhopper"; NULL for no API. */
RUNDE_API const char *runde_roads_api_name(runde_roads_api api);

/** What to do about pairs of places between which the engine finds no way. */
typedef enum runde_roads_nulls {
    RUNDE_ROADS_ERROR = 0, /**< refuse the answer */
    RUNDE_ROADS_ESTIMATE,  /**< take the mode's speed model, and mark it */
    RUNDE_ROADS_FORBID     /**< RUNDE_UNREACHABLE: nobody drives there */
} runde_roads_nulls;

/** How far it has come. */
typedef struct runde_roads_progress {
    size_t size;
    int64_t pairs;      /**< pairs of different places to be asked for */
    int64_t pairs_done; /**< of these, answered */
    int64_t requests;   /**< answers so far, of any kind */
    int64_t retries;    /**< requests sent again */
    double seconds;     /**< since the call */
} runde_roads_progress;

/** Called some ten times a second; not 0 ends the call. */
typedef int (*runde_roads_progress_fn)(const runde_roads_progress *progress,
                                       void *payload);

/** How to ask. Zero and NULL mean the default. Strings need to live only
 *  during the call. */
typedef struct runde_roads_options {
    size_t size;
    runde_roads_api api;
    const char *server;  /**< "http://localhost:5000": what stands in front of
                              the API's own path; required */
    const char *profile; /**< the engine's name for the mode of travel; by
                              default that for "car", "bicycle" or "walk" */
    const char *key;     /**< of openrouteservice or GraphHopper */
    const char *proxy;   /**< none by default, whatever the environment says */
    const char *ca_file; /**< certificates to trust instead of the system's */
    const char *cache;   /**< file with the answers of earlier calls, which is
                              read and written; none by default */
    bool allow_http;     /**< plain http also to another machine */
    bool post;           /**< OSRM: POST, which new versions have; falls back
                              to GET */
    bool concise;        /**< Valhalla: shorter answers, without the check
                              where places were put on the road */
    bool estimate_offline; /**< a server that fails is a warning: what earlier
                                calls know is taken, all else is estimated and
                                marked */
    runde_roads_nulls nulls;
    int32_t connections; /**< at the same time, 1 to 16; default 4 */
    int32_t block;       /**< most places on either side of a request; default
                              by API, 100 or 50 */
    int32_t tries;       /**< of a request that fails for a time; default 3 */
    int32_t warn_metres; /**< farther from a road is a warning; default 500 */
    int32_t far_metres;  /**< farther is no road at all; default 2,000 */
    int64_t max_bytes;   /**< of one answer, decoded; default 64 MiB */
    double deadline;     /**< seconds for everything; default 600 */
    double patience;     /**< seconds without a byte; default 30 */
    runde_roads_progress_fn progress;
    void *progress_payload;
} runde_roads_options;

#define RUNDE_ROADS_OPTIONS_INIT                                               \
    {                                                                          \
        sizeof(runde_roads_options), RUNDE_ROADS_OSRM, NULL, NULL, NULL, NULL, \
            NULL, NULL, false, false, false, false, RUNDE_ROADS_ERROR, 0, 0,   \
            0, 0, 0, 0, 0.0, 0.0, NULL, NULL                                   \
    }

/** What came back. */
typedef struct runde_roads_summary {
    size_t size;
    int64_t pairs;      /**< ordered pairs of different coordinates */
    int64_t cached;     /**< of these, known from the cache */
    int64_t no_road;    /**< of these, without a way */
    int64_t unanswered; /**< of these, neither known nor answered; only with
                             `estimate_offline` */
    int64_t estimated;  /**< cells of the matrix filled by the speed model */
    int64_t requests;
    int64_t retries;
    double seconds;
} runde_roads_summary;

typedef struct runde_roads runde_roads;

/** Asks a server for the travel of one mode between all places of a sealed
 *  problem. Places with equal coordinates are asked for once; from a place to
 *  itself is 0. Never mirrored: there and back differ.
 *
 *  Requests go out in blocks, several at a time; a block that is too large
 *  for the server is halved, one that fails for a time is sent again, with
 *  longer and longer pauses and as the server says (Retry-After), until the
 *  deadline.
 *
 *  @param mode  index of the travel mode; estimates take its speed model, or
 *               when it has a matrix that of its name
 *  @param diag  findings: warnings about places far from any road and about
 *               the cache; the error that ended the call
 *  @return RUNDE_E_ARGUMENT for options that make no sense, with a finding;
 *          RUNDE_E_STATE for an open problem; RUNDE_E_INVALID when places have
 *          no coordinates or cells must be refused; RUNDE_E_SERVER when the
 *          server does not answer, or not with a matrix, and nothing is to
 *          stand in for it; RUNDE_E_STOPPED by
 *          the progress call; RUNDE_E_LIMIT for more than 10,000 different
 *          places; RUNDE_E_NOMEM
 *
 *  What was answered before a failure is in the cache, if there is one.
 *  Memory: 16 bytes for each pair of places. */
RUNDE_API RUNDE_CHECKED runde_status
runde_roads_fetch(runde_roads **out, const runde_problem *problem, int32_t mode,
                  const runde_roads_options *options, runde_diag *diag);

/** The answer as runde_problem_with_travel takes it; tied to `roads`. */
RUNDE_API const runde_travel_times *runde_roads_times(const runde_roads *roads);
/** Figures about it; tied to `roads`. */
RUNDE_API const runde_roads_summary *
runde_roads_summary_of(const runde_roads *roads);

/** NULL is fine. */
RUNDE_API void runde_roads_free(runde_roads *roads);

#ifdef __cplusplus
}
#endif
#endif
