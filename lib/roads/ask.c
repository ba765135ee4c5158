/* SPDX-License-Identifier: MIT */
#include "roads/ask.h"

#include "base/alloc.h"
#include "io/text.h"

#include <string.h>

const char *rn_ask_profile(runde_roads_api api, const char *mode)
{
    static const char *const modes[] = {"car", "bicycle", "walk"};
    static const char *const names[RUNDE_ROADS_APIS][3] = {
        [RUNDE_ROADS_OSRM] = {"driving", "cycling", "walking"},
        [RUNDE_ROADS_VALHALLA] = {"auto", "bicycle", "pedestrian"},
        [RUNDE_ROADS_ORS] = {"driving-car", "cycling-regular", "foot-walking"},
        [RUNDE_ROADS_GRAPHHOPPER] = {"car", "bike", "foot"},
    };
    for (int i = 0; i < 3; i++) {
        if (strcmp(modes[i], mode) == 0) {
            return names[api][i];
        }
    }
    return NULL;
}

rn_block_limits rn_ask_limits(runde_roads_api api)
{
    /* OSRM allows 100 x 100, if not told otherwise; 200 addresses in a URL
     * are 5 kB, and proxies cut at 8. The others allow 2,500 pairs. */
    static const rn_block_limits osrm = {100, 200, 10000};
    static const rn_block_limits others = {2500, 2501, 2500};
    return api == RUNDE_ROADS_OSRM ? osrm : others;
}

static void put_coordinate(rn_text *t, int32_t steps)
{
    rn_text_decimal(t, (double)steps / RN_BOOK_STEPS);
}

/* "lon,lat", the order of all but Valhalla. */
static void put_pair(rn_text *t, rn_address address)
{
    put_coordinate(t, address.lon);
    rn_text_puts(t, ",");
    put_coordinate(t, address.lat);
}

/* ------------------------------------------------- one list of addresses */

/* APIs with one list of coordinates and indices into it. The targets follow
 * the sources, those that are sources already are not repeated. */
typedef struct joint {
    int32_t n;
    int32_t *address;
    int32_t *target_at; /* where the targets stand */
    bool is_square;     /* the targets are the sources */
} joint;

static bool join(joint *out, const rn_block *block)
{
    const int32_t n = block->n_sources + block->n_targets;
    memset(out, 0, sizeof *out);
    out->address = rn_calloc((size_t)n, sizeof *out->address);
    out->target_at = rn_calloc((size_t)n, sizeof *out->target_at);
    if (out->address == NULL || out->target_at == NULL) {
        rn_free(out->address);
        rn_free(out->target_at);
        return false;
    }
    memcpy(out->address, block->sources,
           (size_t)block->n_sources * sizeof *out->address);
    out->n = block->n_sources;
    out->is_square = block->n_sources == block->n_targets;
    for (int32_t j = 0; j < block->n_targets; j++) {
        int32_t at = 0;
        while (at < block->n_sources &&
               block->sources[at] != block->targets[j]) {
            at++;
        }
        if (at == block->n_sources) {
            at = out->n++;
            out->address[at] = block->targets[j];
        }
        out->target_at[j] = at;
        out->is_square = out->is_square && at == j;
    }
    return true;
}

static void leave(joint *j)
{
    rn_free(j->address);
    rn_free(j->target_at);
}

/* Indices, each in `quote` and `separator` between them. */
static void put_indices(rn_text *t, const int32_t *at, int32_t n,
                        const char *quote, const char *separator)
{
    for (int32_t i = 0; i < n; i++) {
        rn_text_puts(t, i == 0 ? "" : separator);
        rn_text_puts(t, quote);
        rn_text_int(t, at == NULL ? i : at[i]);
        rn_text_puts(t, quote);
    }
}

static void put_osrm_query(rn_text *t, const joint *all, const rn_book *book,
                           const rn_block *block)
{
    for (int32_t i = 0; i < all->n; i++) {
        rn_text_puts(t, i == 0 ? "" : ";");
        put_pair(t, book->address[all->address[i]]);
    }
    rn_text_puts(t, "?annotations=duration,distance&generate_hints=false");
    if (!all->is_square) {
        rn_text_puts(t, "&sources=");
        put_indices(t, NULL, block->n_sources, "", ";");
        rn_text_puts(t, "&destinations=");
        put_indices(t, all->target_at, block->n_targets, "", ";");
    }
}

static void put_list(rn_text *t, const char *key, const rn_book *book,
                     const int32_t *address, int32_t n)
{
    rn_text_puts(t, "\"");
    rn_text_puts(t, key);
    rn_text_puts(t, "\":[");
    for (int32_t i = 0; i < n; i++) {
        rn_text_puts(t, i == 0 ? "[" : ",[");
        put_pair(t, book->address[address[i]]);
        rn_text_puts(t, "]");
    }
    rn_text_puts(t, "]");
}

