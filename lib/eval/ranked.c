/* SPDX-License-Identifier: MIT */
#include "eval/ranked.h"

#include <stdbool.h>
#include <string.h>

/* So many are put in order one by one. */
#define BLOCK 8

static void sort_block(rn_ranked *list, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const rn_ranked x = list[i];
        int32_t at = i;
        while (at > 0 && list[at - 1].key > x.key) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = x;
    }
}

/* The first `half` of the list and the rest, each in order. */
static void merge(rn_ranked *list, rn_ranked *spare, int32_t half, int32_t n)
{
    if (list[half - 1].key <= list[half].key) {
        return;
    }
    memcpy(spare, list, (size_t)half * sizeof *spare);
    int32_t left = 0;
    int32_t right = half;
    for (int32_t at = 0; left < half; at++) {
        const bool is_right = right < n && list[right].key < spare[left].key;
        list[at] = is_right ? list[right++] : spare[left++];
    }
}

void rn_rank(rn_ranked *list, rn_ranked *spare, int32_t n)
{
    for (int32_t i = 0; i < n; i += BLOCK) {
        sort_block(list + i, n - i < BLOCK ? n - i : BLOCK);
    }
    for (int64_t half = BLOCK; half < n; half *= 2) {
        for (int64_t i = 0; i + half < n; i += 2 * half) {
            const int64_t whole = n - i < 2 * half ? n - i : 2 * half;
            merge(list + i, spare, (int32_t)half, (int32_t)whole);
        }
    }
}
