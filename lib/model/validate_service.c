/* SPDX-License-Identifier: MIT */
/* Visits that no shift has the skills for. Visits with equal needs are one
 * class, looked at once. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/idmap.h"
#include "model/review.h"

#include <stdio.h>
#include <string.h>

/* Comparing every class with every shift ends after so many skills looked
 * at; it is a courtesy, the search finds out anyway. */
#define MOST_STEPS INT64_C(100000000)

/* Bytes of a need in a class's key. */
#define NEED_BYTES 40

/* What became of a class: parts that somebody can serve, and by how many
 * carers at most any of them. */
typedef struct verdict {
    int32_t lacking; /* part that nobody can serve, or RUNDE_NONE */
    int32_t carers;  /* that can serve some part */
} verdict;

typedef struct service {
    const rn_review *review;
    rn_arena arena;
    rn_idmap classes; /* key of needs -> number of verdict */
    verdict *verdicts;
    int32_t *counted; /* per carer: class that counted it last, plus 1 */
    int64_t steps;
} service;

static bool holds(service *s, const runde_shift *shift,
                  const runde_skill_need *need)
{
    const runde_carer *const carer =
        rn_problem_row(s->review->problem, RN_CARERS, shift->carer);
    s->steps += carer->n_skills + 1;
    for (int32_t i = 0; i < carer->n_skills; i++) {
        const runde_skill_held *const held = &carer->skills[i];
        if (held->skill == need->skill) {
            return held->level >= need->min_level &&
                   (held->expires == RUNDE_TIME_NONE ||
                    held->expires >= shift->end);
        }
    }
    return false;
}

static bool can_serve(service *s, const runde_shift *shift,
                      const runde_visit *visit, int32_t part)
{
    for (int32_t i = 0; i < visit->n_skills; i++) {
        const runde_skill_need *const need = &visit->skills[i];
        const bool applies = need->part == RUNDE_NONE || need->part == part;
        if (applies && !holds(s, shift, need)) {
            return false;
        }
    }
    return true;
}

static verdict judge(service *s, const runde_visit *visit, int32_t number)
{
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    verdict v = {RUNDE_NONE, 0};
    uint32_t served = 0;
    for (int32_t i = 0; i < s->review->n[RN_SHIFTS]; i++) {
        const runde_shift *const shift =
            rn_problem_row(s->review->problem, RN_SHIFTS, i);
        uint32_t parts = 0;
        for (int32_t part = 0; part < crew; part++) {
            parts |= (uint32_t)can_serve(s, shift, visit, part) << part;
        }
        served |= parts;
        if (parts != 0 && s->counted[shift->carer] != number + 1) {
            s->counted[shift->carer] = number + 1;
            v.carers++;
        }
    }
    for (int32_t part = RUNDE_MAX_CREW - 1; part >= 0; part--) {
        const bool lacks = part < crew && (served & 1U << part) == 0;
        v.lacking = lacks ? part : v.lacking;
    }
    return v;
}

/* Crew and needs as text, in the order given; NULL without memory. */
static char *key_of(service *s, const runde_visit *visit)
{
    const size_t room = NEED_BYTES * ((size_t)visit->n_skills + 1);
    char *const key = rn_arena_alloc(&s->arena, room);
    if (key == NULL) {
        return NULL;
    }
    int used = snprintf(key, room, "%d", (int)visit->crew);
    for (int32_t i = 0; i < visit->n_skills && used >= 0; i++) {
        const runde_skill_need *const need = &visit->skills[i];
        used +=
            snprintf(key + used, room - (size_t)used, " %d:%d:%d",
                     (int)need->skill, (int)need->min_level, (int)need->part);
    }
    return key;
}

static void report(const rn_review *review, const runde_visit *visit, int32_t v,
                   const verdict *found)
{
    const int32_t crew = visit->crew == 0 ? 1 : visit->crew;
    if (found->lacking != RUNDE_NONE) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W317",
                    rn_at("/visits/%d/required_skills", (int)v).text,
                    "no shift of %d has the skills for part %d of visit "
                    "\"%s\"; it will be left out",
                    (int)review->n[RN_SHIFTS], (int)found->lacking, visit->id);
    } else if (found->carers < crew) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W319",
                    rn_at("/visits/%d/crew", (int)v).text,
                    "visit \"%s\" needs a crew of %d, but only %d carers with "
                    "shifts have the skills; it will be left out",
                    visit->id, (int)crew, (int)found->carers);
    }
}

static runde_status review_classes(service *s)
{
    const rn_review *const review = s->review;
    int32_t n_classes = 0;
    for (int32_t v = 0; v < review->n[RN_VISITS] && s->steps < MOST_STEPS;
         v++) {
        const runde_visit *const visit =
            rn_problem_row(review->problem, RN_VISITS, v);
        char *const key = key_of(s, visit);
        if (key == NULL) {
            return RUNDE_E_NOMEM;
        }
        int32_t class = RUNDE_NONE;
        if (rn_idmap_put(&s->classes, key, n_classes, &class) != RUNDE_OK) {
            return RUNDE_E_NOMEM;
        }
        if (class == RUNDE_NONE) {
            class = n_classes++;
            s->verdicts[class] = judge(s, visit, class);
        }
        report(review, visit, v, &s->verdicts[class]);
    }
    return RUNDE_OK;
}

runde_status rn_review_service(rn_review *review)
{
    if (review->n[RN_VISITS] == 0) {
        return RUNDE_OK;
    }
    if (review->n[RN_SHIFTS] == 0) {
        rn_diag_add(review->diag, RUNDE_WARNING, "RUNDE-W317", "/shifts",
                    "there are no shifts; all %d visits will be left out",
                    (int)review->n[RN_VISITS]);
        return RUNDE_OK;
    }
    service s = {review,
                 RN_ARENA_INIT,
                 RN_IDMAP_INIT,
                 rn_calloc((size_t)review->n[RN_VISITS], sizeof(verdict)),
                 rn_calloc((size_t)review->n[RN_CARERS], sizeof(int32_t)),
                 0};
    runde_status status = RUNDE_E_NOMEM;
    if (s.verdicts != NULL && s.counted != NULL) {
        status = review_classes(&s);
    }
    rn_free(s.verdicts);
    rn_free(s.counted);
    rn_idmap_free(&s.classes);
    rn_arena_free(&s.arena);
    return status;
}
