/* SPDX-License-Identifier: MIT */
#include "uhhc.h"

#include <math.h>
#include <stdlib.h>

typedef struct tally {
    double part[UHHC_PARTS];
    double *work; /* by carer */
    bool *is_visited;
} tally;

static double lateness(const uhhc_instance *self, const udine_entry *entry)
{
    const udine_patient *who = &self->day->patients[entry->patient];
    int32_t window = 0;
    for (int32_t i = 1; i < who->n_windows; i++) {
        if (who->windows[i][0] <= entry->start) {
            window = i;
        }
    }
    const double when = self->late_at_end ? entry->end : entry->start;
    return fmax(0.0, when - who->windows[window][1]);
}

static void count_service(tally *sum, const uhhc_instance *self,
                          const udine_entry *entry)
{
    const udine_instance *day = self->day;
    const double late = lateness(self, entry);
    const ptrdiff_t cell =
        (ptrdiff_t)entry->patient * day->n_carers + entry->carer;
    sum->work[entry->carer] += entry->end - entry->start;
    sum->part[UHHC_TARDINESS] += late;
    sum->part[UHHC_HIGHEST] = fmax(sum->part[UHHC_HIGHEST], late);
    sum->is_visited[entry->patient] = true;
    if (day->patients[entry->patient].has_preferred &&
        day->wishes[cell] != UDINE_PREFERRED) {
        sum->part[UHHC_PREFERENCES] += 1.0;
    }
}

/* One carer with at least one entry; gives the idle time. */
static double count_route(tally *sum, const uhhc_instance *self,
                          const udine_entry *entries, int32_t n)
{
    const udine_instance *day = self->day;
    const int32_t carer = entries[0].carer;
    const udine_carer *who = &day->carers[carer];
    int32_t here = who->start_row;
    double idle = 0.0;
    double free_at = 0.0;
    double travel = 0.0;
    for (int32_t k = 0; k < n; k++) {
        const udine_entry *entry = &entries[k];
        const int32_t row = entry->patient < 0
                                ? who->start_row
                                : day->patients[entry->patient].row;
        const double leg = udine_travel(day, here, row);
        if (k == 0) {
            free_at = self->depart_at_shift_start ? who->shift[0]
                                                  : entry->start - leg;
            idle = who->has_shift ? fmax(0.0, free_at - who->shift[0]) : 0.0;
        }
        const double wait = entry->start - (free_at + leg);
        idle += wait;
        /* Behind a lunch at the very start nobody waits: that is idle. */
        if (k != 1 || entries[0].service != RUNDE_NONE) {
            sum->part[UHHC_WAITING] += wait;
        }
        if (entry->service != RUNDE_NONE) {
            count_service(sum, self, entry);
        }
        travel += leg;
        here = row;
        free_at = entry->end;
    }
    const double home = udine_travel(day, here, who->end_row);
    sum->part[UHHC_TRAVEL] += travel + home;
    sum->work[carer] += travel + home;
    if (who->has_shift) {
        const double over = free_at + home - who->shift[1];
        sum->part[UHHC_EXTRA] += fmax(0.0, over);
        idle += fmax(0.0, -over);
    }
    return idle;
}

static void count_carer(tally *sum, const uhhc_instance *self, int32_t carer,
                        const udine_entry *entries, int32_t n)
{
    const udine_carer *who = &self->day->carers[carer];
    double idle = who->has_shift ? who->shift[1] - who->shift[0] : 0.0;
    bool has_lunch = false;
    for (int32_t k = 0; k < n; k++) {
        has_lunch = has_lunch || entries[k].service == RUNDE_NONE;
    }
    if (n > 0) {
        idle = count_route(sum, self, entries, n);
    }
    if (who->lunch && !has_lunch) {
        sum->part[UHHC_LUNCH] += 1.0;
    }
    sum->part[UHHC_MAX_IDLE] = fmax(sum->part[UHHC_MAX_IDLE], idle);
}

static void count_rest(tally *sum, const uhhc_instance *self)
{
    const udine_instance *day = self->day;
    double mean = 0.0;
    for (int32_t c = 0; c < day->n_carers; c++) {
        mean += sum->work[c] / day->n_carers;
    }
    for (int32_t c = 0; c < day->n_carers; c++) {
        /* The mean is a fraction; its rounding must not reach the ceiling. */
        sum->part[UHHC_BALANCE] += ceil(fabs(sum->work[c] - mean) - 1e-9);
    }
    for (int32_t p = 0; p < day->n_patients; p++) {
        sum->part[UHHC_OPTIONAL] += sum->is_visited[p] ? 0.0 : 1.0;
    }
}

runde_status uhhc_value(double *value, const uhhc_instance *self,
                        const udine_entry *entries, int32_t n)
{
    const udine_instance *day = self->day;
    tally sum = {{0.0}, NULL, NULL};
    sum.work = calloc((size_t)day->n_carers + 1, sizeof *sum.work);
    sum.is_visited = calloc((size_t)day->n_patients + 1, sizeof(bool));
    const bool ok = sum.work != NULL && sum.is_visited != NULL;
    int32_t at = 0;
    for (int32_t c = 0; ok && c < day->n_carers; c++) {
        const int32_t first = at;
        while (at < n && entries[at].carer == c) {
            at++;
        }
        count_carer(&sum, self, c, entries + first, at - first);
    }
    if (ok) {
        count_rest(&sum, self);
    }
    *value = 0.0;
    for (int32_t x = 0; x < UHHC_PARTS; x++) {
        *value += self->is_priced[x] ? self->weight[x] * sum.part[x] : 0.0;
    }
    free(sum.work);
    free(sum.is_visited);
    return ok ? RUNDE_OK : RUNDE_E_NOMEM;
}
