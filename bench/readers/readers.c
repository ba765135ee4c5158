/* SPDX-License-Identifier: MIT */
#include "readers.h"

#include <string.h>

static const bench_reader *const readers[] = {
    &mankowska_reader,    &kummer_reader,
    &italian_reader,      &uhhc_reader,
    &extended_reader,     &bazirha_reader,
    &bazirha_caie_reader, &bredstrom_ronnqvist_reader,
    &solomon_reader,      &gehring_homberger_reader,
    &vroom_reader,        &own_reader,
};

const bench_reader *bench_reader_at(size_t index)
{
    return index < sizeof readers / sizeof readers[0] ? readers[index] : NULL;
}

const bench_reader *bench_reader_find(const char *set)
{
    const bench_reader *reader = NULL;
    for (size_t i = 0; (reader = bench_reader_at(i)) != NULL; i++) {
        if (strcmp(reader->set, set) == 0) {
            break;
        }
    }
    return reader;
}

void bench_case_free(bench_case *self)
{
    if (self->reader != NULL && self->reader->free_data != NULL) {
        self->reader->free_data(self->data);
    }
    runde_problem_free(self->problem);
    *self = (bench_case){0};
}
