/* SPDX-License-Identifier: MIT */
#include "io/tree.h"

#include "base/alloc.h"
#include "io/gate.h"
#include "io/token.h"

#include <cjson/cJSON.h>

#include <string.h>

/* cJSON keeps the kind of an item in the lower byte of `type` and two flags
 * in the next; this one is ours. */
#define IS_MATRIX (1 << 16)

/* A number's or matrix's item has cJSON_IsReference, so that cJSON_Delete
 * leaves `valuestring` alone: there a number has its characters in the
 * text (`valueint` of them), a matrix its rn_gate_matrix. */

struct rn_tree {
    cJSON *root;
    rn_gate gate; /* owns the matrices */
};

static const cJSON *item_of(const rn_node *node)
{
    return (const cJSON *)(const void *)node;
}

static const rn_node *node_of(const cJSON *item)
{
    return (const rn_node *)(const void *)item;
}

/* --------------------------------------------------------------- parsing */

/* What the walk over the new tree carries. */
typedef struct walk {
    const char *text;
    const char *end;
    const uint32_t *offsets;
    rn_gate *gate;
    int64_t slots;
    int64_t values;
    int32_t matrices;
} walk;

/* Ties a "0" of the rewritten text to what stood there. */
static bool settle(walk *w, cJSON *item)
{
    if (w->slots == w->gate->slots) {
        return false;
    }
    const uint32_t offset = w->offsets[w->slots++];
    const char *const at = w->text + offset;
    item->type |= cJSON_IsReference;
    if (*at == '[') {
        if (w->matrices == w->gate->n_matrices) {
            return false;
        }
        item->type |= IS_MATRIX;
        item->valuestring = (char *)(void *)&w->gate->matrices[w->matrices++];
        return true;
    }
    const char *stop = at;
    if (rn_token_number(&stop, w->end) != RN_TOKEN_OK) {
        return false;
    }
    /* cJSON knows no const; nothing writes through this. */
    item->valuestring = (char *)(uintptr_t)at;
    item->valueint = (int)(stop - at);
    return true;
}

/* Goes over all items in the order of the text. */
static bool settle_all(walk *w, cJSON *root)
{
    cJSON *parents[RN_GATE_DEPTH];
    int32_t depth = 0;
    cJSON *item = root;
    for (;;) {
        w->values++;
        if (cJSON_IsNumber(item) && !settle(w, item)) {
            return false;
        }
        if (item->child != NULL) {
            if (depth == RN_GATE_DEPTH) {
                return false;
            }
            parents[depth++] = item;
            item = item->child;
            continue;
        }
        while (item->next == NULL && depth > 0) {
            item = parents[--depth];
        }
        if (depth == 0) {
            break;
        }
        item = item->next;
    }
    /* Gate and cJSON must have seen the same document. */
    return w->slots == w->gate->slots && w->values == w->gate->values &&
           w->matrices == w->gate->n_matrices;
}

/* Rewrites, parses and settles what the gate let through. */
static runde_status build(rn_tree *tree, const char *text, size_t length)
{
    runde_status status = RUNDE_E_NOMEM;
    char *const plain = rn_malloc(length + 1);
    uint32_t *const offsets =
        rn_malloc((size_t)tree->gate.slots * sizeof *offsets);
    if (plain == NULL || offsets == NULL) {
        goto done;
    }
    const size_t plain_length =
        rn_gate_rewrite(&tree->gate, text, length, plain, offsets);
    /* The length counts the NUL, without which valid text is refused. */
    tree->root = cJSON_ParseWithLengthOpts(plain, plain_length + 1, NULL, true);
    if (tree->root == NULL) {
        goto done;
    }
    walk w = {text, text + length, offsets, &tree->gate, 0, 0, 0};
    status = settle_all(&w, tree->root) ? RUNDE_OK : RUNDE_E_INTERNAL;
done:
    rn_free(offsets);
    rn_free(plain);
    return status;
}

runde_status rn_tree_parse(rn_tree **out, const char *text, size_t length,
                           runde_diag *diag)
{
    rn_tree *const tree = rn_calloc(1, sizeof *tree);
    if (tree == NULL) {
        return RUNDE_E_NOMEM;
    }
    const rn_gate_limits limits = rn_gate_default_limits();
    runde_status status =
        rn_gate_pass(&tree->gate, text, length, &limits, diag);
    if (status == RUNDE_OK) {
        status = build(tree, text, length);
    }
    if (status != RUNDE_OK) {
        rn_tree_free(tree);
        return status;
    }
    *out = tree;
    return RUNDE_OK;
}

void rn_tree_free(rn_tree *tree)
{
    if (tree == NULL) {
        return;
    }
    cJSON_Delete(tree->root);
    rn_gate_free(&tree->gate);
    rn_free(tree);
}

