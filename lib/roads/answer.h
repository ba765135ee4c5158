/* SPDX-License-Identifier: MIT */
/** @file answer.h
 *  What comes back: a matrix, or a reason why not. Servers are not trusted:
 *  every byte is read by a strict grammar with a bound on depth, every cell
 *  must be there, be a number and be less than a day. */
#ifndef RN_ROADS_ANSWER_H
#define RN_ROADS_ANSWER_H

#include "roads/book.h"

#include <runde/roads.h>

/** A block's answer. The arrays are the caller's. */
typedef struct rn_answer {
    int32_t n_sources;
    int32_t n_targets;
    int32_t *ms;          /**< row by row; RN_NO_ROAD for null */
    int32_t *metres;      /**< row by row; RN_UNKNOWN where not told */
    int32_t *source_snap; /**< metres to the road; RN_UNKNOWN: not told */
    int32_t *target_snap;
    const rn_address *source; /**< what was asked, for Valhalla's snaps */
    const rn_address *target;
} rn_answer;

typedef enum rn_reading {
    RN_READING_GOOD = 0,
    RN_READING_BROKEN, /**< not JSON, or it ends too early: may be mended by
                            asking again */
    RN_READING_WRONG   /**< JSON, but not the matrix that was asked for */
} rn_reading;

/** Reads a matrix.
 *  @param wrong  out: what is wrong, a literal; never a part of the text */
rn_reading rn_answer_read(rn_answer *answer, runde_roads_api api,
                          const char *text, size_t length, const char **wrong);

/** What a refusal asks of us. */
typedef enum rn_refusal {
    RN_REFUSAL_OTHER = 0, /**< nothing that we could do */
    RN_REFUSAL_LARGE,     /**< ask for less */
    RN_REFUSAL_FAR,       /**< ask for less; a single pair has no way */
    RN_REFUSAL_ADDRESS,   /**< an address is near no road */
    RN_REFUSAL_LATER,     /**< ask again later */
    RN_REFUSAL_POST       /**< OSRM: ask by GET */
} rn_refusal;

/** The reason of an answer that is none. */
typedef struct rn_reason {
    rn_refusal refusal;
    char code[32]; /**< the server's own, letters and digits; may be "" */
} rn_reason;

rn_reason rn_answer_reason(runde_roads_api api, long http_status, bool was_post,
                           const char *text, size_t length);

#endif
