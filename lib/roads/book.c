/* SPDX-License-Identifier: MIT */
#include "roads/book.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ADDRESSES 10000
#define METRES_PER_STEP 1.11195 /* of latitude */
#define PI 3.14159265358979323846

/* A place's address on its way into the book. */
typedef struct entry {
    rn_address address;
    int32_t place;
} entry;

static int compare_addresses(rn_address a, rn_address b)
{
    if (a.lat != b.lat) {
        return a.lat < b.lat ? -1 : 1;
    }
    return (a.lon > b.lon) - (a.lon < b.lon);
}

static int compare_entries(const void *a, const void *b)
{
    const entry *const left = a;
    const entry *const right = b;
    const int order = compare_addresses(left->address, right->address);
    return order != 0
               ? order
               : (left->place > right->place) - (left->place < right->place);
}

static int32_t steps_of(double degrees)
{
    return (int32_t)floor(degrees * RN_BOOK_STEPS + 0.5);
}

static runde_status list_places(entry *entries, const runde_problem *problem,
                                runde_diag *diag)
{
    const int32_t n = runde_problem_n_places(problem);
    int32_t missing = 0;
    int32_t first = 0;
    for (int32_t i = n - 1; i >= 0; i--) {
        const runde_place *const place = runde_problem_place(problem, i);
        if (!place->has_coordinates) {
            missing++;
            first = i;
            continue;
        }
        entries[i].address.lat = steps_of(place->lat);
        entries[i].address.lon = steps_of(place->lon);
        entries[i].place = i;
    }
    if (missing > 0) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E732",
                    rn_at("/places/%d", (int)first).text,
                    "place \"%s\" has no coordinates, so no road engine can "
                    "be asked about it (%d such places)",
                    runde_problem_place(problem, first)->id, (int)missing);
        return RUNDE_E_INVALID;
    }
    return RUNDE_OK;
}

/* Fisher and Yates, over what is sorted: the order then depends on nothing
 * but the set of addresses, whoever knows the seed. */
static void shuffle(int32_t *order, int32_t n)
{
    rn_rng rng;
    rn_rng_init(&rng, (uint64_t)n, 731);
    for (int32_t i = n - 1; i > 0; i--) {
        const int32_t j = (int32_t)rn_rng_below(&rng, (uint32_t)i + 1);
        const int32_t swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
}

/* Numbers the sorted entries; `book->sorted` says which number the address
 * in each place of the sorted order has. */
static void number(rn_book *book, const entry *entries)
{
    int32_t rank = -1;
    for (int32_t i = 0; i < book->n_places; i++) {
        const bool is_new =
            i == 0 ||
            compare_addresses(entries[i - 1].address, entries[i].address) != 0;
        rank += is_new ? 1 : 0;
        const int32_t a = book->sorted[rank];
        book->of_place[entries[i].place] = a;
        if (is_new) {
            book->address[a] = entries[i].address;
            book->first[a] = entries[i].place;
        }
    }
}

static int32_t count_different(const entry *entries, int32_t n)
{
    int32_t different = n > 0 ? 1 : 0;
    for (int32_t i = 1; i < n; i++) {
        different +=
            compare_addresses(entries[i - 1].address, entries[i].address) != 0;
    }
    return different;
}

runde_status rn_book_open(rn_book *book, const runde_problem *problem,
                          runde_diag *diag)
{
    const int32_t n = runde_problem_n_places(problem);
    memset(book, 0, sizeof *book);
    book->n_places = n;
    runde_status status = RUNDE_E_NOMEM;
    entry *const entries = rn_calloc((size_t)n, sizeof *entries);
    book->of_place = rn_calloc((size_t)n, sizeof *book->of_place);
    if (entries == NULL || book->of_place == NULL) {
        goto done;
    }
    status = list_places(entries, problem, diag);
    if (status != RUNDE_OK) {
        goto done;
    }
    qsort(entries, (size_t)n, sizeof *entries, compare_entries);
    book->n = count_different(entries, n);
    if (book->n > MOST_ADDRESSES) {
        rn_diag_add(diag, RUNDE_ERROR, "RUNDE-E731", "/places",
                    "%d different places are more than the %d that can be "
                    "asked about at once",
                    (int)book->n, MOST_ADDRESSES);
        status = RUNDE_E_LIMIT;
        goto done;
    }
    status = RUNDE_E_NOMEM;
    book->address = rn_calloc((size_t)book->n, sizeof *book->address);
    book->sorted = rn_calloc((size_t)book->n, sizeof *book->sorted);
    book->first = rn_calloc((size_t)book->n, sizeof *book->first);
    if (book->address == NULL || book->sorted == NULL || book->first == NULL) {
        goto done;
    }
    for (int32_t a = 0; a < book->n; a++) {
        book->sorted[a] = a;
    }
    shuffle(book->sorted, book->n);
    number(book, entries);
    status = RUNDE_OK;

done:
    rn_free(entries);
    if (status != RUNDE_OK) {
        rn_book_close(book);
    }
    return status;
}

void rn_book_close(rn_book *book)
{
    rn_free(book->address);
    rn_free(book->sorted);
    rn_free(book->of_place);
    rn_free(book->first);
    memset(book, 0, sizeof *book);
}

int32_t rn_book_find(const rn_book *book, rn_address address)
{
    int32_t low = 0;
    int32_t high = book->n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const int32_t a = book->sorted[middle];
        const int order = compare_addresses(book->address[a], address);
        if (order == 0) {
            return a;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return RUNDE_NONE;
}

int32_t rn_address_metres(rn_address a, rn_address b)
{
    const double middle =
        ((double)a.lat + (double)b.lat) / 2.0 / RN_BOOK_STEPS * PI / 180.0;
    const double north = ((double)a.lat - (double)b.lat) * METRES_PER_STEP;
    const double east =
        ((double)a.lon - (double)b.lon) * METRES_PER_STEP * cos(middle);
    const double metres = sqrt(north * north + east * east);
    return metres < 1e9 ? (int32_t)(metres + 0.5) : 1000000000;
}
