/* SPDX-License-Identifier: MIT */
#include "roads/fetch.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/rng.h"
#include "roads/answer.h"
#include "roads/block.h"
#include "roads/http.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Between two looks at the caller's wishes. */
#define GLANCE_SECONDS 0.1
/* First pause before a request is sent again; it doubles. */
#define PAUSE_SECONDS 0.5
/* No honest answer is larger than this makes it. */
#define BYTES_PER_ANSWER 65536
#define BYTES_PER_CELL 1024
#define BYTES_PER_ADDRESS 4096

/* One request under way. */
typedef struct sent {
    rn_block *block; /* NULL: idle */
    rn_ask ask;
} sent;

typedef struct run {
    rn_table *table;
    const rn_book *book;
    rn_manner manner;
    const runde_roads_options *o;
    runde_roads_progress *done;
    runde_diag *diag;
    rn_http *http;
    rn_block *ready;
    sent sent[RN_HTTP_SLOTS];
    int32_t n_sent;
    int32_t n_probes;   /* ready or under way */
    int32_t most_pairs; /* that the server has been found to take */
    double begin;
    double hold_until; /* the server wants a rest */
    double last_told;
    rn_rng jitter;
    int32_t *room; /* cells and snaps of an answer */
    rn_address *asked;
    size_t n_room;
    bool is_without; /* the server failed, and may */
    runde_status status;
} run;

/* ---------------------------------------------------------------- endings */

static void end(run *r, runde_status status)
{
    if (r->status == RUNDE_OK) {
        r->status = status;
    }
}

