/* SPDX-License-Identifier: MIT */
#include "io/reader.h"

#include <string.h>

#include "model/warnings.h"

typedef struct sealing {
    rn_reader *in;
    rn_tell_fn tell;
    void *owner;
} sealing;

static void on_model_finding(const runde_finding *finding, void *payload)
{
    const sealing *const s = payload;
    rn_where where = {""};
    if (!s->tell(s->owner, finding->pointer, &where)) {
        return;
    }
    rn_diag_add(s->in->diag, finding->severity, finding->code, where.text, "%s",
                finding->message);
    if (finding->severity == RUNDE_WARNING) {
        runde_finding warning = *finding;
        warning.pointer = where.text;
        rn_reader_keep(s->in, &warning);
    }
}

/* Without sound settings every other opinion of the model is worthless, and
 * after a hundred faults there is no room for one. */
static bool can_be_judged(const rn_reader *r, const runde_problem *problem)
{
    return problem != NULL && !r->is_blind &&
           r->n_broken < RN_READER_MAX_BROKEN;
}

runde_status rn_reader_seal(rn_reader *r, runde_problem *problem,
                            rn_tell_fn tell, void *owner)
{
    runde_status status = RUNDE_OK;
    if (can_be_judged(r, problem)) {
        sealing s = {r, tell, owner};
        runde_diag model = RUNDE_DIAG_INIT;
        model.on_finding = on_model_finding;
        model.payload = &s;
        status = runde_problem_seal(problem, &model);
        if (r->diag != NULL && model.errors > RN_DIAG_MAX_FORWARDED) {
            r->diag->errors += model.errors - RN_DIAG_MAX_FORWARDED;
        }
    }
    if (r->errors > 0 && (status == RUNDE_OK || status == RUNDE_E_INVALID)) {
        return RUNDE_E_FORMAT;
    }
    if (status == RUNDE_OK && r->status != RUNDE_OK) {
        return r->status;
    }
    /* The reader's own as well, and all as the file's pointers have it. */
    return status != RUNDE_OK
               ? status
               : rn_problem_set_warnings(problem, r->warnings, r->n_warnings);
}

bool rn_pointer_split(const char *pointer, const char *prefix, int32_t *index,
                      const char **tail)
{
    const size_t length = strlen(prefix);
    if (strncmp(pointer, prefix, length) != 0 || pointer[length] < '0' ||
        pointer[length] > '9') {
        return false;
    }
    int64_t number = 0;
    const char *c = pointer + length;
    for (; *c >= '0' && *c <= '9'; c++) {
        number = number < INT32_MAX ? number * 10 + (*c - '0') : number;
    }
    *index = number < INT32_MAX ? (int32_t)number : INT32_MAX;
    *tail = c;
    return true;
}
