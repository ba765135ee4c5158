/* SPDX-License-Identifier: MIT */
/** @file private_file.h
 *  A file that only its owner reads, and that is there whole or not at
 *  all. */
#ifndef RN_ROADS_PRIVATE_FILE_H
#define RN_ROADS_PRIVATE_FILE_H

#include <runde/types.h>

/** Reads all of a plain file of ours, `most` bytes at most.
 *
 *  @param bytes  out: free with rn_free; NULL when there is no file
 *  @param wrong  out: why it was not read, a literal; NULL when nothing is
 *                wrong, also without a file
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_private_read(char **bytes, size_t *length,
                                           const char *path, size_t most,
                                           const char **wrong);

/** Replaces a file: a temporary one beside it is written, brought to the disk
 *  and renamed.
 *
 *  @param wrong  out: why it was not written, a literal, or NULL
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_private_write(const char *path, const char *bytes,
                                            size_t length, const char **wrong);

#endif
