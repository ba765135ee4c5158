/* SPDX-License-Identifier: MIT */
/* Matrices, models and single legs, and what sealing makes of them. */
#include "model/problem_data.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static runde_status check_mode(const runde_problem *problem, int32_t mode)
{
    if (problem == NULL || mode < 0 || mode >= problem->table[RN_MODES].n) {
        return RUNDE_E_ARGUMENT;
    }
    return problem->is_sealed ? RUNDE_E_STATE : RUNDE_OK;
}

static void drop_matrix(rn_mode *mode)
{
    /* The mode owns them; const is for those who read. */
    rn_free((void *)(uintptr_t)mode->matrix.durations);
    rn_free((void *)(uintptr_t)mode->matrix.distances);
    rn_free(mode->guesses);
    memset(&mode->matrix, 0, sizeof mode->matrix);
    mode->guesses = NULL;
    mode->n_guesses = 0;
    mode->guess_capacity = 0;
    mode->has_matrix = false;
}

/* They become ours to free, so const would lie to the caller. */
/* NOLINTBEGIN(readability-non-const-parameter) */
runde_status runde_problem_take_matrix(runde_problem *problem, int32_t mode,
                                       int32_t n, int32_t *durations,
                                       int32_t *distances)
{
    const runde_status status = check_mode(problem, mode);
    if (status != RUNDE_OK) {
        return status;
    }
    if (n < 0 || durations == NULL) {
        return RUNDE_E_ARGUMENT;
    }
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    drop_matrix(entry);
    entry->matrix =
        (runde_matrix){sizeof entry->matrix, n, durations, distances};
    entry->has_matrix = true;
    entry->has_model = false;
    return RUNDE_OK;
}
/* NOLINTEND(readability-non-const-parameter) */

/* A copy of n * n cells, at least one byte; NULL without memory. */
static int32_t *copy_cells(const int32_t *cells, int32_t n)
{
    const size_t count = (size_t)n * (size_t)n;
    int32_t *const copy = rn_realloc_array(NULL, count, sizeof *copy);
    if (copy != NULL && count > 0) {
        memcpy(copy, cells, count * sizeof *copy);
    }
    return copy;
}

runde_status runde_problem_set_matrix(runde_problem *problem, int32_t mode,
                                      const runde_matrix *matrix)
{
    runde_status status = check_mode(problem, mode);
    if (status != RUNDE_OK) {
        return status;
    }
    if (matrix == NULL || matrix->size != sizeof *matrix || matrix->n < 0 ||
        (matrix->n > 0 && matrix->durations == NULL)) {
        return RUNDE_E_ARGUMENT;
    }
    int32_t *const durations = copy_cells(matrix->durations, matrix->n);
    int32_t *const distances = matrix->distances == NULL
                                   ? NULL
                                   : copy_cells(matrix->distances, matrix->n);
    if (durations == NULL || (distances == NULL && matrix->distances != NULL)) {
        status = RUNDE_E_NOMEM;
        goto done;
    }
    status = runde_problem_take_matrix(problem, mode, matrix->n, durations,
                                       distances);

done:
    if (status != RUNDE_OK) {
        rn_free(durations);
        rn_free(distances);
    }
    return status;
}

runde_status runde_problem_set_speed_model(runde_problem *problem, int32_t mode,
                                           const runde_speed_model *model)
{
    const runde_status status = check_mode(problem, mode);
    if (status != RUNDE_OK) {
        return status;
    }
    if (model == NULL || model->size != sizeof *model) {
        return RUNDE_E_ARGUMENT;
    }
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    drop_matrix(entry);
    entry->model = *model;
    entry->has_model = true;
    return RUNDE_OK;
}

runde_status runde_problem_set_leg(runde_problem *problem, int32_t mode,
                                   int32_t from, int32_t to, int32_t duration,
                                   int32_t distance)
{
    const runde_status status = check_mode(problem, mode);
    if (status != RUNDE_OK) {
        return status;
    }
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    if (entry->n_legs == entry->leg_capacity) {
        if (entry->leg_capacity > INT32_MAX / 4) {
            return RUNDE_E_LIMIT;
        }
        const int32_t capacity =
            entry->leg_capacity == 0 ? 16 : entry->leg_capacity * 2;
        rn_leg *const legs =
            rn_realloc_array(entry->legs, (size_t)capacity, sizeof *legs);
        if (legs == NULL) {
            return RUNDE_E_NOMEM;
        }
        entry->legs = legs;
        entry->leg_capacity = capacity;
    }
    entry->legs[entry->n_legs++] = (rn_leg){from, to, duration, distance};
    return RUNDE_OK;
}

