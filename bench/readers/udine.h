/* SPDX-License-Identifier: MIT */
/** @file udine.h
 *  The JSON dialects in which the University of Udine publishes home-care
 *  instances: HHCRSP (mankowska, kummer, italian), its extension, and the
 *  unified form (uhhc, bazirha). One reader for their common ground. */
#ifndef BENCH_UDINE_H
#define BENCH_UDINE_H

#include "draft.h"
#include "readers.h"

#define UDINE_MAX_WINDOWS 4
#define UDINE_MAX_SERVICES 4
/** Kinds of service; a carer's abilities are one bit each. */
#define UDINE_MAX_KINDS 64

typedef enum udine_sync {
    UDINE_INDEPENDENT = 0,
    UDINE_SIMULTANEOUS,
    UDINE_SEQUENTIAL
} udine_sync;

typedef enum udine_wish {
    UDINE_NO_WISH = 0,
    UDINE_PREFERRED,
    UDINE_INCOMPATIBLE
} udine_wish;

/** One patient; service number k is visit `first_visit + k`. */
typedef struct udine_patient {
    const char *id;
    int32_t row; /**< in the matrix of distances */
    int32_t n_windows;
    double windows[UDINE_MAX_WINDOWS][2]; /**< ascending */
    int32_t n_services;
    int32_t services[UDINE_MAX_SERVICES]; /**< kinds, in listed order */
    double durations[UDINE_MAX_SERVICES];
    int32_t first_visit;
    udine_sync sync;
    double gap[2]; /**< of a sequence, start to start */
    bool optional;
    bool has_preferred;
} udine_patient;

typedef struct udine_carer {
    const char *id;
    const char *start_id; /**< the departing point */
    uint64_t abilities;
    int32_t start_row;
    int32_t end_row;
    bool has_shift;
    double shift[2];
    bool lunch;
} udine_carer;

typedef struct udine_instance {
    cJSON *root; /**< owns the strings */
    const char *kinds[UDINE_MAX_KINDS];
    int32_t n_kinds;
    int32_t n_patients;
    udine_patient *patients;
    int32_t n_carers;
    udine_carer *carers;
    unsigned char *wishes; /**< udine_wish [patient * n_carers + carer] */
    int32_t n_rows;
    double *travel; /**< [from * n_rows + to] */
    int32_t n_visits;
    int32_t *patient_of; /**< of a visit */
    bool has_lunch;
    double lunch[2];
    double lunch_duration;
    double lunch_latest; /**< latest start of a lunch */
    double scale;        /**< ticks per unit of time */
    int32_t horizon;     /**< a tick behind the end of any sensible plan */
} udine_instance;

/** One stop as solution files have it. */
typedef struct udine_entry {
    int32_t carer;
    int32_t patient; /**< RUNDE_NONE: at the carer's departing point */
    int32_t service; /**< number in the patient's list; RUNDE_NONE: lunch */
    double start;
    double end;
} udine_entry;

/** Parses; `scale` says how many ticks a unit of time has. */
runde_status udine_parse(udine_instance **out, const bench_source *source,
                         double scale, runde_diag *diag);
void udine_free(void *instance);

/** From row to row. */
double udine_travel(const udine_instance *self, int32_t from, int32_t to);

/** Whether a carer is due a lunch and his shift leaves room for it. */
bool udine_can_lunch(const udine_instance *self, int32_t carer);

/** Adds to a draft what all sets share: places (one per row), skills (one
 *  per kind of service), travel. */
void udine_draft_frame(draft *to, const udine_instance *self);
/** Adds a carer with his abilities. */
void udine_draft_carer(draft *to, const udine_instance *self, int32_t carer);
/** Adds the bonds between one patient's visits. */
void udine_draft_links(draft *to, const udine_instance *self, int32_t patient);

/** The stops of a plan by carer and time, lunches included; with
 *  `idle_lunches` also those of carers that stay unused, as the model deems
 *  their breaks taken.
 *  @param out  to be freed */
runde_status udine_entries(udine_entry **out, int32_t *n,
                           const udine_instance *self, const runde_plan *plan,
                           bool idle_lunches);

/** Writes the solution file that the sets share. */
runde_status udine_write(FILE *file, const udine_instance *self,
                         const udine_entry *entries, int32_t n);

/** Mandatory visits that a plan leaves out. */
int32_t udine_left_out(const bench_case *self, const runde_plan *plan);

#endif
