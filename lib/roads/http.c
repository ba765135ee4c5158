/* SPDX-License-Identifier: MIT */
#include "roads/http.h"

#include "base/alloc.h"

#include <curl/curl.h>

#include <string.h>

#define CONNECT_MS 3000L
#define FIRST_BYTES ((size_t)16 << 10)
#define SLOW_BYTES_PER_S 1L
/* Larger numbers in X-RateLimit-Reset are moments, not seconds to wait. */
#define LONGEST_RESET 1e8

/* One connection. */
typedef struct slot {
    CURL *easy;
    bool is_busy;
    char *body;
    size_t length;
    size_t room;
    size_t max_bytes;
    bool is_too_large;
    bool is_out_of_memory;
    double reset; /* X-RateLimit-Reset */
    double date;  /* Date, seconds since 1970 */
} slot;

struct rn_http {
    CURLM *multi;
    struct curl_slist *get_headers;
    struct curl_slist *post_headers;
    rn_http_config config;
    slot slots[RN_HTTP_SLOTS];
};

/* ------------------------------------------------------------- addresses */

/* A host that is this machine. libcurl has turned 0x7f.1 into 127.0.0.1. */
static bool is_loopback(const char *host)
{
    static const char name[] = "localhost";
    size_t i = 0;
    while (i < sizeof name &&
           (host[i] == name[i] || (host[i] >= 'A' && host[i] <= 'Z' &&
                                   host[i] - 'A' + 'a' == name[i]))) {
        i++;
    }
    if (i == sizeof name || strcmp(host, "[::1]") == 0) {
        return true;
    }
    const size_t n = strlen(host);
    return strncmp(host, "127.", 4) == 0 && n <= 15 &&
           strspn(host, "0123456789.") == n;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    const bool has = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

static const char *judge_parts(CURLU *url, bool allow_http)
{
    char *scheme = NULL;
    char *host = NULL;
    const char *wrong = NULL;
    if (curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        host[0] == '\0') {
        wrong = "it names no host";
    } else if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0) {
        wrong = "it must begin with http:// or https://";
    } else if (has_part(url, CURLUPART_USER) ||
               has_part(url, CURLUPART_PASSWORD)) {
        wrong = "it must not hold a name or password";
    } else if (has_part(url, CURLUPART_QUERY) ||
               has_part(url, CURLUPART_FRAGMENT)) {
        wrong = "it must not hold a query, \"?\", or a fragment, \"#\"";
    } else if (strcmp(scheme, "http") == 0 && !allow_http &&
               !is_loopback(host)) {
        wrong = "plain http to another machine must be allowed expressly: "
                "anybody on the way could read where clients live";
    }
    curl_free(scheme);
    curl_free(host);
    return wrong;
}

const char *rn_http_judge(const char *url, bool allow_http)
{
    if (strlen(url) > 1000) {
        return "it is longer than 1000 characters";
    }
    for (const char *c = url; *c != '\0'; c++) {
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F) {
            return "it holds blanks, control characters or letters beyond "
                   "ASCII";
        }
    }
    /* libcurl would take "https:///x" for the host "x". */
    if (strstr(url, ":///") != NULL || strstr(url, "://") == NULL) {
        return "it must begin with http:// or https:// and a host";
    }
    CURLU *const parts = curl_url();
    if (parts == NULL) {
        return "it could not be looked at for want of memory";
    }
    const char *wrong = "it is not a URL";
    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) ==
        CURLUE_OK) {
        wrong = judge_parts(parts, allow_http);
    }
    curl_url_cleanup(parts);
    return wrong;
}

/* ------------------------------------------------------------- callbacks */

static bool make_room(slot *s, size_t wanted)
{
    size_t room = s->room == 0 ? FIRST_BYTES : s->room;
    while (room < wanted) {
        room *= 2;
    }
    if (room == s->room) {
        return true;
    }
    char *const body = rn_realloc(s->body, room);
    if (body == NULL) {
        s->is_out_of_memory = true;
        return false;
    }
    s->body = body;
    s->room = room;
    return true;
}

/* libcurl's own limit looks at the announced length only, and not at what a
 * small body is unpacked to. */
static size_t take_body(char *bytes, size_t size, size_t n, void *payload)
{
    slot *const s = payload;
    const size_t more = size * n;
    if (more > s->max_bytes - s->length) {
        s->is_too_large = true;
        return 0;
    }
    if (!make_room(s, s->length + more)) {
        return 0;
    }
    memcpy(s->body + s->length, bytes, more);
    s->length += more;
    return more;
}

