/* SPDX-License-Identifier: MIT */
/* A road engine on this machine that behaves as badly as it is told to.
 *
 * It speaks all four APIs on one port. The first part of the path names the
 * fault it plays, "http://127.0.0.1:PORT/truncated"; what is behind it is the
 * API's own. Times and distances come from the coordinates alone and differ
 * there and back, so a test knows what every cell must be. */
#ifndef RN_FAULT_SERVER_H
#define RN_FAULT_SERVER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fault_server fault_server;

/* A server that listens; NULL when there is no port to be had. */
fault_server *fault_server_start(void);
void fault_server_stop(fault_server *server);
int fault_server_port(const fault_server *server);

/* Requests since the last call. */
int fault_server_requests(fault_server *server);
/* Whether a text was in any request since the last call. */
bool fault_server_saw(fault_server *server, const char *text);
/* All requests since the last call, one behind the other; free it. */
char *fault_server_log(fault_server *server);
/* The most requests that waited for an answer at the same time. */
int fault_server_most_open(fault_server *server);
/* Connections that were made to it, whatever came over them. */
int fault_server_calls(fault_server *server);
/* Whether it hangs up on everybody, whatever they ask. */
void fault_server_fail(fault_server *server, bool is_down);
/* Where the fault "redirect" sends people; before the first request. */
void fault_server_redirect(fault_server *server, const char *scheme, int port);
/* Begins anew: counts, and what was seen. */
void fault_server_reset(fault_server *server);

/* What it answers for two points, in steps of 10^-5 degrees. */
int32_t fault_server_seconds(const int32_t from[2], const int32_t to[2]);
int32_t fault_server_metres(const int32_t from[2], const int32_t to[2]);

#endif