/* ------------------------------------------------------------- sealing */

static void drop_prepared(rn_mode *mode)
{
    rn_free(mode->durations);
    rn_free(mode->distances);
    rn_free(mode->leg_table);
    rn_free(mode->estimated);
    mode->durations = NULL;
    mode->distances = NULL;
    mode->leg_table = NULL;
    mode->estimated = NULL;
    mode->n_estimated = 0;
    memset(&mode->travel, 0, sizeof mode->travel);
}

/* Lets go of the arrays. The last one to do so frees them. */
static void release(rn_mode *mode)
{
    if (mode->users != NULL && atomic_fetch_sub(mode->users, 1) > 1) {
        return;
    }
    drop_prepared(mode);
    drop_matrix(mode);
    rn_free(mode->legs);
    rn_free(mode->users);
}

void rn_problem_free_travel(runde_problem *problem)
{
    for (int32_t m = 0; m < problem->table[RN_MODES].n; m++) {
        release(rn_problem_row(problem, RN_MODES, m));
    }
    rn_free(problem->points);
    problem->points = NULL;
}

runde_status rn_problem_borrow_modes(runde_problem *problem,
                                     const runde_problem *base)
{
    for (int32_t m = 0; m < base->table[RN_MODES].n; m++) {
        const rn_mode *const from = rn_problem_row(base, RN_MODES, m);
        int32_t index = RUNDE_NONE;
        const runde_status status =
            runde_problem_add_mode(problem, from->id, &index);
        if (status != RUNDE_OK) {
            return status;
        }
        rn_mode *const mode = rn_problem_row(problem, RN_MODES, index);
        const char *const id = mode->id;
        *mode = *from;
        mode->id = id;
        mode->is_borrowed = true;
        atomic_fetch_add(mode->users, 1);
    }
    return RUNDE_OK;
}

runde_status rn_problem_reset_mode(runde_problem *problem, int32_t mode)
{
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    rn_mode fresh = {.id = entry->id,
                     .has_model = entry->has_model,
                     .model = entry->model,
                     .n_legs = entry->n_legs,
                     .leg_capacity = entry->n_legs};
    if (entry->n_legs > 0) {
        const size_t n = (size_t)entry->n_legs;
        fresh.legs = rn_realloc_array(NULL, n, sizeof *fresh.legs);
        if (fresh.legs == NULL) {
            return RUNDE_E_NOMEM;
        }
        memcpy(fresh.legs, entry->legs, n * sizeof *fresh.legs);
    }
    rn_mode borrowed = *entry;
    release(&borrowed);
    *entry = fresh;
    return RUNDE_OK;
}

static runde_status make_points(runde_problem *problem)
{
    const int32_t n = problem->table[RN_PLACES].n;
    rn_free(problem->points);
    problem->points = rn_calloc((size_t)n, sizeof *problem->points);
    if (problem->points == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t p = 0; p < n; p++) {
        problem->points[p] =
            rn_travel_point(rn_problem_row(problem, RN_PLACES, p));
    }
    return RUNDE_OK;
}

