/* SPDX-License-Identifier: MIT */
/** @file problem_writer.h
 *  The parts of runde_problem_to_json. What has its default is left out. */
#ifndef RN_IO_PROBLEM_WRITER_H
#define RN_IO_PROBLEM_WRITER_H

#include "io/writer.h"

void rn_write_settings(rn_writer *w);
/** All of the global weights. */
void rn_write_weights(rn_writer *w);
/** The criteria of `weights` whose bits are in `which`. */
void rn_write_profile(rn_writer *w, const runde_weights *weights,
                      uint32_t which);
/** The rules that differ from `general`; nothing when none does. */
void rn_write_rules(rn_writer *w, const runde_work_rules *rules,
                    const runde_work_rules *general);
/** Places, skills, loads and travel modes. */
void rn_write_places(rn_writer *w);
/** Clients and carers. */
void rn_write_people(rn_writer *w);
void rn_write_shifts(rn_writer *w);
void rn_write_visits(rn_writer *w);
/** Links, history and published plan. */
void rn_write_links(rn_writer *w);

/** Wishes about carers, of clients and visits. */
void rn_write_wishes(rn_writer *w, const runde_carer_wish *wishes, int32_t n);
/** Caps of loads, of carers and shifts. */
void rn_write_caps(rn_writer *w, const runde_cap *caps, int32_t n);

#endif
