/* SPDX-License-Identifier: MIT */
/** @file fetch.h
 *  The conversation with a server: blocks out, cells in, until nothing in the
 *  table is unknown, or the server has failed. */
#ifndef RN_ROADS_FETCH_H
#define RN_ROADS_FETCH_H

#include "roads/ask.h"
#include "roads/book.h"
#include "roads/known.h"

#include <runde/roads.h>

/** Asks for every unknown cell.
 *
 *  @param options  with every default filled in
 *  @param done     figures so far, `pairs` being the number of unknown cells;
 *                  kept up to date, also when the call fails
 *  @return as runde_roads_fetch: with `estimate_offline` RUNDE_OK, and cells
 *          that stay unknown, when the server fails; what was answered before a
 * failure is in the table */
RUNDE_CHECKED runde_status rn_fetch(rn_table *table, const rn_book *book,
                                    const rn_manner *manner,
                                    const runde_roads_options *options,
                                    runde_roads_progress *done,
                                    runde_diag *diag);

#endif
