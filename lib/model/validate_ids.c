/* SPDX-License-Identifier: MIT */
#include "base/idmap.h"
#include "model/review.h"

#include <string.h>

#define LONGEST_ID 255

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of an id, blanks left out; 0 when it has anything else. */
static size_t digits_of(const char *id, char *digits, size_t room)
{
    size_t n = 0;
    for (const char *c = id; *c != '\0'; c++) {
        if (*c == ' ') {
            continue;
        }
        if (!is_digit(*c) || n == room) {
            return 0;
        }
        digits[n++] = *c;
    }
    return n;
}

static bool has_control_digit(const char *digits, const int *weights, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum % 11 == 0;
}

/* Eleven digits that begin with a day (plus 40 in a D-number) and end with
 * the two control digits. */
static bool is_birth_number(const char *digits)
{
    static const int first[10] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    static const int second[11] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    const int day = (digits[0] - '0') * 10 + (digits[1] - '0');
    return ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) &&
           has_control_digit(digits, first, 10) &&
           has_control_digit(digits, second, 11);
}

static bool looks_like_birth_number(const char *id)
{
    char digits[11];
    return digits_of(id, digits, sizeof digits) == sizeof digits &&
           is_birth_number(digits);
}

/* With the country's prefix, or like a mobile number. Other eight digits
 * are as often a date or a case number. */
static bool looks_like_phone(const char *id)
{
    char digits[12];
    if (strncmp(id, "+47", 3) == 0) {
        return digits_of(id + 3, digits, sizeof digits) == 8;
    }
    const size_t n = digits_of(id, digits, sizeof digits);
    return (n == 8 && (digits[0] == '4' || digits[0] == '9')) ||
           (n == 12 && memcmp(digits, "0047", 4) == 0);
}

/* Where the id of an entity stands in a file; skills are nothing but ids. */
static rn_where id_pointer(rn_kind kind, int32_t index)
{
    if (kind == RN_SKILLS) {
        return rn_at("/skills/%d", (int)index);
    }
    return rn_at("/%s/%d/id", rn_review_kind_name(kind), (int)index);
}

static void review_text(const rn_review *review, const char *id, rn_kind kind,
                        int32_t index)
{
    const size_t length = strlen(id);
    if (length == 0) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E101",
                    id_pointer(kind, index).text, "the id is missing");
    }
    if (length > LONGEST_ID) {
        rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E103",
                    id_pointer(kind, index).text,
                    "the id has %zu bytes, at most %d are allowed", length,
                    LONGEST_ID);
    }
    for (const char *c = id; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20U || *c == 0x7F) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E104",
                        id_pointer(kind, index).text,
                        "the id has the control character %d at byte %d", *c,
                        (int)(c - id));
            return;
        }
    }
}

/* One finding per kind, without the id: a number that names a person shall
 * not spread into logs. */
static void review_privacy(const rn_review *review, rn_kind kind)
{
    int32_t n_births = 0;
    int32_t n_phones = 0;
    int32_t birth = 0;
    int32_t phone = 0;
    for (int32_t i = review->n[kind] - 1; i >= 0; i--) {
        const char *const id = rn_review_id(review, kind, i);
        if (looks_like_birth_number(id)) {
            n_births++;
            birth = i;
        } else if (looks_like_phone(id)) {
            n_phones++;
            phone = i;
        }
    }
    if (n_births > 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W105",
                    id_pointer(kind, birth).text,
                    "%d of %d ids, this one first, look like a national "
                    "identity number; ids should not name persons",
                    (int)n_births, (int)review->n[kind]);
    }
    if (n_phones > 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W106",
                    id_pointer(kind, phone).text,
                    "%d of %d ids, this one first, look like a telephone "
                    "number; ids should not name persons",
                    (int)n_phones, (int)review->n[kind]);
    }
}

static runde_status review_kind(const rn_review *review, rn_kind kind)
{
    rn_idmap map = RN_IDMAP_INIT;
    runde_status status = RUNDE_OK;
    for (int32_t i = 0; status == RUNDE_OK && i < review->n[kind]; i++) {
        const char *const id = rn_review_id(review, kind, i);
        int32_t earlier = RUNDE_NONE;
        review_text(review, id, kind, i);
        if (id[0] == '\0') {
            continue;
        }
        status = rn_idmap_put(&map, id, i, &earlier);
        if (earlier != RUNDE_NONE) {
            rn_diag_add(review->diag, RUNDE_ERROR, "RUNDE-E102",
                        id_pointer(kind, i).text,
                        "the id \"%s\" is that of number %d already", id,
                        (int)earlier);
        }
    }
    rn_idmap_free(&map);
    if (status == RUNDE_OK) {
        review_privacy(review, kind);
    }
    return status;
}

runde_status rn_review_ids(rn_review *review)
{
    static const rn_kind kinds[] = {RN_PLACES, RN_SKILLS,  RN_LOADS,
                                    RN_MODES,  RN_CLIENTS, RN_CARERS,
                                    RN_SHIFTS, RN_VISITS};
    runde_status status = RUNDE_OK;
    for (size_t k = 0; status == RUNDE_OK && k < sizeof kinds / sizeof kinds[0];
         k++) {
        status = review_kind(review, kinds[k]);
    }
    return status;
}
