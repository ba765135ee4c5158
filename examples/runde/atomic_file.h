/* SPDX-License-Identifier: MIT */
/** @file atomic_file.h
 *  A file appears whole or not at all, whatever happens meanwhile.
 *
 *      open     dir/.plan.json.runde-tmp, locked     <- one writer at a time
 *      write    all bytes, then fsync                <- they are on the disk
 *      read     back from the disk, for the check
 *      commit   rename to dir/plan.json, fsync dir   <- the name is, too
 *
 *  The temporary name is fixed, so that whatever a killed process leaves
 *  behind is used again by the next; the lock on it dies with its process. */
#ifndef RUNDE_ATOMIC_FILE_H
#define RUNDE_ATOMIC_FILE_H

#include "cli.h"
#include "input.h"

typedef struct atomic_file {
    int directory;    /**< open directory, or -1 */
    int fd;           /**< the temporary file, or -1 */
    const char *path; /**< as the user wrote it; must outlive this */
    char name[256];   /**< last part of the path */
    char temp[256];   /**< its temporary name */
} atomic_file;

#define ATOMIC_FILE_INIT                                                       \
    {                                                                          \
        -1, -1, NULL, "", ""                                                   \
    }

/** Takes the output: every reason why it could not be written that can be
 *  known now is found now, before an hour of search.
 *
 *  @param input  a file that must not be the output, or NULL
 *  @return CLI_DONE, CLI_NO_OUTPUT (also for a symbolic link, a device, a
 *          directory and the input), CLI_OUTPUT_BUSY; said on stderr */
cli_code atomic_file_open(atomic_file *file, const char *path,
                          const file_identity *input);

/** Writes all of it to the disk.
 *
 *  @return CLI_DONE or CLI_IO; said on stderr */
cli_code atomic_file_write(atomic_file *file, const char *bytes, size_t length);

/** The bytes that are in the file now; free with input_free.
 *
 *  @return CLI_DONE, CLI_IO, CLI_INTERNAL without memory; said on stderr */
cli_code atomic_file_read(const atomic_file *file, input_text *out);

/** Gives the file its name, and lets go.
 *
 *  @return CLI_DONE or CLI_IO; said on stderr */
cli_code atomic_file_commit(atomic_file *file);

/** Takes everything back, unless committed. Fine on ATOMIC_FILE_INIT. */
void atomic_file_discard(atomic_file *file);

/** Whether atomic_file_open would do now, before work begins that takes long;
 *  fine for "-" and NULL. */
cli_code atomic_file_check(const char *path, const file_identity *input);

/** All of the above, or standard output for "-" and NULL. */
cli_code atomic_file_save(const char *path, const file_identity *input,
                          const char *bytes, size_t length);

/** Saves what a writer of the library has made, or says why it has made
 *  nothing, and frees the text.
 *
 *  @param status  the writer's
 *  @param about   the path of what was written down, for messages
 *  @return as atomic_file_save, or as input_status */
cli_code atomic_file_save_made(const char *path, const file_identity *input,
                               runde_status status, char *text, size_t length,
                               const char *about);

#endif