const rn_node *rn_tree_root(const rn_tree *tree)
{
    return node_of(tree->root);
}

/* --------------------------------------------------------------- walking */

const char *rn_kind_name(rn_kind kind)
{
    switch (kind) {
    case RN_KIND_NULL:
        return "null";
    case RN_KIND_BOOL:
        return "true or false";
    case RN_KIND_NUMBER:
        return "a number";
    case RN_KIND_STRING:
        return "a string";
    case RN_KIND_ARRAY:
        return "an array";
    case RN_KIND_OBJECT:
        return "an object";
    case RN_KIND_MATRIX:
        return "a matrix";
    }
    return "nothing";
}

rn_kind rn_node_kind(const rn_node *node)
{
    const cJSON *const item = item_of(node);
    if (item == NULL) {
        return RN_KIND_NULL;
    }
    switch (item->type & 0xFF) {
    case cJSON_False:
    case cJSON_True:
        return RN_KIND_BOOL;
    case cJSON_Number:
        return (item->type & IS_MATRIX) != 0 ? RN_KIND_MATRIX : RN_KIND_NUMBER;
    case cJSON_String:
        return RN_KIND_STRING;
    case cJSON_Array:
        return RN_KIND_ARRAY;
    case cJSON_Object:
        return RN_KIND_OBJECT;
    default:
        return RN_KIND_NULL;
    }
}

const rn_node *rn_node_first(const rn_node *node)
{
    return node == NULL ? NULL : node_of(item_of(node)->child);
}

const rn_node *rn_node_next(const rn_node *node)
{
    return node == NULL ? NULL : node_of(item_of(node)->next);
}

int32_t rn_node_count(const rn_node *node)
{
    int32_t n = 0;
    for (const rn_node *child = rn_node_first(node); child != NULL;
         child = rn_node_next(child)) {
        n++;
    }
    return n;
}

const char *rn_node_key(const rn_node *node)
{
    return node == NULL ? NULL : item_of(node)->string;
}

const rn_node *rn_node_member(const rn_node *object, const char *key)
{
    if (rn_node_kind(object) != RN_KIND_OBJECT) {
        return NULL;
    }
    const rn_node *member = rn_node_first(object);
    while (member != NULL && strcmp(rn_node_key(member), key) != 0) {
        member = rn_node_next(member);
    }
    return member;
}

/* The number of a key among `keys`, or -1. Files repeat the order of their
 * keys, so the search begins where the last one ended. */
static int32_t find_key(const char *key, const char *const *keys, int32_t n,
                        int32_t from)
{
    for (int32_t i = from; i < n; i++) {
        if (strcmp(keys[i], key) == 0) {
            return i;
        }
    }
    for (int32_t i = 0; i < from; i++) {
        if (strcmp(keys[i], key) == 0) {
            return i;
        }
    }
    return -1;
}

static bool is_foreign(const char *key)
{
    return key[0] == 'x' && key[1] == '-';
}

int32_t rn_node_members(const rn_node *object, const char *const *keys,
                        int32_t n, const rn_node **found)
{
    int32_t unknown = 0;
    int32_t from = 0;
    for (int32_t i = 0; i < n; i++) {
        found[i] = NULL;
    }
    if (rn_node_kind(object) != RN_KIND_OBJECT) {
        return 0;
    }
    for (const rn_node *member = rn_node_first(object); member != NULL;
         member = rn_node_next(member)) {
        const int32_t i = find_key(rn_node_key(member), keys, n, from);
        if (i >= 0) {
            found[i] = member;
            from = i + 1;
        } else {
            unknown += !is_foreign(rn_node_key(member));
        }
    }
    return unknown;
}

const rn_node *rn_node_unknown(const rn_node *object, const rn_node *last,
                               const char *const *keys, int32_t n)
{
    if (rn_node_kind(object) != RN_KIND_OBJECT) {
        return NULL;
    }
    const rn_node *member =
        last == NULL ? rn_node_first(object) : rn_node_next(last);
    while (member != NULL && (is_foreign(rn_node_key(member)) ||
                              find_key(rn_node_key(member), keys, n, 0) >= 0)) {
        member = rn_node_next(member);
    }
    return member;
}

/* --------------------------------------------------------------- reading */

const char *rn_node_string(const rn_node *node)
{
    return rn_node_kind(node) == RN_KIND_STRING ? item_of(node)->valuestring
                                                : NULL;
}

const char *rn_node_token(const rn_node *node, size_t *length)
{
    if (rn_node_kind(node) != RN_KIND_NUMBER) {
        return NULL;
    }
    *length = (size_t)item_of(node)->valueint;
    return item_of(node)->valuestring;
}

