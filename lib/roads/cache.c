/* SPDX-License-Identifier: MIT */
#include "roads/cache.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "roads/private_file.h"

#include <string.h>

#define MAGIC "RUNDE-ROADS 1\n"
#define MAGIC_BYTES (sizeof MAGIC - 1)
#define ADDRESS_BYTES 14
#define MOST_BYTES ((size_t)1 << 30)
/* Addresses kept in a section: 72 MB. */
#define MOST_KEPT 3000
/* Calls after which an address that was not used again is forgotten. */
#define MOST_AGE 60
#define MOST_SECTIONS 12

/* A section where it lies in the file. */
typedef struct section {
    const unsigned char *begin;
    const unsigned char *end;
    const unsigned char *source; /* its name, not ended by NUL */
    uint32_t source_length;
    int32_t n;
    const unsigned char *addresses;
    const unsigned char *ms;
    const unsigned char *metres;
} section;

/* A file taken apart. */
typedef struct file {
    char *bytes;
    size_t length;
    int32_t n;
    section sections[MOST_SECTIONS];
} file;

/* ----------------------------------------------------------------- bytes */

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static int32_t get_i32(const unsigned char *at)
{
    const uint32_t value = get_u32(at);
    int32_t out = 0;
    memcpy(&out, &value, sizeof out);
    return out;
}

static unsigned char *put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        at[i] = (unsigned char)(value >> (8 * i) & 0xFFU);
    }
    return at + 4;
}

static unsigned char *put_i32(unsigned char *at, int32_t value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return put_u32(at, bits);
}

static unsigned char *put_bytes(unsigned char *at, const void *bytes, size_t n)
{
    memcpy(at, bytes, n);
    return at + n;
}

/* FNV-1a, by words of eight bytes: it finds damage, not malice. */
static uint64_t checksum(const char *bytes, size_t length)
{
    uint64_t sum = 14695981039346656037U;
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        const unsigned char *const at = (const unsigned char *)bytes + i;
        sum ^= (uint64_t)get_u32(at) | (uint64_t)get_u32(at + 4) << 32;
        sum *= 1099511628211U;
        sum ^= sum >> 29;
    }
    for (; i < length; i++) {
        sum ^= (unsigned char)bytes[i];
        sum *= 1099511628211U;
    }
    return sum;
}

/* --------------------------------------------------------------- reading */

/* Takes one section off the bytes from `at` to `end`; false: they are none. */
static bool take_section(section *s, const unsigned char *at,
                         const unsigned char *end)
{
    s->begin = at;
    if (end - at < 4) {
        return false;
    }
    s->source_length = get_u32(at);
    at += 4;
    if ((size_t)(end - at) < (size_t)s->source_length + 4) {
        return false;
    }
    s->source = at;
    at += s->source_length;
    const uint32_t n = get_u32(at);
    at += 4;
    if (n > UINT16_MAX || (size_t)(end - at) / 8 < (size_t)n * n ||
        (size_t)(end - at) - (size_t)n * n * 8 < (size_t)n * ADDRESS_BYTES) {
        return false;
    }
    s->n = (int32_t)n;
    s->addresses = at;
    s->ms = at + (size_t)n * ADDRESS_BYTES;
    s->metres = s->ms + (size_t)n * n * 4;
    s->end = s->metres + (size_t)n * n * 4;
    return true;
}

/* Whether the bytes are a whole file of ours; the sections then. */
static bool take_apart(file *f)
{
    if (f->length < MAGIC_BYTES + 8 ||
        memcmp(f->bytes, MAGIC, MAGIC_BYTES) != 0) {
        return false;
    }
    const unsigned char *at = (const unsigned char *)f->bytes + MAGIC_BYTES;
    const unsigned char *const end =
        (const unsigned char *)f->bytes + f->length - 8;
    const uint64_t sum = (uint64_t)get_u32(end) | (uint64_t)get_u32(end + 4)
                                                      << 32;
    if (sum != checksum(f->bytes, f->length - 8)) {
        return false;
    }
    while (at < end) {
        if (f->n == MOST_SECTIONS ||
            !take_section(&f->sections[f->n], at, end)) {
            return false;
        }
        at = f->sections[f->n++].end;
    }
    return true;
}

