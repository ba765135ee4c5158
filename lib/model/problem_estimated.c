/* SPDX-License-Identifier: MIT */
/* Which cells of a matrix are estimates. */
#include "model/problem_data.h"

#include "base/alloc.h"

runde_status runde_problem_set_estimated(runde_problem *problem, int32_t mode,
                                         int32_t from, int32_t to)
{
    if (problem == NULL || mode < 0 || mode >= problem->table[RN_MODES].n) {
        return RUNDE_E_ARGUMENT;
    }
    if (problem->is_sealed) {
        return RUNDE_E_STATE;
    }
    rn_mode *const entry = rn_problem_row(problem, RN_MODES, mode);
    if (entry->n_guesses == entry->guess_capacity) {
        if (entry->guess_capacity > INT32_MAX / 4) {
            return RUNDE_E_LIMIT;
        }
        const int32_t capacity =
            entry->guess_capacity == 0 ? 16 : entry->guess_capacity * 2;
        rn_pair *const guesses =
            rn_realloc_array(entry->guesses, (size_t)capacity, sizeof *guesses);
        if (guesses == NULL) {
            return RUNDE_E_NOMEM;
        }
        entry->guesses = guesses;
        entry->guess_capacity = capacity;
    }
    entry->guesses[entry->n_guesses++] = (rn_pair){from, to};
    return RUNDE_OK;
}

/* The cell's word and bit. */
static uint64_t *word_of(uint64_t *bits, int32_t n, int32_t from, int32_t to,
                         uint64_t *bit)
{
    const size_t cell = (size_t)from * (size_t)n + (size_t)to;
    *bit = UINT64_C(1) << (cell & 63U);
    return &bits[cell >> 6U];
}

runde_status rn_mode_mark_estimates(rn_mode *mode)
{
    const int32_t n = mode->matrix.n;
    uint64_t bit = 0;
    if (mode->n_guesses == 0) {
        return RUNDE_OK;
    }
    mode->estimated =
        rn_calloc(((size_t)n * (size_t)n + 63U) / 64U, sizeof *mode->estimated);
    if (mode->estimated == NULL) {
        return RUNDE_E_NOMEM;
    }
    for (int32_t i = 0; i < mode->n_guesses; i++) {
        const rn_pair *const pair = &mode->guesses[i];
        uint64_t *const word =
            word_of(mode->estimated, n, pair->from, pair->to, &bit);
        mode->n_estimated += (*word & bit) == 0 ? 1 : 0;
        *word |= bit;
    }
    for (int32_t i = 0; i < mode->n_legs; i++) {
        const rn_leg *const leg = &mode->legs[i];
        uint64_t *const word =
            word_of(mode->estimated, n, leg->from, leg->to, &bit);
        mode->n_estimated -= (*word & bit) != 0 ? 1 : 0;
        *word &= ~bit;
    }
    return RUNDE_OK;
}

static const rn_mode *mode_of(const runde_problem *problem, int32_t mode)
{
    return problem != NULL && problem->is_sealed && mode >= 0 &&
                   mode < problem->table[RN_MODES].n
               ? rn_problem_row(problem, RN_MODES, mode)
               : NULL;
}

bool runde_problem_is_estimated(const runde_problem *problem, int32_t mode,
                                int32_t from, int32_t to)
{
    const rn_mode *const entry = mode_of(problem, mode);
    if (entry == NULL || entry->estimated == NULL || from < 0 || to < 0 ||
        from >= entry->matrix.n || to >= entry->matrix.n) {
        return false;
    }
    uint64_t bit = 0;
    return (*word_of(entry->estimated, entry->matrix.n, from, to, &bit) &
            bit) != 0;
}

int64_t runde_problem_n_estimated(const runde_problem *problem, int32_t mode)
{
    const rn_mode *const entry = mode_of(problem, mode);
    return entry == NULL ? 0 : entry->n_estimated;
}
