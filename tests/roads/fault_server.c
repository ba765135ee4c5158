/* SPDX-License-Identifier: MIT */
#include "fault_server.h"

#include "fault_replies.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_THREADS 4096
#define MOST_REQUEST (1 << 20)
#define LOG_BYTES (4 << 20)

struct fault_server {
    int listener;
    int port;
    int stop[2]; /* a pipe: readable when all shall end */
    pthread_t main;
    pthread_t threads[MOST_THREADS];
    int n_threads;
    pthread_mutex_t lock;
    int n_requests;
    int n_played; /* requests of the fault at hand */
    int n_open;   /* requests not answered yet */
    int most_open;
    int n_calls; /* connections taken */
    int is_down; /* hangs up on everybody */
    char elsewhere[64];
    char *log;
    size_t log_length;
};

/* A connection and its server. */
typedef struct line {
    fault_server *server;
    int fd;
    bool is_open; /* a request waits for its answer */
} line;

static int locked(fault_server *server, const int *figure)
{
    pthread_mutex_lock(&server->lock);
    const int value = *figure;
    pthread_mutex_unlock(&server->lock);
    return value;
}

/* Waits until `fd` can be read; false when the server stops. */
static bool wait_for(const fault_server *server, int fd)
{
    struct pollfd watched[2] = {{fd, POLLIN, 0}, {server->stop[0], POLLIN, 0}};
    int n = 0;
    do {
        n = poll(watched, 2, -1);
    } while (n < 0 && errno == EINTR);
    return watched[1].revents == 0 && watched[0].revents != 0;
}

bool fault_pause(void *connection, int ms)
{
    const line *const l = connection;
    struct pollfd watched[2] = {{l->fd, POLLIN, 0},
                                {l->server->stop[0], POLLIN, 0}};
    /* The client hanging up makes it readable, too. */
    return poll(watched, 2, ms) == 0;
}

/* Before the answer's first byte: whoever has it may ask again at once. */
void fault_answered(void *connection)
{
    line *const l = connection;
    pthread_mutex_lock(&l->server->lock);
    l->server->n_open -= l->is_open ? 1 : 0;
    l->is_open = false;
    pthread_mutex_unlock(&l->server->lock);
}

int fault_most_open(void *connection)
{
    const line *const l = connection;
    return locked(l->server, &l->server->most_open);
}

void fault_location(void *connection, char *header, size_t size)
{
    fault_server *const server = ((const line *)connection)->server;
    pthread_mutex_lock(&server->lock);
    (void)snprintf(header, size, "Location: %s\r\n", server->elsewhere);
    pthread_mutex_unlock(&server->lock);
}

