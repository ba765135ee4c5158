/* SPDX-License-Identifier: MIT */
#include "io/tree.h"

#include <string.h>

/* Longer keys are no misspelling of ours. */
#define MAX_LENGTH 40

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int32_t min3(int32_t a, int32_t b, int32_t c)
{
    const int32_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Letters to insert, delete, replace or swap with their neighbour to come
 * from `a` to `b`; case aside. Source: optimal string alignment, a
 * restriction of Damerau's distance (CACM 7, 1964). */
static int32_t distance(const char *a, const char *b)
{
    int32_t row[3][MAX_LENGTH + 1];
    const int32_t n = (int32_t)strlen(a);
    const int32_t m = (int32_t)strlen(b);
    for (int32_t j = 0; j <= m; j++) {
        row[0][j] = j;
    }
    for (int32_t i = 1; i <= n; i++) {
        int32_t *const here = row[i % 3];
        const int32_t *const above = row[(i + 2) % 3];
        const int32_t *const twice = row[(i + 1) % 3];
        here[0] = i;
        for (int32_t j = 1; j <= m; j++) {
            const bool differ = fold(a[i - 1]) != fold(b[j - 1]);
            here[j] =
                min3(above[j] + 1, here[j - 1] + 1, above[j - 1] + differ);
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
                fold(a[i - 2]) == fold(b[j - 1]) &&
                twice[j - 2] + 1 < here[j]) {
                here[j] = twice[j - 2] + 1;
            }
        }
    }
    return row[n % 3][m];
}

const char *rn_key_suggest(const char *key, const char *const *keys, int32_t n)
{
    const size_t length = strlen(key);
    const char *best = NULL;
    int32_t least = INT32_MAX;
    if (length == 0 || length > MAX_LENGTH) {
        return NULL;
    }
    for (int32_t i = 0; i < n; i++) {
        if (strlen(keys[i]) > MAX_LENGTH) {
            continue;
        }
        const int32_t d = distance(key, keys[i]);
        if (d < least) {
            least = d;
            best = keys[i];
        }
    }
    const int32_t allowed = length < 3 ? 0 : (int32_t)length / 3;
    return least <= allowed ? best : NULL;
}
