/* SPDX-License-Identifier: MIT */
/* Stands between all of the program, cJSON included, and the C library's
 * allocator: every allocation fails once, and what a text costs is measured.
 * Sanitizers and valgrind have an allocator of their own; there is nothing to
 * see then. Compiled with -fno-builtin, as compilers know that malloc does
 * not look at our variables. */
#include "harness.h"

#include "io/tree.h"

#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||     \
    __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#endif

#if !defined(__GLIBC__) || defined(IS_SANITIZED)

int main(void)
{
    RN_SKIP_ALL("another allocator stands here");
}

#else

#include <malloc.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void __libc_free(void *block);

static bool is_counting;
static bool is_persistent; /* fails from `left` on, not just once */
static long left;
static long n_failed;
static long n_seen;
static long live_blocks;
static size_t live_bytes;
static size_t peak_bytes;

static bool fails(void)
{
    if (!is_counting) {
        return false;
    }
    n_seen++;
    left--;
    const bool refused = is_persistent ? left < 0 : left == -1;
    n_failed += refused;
    return refused;
}

static void count(void *block, int sign)
{
    if (!is_counting || block == NULL) {
        return;
    }
    live_blocks += sign;
    if (sign > 0) {
        live_bytes += malloc_usable_size(block);
        peak_bytes = live_bytes > peak_bytes ? live_bytes : peak_bytes;
    } else {
        live_bytes -= malloc_usable_size(block);
    }
}

void *malloc(size_t size)
{
    void *const block = fails() ? NULL : __libc_malloc(size);
    count(block, 1);
    return block;
}

void *calloc(size_t n, size_t size)
{
    void *const block = fails() ? NULL : __libc_calloc(n, size);
    count(block, 1);
    return block;
}

void *realloc(void *block, size_t size)
{
    if (fails()) {
        return NULL;
    }
    count(block, -1);
    void *const moved = __libc_realloc(block, size);
    count(moved == NULL ? block : moved, 1);
    return moved;
}

void free(void *block)
{
    count(block, -1);
    __libc_free(block);
}

static void begin(long k, bool persistent)
{
    left = k;
    is_persistent = persistent;
    n_failed = 0;
    n_seen = 0;
    live_blocks = 0;
    live_bytes = 0;
    peak_bytes = 0;
    is_counting = true;
}

static void sweep(bool persistent)
{
    static const char text[] =
        "{\"a\": {\"b\": [1, 2, \"x\"]}, \"durations\": [[1, 2], [3, 4]],"
        " \"distances\": [1], \"c\": [{\"d\": [true, null, \"\\u00e5\"]}]}";
    long k = 0;
    for (;; k++) {
        rn_tree *tree = NULL;
        begin(k, persistent);
        const runde_status status =
            rn_tree_parse(&tree, text, sizeof text - 1, NULL);
        const long failed = n_failed;
        rn_tree_free(tree);
        is_counting = false;
        CU_ASSERT_EQUAL(live_blocks, 0);
        CU_ASSERT_EQUAL(status, failed > 0 ? RUNDE_E_NOMEM : RUNDE_OK);
        CU_ASSERT_EQUAL(tree != NULL, failed == 0);
        if (failed == 0) {
            break;
        }
    }
    /* cJSON's items, keys and strings among them. */
    CU_ASSERT_TRUE(k > 25);
}

static void test_each_fails_once(void)
{
    sweep(false);
}

static void test_each_fails_for_good(void)
{
    sweep(true);
}

/* What a text costs at the most, beside itself. */
static size_t cost(const char *text, size_t length, runde_status wanted)
{
    rn_tree *tree = NULL;
    begin(INT32_MAX, false);
    const runde_status status = rn_tree_parse(&tree, text, length, NULL);
    rn_tree_free(tree);
    is_counting = false;
    CU_ASSERT_EQUAL(status, wanted);
    CU_ASSERT_EQUAL(live_blocks, 0);
    return peak_bytes;
}

enum { MIB = 1 << 20, BOMB = 12 * MIB };

static void test_bombs(void)
{
    char *const text = malloc(BOMB);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    /* 6 million numbers. */
    for (int32_t i = 1; i < BOMB; i++) {
        text[i] = i % 2 == 0 ? ',' : '1';
    }
    text[0] = '[';
    CU_ASSERT_TRUE(cost(text, BOMB, RUNDE_E_LIMIT) < MIB);
    /* 12 million arrays in each other. */
    memset(text, '[', BOMB);
    CU_ASSERT_TRUE(cost(text, BOMB, RUNDE_E_LIMIT) < MIB);
    /* Nothing but keys. */
    size_t at = 1;
    text[0] = '{';
    for (int32_t i = 0; at < BOMB - 16; i++) {
        at += (size_t)sprintf(text + at, "\"%x\":1,", (unsigned)i);
    }
    CU_ASSERT_TRUE(cost(text, at, RUNDE_E_LIMIT) < 16 * MIB);
    /* A string of 12 million letters that has no end. */
    memset(text, 'a', BOMB);
    text[0] = '"';
    CU_ASSERT_TRUE(cost(text, BOMB, RUNDE_E_FORMAT) < MIB);
    free(text);
}

static void test_matrix_is_lean(void)
{
    enum { N = 1000 };
    char *const text = malloc((size_t)N * (5 * N + 2) + 100);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    char *at = text + sprintf(text, "{\"durations\":[");
    for (int32_t row = 0; row < N; row++) {
        *at++ = '[';
        for (int32_t i = 0; i < N; i++) {
            at += sprintf(at, "%d,", 1000 + (row * 31 + i) % 9000);
        }
        at[-1] = ']';
        *at++ = ',';
    }
    at[-1] = ']';
    *at++ = '}';
    /* The cells, once, and the text rewritten. */
    const size_t length = (size_t)(at - text);
    CU_ASSERT_TRUE(cost(text, length, RUNDE_OK) <
                   4 * (size_t)N * N + length + MIB);
    free(text);
}

int main(void)
{
    begin(INT32_MAX, false);
    void *const probe = malloc(1);
    const bool is_seen = probe != NULL && n_seen == 1;
    free(probe);
    is_counting = false;
    if (!is_seen) {
        RN_SKIP_ALL("another allocator stands here");
    }
    RN_RUN("tree_memory", RN_TEST(test_each_fails_once),
           RN_TEST(test_each_fails_for_good), RN_TEST(test_bombs),
           RN_TEST(test_matrix_is_lean));
}

#endif
