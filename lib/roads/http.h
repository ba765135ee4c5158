/* SPDX-License-Identifier: MIT */
/** @file http.h
 *  Several HTTP requests at a time, hardened: nothing but http and https, no
 *  redirects, no proxy and no password file behind the caller's back,
 *  certificates verified, a bound on bytes and on time. The only door to
 *  libcurl. */
#ifndef RN_ROADS_HTTP_H
#define RN_ROADS_HTTP_H

#include <runde/types.h>

/** Most connections at a time. */
#define RN_HTTP_SLOTS 16

typedef struct rn_http rn_http;

/** Holds for every request. The strings must outlive it. */
typedef struct rn_http_config {
    int32_t slots;         /**< 1 to RN_HTTP_SLOTS */
    const char *proxy;     /**< NULL: none */
    const char *ca_file;   /**< NULL: the system's certificates */
    const char *authorise; /**< value of an Authorization header, or NULL */
    double patience;       /**< seconds without a byte */
} rn_http_config;

typedef struct rn_http_request {
    const char *url;
    const char *body;  /**< JSON to POST, or NULL: GET; must live meanwhile */
    int64_t max_bytes; /**< of the answer, decoded */
    double seconds;    /**< for all of it */
} rn_http_request;

typedef enum rn_http_outcome {
    RN_HTTP_ANSWERED = 0, /**< there is a status */
    RN_HTTP_UNREACHABLE,  /**< no connection */
    RN_HTTP_TIMEOUT,
    RN_HTTP_CUT,       /**< the connection ended before the answer did */
    RN_HTTP_UNTRUSTED, /**< the certificate, or no TLS at all */
    RN_HTTP_TOO_LARGE,
    RN_HTTP_NO_MEMORY,
    RN_HTTP_FAILED /**< anything else */
} rn_http_outcome;

typedef struct rn_http_reply {
    rn_http_outcome outcome;
    long status;
    bool is_json;     /**< the content type says so */
    const char *body; /**< until the slot is used again */
    size_t length;
    double retry_after; /**< seconds, or 0 when the server does not say */
} rn_http_reply;

/** What is wrong with the address of a server, a literal; NULL when nothing
 *  is. Without `allow_http` plain http is for this machine only. */
const char *rn_http_judge(const char *url, bool allow_http);

/** @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_http_new(rn_http **out,
                                       const rn_http_config *config);
/** Ends what is under way. NULL is fine. */
void rn_http_free(rn_http *http);

/** Sends a request; `slot` must be idle.
 *  @return RUNDE_E_NOMEM */
RUNDE_CHECKED runde_status rn_http_begin(rn_http *http, int32_t slot,
                                         const rn_http_request *request);

/** Waits, `seconds` at most, until one of the requests has ended; also when
 *  there is none.
 *  @return its slot, idle again; RUNDE_NONE for none */
int32_t rn_http_wait(rn_http *http, double seconds, rn_http_reply *reply);

#endif
