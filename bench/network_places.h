/* SPDX-License-Identifier: MIT */
/** @file network_places.h
 *  A road network's tables, and homes along its streets. */
#ifndef RUNDE_NETWORK_PLACES_H
#define RUNDE_NETWORK_PLACES_H

#include <runde/runde.h>

/** Two tables, each ending with NUL. */
typedef struct network_tables {
    char *nodes;
    char *edges;
} network_tables;

/** Reads both files; what goes wrong is said on standard error. */
bool network_tables_read(network_tables *out, const char *nodes,
                         const char *edges);

void network_tables_free(network_tables *tables);

/** Reads the network; NULL, and the first finding on standard error, when it
 *  has errors. */
runde_network *network_of_tables(const network_tables *tables);

/** `n` places up to 30 m beside streets where people live, each metre of
 *  street as likely as another; the same at every call. Understands tables
 *  that begin with the columns node, lat, lon and from, to, length_m, node
 *  numbers running from 0. NULL when there is none, or without memory. */
runde_place *network_places(const network_tables *tables, int32_t n);

#endif