/* A whole number out of a token that is a number. */
static rn_read read_whole(const char *token, size_t length, rn_number *number)
{
    *number = rn_number_read(token, length, 0);
    const bool is_minus_zero = number->is_negative && number->magnitude == 0;
    if (!number->is_exact || (is_minus_zero && !number->is_large)) {
        return RN_READ_FRACTION;
    }
    return number->is_large ? RN_READ_RANGE : RN_READ_OK;
}

static rn_read to_int(const rn_number *number, int64_t min, int64_t max,
                      int64_t *value)
{
    const uint64_t limit = (uint64_t)INT64_MAX + number->is_negative;
    if (number->magnitude > limit) {
        return RN_READ_RANGE;
    }
    /* -1 - (magnitude - 1) reaches INT64_MIN without passing INT64_MAX. */
    const int64_t v = number->is_negative
                          ? -1 - (int64_t)(number->magnitude - 1)
                          : (int64_t)number->magnitude;
    if (v < min || v > max) {
        return RN_READ_RANGE;
    }
    *value = v;
    return RN_READ_OK;
}

rn_read rn_node_int(const rn_node *node, int64_t min, int64_t max,
                    int64_t *value)
{
    size_t length = 0;
    const char *const token = rn_node_token(node, &length);
    if (token == NULL) {
        return RN_READ_KIND;
    }
    rn_number number;
    const rn_read read = read_whole(token, length, &number);
    return read == RN_READ_OK ? to_int(&number, min, max, value) : read;
}

/* A number, or a string that is the digits of one. */
static rn_read read_big(const rn_node *node, rn_number *number)
{
    size_t length = 0;
    const char *token = rn_node_token(node, &length);
    if (token == NULL) {
        token = rn_node_string(node);
        if (token == NULL) {
            return RN_READ_KIND;
        }
        const char *stop = token;
        length = strlen(token);
        if (rn_token_number(&stop, token + length) != RN_TOKEN_OK ||
            *stop != '\0' || strpbrk(token, ".eE") != NULL) {
            return RN_READ_KIND;
        }
    }
    return read_whole(token, length, number);
}

rn_read rn_node_big_int(const rn_node *node, int64_t min, int64_t max,
                        int64_t *value)
{
    rn_number number;
    const rn_read read = read_big(node, &number);
    return read == RN_READ_OK ? to_int(&number, min, max, value) : read;
}

rn_read rn_node_big_uint(const rn_node *node, uint64_t *value)
{
    rn_number number;
    const rn_read read = read_big(node, &number);
    if (read != RN_READ_OK) {
        return read;
    }
    if (number.is_negative) {
        return RN_READ_RANGE;
    }
    *value = number.magnitude;
    return RN_READ_OK;
}

rn_read rn_node_decimal(const rn_node *node, double min, double max,
                        double *value)
{
    size_t length = 0;
    const char *const token = rn_node_token(node, &length);
    if (token == NULL) {
        return RN_READ_KIND;
    }
    const rn_number number = rn_number_read(token, length, RN_DECIMALS);
    /* Below 2^53 both sides of the division are exact, so the quotient is
     * the double nearest to the number written. */
    if (number.is_large ||
        number.magnitude > (uint64_t)(RN_DECIMAL_MAX * 1e7)) {
        return RN_READ_RANGE;
    }
    double v = (double)number.magnitude / 1e7;
    if (number.is_negative && v > 0) {
        v = -v;
    }
    if (v < min || v > max) {
        return RN_READ_RANGE;
    }
    *value = v;
    return RN_READ_OK;
}

rn_read rn_node_bool(const rn_node *node, bool *value)
{
    if (rn_node_kind(node) != RN_KIND_BOOL) {
        return RN_READ_KIND;
    }
    *value = cJSON_IsTrue(item_of(node));
    return RN_READ_OK;
}

/* -------------------------------------------------------------- matrices */

/* NULL when the node is none. */
static rn_gate_matrix *matrix_of(const rn_node *node)
{
    if (rn_node_kind(node) != RN_KIND_MATRIX) {
        return NULL;
    }
    return (rn_gate_matrix *)(void *)item_of(node)->valuestring;
}

bool rn_node_matrix(const rn_node *node, const int32_t **cells, int32_t *rows,
                    int32_t *columns)
{
    const rn_gate_matrix *const matrix = matrix_of(node);
    if (matrix == NULL || matrix->cells == NULL) {
        return false;
    }
    *cells = matrix->cells;
    *rows = matrix->rows;
    *columns = matrix->columns;
    return true;
}

int32_t *rn_tree_take_matrix(rn_tree *tree, const rn_node *node)
{
    rn_gate_matrix *const matrix = matrix_of(node);
    /* The tree stands for the right to change it. */
    (void)tree;
    if (matrix == NULL) {
        return NULL;
    }
    int32_t *const cells = matrix->cells;
    matrix->cells = NULL;
    return cells;
}