bool fault_send(void *connection, const char *bytes, size_t length)
{
    const line *const l = connection;
    fault_answered(connection);
    while (length > 0) {
        const ssize_t n = send(l->fd, bytes, length, MSG_NOSIGNAL);
        if (n <= 0) {
            return false;
        }
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

void fault_reset(void *connection)
{
    const line *const l = connection;
    const struct linger now = {1, 0};
    (void)setsockopt(l->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* Bytes that the body has, by the header; 0 when it does not say. */
static size_t body_bytes(const char *header)
{
    const char *const at = strstr(header, "Content-Length:");
    return at == NULL ? 0 : (size_t)strtoul(at + 15, NULL, 10);
}

/* Reads one request; false at the end of the connection. */
static bool read_request(const line *l, char *request)
{
    size_t n = 0;
    for (;;) {
        if (n >= MOST_REQUEST || !wait_for(l->server, l->fd)) {
            return false;
        }
        const ssize_t more = recv(l->fd, request + n, MOST_REQUEST - n, 0);
        if (more <= 0) {
            return false;
        }
        n += (size_t)more;
        request[n] = '\0';
        const char *const end = strstr(request, "\r\n\r\n");
        if (end != NULL &&
            n >= (size_t)(end + 4 - request) + body_bytes(request)) {
            return true;
        }
    }
}

static int note_request(fault_server *server, const char *request)
{
    pthread_mutex_lock(&server->lock);
    const size_t n = strlen(request);
    server->n_requests++;
    const int played = server->n_played++;
    server->n_open++;
    if (server->n_open > server->most_open) {
        server->most_open = server->n_open;
    }
    if (server->log_length + n + 1 < LOG_BYTES) {
        memcpy(server->log + server->log_length, request, n + 1);
        server->log_length += n;
    }
    pthread_mutex_unlock(&server->lock);
    return played;
}

static void *serve(void *payload)
{
    line *const l = payload;
    char *const request = malloc(MOST_REQUEST + 1);
    while (request != NULL && read_request(l, request)) {
        const int played = note_request(l->server, request);
        l->is_open = true;
        const bool goes_on = locked(l->server, &l->server->is_down) == 0 &&
                             fault_reply(l, request, played);
        fault_answered(l);
        if (!goes_on) {
            break;
        }
    }
    free(request);
    close(l->fd);
    free(l);
    return NULL;
}

static void *listen_on(void *payload)
{
    fault_server *const server = payload;
    while (wait_for(server, server->listener)) {
        const int fd = accept(server->listener, NULL, NULL);
        line *const l = malloc(sizeof *l);
        if (fd < 0 || l == NULL || server->n_threads == MOST_THREADS) {
            free(l);
            if (fd >= 0) {
                close(fd);
            }
            continue;
        }
        const int on = 1;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        l->server = server;
        l->fd = fd;
        l->is_open = false;
        pthread_mutex_lock(&server->lock);
        server->n_calls++;
        pthread_mutex_unlock(&server->lock);
        if (pthread_create(&server->threads[server->n_threads], NULL, serve,
                           l) == 0) {
            server->n_threads++;
        } else {
            close(fd);
            free(l);
        }
    }
    return NULL;
}

fault_server *fault_server_start(void)
{
    fault_server *const server = calloc(1, sizeof *server);
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (server == NULL) {
        return NULL;
    }
    server->log = calloc(1, LOG_BYTES);
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    pthread_mutex_init(&server->lock, NULL);
    if (server->log == NULL || pipe(server->stop) != 0 ||
        bind(server->listener, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(server->listener, 64) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&at, &length) != 0 ||
        pthread_create(&server->main, NULL, listen_on, server) != 0) {
        free(server->log);
        free(server);
        return NULL;
    }
    server->port = ntohs(at.sin_port);
    return server;
}

void fault_server_stop(fault_server *server)
{
    if (server == NULL) {
        return;
    }
    (void)!write(server->stop[1], "x", 1);
    pthread_join(server->main, NULL);
    for (int i = 0; i < server->n_threads; i++) {
        pthread_join(server->threads[i], NULL);
    }
    close(server->listener);
    close(server->stop[0]);
    close(server->stop[1]);
    pthread_mutex_destroy(&server->lock);
    free(server->log);
    free(server);
}

int fault_server_port(const fault_server *server)
{
    return server->port;
}

int fault_server_requests(fault_server *server)
{
    pthread_mutex_lock(&server->lock);
    const int n = server->n_requests;
    server->n_requests = 0;
    pthread_mutex_unlock(&server->lock);
    return n;
}

int fault_server_calls(fault_server *server)
{
    return locked(server, &server->n_calls);
}

int fault_server_most_open(fault_server *server)
{
    return locked(server, &server->most_open);
}

char *fault_server_log(fault_server *server)
{
    pthread_mutex_lock(&server->lock);
    char *const log = malloc(server->log_length + 1);
    if (log != NULL) {
        memcpy(log, server->log, server->log_length + 1);
    }
    pthread_mutex_unlock(&server->lock);
    return log;
}

void fault_server_fail(fault_server *server, bool is_down)
{
    pthread_mutex_lock(&server->lock);
    server->is_down = is_down ? 1 : 0;
    pthread_mutex_unlock(&server->lock);
}

void fault_server_redirect(fault_server *server, const char *scheme, int port)
{
    pthread_mutex_lock(&server->lock);
    (void)snprintf(server->elsewhere, sizeof server->elsewhere,
                   "%s://127.0.0.1:%d/ok/", scheme, port);
    pthread_mutex_unlock(&server->lock);
}

bool fault_server_saw(fault_server *server, const char *text)
{
    pthread_mutex_lock(&server->lock);
    const bool saw = strstr(server->log, text) != NULL;
    pthread_mutex_unlock(&server->lock);
    return saw;
}

void fault_server_reset(fault_server *server)
{
    pthread_mutex_lock(&server->lock);
    server->n_requests = 0;
    server->n_played = 0;
    server->most_open = 0;
    server->n_calls = 0;
    server->log[0] = '\0';
    server->log_length = 0;
    pthread_mutex_unlock(&server->lock);
}
