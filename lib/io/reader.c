/* SPDX-License-Identifier: MIT */
#include "io/reader.h"

#include "model/warnings.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE_BYTES 320

void rn_reader_init(rn_reader *r, runde_diag *diag)
{
    memset(r, 0, sizeof *r);
    r->diag = diag;
    r->tick_ms = 1000;
    r->arena = (rn_arena)RN_ARENA_INIT;
    rn_path_init(&r->path);
}

void rn_reader_free(rn_reader *r)
{
    rn_arena_free(&r->arena);
}

void rn_reader_note(rn_reader *r, runde_status status)
{
    if (r->status == RUNDE_OK) {
        r->status = status;
    }
}

void *rn_reader_alloc(rn_reader *r, int32_t count, size_t size)
{
    void *const room = rn_arena_array(&r->arena, (size_t)count, size);
    if (room == NULL) {
        rn_reader_note(r, RUNDE_E_NOMEM);
    }
    return room;
}

/* -------------------------------------------------------------- findings */

static void note_broken(rn_reader *r)
{
    if (r->path.depth == 0 || r->n_broken == RN_READER_MAX_BROKEN) {
        return;
    }
    const char *const section = r->path.step[0].key;
    const bool is_record = r->path.depth > 1 && r->path.step[1].key == NULL;
    const int32_t index = is_record ? r->path.step[1].index : RUNDE_NONE;
    r->broken[r->n_broken].section = section;
    r->broken[r->n_broken].index = index;
    r->n_broken++;
}

bool rn_reader_is_broken(const rn_reader *r, const char *pointer)
{
    for (int32_t i = 0; i < r->n_broken; i++) {
        char prefix[64];
        int length;
        if (r->broken[i].index == RUNDE_NONE) {
            length =
                snprintf(prefix, sizeof prefix, "/%s", r->broken[i].section);
        } else {
            length = snprintf(prefix, sizeof prefix, "/%s/%d",
                              r->broken[i].section, (int)r->broken[i].index);
        }
        if (length > 0 && (size_t)length < sizeof prefix &&
            strncmp(pointer, prefix, (size_t)length) == 0 &&
            (pointer[length] == '\0' || pointer[length] == '/')) {
            return true;
        }
    }
    return false;
}

void rn_reader_keep(rn_reader *r, const runde_finding *warning)
{
    if (r->n_warnings == RN_WARNINGS_MAX) {
        return;
    }
    if (r->warnings == NULL) {
        r->warnings = rn_reader_alloc(r, RN_WARNINGS_MAX, sizeof *r->warnings);
    }
    if (r->warnings == NULL) {
        return;
    }
    runde_finding copy = *warning;
    copy.code = rn_arena_strdup(&r->arena, warning->code);
    copy.pointer = rn_arena_strdup(&r->arena, warning->pointer);
    copy.message = rn_arena_strdup(&r->arena, warning->message);
    if (copy.code == NULL || copy.pointer == NULL || copy.message == NULL) {
        rn_reader_note(r, RUNDE_E_NOMEM);
        return;
    }
    r->warnings[r->n_warnings++] = copy;
}

static void report(rn_reader *r, runde_severity severity, const char *code,
                   const char *message)
{
    char pointer[160];
    rn_path_print(&r->path, pointer, sizeof pointer);
    rn_diag_add(r->diag, severity, code, pointer, "%s", message);
    if (severity == RUNDE_ERROR) {
        r->errors += r->errors < INT32_MAX;
        note_broken(r);
    } else {
        const runde_finding warning = {sizeof warning, severity, code, pointer,
                                       message};
        rn_reader_keep(r, &warning);
    }
}

static void report_at(rn_reader *r, const rn_node *node,
                      runde_severity severity, const char *code,
                      const char *message)
{
    const bool is_member = rn_reader_enter(r, node);
    report(r, severity, code, message);
    if (is_member) {
        rn_path_pop(&r->path);
    }
}

void rn_fault(rn_reader *r, const char *code, const char *format, ...)
{
    char message[MESSAGE_BYTES] = "";
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report(r, RUNDE_ERROR, code, message);
}

void rn_fault_at(rn_reader *r, const rn_node *node, const char *code,
                 const char *format, ...)
{
    char message[MESSAGE_BYTES] = "";
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report_at(r, node, RUNDE_ERROR, code, message);
}