static void put_joint_body(rn_text *t, const joint *all, const rn_book *book,
                           const rn_block *block, bool is_osrm)
{
    const char *const quote = is_osrm ? "" : "\"";
    rn_text_puts(t, "{");
    put_list(t, is_osrm ? "coordinates" : "locations", book, all->address,
             all->n);
    if (!all->is_square) {
        rn_text_puts(t, ",\"sources\":[");
        put_indices(t, NULL, block->n_sources, quote, ",");
        rn_text_puts(t, "],\"destinations\":[");
        put_indices(t, all->target_at, block->n_targets, quote, ",");
        rn_text_puts(t, "]");
    }
    rn_text_puts(t, is_osrm ? ",\"annotations\":[\"duration\",\"distance\"],"
                              "\"generate_hints\":false}"
                            : ",\"metrics\":[\"duration\",\"distance\"],"
                              "\"units\":\"m\",\"resolve_locations\":false}");
}

/* ------------------------------------------------ two lists of addresses */

static void put_valhalla_list(rn_text *t, const char *key, const rn_book *book,
                              const int32_t *address, int32_t n)
{
    rn_text_puts(t, "\"");
    rn_text_puts(t, key);
    rn_text_puts(t, "\":[");
    for (int32_t i = 0; i < n; i++) {
        const rn_address *const at = &book->address[address[i]];
        rn_text_puts(t, i == 0 ? "{\"lat\":" : ",{\"lat\":");
        put_coordinate(t, at->lat);
        rn_text_puts(t, ",\"lon\":");
        put_coordinate(t, at->lon);
        rn_text_puts(t, "}");
    }
    rn_text_puts(t, "],");
}

static void put_valhalla_body(rn_text *t, const rn_manner *manner,
                              const rn_book *book, const rn_block *block)
{
    rn_text_puts(t, "{");
    put_valhalla_list(t, "sources", book, block->sources, block->n_sources);
    put_valhalla_list(t, "targets", book, block->targets, block->n_targets);
    rn_text_puts(t, "\"costing\":");
    rn_text_quote(t, manner->profile);
    rn_text_puts(t, ",\"units\":\"kilometers\",\"verbose\":");
    rn_text_puts(t, manner->concise ? "false}" : "true}");
}

static void put_graphhopper_body(rn_text *t, const rn_manner *manner,
                                 const rn_book *book, const rn_block *block)
{
    rn_text_puts(t, "{\"profile\":");
    rn_text_quote(t, manner->profile);
    rn_text_puts(t, ",");
    put_list(t, "from_points", book, block->sources, block->n_sources);
    rn_text_puts(t, ",");
    put_list(t, "to_points", book, block->targets, block->n_targets);
    rn_text_puts(t, ",\"out_arrays\":[\"times\",\"distances\"],"
                    "\"fail_fast\":false}");
}

/* ---------------------------------------------------------------- requests */

static void put_url(rn_text *t, const rn_manner *manner)
{
    rn_text_puts(t, manner->server);
    switch (manner->api) {
    case RUNDE_ROADS_OSRM:
        rn_text_puts(t, "/table/v1/");
        rn_text_puts(t, manner->profile);
        break;
    case RUNDE_ROADS_VALHALLA:
        rn_text_puts(t, "/sources_to_targets");
        break;
    case RUNDE_ROADS_ORS:
        rn_text_puts(t, "/v2/matrix/");
        rn_text_puts(t, manner->profile);
        break;
    default:
        rn_text_puts(t, "/matrix");
        if (manner->key != NULL) {
            rn_text_puts(t, "?key=");
            rn_text_puts(t, manner->key);
        }
        break;
    }
}

static void put_body(rn_text *t, const rn_manner *manner, const rn_book *book,
                     const rn_block *block, const joint *all)
{
    switch (manner->api) {
    case RUNDE_ROADS_VALHALLA:
        put_valhalla_body(t, manner, book, block);
        break;
    case RUNDE_ROADS_GRAPHHOPPER:
        put_graphhopper_body(t, manner, book, block);
        break;
    default:
        put_joint_body(t, all, book, block, manner->api == RUNDE_ROADS_OSRM);
        break;
    }
}

runde_status rn_ask_write(rn_ask *ask, const rn_manner *manner,
                          const rn_book *book, const rn_block *block)
{
    const bool is_get = manner->api == RUNDE_ROADS_OSRM && !manner->post;
    rn_text url;
    rn_text body;
    joint all;
    memset(ask, 0, sizeof *ask);
    if (!join(&all, block)) {
        return RUNDE_E_NOMEM;
    }
    rn_text_init(&url);
    rn_text_init(&body);
    put_url(&url, manner);
    if (is_get) {
        rn_text_puts(&url, "/");
        put_osrm_query(&url, &all, book, block);
    } else {
        put_body(&body, manner, book, block, &all);
    }
    leave(&all);
    runde_status status = rn_text_take(&url, &ask->url, NULL);
    if (status == RUNDE_OK && !is_get) {
        status = rn_text_take(&body, &ask->body, NULL);
    }
    if (status != RUNDE_OK) {
        rn_text_free(&body);
        rn_ask_free(ask);
    }
    return status;
}

void rn_ask_free(rn_ask *ask)
{
    rn_free(ask->url);
    rn_free(ask->body);
    memset(ask, 0, sizeof *ask);
}