static runde_status open_cache(file *f, const char *path, runde_diag *diag)
{
    const char *wrong = NULL;
    memset(f, 0, sizeof *f);
    const runde_status status =
        rn_private_read(&f->bytes, &f->length, path, MOST_BYTES, &wrong);
    if (status != RUNDE_OK) {
        return status;
    }
    if (f->bytes != NULL && !take_apart(f)) {
        f->n = 0;
        wrong = "it is damaged, or no such file";
    }
    if (wrong != NULL) {
        rn_diag_add(diag, RUNDE_WARNING, "RUNDE-W744", "",
                    "the cache of travel times is left aside: %s", wrong);
    }
    return RUNDE_OK;
}

static const section *find_section(const file *f, const char *source)
{
    const size_t length = strlen(source);
    for (int32_t i = 0; i < f->n; i++) {
        if (f->sections[i].source_length == length &&
            memcmp(f->sections[i].source, source, length) == 0) {
            return &f->sections[i];
        }
    }
    return NULL;
}

static rn_address address_of(const section *s, int32_t i)
{
    const unsigned char *const at = s->addresses + (size_t)i * ADDRESS_BYTES;
    const rn_address address = {get_i32(at), get_i32(at + 4)};
    return address;
}

static const unsigned char *details_of(const section *s, int32_t i)
{
    return s->addresses + (size_t)i * ADDRESS_BYTES + 8;
}

static int32_t cell_of(const unsigned char *cells, const section *s,
                       int32_t from, int32_t to)
{
    return get_i32(cells + 4 * ((size_t)from * (size_t)s->n + (size_t)to));
}

/* Numbers that no answer can have had come from no file of ours. */
static bool is_sound(int32_t ms, int32_t metres)
{
    return ms >= RN_UNKNOWN && ms <= 86400000 && metres >= RN_UNKNOWN &&
           metres <= 40000000;
}

static void copy_section(rn_table *table, const section *s,
                         const int32_t *number)
{
    for (int32_t i = 0; i < s->n; i++) {
        const int32_t from = number[i];
        if (from == RUNDE_NONE) {
            continue;
        }
        const unsigned char *const details = details_of(s, i);
        table->snap[from] = get_i32(details);
        table->footing[from] = details[4] <= RN_FOOTING_NONE ? details[4] : 0;
        for (int32_t j = 0; j < s->n; j++) {
            const int32_t ms = cell_of(s->ms, s, i, j);
            const int32_t metres = cell_of(s->metres, s, i, j);
            if (number[j] != RUNDE_NONE && i != j && is_sound(ms, metres)) {
                table->ms[rn_table_cell(table, from, number[j])] = ms;
                table->metres[rn_table_cell(table, from, number[j])] = metres;
            }
        }
    }
}

/* The book's number of each address of a section; NULL without memory. */
static int32_t *number_section(const section *s, const rn_book *book)
{
    int32_t *const number = rn_calloc((size_t)s->n, sizeof *number);
    for (int32_t i = 0; number != NULL && i < s->n; i++) {
        number[i] = rn_book_find(book, address_of(s, i));
    }
    return number;
}

runde_status rn_cache_load(rn_table *table, const rn_book *book,
                           const char *path, const char *source,
                           runde_diag *diag)
{
    file f;
    int32_t *number = NULL;
    runde_status status = open_cache(&f, path, diag);
    const section *const s =
        status == RUNDE_OK ? find_section(&f, source) : NULL;
    if (s != NULL) {
        number = number_section(s, book);
        if (number == NULL) {
            status = RUNDE_E_NOMEM;
        } else {
            copy_section(table, s, number);
        }
    }
    rn_free(number);
    rn_free(f.bytes);
    return status;
}

/* --------------------------------------------------------------- writing */

/* The section to be written: the book's addresses, then old ones. */
typedef struct merge {
    const rn_table *table;
    const rn_book *book;
    const section *old; /* or NULL */
    int32_t *old_at;    /* by new number: number in the old section, or none */
    int32_t n;
} merge;

static runde_status begin_merge(merge *m)
{
    const int32_t n_old = m->old == NULL ? 0 : m->old->n;
    int32_t *const number =
        m->old == NULL ? NULL : number_section(m->old, m->book);
    m->n = m->book->n;
    m->old_at = rn_calloc((size_t)m->n + (size_t)n_old, sizeof *m->old_at);
    if (m->old_at == NULL || (m->old != NULL && number == NULL)) {
        rn_free(number);
        return RUNDE_E_NOMEM;
    }
    for (int32_t a = 0; a < m->n; a++) {
        m->old_at[a] = RUNDE_NONE;
    }
    for (int32_t i = 0; i < n_old; i++) {
        if (number[i] != RUNDE_NONE) {
            m->old_at[number[i]] = i;
        } else if (m->n < MOST_KEPT && details_of(m->old, i)[5] < MOST_AGE) {
            m->old_at[m->n++] = i;
        }
    }
    rn_free(number);
    return RUNDE_OK;
}