void rn_warn_at(rn_reader *r, const rn_node *node, const char *code,
                const char *format, ...)
{
    char message[MESSAGE_BYTES] = "";
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report_at(r, node, RUNDE_WARNING, code, message);
}

/* ----------------------------------------------------- objects and arrays */

bool rn_reader_enter(rn_reader *r, const rn_node *member)
{
    const char *const key = member == NULL ? NULL : rn_node_key(member);
    if (key == NULL) {
        return false;
    }
    rn_path_key(&r->path, key);
    return true;
}

static void report_unknown(rn_reader *r, const rn_node *node,
                           const rn_keys *keys)
{
    const rn_node *unknown = rn_node_unknown(node, NULL, keys->names, keys->n);
    while (unknown != NULL) {
        const char *const like =
            rn_key_suggest(rn_node_key(unknown), keys->names, keys->n);
        if (like != NULL) {
            rn_fault_at(r, unknown, "RUNDE-E603",
                        "this key is not known here; did you mean \"%s\"?",
                        like);
        } else {
            rn_fault_at(r, unknown, "RUNDE-E603",
                        "this key is not known here; keys of your own begin "
                        "with \"x-\"");
        }
        unknown = rn_node_unknown(node, unknown, keys->names, keys->n);
    }
}

bool rn_read_members(rn_reader *r, const rn_node *node, const rn_keys *keys,
                     const rn_node **found)
{
    if (rn_node_kind(node) != RN_KIND_OBJECT) {
        for (int32_t i = 0; i < keys->n; i++) {
            found[i] = NULL;
        }
        rn_fault(r, "RUNDE-E602", "an object is expected here, not %s",
                 rn_kind_name(rn_node_kind(node)));
        return false;
    }
    if (rn_node_members(node, keys->names, keys->n, found) > 0) {
        report_unknown(r, node, keys);
    }
    for (int32_t i = 0; i < keys->n_required; i++) {
        if (found[i] == NULL) {
            rn_fault(r, "RUNDE-E604", "the key \"%s\" is missing",
                     keys->names[i]);
        }
    }
    return true;
}

static void report_format(rn_reader *r, const rn_node *name, const char *format)
{
    static const char *const known[] = {"runde-problem", "runde-plan"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (rn_node_is_word(name, known[i])) {
            rn_fault_at(r, name, "RUNDE-E601",
                        "this is a %s; a %s is expected here", known[i],
                        format);
            return;
        }
    }
    rn_fault_at(r, name, "RUNDE-E601",
                "this is no such file: \"format\" must be \"%s\"", format);
}

bool rn_read_format(rn_reader *r, const rn_node *root, const char *format)
{
    const rn_node *const name = rn_node_member(root, "format");
    if (!rn_node_is_word(name, format)) {
        report_format(r, name, format);
        return false;
    }
    const rn_node *const version = rn_node_member(root, "version");
    int64_t number = 0;
    if (rn_node_int(version, 1, 1, &number) != RN_READ_OK) {
        rn_fault_at(r, version, "RUNDE-E601",
                    "version 1 is the only one that is read here: "
                    "\"version\" must be 1");
        return false;
    }
    return true;
}

rn_list rn_list_begin(rn_reader *r, const rn_node *array, size_t size)
{
    rn_list list = {NULL, 0, 0, NULL};
    if (array == NULL) {
        return list;
    }
    if (rn_node_kind(array) != RN_KIND_ARRAY) {
        rn_fault_at(r, array, "RUNDE-E602", "an array is expected here, not %s",
                    rn_kind_name(rn_node_kind(array)));
        return list;
    }
    const int32_t count = rn_node_count(array);
    if (count == 0 || r->status != RUNDE_OK) {
        return list;
    }
    if (size > 0) {
        list.items = rn_reader_alloc(r, count, size);
        if (list.items == NULL) {
            return list;
        }
    }
    list.count = count;
    list.node = rn_node_first(array);
    rn_path_key(&r->path, rn_node_key(array));
    rn_path_index(&r->path, 0);
    return list;
}

void rn_list_next(rn_reader *r, rn_list *list)
{
    rn_path_pop(&r->path);
    list->node = r->status == RUNDE_OK ? rn_node_next(list->node) : NULL;
    list->index++;
    if (list->node == NULL) {
        rn_path_pop(&r->path);
    } else {
        rn_path_index(&r->path, list->index);
    }
}