/* A header's value if it has this name, else NULL. */
static const char *header_value(const char *line, size_t length,
                                const char *name)
{
    const size_t n = strlen(name);
    if (length <= n || line[n] != ':') {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        const char c = line[i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != name[i]) {
            return NULL;
        }
    }
    return line + n + 1;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *payload)
{
    slot *const s = payload;
    const size_t length = size * n;
    const char *value = header_value(bytes, length, "x-ratelimit-reset");
    if (value != NULL) {
        s->reset = 0.0;
        for (; value < bytes + length; value++) {
            if (*value >= '0' && *value <= '9' && s->reset < 1e12) {
                s->reset = s->reset * 10.0 + (*value - '0');
            } else if (*value != ' ') {
                break;
            }
        }
    }
    value = header_value(bytes, length, "date");
    char date[64];
    const size_t rest = value == NULL ? 0 : (size_t)(bytes + length - value);
    if (value != NULL && rest < sizeof date) {
        memcpy(date, value, rest);
        date[rest] = '\0';
        s->date = (double)curl_getdate(date, NULL);
    }
    return length;
}

/* ----------------------------------------------------------- life cycle */

#define SET(option, value)                                                     \
    (good = good && curl_easy_setopt(easy, option, value) == CURLE_OK)

static bool set_limits(CURL *easy, double seconds)
{
    const long patience = seconds < 1.0      ? 1L
                          : seconds > 3600.0 ? 3600L
                                             : (long)seconds;
    bool good = true;
    SET(CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
    SET(CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_PER_S);
    SET(CURLOPT_LOW_SPEED_TIME, patience);
    SET(CURLOPT_NOPROGRESS, 1L);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_HEADERFUNCTION, take_header);
    return good;
}

/* What holds for every request, by one who trusts nobody. */
static bool harden(CURL *easy, const rn_http_config *config)
{
    bool good = set_limits(easy, config->patience);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROXY, config->proxy == NULL ? "" : config->proxy);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_FAILONERROR, 0L);
    SET(CURLOPT_USERAGENT, "runde-roads");
    if (config->ca_file != NULL) {
        SET(CURLOPT_CAINFO, config->ca_file);
        SET(CURLOPT_CAPATH, NULL);
    }
    return good;
}

static bool add_header(struct curl_slist **list, const char *line)
{
    struct curl_slist *const longer = curl_slist_append(*list, line);
    if (longer != NULL) {
        *list = longer;
    }
    return longer != NULL;
}

static bool make_headers(rn_http *http)
{
    static const char name[] = "Authorization: ";
    bool good =
        add_header(&http->get_headers, "Accept: application/json") &&
        add_header(&http->post_headers, "Accept: application/json") &&
        add_header(&http->post_headers, "Content-Type: application/json") &&
        /* No round trip to ask whether the body may come. */
        add_header(&http->post_headers, "Expect:");
    const char *const value = http->config.authorise;
    if (good && value != NULL) {
        const size_t n = strlen(value);
        char *const line = rn_malloc(sizeof name + n);
        if (line == NULL) {
            return false;
        }
        memcpy(line, name, sizeof name - 1);
        memcpy(line + sizeof name - 1, value, n + 1);
        good = add_header(&http->get_headers, line) &&
               add_header(&http->post_headers, line);
        rn_free(line);
    }
    return good;
}

runde_status rn_http_new(rn_http **out, const rn_http_config *config)
{
    *out = NULL;
    rn_http *const http = rn_calloc(1, sizeof *http);
    if (http == NULL) {
        return RUNDE_E_NOMEM;
    }
    http->config = *config;
    /* Counted and safe from any thread; what it makes belongs to the process
     * and is never taken back, which others might still be using. */
    bool good = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    http->multi = good ? curl_multi_init() : NULL;
    good = http->multi != NULL && make_headers(http);
    for (int32_t i = 0; good && i < config->slots; i++) {
        http->slots[i].easy = curl_easy_init();
        good =
            http->slots[i].easy != NULL && harden(http->slots[i].easy, config);
    }
    if (!good) {
        rn_http_free(http);
        return RUNDE_E_NOMEM;
    }
    *out = http;
    return RUNDE_OK;
}

void rn_http_free(rn_http *http)
{
    if (http == NULL) {
        return;
    }
    for (int32_t i = 0; i < RN_HTTP_SLOTS; i++) {
        slot *const s = &http->slots[i];
        if (s->is_busy) {
            (void)curl_multi_remove_handle(http->multi, s->easy);
        }
        curl_easy_cleanup(s->easy);
        rn_free(s->body);
    }
    curl_slist_free_all(http->get_headers);
    curl_slist_free_all(http->post_headers);
    if (http->multi != NULL) {
        (void)curl_multi_cleanup(http->multi);
    }
    rn_free(http);
}

/* -------------------------------------------------------------- requests */