static unsigned char *put_addresses(unsigned char *at, const merge *m)
{
    for (int32_t a = 0; a < m->n; a++) {
        if (a < m->book->n) {
            at = put_i32(at, m->book->address[a].lat);
            at = put_i32(at, m->book->address[a].lon);
            at = put_i32(at, m->table->snap[a]);
            *at++ = m->table->footing[a];
            *at++ = 0;
        } else {
            memcpy(at, m->old->addresses + (size_t)m->old_at[a] * ADDRESS_BYTES,
                   ADDRESS_BYTES);
            at += ADDRESS_BYTES;
            at[-1]++;
        }
    }
    return at;
}

static unsigned char *put_cells(unsigned char *at, const merge *m,
                                const int32_t *known, const unsigned char *old)
{
    for (int32_t from = 0; from < m->n; from++) {
        for (int32_t to = 0; to < m->n; to++) {
            int32_t value = from == to ? 0 : RN_UNKNOWN;
            if (from < m->book->n && to < m->book->n) {
                value = known[rn_table_cell(m->table, from, to)];
            } else if (m->old_at[from] != RUNDE_NONE &&
                       m->old_at[to] != RUNDE_NONE) {
                value = cell_of(old, m->old, m->old_at[from], m->old_at[to]);
            }
            at = put_i32(at, value);
        }
    }
    return at;
}

/* All the bytes: our section first, then the others while there is room. */
static char *compose(const merge *m, const file *f, const char *source,
                     size_t *length)
{
    const size_t n = (size_t)m->n;
    const size_t source_length = strlen(source);
    size_t most =
        MAGIC_BYTES + 8 + source_length + 8 + n * ADDRESS_BYTES + n * n * 8;
    most += f->length;
    unsigned char *const bytes = rn_malloc(most);
    if (bytes == NULL) {
        return NULL;
    }
    unsigned char *at = bytes;
    memcpy(at, MAGIC, MAGIC_BYTES);
    at = put_u32(at + MAGIC_BYTES, (uint32_t)source_length);
    at = put_bytes(at, source, source_length);
    at = put_u32(at, (uint32_t)m->n);
    at = put_addresses(at, m);
    at = put_cells(at, m, m->table->ms, m->old == NULL ? NULL : m->old->ms);
    at = put_cells(at, m, m->table->metres,
                   m->old == NULL ? NULL : m->old->metres);
    int32_t n_sections = 1;
    for (int32_t i = 0; i < f->n; i++) {
        const section *const s = &f->sections[i];
        const size_t size = (size_t)(s->end - s->begin);
        if (s != m->old && n_sections < MOST_SECTIONS &&
            (size_t)(at - bytes) + size < MOST_BYTES - 8) {
            memcpy(at, s->begin, size);
            at += size;
            n_sections++;
        }
    }
    const uint64_t sum = checksum((const char *)bytes, (size_t)(at - bytes));
    at = put_u32(at, (uint32_t)(sum & UINT32_MAX));
    at = put_u32(at, (uint32_t)(sum >> 32));
    *length = (size_t)(at - bytes);
    return (char *)bytes;
}

runde_status rn_cache_save(const rn_table *table, const rn_book *book,
                           const char *path, const char *source,
                           runde_diag *diag)
{
    file f;
    char *bytes = NULL;
    size_t length = 0;
    const char *wrong = NULL;
    merge m = {table, book, NULL, NULL, 0};
    /* What is wrong with the old file was said when it was loaded. */
    runde_status status = open_cache(&f, path, NULL);
    if (status == RUNDE_OK) {
        m.old = find_section(&f, source);
        status = begin_merge(&m);
    }
    if (status == RUNDE_OK) {
        bytes = compose(&m, &f, source, &length);
        status = bytes == NULL ? RUNDE_E_NOMEM : RUNDE_OK;
    }
    if (status == RUNDE_OK) {
        status = length > MOST_BYTES
                     ? RUNDE_OK
                     : rn_private_write(path, bytes, length, &wrong);
        wrong = length > MOST_BYTES ? "it would be too large" : wrong;
    }
    if (wrong != NULL) {
        rn_diag_add(diag, RUNDE_WARNING, "RUNDE-W745", "",
                    "the cache of travel times is not written: %s", wrong);
    }
    rn_free(bytes);
    rn_free(m.old_at);
    rn_free(f.bytes);
    return status;
}
