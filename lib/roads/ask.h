/* SPDX-License-Identifier: MIT */
/** @file ask.h
 *  What is sent: the request for a block, as each API wants it. */
#ifndef RN_ROADS_ASK_H
#define RN_ROADS_ASK_H

#include "roads/block.h"
#include "roads/book.h"

#include <runde/roads.h>

/** The engine's name for a mode of travel, "driving" for "car"; NULL when
 *  there is none. */
const char *rn_ask_profile(runde_roads_api api, const char *mode);

/** How large a block an API takes by default. */
rn_block_limits rn_ask_limits(runde_roads_api api);

/** How to ask, settled. */
typedef struct rn_manner {
    runde_roads_api api;
    const char *server; /**< without a slash at the end */
    const char *profile;
    const char *key;
    bool post;
    bool concise;
} rn_manner;

/** A request; free the texts with rn_free. */
typedef struct rn_ask {
    char *url;
    char *body; /**< JSON to POST, or NULL: GET */
} rn_ask;

/** @return RUNDE_E_NOMEM with nothing to free */
RUNDE_CHECKED runde_status rn_ask_write(rn_ask *ask, const rn_manner *manner,
                                        const rn_book *book,
                                        const rn_block *block);
void rn_ask_free(rn_ask *ask);

#endif
