/* SPDX-License-Identifier: MIT */
/* What the tests of both formats share: JSON with single quotes, recorded
 * findings, allocations that fail. */
#ifndef RN_JSON_FIXTURE_H
#define RN_JSON_FIXTURE_H

#include "base/alloc.h"
#include "harness.h"

#include <runde/json.h>

#include <string.h>

#define MAX_SEEN 128

typedef struct seen {
    int n;
    struct {
        runde_severity severity;
        char code[16];
        char pointer[160];
        char message[320];
    } finding[MAX_SEEN];
} seen;

static inline void see(const runde_finding *finding, void *payload)
{
    seen *const all = payload;
    if (all->n < MAX_SEEN) {
        all->finding[all->n].severity = finding->severity;
        (void)snprintf(all->finding[all->n].code, 16, "%s", finding->code);
        (void)snprintf(all->finding[all->n].pointer, 160, "%s",
                       finding->pointer);
        (void)snprintf(all->finding[all->n].message, 320, "%s",
                       finding->message);
        all->n++;
    }
}

static inline bool has_seen(const seen *all, const char *code,
                            const char *pointer)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->finding[i].code, code) == 0 &&
            strcmp(all->finding[i].pointer, pointer) == 0) {
            return true;
        }
    }
    return false;
}

static inline void print_seen(const seen *all)
{
    for (int i = 0; i < all->n; i++) {
        printf("      %s %s: %s\n", all->finding[i].code,
               all->finding[i].pointer, all->finding[i].message);
    }
}

/* A copy with ' turned into ", to be freed. */
static inline char *quoted(const char *text)
{
    char *const copy = malloc(strlen(text) + 1);
    if (copy == NULL) {
        exit(EXIT_FAILURE);
    }
    strcpy(copy, text);
    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    return copy;
}

static inline runde_status read_problem(runde_problem **out, const char *text,
                                        seen *all)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    char *const copy = quoted(text);
    memset(all, 0, sizeof *all);
    diag.on_finding = see;
    diag.payload = all;
    const runde_status status =
        runde_problem_from_json(out, copy, strlen(copy), &diag);
    free(copy);
    return status;
}

static inline runde_status read_plan(runde_plan **out,
                                     const runde_problem *problem,
                                     const char *text, seen *all)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    char *const copy = quoted(text);
    memset(all, 0, sizeof *all);
    diag.on_finding = see;
    diag.payload = all;
    const runde_status status =
        runde_plan_from_json(out, problem, copy, strlen(copy), &diag);
    free(copy);
    return status;
}

/* A problem that must be right. */
static inline runde_problem *good_problem(const char *text)
{
    runde_problem *problem = NULL;
    static seen all;
    const runde_status status = read_problem(&problem, text, &all);
    CU_ASSERT_EQUAL(status, RUNDE_OK);
    if (status != RUNDE_OK) {
        print_seen(&all);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

/* The allocation that fails, counted from 1; 0 for none. */
static long fail_at;
static long allocations;

static inline bool fault(size_t size)
{
    (void)size;
    return ++allocations == fail_at;
}

/* Lets allocation number `n` from here on fail, none with 0. */
static inline void fail_allocation(long n)
{
    fail_at = n;
    allocations = 0;
    rn_alloc_set_fault(n > 0 ? fault : NULL);
}

#endif
