/* SPDX-License-Identifier: MIT */
#include "io/token.h"
#include "io/tree.h"

#include <assert.h>
#include <string.h>

void rn_path_init(rn_path *path)
{
    path->depth = 0;
}

void rn_path_key(rn_path *path, const char *key)
{
    assert(path->depth < RN_PATH_DEPTH && key != NULL);
    path->step[path->depth].key = key;
    path->step[path->depth].index = -1;
    path->depth++;
}

void rn_path_index(rn_path *path, int32_t index)
{
    assert(path->depth < RN_PATH_DEPTH && index >= 0);
    path->step[path->depth].key = NULL;
    path->step[path->depth].index = index;
    path->depth++;
}

void rn_path_pop(rn_path *path)
{
    assert(path->depth > 0);
    path->depth--;
}

static char *put_index(char *at, const char *end, int32_t index)
{
    char digits[10];
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + index % 10);
        index /= 10;
    } while (index != 0);
    while (n > 0) {
        at = rn_pointer_put(at, end, (unsigned char)digits[--n]);
    }
    return at;
}

static char *put_key(char *at, const char *end, const char *key)
{
    const char *const key_end = key + strlen(key);
    while (key < key_end) {
        uint32_t code;
        size_t length = rn_utf8_decode(key, key_end, &code);
        if (length == 0) {
            code = 0xFFFD;
            length = 1;
        }
        char *const next = rn_pointer_put(at, end, code);
        if (next == at) {
            /* Not even a short character behind one that was cut. */
            break;
        }
        at = next;
        key += length;
    }
    return at;
}

void rn_path_print(const rn_path *path, char *text, size_t size)
{
    if (size == 0) {
        return;
    }
    char *at = text;
    const char *const end = text + size - 1;
    for (int32_t i = 0; i < path->depth && at < end; i++) {
        *at++ = '/';
        if (path->step[i].key != NULL) {
            at = put_key(at, end, path->step[i].key);
        } else {
            at = put_index(at, end, path->step[i].index);
        }
    }
    *at = '\0';
}
