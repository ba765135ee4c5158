/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target over the files named on the command line and the files
 * in the folders named there, each as it is and cut short at a few places:
 * the part of fuzzing that any compiler and any test run can have. */
#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>

#define MAX_PATH 4096

/* The bytes, in a block of exactly their number. */
static uint8_t *load(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    uint8_t *data = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long end = ftell(file);
        if (end >= 0 && fseek(file, 0, SEEK_SET) == 0) {
            *size = (size_t)end;
            data = malloc(*size + 1);
        }
    }
    if (data != NULL && fread(data, 1, *size, file) != *size) {
        free(data);
        data = NULL;
    }
    (void)fclose(file);
    return data;
}

static void try_bytes(const uint8_t *data, size_t size)
{
    /* Where the block ends, a checking allocator sees a step too far. */
    uint8_t *const copy = malloc(size == 0 ? 1 : size);
    RN_REQUIRE(copy != NULL);
    memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static long replay_file(const char *path)
{
    size_t size = 0;
    uint8_t *const data = load(path, &size);
    if (data == NULL) {
        return -1;
    }
    try_bytes(data, size);
    for (size_t part = 1; part < 16; part++) {
        try_bytes(data, size * part / 16);
    }
    free(data);
    return 1;
}

/* How many files were tried; -1 when one cannot be read. */
static long replay_folder(const char *path)
{
    DIR *const folder = opendir(path);
    if (folder == NULL) {
        return replay_file(path);
    }
    long n = 0;
    const struct dirent *entry = NULL;
    while (n >= 0 && (entry = readdir(folder)) != NULL) {
        char name[MAX_PATH];
        if (entry->d_name[0] == '.') {
            continue;
        }
        const int length =
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        const bool fits = length > 0 && length < MAX_PATH;
        n = fits && replay_file(name) > 0 ? n + 1 : -1;
    }
    (void)closedir(folder);
    return n;
}

int main(int argc, char **argv)
{
    long n = 0;
    for (int i = 1; i < argc; i++) {
        const long found = replay_folder(argv[i]);
        if (found <= 0) {
            (void)fprintf(stderr, "%s: nothing to replay\n", argv[i]);
            return EXIT_FAILURE;
        }
        n += found;
    }
    (void)printf("%ld files replayed\n", n);
    /* A suite that lost its seeds must not pass. */
    return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
