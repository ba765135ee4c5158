/* SPDX-License-Identifier: MIT */
/** @file advice_writer.h
 *  Offers as JSON, shared by advice and explanations. */
#ifndef RN_IO_ADVICE_WRITER_H
#define RN_IO_ADVICE_WRITER_H

#include "io/writer.h"

#include <runde/explain.h>

/** What the plan's cost changes by: criteria that stay are left away. */
void rn_write_change(rn_writer *w, const char *key, const runde_cost *change);

/** One shift's answer. `extra` is the id of the visit that the problem does
 *  not have, or NULL. */
void rn_write_offer_json(rn_writer *w, const char *key,
                         const runde_offer *offer, const char *extra);

/** "relaxations" of a visit that is left out. */
void rn_write_relaxations(rn_writer *w, const runde_explanation *e);

/** Where a part goes, or is. */
void rn_write_move(rn_writer *w, const runde_move *move, const char *extra);

#endif