runde_status rn_http_begin(rn_http *http, int32_t slot_index,
                           const rn_http_request *request)
{
    slot *const s = &http->slots[slot_index];
    CURL *const easy = s->easy;
    const double most = request->seconds > 86400.0 ? 86400.0 : request->seconds;
    const long ms = most < 0.001 ? 1L : (long)(most * 1000.0);
    bool good = true;
    s->length = 0;
    s->is_too_large = false;
    s->is_out_of_memory = false;
    s->reset = 0.0;
    s->date = -1.0;
    s->max_bytes = (size_t)request->max_bytes;
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_TIMEOUT_MS, ms);
    SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->max_bytes);
    SET(CURLOPT_WRITEDATA, s);
    SET(CURLOPT_HEADERDATA, s);
    if (request->body != NULL) {
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(request->body));
        SET(CURLOPT_POSTFIELDS, request->body);
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_HTTPHEADER, http->post_headers);
    } else {
        SET(CURLOPT_HTTPGET, 1L);
        SET(CURLOPT_HTTPHEADER, http->get_headers);
    }
    if (!good || curl_multi_add_handle(http->multi, easy) != CURLM_OK) {
        return RUNDE_E_NOMEM;
    }
    s->is_busy = true;
    return RUNDE_OK;
}

#undef SET

static rn_http_outcome outcome_of(const slot *s, CURLcode code)
{
    if (s->is_out_of_memory) {
        return RN_HTTP_NO_MEMORY;
    }
    if (s->is_too_large) {
        return RN_HTTP_TOO_LARGE;
    }
    switch (code) {
    case CURLE_OK:
        return RN_HTTP_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        return RN_HTTP_UNREACHABLE;
    case CURLE_OPERATION_TIMEDOUT:
        return RN_HTTP_TIMEOUT;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return RN_HTTP_CUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return RN_HTTP_UNTRUSTED;
    case CURLE_FILESIZE_EXCEEDED:
        return RN_HTTP_TOO_LARGE;
    case CURLE_OUT_OF_MEMORY:
        return RN_HTTP_NO_MEMORY;
    default:
        return RN_HTTP_FAILED;
    }
}

/* Whether the content type is application/json, or something+json. */
static bool says_json(const char *type)
{
    if (type == NULL) {
        return false;
    }
    const size_t n = strcspn(type, "; ");
    return (n == 16 && strncmp(type, "application/json", n) == 0) ||
           (n > 5 && strncmp(type + n - 5, "+json", 5) == 0);
}

/* Seconds that the server asks us to wait, by either of its headers. */
static double retry_after(const slot *s)
{
    curl_off_t seconds = 0;
    if (curl_easy_getinfo(s->easy, CURLINFO_RETRY_AFTER, &seconds) ==
            CURLE_OK &&
        seconds > 0) {
        return (double)seconds;
    }
    if (s->reset > LONGEST_RESET) {
        return s->date > 0.0 && s->reset > s->date ? s->reset - s->date : 0.0;
    }
    return s->reset;
}

static void read_reply(slot *s, CURLcode code, rn_http_reply *reply)
{
    const char *type = NULL;
    memset(reply, 0, sizeof *reply);
    reply->outcome = outcome_of(s, code);
    reply->body = s->body == NULL ? "" : s->body;
    reply->length = s->length;
    (void)curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &reply->status);
    if (curl_easy_getinfo(s->easy, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK) {
        reply->is_json = says_json(type);
    }
    reply->retry_after = retry_after(s);
}

/* The next request that has ended, if there is one. */
static int32_t next_done(rn_http *http, rn_http_reply *reply)
{
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(http->multi, &left);
    while (message != NULL && message->msg != CURLMSG_DONE) {
        message = curl_multi_info_read(http->multi, &left);
    }
    if (message == NULL) {
        return RUNDE_NONE;
    }
    int32_t i = 0;
    while (http->slots[i].easy != message->easy_handle) {
        i++;
    }
    const CURLcode code = message->data.result;
    (void)curl_multi_remove_handle(http->multi, http->slots[i].easy);
    http->slots[i].is_busy = false;
    read_reply(&http->slots[i], code, reply);
    return i;
}

int32_t rn_http_wait(rn_http *http, double seconds, rn_http_reply *reply)
{
    int running = 0;
    (void)curl_multi_perform(http->multi, &running);
    int32_t done = next_done(http, reply);
    if (done == RUNDE_NONE && seconds > 0.0) {
        const int ms = seconds > 10.0 ? 10000 : (int)(seconds * 1000.0) + 1;
        (void)curl_multi_poll(http->multi, NULL, 0, ms, NULL);
        (void)curl_multi_perform(http->multi, &running);
        done = next_done(http, reply);
    }
    return done;
}
