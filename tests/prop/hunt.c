/* SPDX-License-Identifier: MIT */
/* Goes through seeds until told to stop, each in a process of its own, and
 * writes down every defect with the smallest problem that has it:
 *
 *     hunt FIRST COUNT [large] [quick]
 *
 * quick leaves the problems as they are. */
#include "defect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_S = 3 };

/* In a child, so that crashes and endless loops are defects too. */
static defect guarded(const world *w)
{
    defect d = {""};
    int ends[2];
    if (pipe(ends) != 0) {
        abort();
    }
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        alarm(PATIENCE_S);
        const defect found = defect_of_answer(w);
        const bool told =
            write(ends[1], &found, sizeof found) == (ssize_t)sizeof found;
        _exit(told ? 0 : 1);
    }
    close(ends[1]);
    int status = 0;
    const bool told = read(ends[0], &d, sizeof d) == (ssize_t)sizeof d;
    close(ends[0]);
    waitpid(child, &status, 0);
    if (!told || status != 0) {
        snprintf(d.text, sizeof d.text, "died with status 0x%x",
                 (unsigned)status);
    }
    return d;
}

static void report(world *w, const char *first)
{
    const unsigned long long seed = w->seed;
    printf("seed %llu: %s\n", seed, first);
    fflush(stdout);
    shrink(w, guarded);
    const defect d = guarded(w);
    char *const text = world_text(w);
    char name[64];
    snprintf(name, sizeof name, "seed-%llu.json", seed);
    FILE *const file = fopen(name, "w");
    if (file != NULL && text != NULL) {
        fputs(text, file);
    }
    if (file != NULL) {
        fclose(file);
    }
    printf("  least: %s (%d visits, %d shifts, %d links)\n", d.text,
           (int)w->n_visits, (int)w->n_shifts, (int)w->n_links);
    fflush(stdout);
    runde_text_free(text);
}

int main(int argc, char **argv)
{
    static const world_size small = WORLD_SMALL;
    static const world_size large = WORLD_LARGE;
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    const uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000;
    const world_size *size = &small;
    bool is_quick = false;
    for (int i = 3; i < argc; i++) {
        size = strcmp(argv[i], "large") == 0 ? &large : size;
        is_quick = is_quick || strcmp(argv[i], "quick") == 0;
    }
    static world w;
    uint64_t failed = 0;
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    for (uint64_t seed = first; seed < first + count; seed++) {
        world_random(&w, seed, size);
        const defect d = guarded(&w);
        if (d.text[0] != '\0') {
            failed++;
            if (is_quick) {
                printf("seed %llu: %s\n", (unsigned long long)seed, d.text);
                continue;
            }
            report(&w, d.text);
        }
    }
    printf("%llu of %llu seeds failed\n", (unsigned long long)failed,
           (unsigned long long)count);
    return failed != 0;
}