/* The later of two settings of the same leg holds. */
static runde_status make_leg_table(rn_mode *mode)
{
    if (mode->n_legs == 0) {
        return RUNDE_OK;
    }
    uint32_t capacity = 16;
    while (capacity < (uint32_t)mode->n_legs * 2) {
        capacity *= 2;
    }
    mode->leg_table = rn_realloc_array(NULL, capacity, sizeof *mode->leg_table);
    if (mode->leg_table == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (uint32_t i = 0; i < capacity; i++) {
        mode->leg_table[i].from = RUNDE_NONE;
    }
    const uint32_t mask = capacity - 1;
    for (int32_t i = 0; i < mode->n_legs; i++) {
        const rn_leg *const leg = &mode->legs[i];
        mode->leg_table[rn_travel_slot(mode->leg_table, mask, leg->from,
                                       leg->to)] = *leg;
    }
    mode->travel.legs = mode->leg_table;
    mode->travel.leg_mask = mask;
    return RUNDE_OK;
}

/* Side of a square of cells that stays in the cache with its mirror image. */
#define SQUARE 32

static void fill_cell(rn_mode *mode, int32_t from, int32_t to)
{
    const size_t cell = (size_t)from * (size_t)mode->travel.n + (size_t)to;
    rn_travel_compute(&mode->travel, from, to, &mode->durations[cell],
                      &mode->distances[cell]);
}

/* The cells of a square on or above the diagonal and their mirror images,
 * which are the same but for single legs. */
static void fill_square(rn_mode *mode, int32_t row, int32_t col)
{
    const int32_t n = mode->travel.n;
    const int32_t last_row = row + SQUARE < n ? row + SQUARE : n;
    const int32_t last_col = col + SQUARE < n ? col + SQUARE : n;
    for (int32_t r = row; r < last_row; r++) {
        for (int32_t c = col > r ? col : r; c < last_col; c++) {
            const size_t there = (size_t)r * (size_t)n + (size_t)c;
            const size_t back = (size_t)c * (size_t)n + (size_t)r;
            fill_cell(mode, r, c);
            if (mode->travel.legs != NULL) {
                fill_cell(mode, c, r);
            } else {
                mode->durations[back] = mode->durations[there];
                mode->distances[back] = mode->distances[there];
            }
        }
    }
}

/* Both matrices of a speed model, legs included. */
static runde_status make_matrices(rn_mode *mode)
{
    const int32_t n = mode->travel.n;
    const size_t cells = (size_t)n * (size_t)n;
    mode->durations = rn_realloc_array(NULL, cells, sizeof(int32_t));
    mode->distances = rn_realloc_array(NULL, cells, sizeof(int32_t));
    if (mode->durations == NULL || mode->distances == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t row = 0; row < n; row += SQUARE) {
        for (int32_t col = row; col < n; col += SQUARE) {
            fill_square(mode, row, col);
        }
    }
    mode->travel.durations = mode->durations;
    mode->travel.distances = mode->distances;
    return RUNDE_OK;
}

/* A given matrix is read where it lies; overridden ones are copied, so that
 * the given one can still be told from the overrides. */
static runde_status use_given_matrix(rn_mode *mode)
{
    const int32_t n = mode->matrix.n;
    mode->travel.durations = mode->matrix.durations;
    mode->travel.distances = mode->matrix.distances;
    const runde_status status = rn_mode_mark_estimates(mode);
    if (status != RUNDE_OK || mode->n_legs == 0) {
        return status;
    }
    mode->durations = copy_cells(mode->matrix.durations, n);
    mode->distances = mode->matrix.distances == NULL
                          ? rn_calloc((size_t)n * (size_t)n, sizeof(int32_t))
                          : copy_cells(mode->matrix.distances, n);
    if (mode->durations == NULL || mode->distances == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < mode->n_legs; i++) {
        const rn_leg *const leg = &mode->legs[i];
        const size_t cell = (size_t)leg->from * (size_t)n + (size_t)leg->to;
        mode->durations[cell] = leg->duration;
        mode->distances[cell] = leg->distance;
    }
    mode->travel.durations = mode->durations;
    mode->travel.distances = mode->distances;
    return RUNDE_OK;
}

static bool is_mode_used(const runde_problem *problem, int32_t mode)
{
    for (int32_t s = 0; s < problem->table[RN_SHIFTS].n; s++) {
        const runde_shift *const shift = rn_problem_row(problem, RN_SHIFTS, s);
        if (shift->mode == mode) {
            return true;
        }
    }
    return false;
}

/* Copies of what was given: matrix, legs and guesses. */
static runde_status copy_given(rn_mode *to, const rn_mode *from)
{
    const size_t n = (size_t)from->n_legs;
    const size_t n_guesses = (size_t)from->n_guesses;
    to->legs = rn_realloc_array(NULL, n, sizeof *to->legs);
    to->guesses = rn_realloc_array(NULL, n_guesses, sizeof *to->guesses);
    to->leg_capacity = from->n_legs;
    to->guess_capacity = from->n_guesses;
    bool is_ok = to->legs != NULL && to->guesses != NULL;
    if (is_ok && n > 0) {
        memcpy(to->legs, from->legs, n * sizeof *to->legs);
    }
    if (is_ok && n_guesses > 0) {
        memcpy(to->guesses, from->guesses, n_guesses * sizeof *to->guesses);
    }
    if (from->has_matrix) {
        to->matrix.durations =
            copy_cells(from->matrix.durations, from->matrix.n);
        to->matrix.distances =
            from->matrix.distances == NULL
                ? NULL
                : copy_cells(from->matrix.distances, from->matrix.n);
        is_ok =
            is_ok && to->matrix.durations != NULL &&
            (to->matrix.distances != NULL || from->matrix.distances == NULL);
    }
    return is_ok ? RUNDE_OK : RUNDE_E_NOMEM;
}

runde_status rn_problem_own_mode(runde_problem *problem, int32_t mode)
{
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    if (!entry->is_borrowed) {
        return RUNDE_OK;
    }
    rn_mode own = *entry;
    own.is_borrowed = false;
    own.durations = NULL;
    own.distances = NULL;
    own.leg_table = NULL;
    own.estimated = NULL;
    own.n_estimated = 0;
    own.users = rn_malloc(sizeof *own.users);
    const runde_status status = copy_given(&own, entry);
    if (status != RUNDE_OK || own.users == NULL) {
        drop_matrix(&own);
        rn_free(own.legs);
        rn_free(own.users);
        return RUNDE_E_NOMEM;
    }
    atomic_init(own.users, 1);
    release(entry);
    *entry = own;
    return RUNDE_OK;
}

/* One matrix that is larger; `cells` as it was. NULL without memory. */
static int32_t *grow_cells(const int32_t *cells, int32_t n_old, int32_t n)
{
    int32_t *const grown =
        rn_realloc_array(NULL, (size_t)n * (size_t)n, sizeof *grown);
    for (int32_t from = 0; grown != NULL && from < n; from++) {
        int32_t *const row = grown + (size_t)from * (size_t)n;
        for (int32_t to = 0; to < n; to++) {
            row[to] = from < n_old && to < n_old
                          ? cells[(size_t)from * (size_t)n_old + (size_t)to]
                      : from == to ? 0
                                   : RUNDE_UNREACHABLE;
        }
    }
    return grown;
}

/* Both ways between two places, one of them new, by a model. */
static runde_status estimate_way(runde_problem *problem, int32_t m,
                                 const rn_bands *bands, const rn_pair *pair)
{
    const rn_point a =
        rn_travel_point(rn_problem_row(problem, RN_PLACES, pair->from));
    const rn_point b =
        rn_travel_point(rn_problem_row(problem, RN_PLACES, pair->to));
    const runde_matrix *const matrix =
        &((rn_mode *)rn_problem_row(problem, RN_MODES, m))->matrix;
    /* Ours since the matrix grew; const is for those who read. */
    int32_t *const ticks = (int32_t *)(uintptr_t)matrix->durations;
    int32_t *const metres = (int32_t *)(uintptr_t)matrix->distances;
    const size_t n = (size_t)matrix->n;
    const size_t there = (size_t)pair->from * n + (size_t)pair->to;
    const size_t back = (size_t)pair->to * n + (size_t)pair->from;
    int32_t duration = 0;
    int32_t distance = 0;
    if (!a.is_known || !b.is_known) {
        return RUNDE_OK;
    }
    const double length = rn_travel_metres(&a, &b);
    if (length > 0.0) {
        rn_travel_by_bands(bands, length, &duration, &distance);
    }
    ticks[there] = ticks[back] = duration;
    if (metres != NULL) {
        metres[there] = metres[back] = distance;
    }
    const runde_status status =
        runde_problem_set_estimated(problem, m, pair->from, pair->to);
    return status != RUNDE_OK
               ? status
               : runde_problem_set_estimated(problem, m, pair->to, pair->from);
}

static runde_status grow_matrix(runde_problem *problem, int32_t m,
                                int32_t n_old)
{
    rn_mode *const mode = rn_problem_row(problem, RN_MODES, m);
    const int32_t n = problem->table[RN_PLACES].n;
    const bool has_metres = mode->matrix.distances != NULL;
    runde_speed_model model;
    int32_t *const ticks = grow_cells(mode->matrix.durations, n_old, n);
    int32_t *const metres =
        has_metres ? grow_cells(mode->matrix.distances, n_old, n) : NULL;
    if (ticks == NULL || (has_metres && metres == NULL)) {
        rn_free(ticks);
        rn_free(metres);
        return RUNDE_E_NOMEM;
    }
    rn_free((void *)(uintptr_t)mode->matrix.durations);
    rn_free((void *)(uintptr_t)mode->matrix.distances);
    mode->matrix.n = n;
    mode->matrix.durations = ticks;
    mode->matrix.distances = metres;
    if (!rn_travel_default_model(&model, mode->id)) {
        return RUNDE_OK;
    }
    const rn_bands bands = rn_travel_bands(&model, rn_problem_tick_ms(problem));
    runde_status status = RUNDE_OK;
    for (int32_t to = n_old; to < n; to++) {
        for (int32_t from = 0; status == RUNDE_OK && from < to; from++) {
            const rn_pair pair = {from, to};
            status = estimate_way(problem, m, &bands, &pair);
        }
    }
    return status;
}

runde_status rn_problem_grow_mode(runde_problem *problem, int32_t mode,
                                  int32_t n_old)
{
    const rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    const runde_status status = rn_problem_own_mode(problem, mode);
    /* A matrix of another size is one that nobody uses. */
    return status == RUNDE_OK && entry->has_matrix && entry->matrix.n == n_old
               ? grow_matrix(problem, mode, n_old)
               : status;
}

/* Points a borrowed mode at this problem's records. A speed model that no
 * shift went by until now still has to become a matrix, if it fits; then the
 * mode stops being shared. */
static runde_status settle_borrowed(runde_problem *problem, int32_t m,
                                    int64_t room)
{
    rn_mode *const mode = rn_problem_row(problem, RN_MODES, m);
    const int64_t n = problem->table[RN_PLACES].n;
    if (mode->has_model && mode->durations == NULL && n * n * 8 <= room &&
        is_mode_used(problem, m)) {
        return rn_problem_own_mode(problem, m);
    }
    if (mode->travel.bands != NULL) {
        mode->travel.bands = &mode->bands;
        mode->travel.points = problem->points;
    }
    return RUNDE_OK;
}

static runde_status prepare_mode(runde_problem *problem, int32_t m,
                                 int64_t *room)
{
    rn_mode *const mode = rn_problem_row(problem, RN_MODES, m);
    const int32_t n = problem->table[RN_PLACES].n;
    const int64_t bytes = (int64_t)n * n * 8;
    if (mode->is_borrowed) {
        const runde_status status = settle_borrowed(problem, m, *room);
        if (status != RUNDE_OK || mode->is_borrowed) {
            return status;
        }
    }
    if (mode->users == NULL) {
        mode->users = rn_malloc(sizeof *mode->users);
        if (mode->users == NULL) {
            return RUNDE_E_NOMEM;
        }
        atomic_init(mode->users, 1);
    }
    drop_prepared(mode);
    mode->travel.n = n;
    /* A matrix of another size is allowed while nobody uses the mode. */
    if (mode->has_matrix && mode->matrix.n == n) {
        return use_given_matrix(mode);
    }
    if (mode->has_model) {
        mode->bands =
            rn_travel_bands(&mode->model, rn_problem_tick_ms(problem));
        mode->travel.bands = &mode->bands;
        mode->travel.points = problem->points;
    }
    const runde_status status = make_leg_table(mode);
    if (status != RUNDE_OK || !mode->has_model || bytes > *room ||
        !is_mode_used(problem, m)) {
        return status;
    }
    *room -= bytes;
    return make_matrices(mode);
}

/* Bytes that speed models may still take as matrices. */
static int64_t room_left(const runde_problem *problem)
{
    const int64_t n = problem->table[RN_PLACES].n;
    int64_t room = RN_TRAVEL_MATRIX_BYTES;
    for (int32_t m = 0; m < problem->table[RN_MODES].n; m++) {
        const rn_mode *const mode = rn_problem_row(problem, RN_MODES, m);
        const bool takes = mode->is_borrowed && mode->has_model;
        room -= takes && mode->durations != NULL ? n * n * 8 : 0;
    }
    return room;
}

runde_status rn_problem_prepare_travel(runde_problem *problem)
{
    int64_t room = room_left(problem);
    runde_status status = make_points(problem);
    for (int32_t m = 0; status == RUNDE_OK && m < problem->table[RN_MODES].n;
         m++) {
        status = prepare_mode(problem, m, &room);
    }
    for (int32_t m = 0; status != RUNDE_OK && m < problem->table[RN_MODES].n;
         m++) {
        rn_mode *const mode = rn_problem_row(problem, RN_MODES, m);
        if (!mode->is_borrowed) {
            drop_prepared(mode);
        }
    }
    return status;
}
