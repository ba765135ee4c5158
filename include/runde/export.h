/* SPDX-License-Identifier: MIT */
/** @file export.h
 *  Plans as files that people and other programs read.
 *
 *  Every call prints a finished plan of a sealed problem into one text that
 *  ends with NUL and is freed with runde_text_free. The same plan, problem
 *  and options give the same bytes: no date, no running time. */
#ifndef RUNDE_EXPORT_H
#define RUNDE_EXPORT_H

#include <runde/json.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif
#endif