/* The server is of no use; a warning where estimates are to stand in. */
static void end_with(run *r, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void end_with(run *r, const char *code, const char *format, ...)
{
    const char *const api = runde_roads_api_name(r->manner.api);
    char sentence[200];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (r->status == RUNDE_OK && r->o->estimate_offline) {
        r->is_without = true;
        rn_diag_add(r->diag, RUNDE_WARNING, "RUNDE-W746", "",
                    "%s server: %s (%s); ways that are not known yet are "
                    "estimated",
                    api, sentence, code);
    } else if (r->status == RUNDE_OK) {
        rn_diag_add(r->diag, RUNDE_ERROR, code, "", "%s server: %s", api,
                    sentence);
    }
    end(r, RUNDE_E_SERVER);
}

static int32_t pairs_of(const rn_block *block)
{
    return block->n_sources * block->n_targets;
}

static void finish_block(run *r, rn_block *block)
{
    r->n_probes -= block->is_probe ? 1 : 0;
    rn_block_free(block);
}

/* Two halves instead of the block. */
static void halve(run *r, rn_block *block)
{
    rn_block *const before = r->ready;
    if (!rn_block_halve(&r->ready, block)) {
        end(r, RUNDE_E_NOMEM);
    } else {
        r->n_probes += block->is_probe ? 2 : 0;
        for (rn_block *half = r->ready; half != before; half = half->next) {
            half->tries = block->tries;
        }
    }
    finish_block(r, block);
}

static void set_cell(run *r, int32_t from, int32_t to, int32_t ms,
                     int32_t metres)
{
    const size_t cell = rn_table_cell(r->table, from, to);
    if (from == to) {
        return;
    }
    r->done->pairs_done += r->table->ms[cell] == RN_UNKNOWN ? 1 : 0;
    r->table->ms[cell] = ms;
    r->table->metres[cell] = metres;
}

/* ---------------------------------------------------------------- sending */

/* Takes a block that may be sent now off the stack. */
static rn_block *take_ready(run *r, double now)
{
    if (now < r->hold_until) {
        return NULL;
    }
    for (rn_block **at = &r->ready; *at != NULL; at = &(*at)->next) {
        rn_block *const block = *at;
        if (block->not_before <= now && (!block->waits || r->n_probes == 0)) {
            *at = block->next;
            return block;
        }
    }
    return NULL;
}

/* Settles what needs no question; false: the block is to be sent. */
static bool settle(run *r, rn_block *block)
{
    if (block->is_probe) {
        return false;
    }
    rn_block_prune(block, r->table);
    const bool is_empty = block->n_sources == 0 || block->n_targets == 0;
    if (is_empty || (block->n_sources == 1 && block->n_targets == 1 &&
                     block->sources[0] == block->targets[0])) {
        finish_block(r, block);
        return true;
    }
    if (pairs_of(block) > r->most_pairs && pairs_of(block) > 1) {
        halve(r, block);
        return true;
    }
    return false;
}

static int64_t most_bytes(const run *r, const rn_block *block)
{
    const int64_t most =
        BYTES_PER_ANSWER + (int64_t)BYTES_PER_CELL * pairs_of(block) +
        (int64_t)BYTES_PER_ADDRESS * (block->n_sources + block->n_targets);
    return most < r->o->max_bytes ? most : r->o->max_bytes;
}

static void send_block(run *r, int32_t slot, rn_block *block, double now)
{
    sent *const s = &r->sent[slot];
    runde_status status = rn_ask_write(&s->ask, &r->manner, r->book, block);
    if (status == RUNDE_OK) {
        const rn_http_request request = {s->ask.url, s->ask.body,
                                         most_bytes(r, block),
                                         r->begin + r->o->deadline - now};
        status = rn_http_begin(r->http, slot, &request);
    }
    if (status != RUNDE_OK) {
        rn_ask_free(&s->ask);
        finish_block(r, block);
        end(r, status);
        return;
    }
    s->block = block;
    r->n_sent++;
}

/* Fills the idle connections. */
static void send_ready(run *r)
{
    const double now = rn_clock_seconds();
    for (int32_t i = 0; i < r->o->connections; i++) {
        while (r->sent[i].block == NULL && r->status == RUNDE_OK) {
            rn_block *const block = take_ready(r, now);
            if (block == NULL) {
                return;
            }
            if (!settle(r, block)) {
                send_block(r, i, block, now);
            }
        }
    }
}

/* ---------------------------------------------------------------- replies */

/* Sends a block again after a pause, as long as the server wants or twice as
 * long as before, if there is patience left. */
static void retry(run *r, rn_block *block, const char *why, double asked)
{
    const double now = rn_clock_seconds();
    block->tries++;
    if (block->tries >= r->o->tries) {
        end_with(r, "RUNDE-E733", "%s", why);
        finish_block(r, block);
        return;
    }
    double pause = PAUSE_SECONDS * (0.5 + rn_rng_unit(&r->jitter));
    for (int32_t i = 1; i < block->tries; i++) {
        pause *= 2.0;
    }
    if (asked > 0.0) {
        pause = asked;
        r->hold_until = now + pause;
    }
    if (now + pause > r->begin + r->o->deadline) {
        end_with(r, "RUNDE-E738", "%s",
                 asked > 0.0 ? "it asks to wait for longer than the time "
                               "allowed"
                             : "no time is left to ask again");
        finish_block(r, block);
        return;
    }
    block->not_before = now + pause;
    r->done->retries++;
    rn_block_push(&r->ready, block);
}

/* Nobody knows which address the engine cannot place: those not yet known to
 * be good are asked about alone, half by half. */
static void probe(run *r, rn_block *block)
{
    const int32_t n = block->n_sources + block->n_targets;
    int32_t *const suspects = rn_calloc((size_t)n, sizeof *suspects);
    int32_t n_suspects = 0;
    if (suspects == NULL) {
        end(r, RUNDE_E_NOMEM);
        finish_block(r, block);
        return;
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t a = block->sources[i]; /* the targets follow */
        bool is_new = r->table->footing[a] == RN_FOOTING_UNKNOWN;
        for (int32_t j = 0; is_new && j < n_suspects; j++) {
            is_new = suspects[j] != a;
        }
        if (is_new) {
            suspects[n_suspects++] = a;
        }
    }
    if (n_suspects > 0) {
        rn_block *const question =
            rn_block_new(suspects, n_suspects, suspects, n_suspects);
        block->waits = true;
        rn_block_push(&r->ready, block);
        if (question == NULL) {
            end(r, RUNDE_E_NOMEM);
        } else {
            question->is_probe = true;
            r->n_probes++;
            if (n_suspects > 1 && pairs_of(question) > r->most_pairs) {
                halve(r, question);
            } else {
                rn_block_push(&r->ready, question);
            }
        }
    } else if (pairs_of(block) > 1) {
        halve(r, block);
    } else {
        set_cell(r, block->sources[0], block->targets[0], RN_NO_ROAD,
                 RN_NO_ROAD);
        finish_block(r, block);
    }
    rn_free(suspects);
}

static void mind_address(run *r, rn_block *block)
{
    if (!block->is_probe) {
        probe(r, block);
    } else if (block->n_sources > 1) {
        halve(r, block);
    } else {
        r->table->footing[block->sources[0]] = RN_FOOTING_NONE;
        finish_block(r, block);
    }
}

/* No way for some pair of the block, the server does not say which. */
static void mind_far(run *r, rn_block *block)
{
    if (pairs_of(block) > 1) {
        halve(r, block);
        return;
    }
    if (block->is_probe) {
        r->table->footing[block->sources[0]] = RN_FOOTING_GOOD;
    } else {
        set_cell(r, block->sources[0], block->targets[0], RN_NO_ROAD,
                 RN_NO_ROAD);
    }
    finish_block(r, block);
}

static void refuse(run *r, rn_block *block, long status, const char *code)
{
    end_with(r, "RUNDE-E735", "it refuses with HTTP status %ld%s%s%s", status,
             code[0] != '\0' ? " and code " : "", code,
             status >= 300 && status < 400 ? "; redirects are not followed"
             : status == 401 || status == 403
                 ? "; is there a key, and is its quota left?"
             : status == 404 ? "; is this the right path and profile?"
                             : "");
    finish_block(r, block);
}

static void mind_refusal(run *r, rn_block *block, const rn_http_reply *reply,
                         bool was_post)
{
    const rn_reason reason =
        rn_answer_reason(r->manner.api, reply->status, was_post, reply->body,
                         reply->is_json ? reply->length : 0);
    switch (reason.refusal) {
    case RN_REFUSAL_LARGE:
        if (pairs_of(block) > 1) {
            const int32_t half = pairs_of(block) / 2;
            r->most_pairs = half < r->most_pairs ? half : r->most_pairs;
            halve(r, block);
        } else {
            refuse(r, block, reply->status, reason.code);
        }
        break;
    case RN_REFUSAL_FAR:
        mind_far(r, block);
        break;
    case RN_REFUSAL_ADDRESS:
        mind_address(r, block);
        break;
    case RN_REFUSAL_LATER:
        retry(r, block,
              reply->status == 429 ? "it says again and again that requests "
                                     "are too many"
                                   : "it is out of order (HTTP status 5xx)",
              reply->retry_after);
        break;
    case RN_REFUSAL_POST:
        r->manner.post = false;
        rn_block_push(&r->ready, block);
        break;
    default:
        refuse(r, block, reply->status, reason.code);
        break;
    }
}

static void keep_snap(run *r, int32_t address, int32_t metres)
{
    r->table->footing[address] = RN_FOOTING_GOOD;
    if (metres >= 0) {
        r->table->snap[address] = metres;
    }
}

static void keep_answer(run *r, const rn_block *block, const rn_answer *answer)
{
    for (int32_t i = 0; i < block->n_sources; i++) {
        keep_snap(r, block->sources[i], answer->source_snap[i]);
        for (int32_t j = 0; j < block->n_targets; j++) {
            const size_t at = (size_t)i * (size_t)block->n_targets + (size_t)j;
            const int32_t ms = answer->ms[at];
            set_cell(r, block->sources[i], block->targets[j], ms,
                     ms < 0 ? RN_NO_ROAD : answer->metres[at]);
        }
    }
    for (int32_t j = 0; j < block->n_targets; j++) {
        keep_snap(r, block->targets[j], answer->target_snap[j]);
    }
}

static bool make_room(run *r, const rn_block *block)
{
    const size_t n = (size_t)block->n_sources + (size_t)block->n_targets;
    const size_t wanted = 2 * (size_t)pairs_of(block) + 3 * n;
    if (wanted <= r->n_room) {
        return true;
    }
    int32_t *const room = rn_realloc_array(r->room, wanted, sizeof *room);
    if (room == NULL) {
        return false;
    }
    r->room = room;
    rn_address *const asked = rn_realloc_array(r->asked, wanted, sizeof *asked);
    if (asked == NULL) {
        return false;
    }
    r->asked = asked;
    r->n_room = wanted;
    return true;
}

static void mind_answer(run *r, rn_block *block, const rn_http_reply *reply)
{
    if (!make_room(r, block)) {
        end(r, RUNDE_E_NOMEM);
        finish_block(r, block);
        return;
    }
    const int32_t n = block->n_sources + block->n_targets;
    for (int32_t i = 0; i < n; i++) {
        r->asked[i] = r->book->address[block->sources[i]];
    }
    rn_answer answer = {.n_sources = block->n_sources,
                        .n_targets = block->n_targets,
                        .ms = r->room,
                        .metres = r->room + pairs_of(block),
                        .source = r->asked,
                        .target = r->asked + block->n_sources};
    answer.source_snap = answer.metres + pairs_of(block);
    answer.target_snap = answer.source_snap + block->n_sources;
    const char *wrong = NULL;
    switch (rn_answer_read(&answer, r->manner.api, reply->body, reply->length,
                           &wrong)) {
    case RN_READING_GOOD:
        keep_answer(r, block, &answer);
        finish_block(r, block);
        break;
    case RN_READING_BROKEN:
        retry(r, block, "its answer is not JSON, or ends too early", 0.0);
        break;
    default:
        end_with(r, "RUNDE-E736", "its answer is not the matrix asked for: %s",
                 wrong);
        finish_block(r, block);
        break;
    }
}

static void mind_timeout(run *r, rn_block *block)
{
    /* libcurl's clock and ours may differ by a tick. */
    if (rn_clock_seconds() + GLANCE_SECONDS >= r->begin + r->o->deadline) {
        end_with(r, "RUNDE-E738", "no answer in the time allowed");
        finish_block(r, block);
    } else if (pairs_of(block) > 1 && block->tries + 1 < r->o->tries) {
        /* Perhaps it was too much to compute. */
        block->tries++;
        r->done->retries++;
        halve(r, block);
    } else {
        retry(r, block, "no answer in time, or a connection gone silent", 0.0);
    }
}

static void mind_reply(run *r, rn_block *block, const rn_http_reply *reply,
                       bool was_post)
{
    r->done->requests++;
    switch (reply->outcome) {
    case RN_HTTP_ANSWERED:
        if (reply->status != 200) {
            mind_refusal(r, block, reply, was_post);
            return;
        }
        if (reply->is_json) {
            mind_answer(r, block, reply);
            return;
        }
        end_with(r, "RUNDE-E736",
                 "its answer is not JSON but something else, perhaps the "
                 "page of a login");
        break;
    case RN_HTTP_UNREACHABLE:
        retry(r, block, "no connection to it", 0.0);
        return;
    case RN_HTTP_TIMEOUT:
        mind_timeout(r, block);
        return;
    case RN_HTTP_CUT:
        retry(r, block, "the connection ended before the answer did", 0.0);
        return;
    case RN_HTTP_UNTRUSTED:
        end_with(r, "RUNDE-E734",
                 "its certificate is not trusted, or it speaks no TLS");
        break;
    case RN_HTTP_TOO_LARGE:
        end_with(r, "RUNDE-E737",
                 "its answer is larger than any honest one can be");
        break;
    case RN_HTTP_NO_MEMORY:
        end(r, RUNDE_E_NOMEM);
        break;
    default:
        end_with(r, "RUNDE-E735", "it does not speak HTTP as we know it");
        break;
    }
    finish_block(r, block);
}

/* ----------------------------------------------------------------- the run */

/* Tells how far it has come; ends the run when that is asked for, or when
 * time is up. */
static void glance(run *r)
{
    const double now = rn_clock_seconds();
    r->done->seconds = now - r->begin;
    if (r->done->seconds > r->o->deadline) {
        end_with(r, "RUNDE-E738", "not all was answered in the time allowed");
    }
    if (r->o->progress != NULL && now - r->last_told >= GLANCE_SECONDS) {
        r->last_told = now;
        if (r->o->progress(r->done, r->o->progress_payload) != 0) {
            end(r, RUNDE_E_STOPPED);
        }
    }
}

static void converse(run *r)
{
    while (r->status == RUNDE_OK && (r->ready != NULL || r->n_sent > 0)) {
        rn_http_reply reply;
        send_ready(r);
        glance(r);
        if (r->status != RUNDE_OK || (r->ready == NULL && r->n_sent == 0)) {
            break;
        }
        const int32_t slot = rn_http_wait(r->http, GLANCE_SECONDS, &reply);
        if (slot == RUNDE_NONE) {
            continue;
        }
        sent *const s = &r->sent[slot];
        rn_block *const block = s->block;
        const bool was_post = s->ask.body != NULL;
        s->block = NULL;
        r->n_sent--;
        mind_reply(r, block, &reply, was_post);
        rn_ask_free(&s->ask);
    }
}

static runde_status begin(run *r)
{
    const runde_roads_options *const o = r->o;
    const rn_http_config config = {
        o->connections, o->proxy, o->ca_file,
        r->manner.api == RUNDE_ROADS_ORS ? o->key : NULL, o->patience};
    rn_block_limits limits = rn_ask_limits(o->api);
    if (o->block > 0) {
        limits.side = o->block;
        limits.addresses = 2 * o->block;
        limits.pairs = o->block * o->block;
    }
    r->most_pairs = limits.pairs;
    const runde_status status = rn_http_new(&r->http, &config);
    return status != RUNDE_OK ? status
                              : rn_block_cut(&r->ready, r->table, &limits);
}

runde_status rn_fetch(rn_table *table, const rn_book *book,
                      const rn_manner *manner,
                      const runde_roads_options *options,
                      runde_roads_progress *done, runde_diag *diag)
{
    run r;
    memset(&r, 0, sizeof r);
    r.table = table;
    r.book = book;
    r.manner = *manner;
    r.o = options;
    r.done = done;
    r.diag = diag;
    r.begin = rn_clock_seconds();
    r.last_told = r.begin - GLANCE_SECONDS;
    /* Two clients that were cut off together shall not come back together. */
    rn_rng_init(&r.jitter, (uint64_t)(r.begin * 1e9), 0);
    end(&r, begin(&r));
    converse(&r);
    done->seconds = rn_clock_seconds() - r.begin;
    rn_http_free(r.http);
    for (int32_t i = 0; i < RN_HTTP_SLOTS; i++) {
        rn_block_free(r.sent[i].block);
        rn_ask_free(&r.sent[i].ask);
    }
    rn_block_free_all(r.ready);
    rn_free(r.room);
    rn_free(r.asked);
    return r.is_without ? RUNDE_OK : r.status;
}
