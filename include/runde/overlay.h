/* SPDX-License-Identifier: MIT */
/** @file overlay.h
 *  Weights that people understand, on top of a visit file that stays as it is.
 *
 *  Global weights or an order of criteria, and profiles of single clients by
 *  name. What comes out are edits, for runde_problem_derive, for a session or
 *  for a replan. docs/weights.md explains it all. */
#ifndef RUNDE_OVERLAY_H
#define RUNDE_OVERLAY_H

#include <runde/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What matters most to a client. */
typedef enum runde_profile {
    RUNDE_PROFILE_CONTINUITY = 0, /**< the same, wished-for faces */
    RUNDE_PROFILE_TIME,           /**< the wished time */
    RUNDE_PROFILE_TRAVEL,         /**< neither: what saves driving */
    RUNDE_PROFILES
} runde_profile;

/** "continuity", "time", "travel"; NULL for no profile. */
RUNDE_API const char *runde_profile_name(runde_profile profile);

/** A profile for runde_client.weights: the criteria that matter to such a
 *  client weigh five times what they do for all, with "travel" a fifth. A
 *  criterion that weighs nothing for all is taken as the default has it beside
 *  driving.
 *
 *  @param global   weights of the problem
 *  @param tick_ms  length of its tick */
RUNDE_API RUNDE_CHECKED runde_status
runde_weights_from_profile(runde_weights *out, runde_profile profile,
                           const runde_weights *global, int32_t tick_ms);

/** The content of an overlay file. */
typedef struct runde_overlay runde_overlay;

/** Reads an overlay file for a sealed problem, which must outlive it. All
 *  findings go to the diagnosis at once.
 *
 *  @param text  need not end with NUL
 *  @return RUNDE_E_STATE for an open problem, RUNDE_E_FORMAT, RUNDE_E_LIMIT,
 *          RUNDE_E_NOMEM */
RUNDE_API RUNDE_CHECKED runde_status
runde_overlay_from_json(runde_overlay **out, const runde_problem *problem,
                        const char *text, size_t length, runde_diag *diag);
/** NULL is fine. */
RUNDE_API void runde_overlay_free(runde_overlay *overlay);

/** The edits, tied to the overlay, and their number. */
RUNDE_API const runde_edit *runde_overlay_edits(const runde_overlay *overlay,
                                                int32_t *n);

#ifdef __cplusplus
}
#endif
#endif
