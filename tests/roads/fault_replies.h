/* SPDX-License-Identifier: MIT */
/* What the server of fault_server.h says. */
#ifndef RN_FAULT_REPLIES_H
#define RN_FAULT_REPLIES_H

#include <stdbool.h>
#include <stddef.h>

/* Sends bytes; false when the client is gone. */
bool fault_send(void *connection, const char *bytes, size_t length);
/* Waits; false when the client is gone or the server stops. */
bool fault_pause(void *connection, int ms);
/* The most requests that have waited at the same time. */
int fault_most_open(void *connection);
/* The request no longer waits; sending says so by itself. */
void fault_answered(void *connection);
/* Writes the header that says where a redirect leads. */
void fault_location(void *connection, char *header, size_t size);
/* The next close is a reset. */
void fault_reset(void *connection);

/* Answers one request, the `played`-th of its fault.
 * @return whether the connection goes on */
bool fault_reply(void *connection, const char *request, int played);

#endif
