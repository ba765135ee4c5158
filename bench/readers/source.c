/* SPDX-License-Identifier: MIT */
#include "source.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_stream(FILE *file, size_t *length)
{
    size_t room = 1 << 16;
    size_t used = 0;
    char *text = malloc(room);
    while (text != NULL) {
        used += fread(text + used, 1, room - used - 1, file);
        if (used < room - 1) {
            break;
        }
        char *more = room < SIZE_MAX / 2 ? realloc(text, room * 2) : NULL;
        if (more == NULL) {
            free(text);
        }
        text = more;
        room *= 2;
    }
    if (text != NULL && ferror(file)) {
        free(text);
        text = NULL;
    }
    if (text != NULL) {
        text[used] = '\0';
        *length = used;
    }
    return text;
}

char *source_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = read_stream(file, length);
    const int error = errno;
    (void)fclose(file);
    errno = error;
    return text;
}

static void put_finding(runde_diag *diag, const runde_finding *finding)
{
    const bool is_error = finding->severity == RUNDE_ERROR;
    if (is_error) {
        diag->errors++;
    } else {
        diag->warnings++;
    }
    const bool is_first =
        is_error ? diag->errors == 1 : diag->errors == 0 && diag->warnings == 1;
    if (is_first) {
        (void)snprintf(diag->code, sizeof diag->code, "%s", finding->code);
        (void)snprintf(diag->pointer, sizeof diag->pointer, "%s",
                       finding->pointer);
        (void)snprintf(diag->message, sizeof diag->message, "%s",
                       finding->message);
    }
    if (diag->on_finding != NULL) {
        diag->on_finding(finding, diag->payload);
    }
}

runde_status source_error(runde_diag *diag, const char *pointer,
                          const char *format, ...)
{
    if (diag != NULL) {
        char message[320];
        va_list list;
        va_start(list, format);
        (void)vsnprintf(message, sizeof message, format, list);
        va_end(list);
        const runde_finding finding = {sizeof finding, RUNDE_ERROR,
                                       "RUNDE-E801", pointer, message};
        put_finding(diag, &finding);
    }
    return RUNDE_E_FORMAT;
}

void source_warn(runde_diag *diag, const char *pointer, const char *format, ...)
{
    if (diag == NULL) {
        return;
    }
    char message[320];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(message, sizeof message, format, list);
    va_end(list);
    const runde_finding finding = {sizeof finding, RUNDE_WARNING, "RUNDE-W801",
                                   pointer, message};
    put_finding(diag, &finding);
}

const cJSON *json_member(const cJSON *object, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNull(value) ? NULL : value;
}

const cJSON *json_either(const cJSON *object, const char *key,
                         const char *other)
{
    const cJSON *value = json_member(object, key);
    return value != NULL ? value : json_member(object, other);
}

double json_number(const cJSON *object, const char *key, double fallback)
{
    const cJSON *value = json_member(object, key);
    return cJSON_IsNumber(value) ? value->valuedouble : fallback;
}

const char *json_text(const cJSON *object, const char *key)
{
    const cJSON *value = json_member(object, key);
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

bool json_is_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(json_member(object, key));
}

bool json_says(const cJSON *object, const char *key, const char *text)
{
    const char *value = json_text(object, key);
    return value != NULL && strcmp(value, text) == 0;
}

bool json_pair(const cJSON *value, const char *first, const char *second,
               double pair[2])
{
    const cJSON *a = NULL;
    const cJSON *b = NULL;
    if (cJSON_IsArray(value)) {
        a = value->child;
        b = a == NULL ? NULL : a->next;
    } else if (value != NULL) {
        a = json_member(value, first);
        b = json_member(value, second);
    }
    if (a == NULL || b == NULL || !cJSON_IsNumber(a) || !cJSON_IsNumber(b)) {
        return false;
    }
    pair[0] = a->valuedouble;
    pair[1] = b->valuedouble;
    return true;
}

int32_t source_ticks(double value, double scale)
{
    const double ticks = round(value * scale);
    if (!(ticks < (double)BENCH_TIME_MAX)) {
        return BENCH_TIME_MAX;
    }
    return ticks > -(double)BENCH_TIME_MAX ? (int32_t)ticks : -BENCH_TIME_MAX;
}
