/* SPDX-License-Identifier: MIT */
#include "trace.h"

bool trace_open(bench_trace *self, const char *path)
{
    self->file = fopen(path, "w");
    return self->file != NULL &&
           fputs("seconds,iterations,left_out,cost\n", self->file) >= 0;
}

int trace_note(const runde_progress *progress, void *payload)
{
    const bench_trace *self = payload;
    (void)fprintf(self->file, "%.4f,%lld,%d,%.10g\n", progress->seconds,
                  (long long)progress->iterations, progress->left_out,
                  (double)progress->cost * self->scale + self->offset);
    return 0;
}

bool trace_close(bench_trace *self)
{
    const bool is_written = ferror(self->file) == 0;
    return fclose(self->file) == 0 && is_written;
}
