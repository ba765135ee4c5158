/* SPDX-License-Identifier: MIT */
/* Any bytes go to the gate. What passes is printed again through the tree and
 * our own writer: the print must pass too, and print the same. */
#include "fuzz.h"

#include "base/alloc.h"
#include "io/gate.h"
#include "io/text.h"
#include "io/tree.h"

#include <string.h>

static void print(rn_text *text, const rn_node *node);

static void print_members(rn_text *text, const rn_node *node)
{
    const bool is_object = rn_node_kind(node) == RN_KIND_OBJECT;
    const char *const key = rn_node_key(node);
    if (is_object) {
        rn_text_object(text, key, RN_TEXT_LINES);
    } else {
        rn_text_array(text, key, RN_TEXT_INLINE);
    }
    for (const rn_node *child = rn_node_first(node); child != NULL;
         child = rn_node_next(child)) {
        RN_REQUIRE((rn_node_key(child) != NULL) == is_object);
        print(text, child);
    }
    rn_text_close(text);
}

static void print_matrix(rn_text *text, const rn_node *node)
{
    const int32_t *cells = NULL;
    int32_t rows = 0;
    int32_t columns = 0;
    RN_REQUIRE(rn_node_matrix(node, &cells, &rows, &columns));
    RN_REQUIRE(rows >= 0 && columns >= 0);
    rn_text_member_matrix(text, rn_node_key(node), cells, rows, columns);
}

static void print(rn_text *text, const rn_node *node)
{
    bool flag = false;
    size_t length = 0;
    const char *const token = rn_node_token(node, &length);
    switch (rn_node_kind(node)) {
    case RN_KIND_ARRAY:
    case RN_KIND_OBJECT:
        print_members(text, node);
        break;
    case RN_KIND_MATRIX:
        print_matrix(text, node);
        break;
    case RN_KIND_NUMBER:
        rn_text_value(text, rn_node_key(node));
        rn_text_raw(text, token, length);
        break;
    case RN_KIND_STRING:
        rn_text_member_string(text, rn_node_key(node), rn_node_string(node));
        break;
    case RN_KIND_BOOL:
        RN_REQUIRE(rn_node_bool(node, &flag) == RN_READ_OK);
        rn_text_member_bool(text, rn_node_key(node), flag);
        break;
    case RN_KIND_NULL:
        rn_text_member_null(text, rn_node_key(node));
        break;
    }
}

/* Numbers read twice must agree with each other. */
static void read_number(const rn_node *node)
{
    int64_t i = 0;
    int64_t big = 0;
    double d = 0;
    const rn_read whole = rn_node_int(node, INT64_MIN, INT64_MAX, &i);
    RN_REQUIRE(rn_node_decimal(node, -1e8, 1e8, &d) != RN_READ_KIND);
    RN_REQUIRE(rn_node_big_int(node, INT64_MIN, INT64_MAX, &big) == whole);
    if (whole != RN_READ_OK) {
        return;
    }
    RN_REQUIRE(big == i);
    if (i >= -100000000 && i <= 100000000) {
        RN_REQUIRE(d == (double)i);
    }
}

static void read_all(const rn_node *node)
{
    if (rn_node_kind(node) == RN_KIND_NUMBER) {
        read_number(node);
    }
    for (const rn_node *child = rn_node_first(node); child != NULL;
         child = rn_node_next(child)) {
        read_all(child);
    }
}

/* NULL when the gate refuses the text or memory runs out. */
static char *reprint(const char *text, size_t length, size_t *printed)
{
    rn_tree *tree = NULL;
    runde_diag diag = RUNDE_DIAG_INIT;
    const runde_status status = rn_tree_parse(&tree, text, length, &diag);
    RN_REQUIRE(status != RUNDE_E_INTERNAL && status != RUNDE_E_NOMEM);
    RN_REQUIRE((status == RUNDE_OK) == (diag.errors == 0));
    RN_REQUIRE((status == RUNDE_OK) == (tree != NULL));
    if (status != RUNDE_OK) {
        return NULL;
    }
    rn_text out;
    char *again = NULL;
    rn_text_init(&out);
    read_all(rn_tree_root(tree));
    print(&out, rn_tree_root(tree));
    RN_REQUIRE(rn_text_take(&out, &again, printed) == RUNDE_OK);
    rn_tree_free(tree);
    return again;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t first_length = 0;
    char *const first = reprint((const char *)data, size, &first_length);
    if (first == NULL) {
        return 0;
    }
    size_t second_length = 0;
    char *const second = reprint(first, first_length, &second_length);
    RN_REQUIRE(second != NULL);
    RN_REQUIRE(first_length == second_length);
    RN_REQUIRE(memcmp(first, second, first_length) == 0);
    rn_free(first);
    rn_free(second);
    return 0;
}
