/* SPDX-License-Identifier: MIT */
/** @file fuzz.h
 *  What a fuzz target is: the function below. libFuzzer calls it with bytes it
 *  makes up, replay.c with the seeds in corpus/.
 *
 *      clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Ilib
 *          tests/fuzz/fuzz_gate.c lib/io/[gkpst]*.c ... -lcjson -lm */
#ifndef RN_FUZZ_H
#define RN_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/** Stops the program where a promise is broken, whatever NDEBUG says. */
#define RN_REQUIRE(condition)                                                  \
    do {                                                                       \
        if (!(condition)) {                                                    \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__,           \
                          #condition);                                         \
            abort();                                                           \
        }                                                                      \
    } while (0)

/** Tries one input. @return 0 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
