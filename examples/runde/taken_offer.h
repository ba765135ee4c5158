/* SPDX-License-Identifier: MIT */
/** @file taken_offer.h
 *  An offer that is taken: the plan in which it is, and its visit file. */
#ifndef RUNDE_TAKEN_OFFER_H
#define RUNDE_TAKEN_OFFER_H

#include "cli.h"

#include <runde/runde.h>

typedef struct taken_offer {
    const runde_session *session;
    const runde_offer *offer; /**< one that fits */
    const runde_edit *edit;   /**< adds the extra visit, or NULL */
    const char *output;       /**< of the plan; "-" is standard output */
    const char *visits;       /**< of the visit file, or NULL */
} taken_offer;

/** Writes the files, judged as every plan is; what changes for whom goes to
 *  standard output unless the plan does. */
cli_code taken_offer_save(const taken_offer *taken);

#endif
