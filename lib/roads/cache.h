/* SPDX-License-Identifier: MIT */
/** @file cache.h
 *  Answers of earlier calls in a file, by coordinates: tomorrow's visits are
 *  mostly at the same addresses.
 *
 *      "RUNDE-ROADS 1\n"
 *      one section for each server, API and profile, the last used first:
 *          u32 n, bytes      which one, as text
 *          u32 n             addresses
 *          n times           i32 lat, i32 lon, i32 snap, u8 footing, u8 age
 *          n * n times       i32 ms
 *          n * n times       i32 metres
 *      u64                   FNV-1a of all before
 *
 *  Little-endian. Only the owner may read it: it tells where people live. */
#ifndef RN_ROADS_CACHE_H
#define RN_ROADS_CACHE_H

#include "roads/book.h"
#include "roads/known.h"

/** Reads what is known of a book's addresses into a table. A file that is
 *  damaged, or not ours, is left aside with a warning; none at all is fine.
 *
 *  @param source  server, API and profile in one text
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_cache_load(rn_table *table, const rn_book *book,
                                         const char *path, const char *source,
                                         runde_diag *diag);

/** Writes the table into the file, which is replaced as a whole. Other
 *  sections stay, and so do addresses that this book does not have, for as
 *  long as there is room. What goes wrong is a warning.
 *
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_cache_save(const rn_table *table,
                                         const rn_book *book, const char *path,
                                         const char *source, runde_diag *diag);

#endif
