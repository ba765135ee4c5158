/* SPDX-License-Identifier: MIT */
/** @file network.h
 *  Travel on a road network that the caller has as two tables: no server, no
 *  socket, no file.
 *
 *  A network is read once from CSV text and is read-only from then on: any
 *  number of threads may ask it. docs/network.md describes the tables, how
 *  places come onto the roads, and how far the answers can be trusted. */
#ifndef RUNDE_NETWORK_H
#define RUNDE_NETWORK_H

#include <runde/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct runde_network runde_network;

/** Largest table accepted, bytes. */
#define RUNDE_NETWORK_MAX_BYTES ((size_t)512 << 20)

/** Reads a network. The first line of each table names its columns, in any
 *  order; others are skipped.
 *
 *      nodes   node, lat, lon
 *      edges   from, to, length_m, and seconds or speed_kmh;
 *              may have car, bicycle, walk (1 open, 0 closed), highway
 *
 *  An edge leads one way. All findings come at once, with the line and the
 *  name of the column: "/edges/17/seconds".
 *
 *  @param nodes, edges  need not end with NUL
 *  @return RUNDE_E_FORMAT with findings, RUNDE_E_LIMIT for a table of more
 *          than RUNDE_NETWORK_MAX_BYTES or roads of more than 850,000 km in
 *          all, RUNDE_E_ARGUMENT, RUNDE_E_NOMEM
 *
 *  O(n log n). */
RUNDE_API RUNDE_CHECKED runde_status
runde_network_read(runde_network **out, const char *nodes, size_t nodes_length,
                   const char *edges, size_t edges_length, runde_diag *diag);

/** Frees it; NULL is fine. What was made from it stays valid. */
RUNDE_API void runde_network_free(runde_network *network);

RUNDE_API int32_t runde_network_n_nodes(const runde_network *network);
/** Edges as they stand in the table. */
RUNDE_API int32_t runde_network_n_edges(const runde_network *network);

/** What to do where the network has no answer: a place too far from any
 *  road, or no road from one place to another. */
typedef enum runde_network_gap {
    RUNDE_GAP_ERROR = 0, /**< findings, and no travel at all */
    RUNDE_GAP_ESTIMATE,  /**< the mode's offline model, marked as estimated */
    RUNDE_GAP_FORBID     /**< RUNDE_UNREACHABLE: the leg is never driven */
} runde_network_gap;

/** How the network is travelled. Zero means the default everywhere. */
typedef struct runde_network_options {
    size_t size;
    const char *mode;       /**< "car" (NULL), "bicycle" or "walk" */
    double speed_kmh;       /**< bicycle 16, walk 4.8; no meaning for car */
    double offset_kmh;      /**< between place and road: car 20, bicycle 12,
                                 walk 4.8 */
    double snap_limit_m;    /**< a place farther from a road is a gap; 500 */
    int32_t access_s;       /**< added to every leg between two places; 0 */
    int32_t tick_ms;        /**< unit of the durations; 1,000 */
    runde_network_gap gaps; /**< what to do with them */
    int32_t n_threads;      /**< 1 to 256, same answer for any; 1 */
} runde_network_options;

#define RUNDE_NETWORK_OPTIONS_INIT                                             \
    {                                                                          \
        sizeof(runde_network_options), NULL, 0.0, 0.0, 0.0, 0, 0,              \
            RUNDE_GAP_ERROR, 1                                                 \
    }

/** Travel between places. Immutable. */
typedef struct runde_network_travel runde_network_travel;

/** The quickest way from every place to every place, of two equally quick
 *  ones the shorter. Exact: no heuristic prunes it.
 *
 *  @param places   with coordinates; findings name them "/places/3"
 *  @param options  NULL means the defaults
 *  @return RUNDE_E_INVALID for gaps that options make an error,
 *          RUNDE_E_ARGUMENT, RUNDE_E_LIMIT for more than 32,767 places,
 *          RUNDE_E_NOMEM
 *
 *  Legs of more than 24 h are gaps too. Between places with equal
 *  coordinates, travel is 0. O(n n) with a factor that grows slowly with the
 *  network, and the network itself once: 12 ms of processor time for 1,000
 *  places on 3,300 nodes, 3 s on 200,000. */
RUNDE_API RUNDE_CHECKED runde_status
runde_network_matrix(runde_network_travel **out, const runde_network *network,
                     const runde_place *places, int32_t n,
                     const runde_network_options *options, runde_diag *diag);

RUNDE_API void runde_network_travel_free(runde_network_travel *travel);

/** The matrices, fit for runde_problem_set_matrix; tied to `travel`. */
RUNDE_API const runde_matrix *
runde_network_travel_matrix(const runde_network_travel *travel);
/** A byte for each cell of the matrix, 1 where the leg is the offline model's
 *  and not the network's; NULL when there is none. Tied to `travel`. */
RUNDE_API const uint8_t *
runde_network_travel_estimated(const runde_network_travel *travel);
/** How many such legs there are. */
RUNDE_API int64_t
runde_network_travel_n_estimated(const runde_network_travel *travel);
/** Metres between a place and the road it was put on; negative when it has
 *  no coordinates or the mode has no road. */
RUNDE_API double runde_network_travel_offset(const runde_network_travel *travel,
                                             int32_t place);

/* -------------------------------------------------------------- lines */

/** From one place to another. */
typedef struct runde_network_leg {
    const runde_place *from;
    const runde_place *to;
} runde_network_leg;

/** Degrees, WGS84. */
typedef struct runde_network_point {
    double lat;
    double lon;
} runde_network_point;

/** Ways as lines on a map. Immutable. */
typedef struct runde_network_lines runde_network_lines;

/** The way of each leg as runde_network_matrix means it: from the place to
 *  the road, along its nodes, and to the other place. A gap has no line; it
 *  is no error, whatever options say.
 *
 *  @return RUNDE_E_ARGUMENT, RUNDE_E_NOMEM
 *
 *  O(size of the network) once, and for each leg what lies nearer than its
 *  end. */
RUNDE_API RUNDE_CHECKED runde_status
runde_network_draw(runde_network_lines **out, const runde_network *network,
                   const runde_network_leg *legs, int32_t n,
                   const runde_network_options *options);

RUNDE_API void runde_network_lines_free(runde_network_lines *lines);

/** The points of leg `leg`, tied to `lines`; `*n` is 0 when there is no way.
 *  A leg between places with equal coordinates has one point. O(1). */
RUNDE_API const runde_network_point *
runde_network_lines_points(const runde_network_lines *lines, int32_t leg,
                           int32_t *n);

#ifdef __cplusplus
}
#endif
#endif
