/* SPDX-License-Identifier: MIT */
/* A small problem that has a bit of everything and nothing wrong. */
#ifndef RN_SMALL_H
#define RN_SMALL_H

#include <runde/problem.h>

#include <string.h>

#define HOUR 3600

/* Records that the tests bend before they are added. */
typedef struct small {
    runde_settings settings;
    runde_place place[3];
    runde_client client[2];
    runde_carer carer[2];
    runde_shift shift[2];
    runde_visit visit[3];
    runde_link link[2];
    runde_past_visit past;
    runde_published published;
    runde_load load;
    int32_t n_links;
    int32_t n_shifts;
    const char *skill;
    const char *mode;

    runde_carer_wish wish[2];
    runde_interval absence;
    runde_skill_held held;
    runde_cap cap;
    runde_break pause;
    runde_activity report;
    runde_window window[2];
    runde_interval preferred[2];
    runde_skill_need need;
    runde_load_use use;
    runde_weights profile;
} small;

static inline void small_people(small *s)
{
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"base", "north", "south"};
        s->place[i] = (runde_place){sizeof(runde_place), ids[i], true,
                                    60.0 + 0.01 * i, 11.0 + 0.02 * i};
    }
    s->wish[0] = (runde_carer_wish){0, RUNDE_PREFERRED, 5};
    s->wish[1] = (runde_carer_wish){1, RUNDE_PROHIBITED, 0};
    s->absence = (runde_interval){20 * HOUR, 21 * HOUR};
    s->held = (runde_skill_held){0, 2, RUNDE_TIME_NONE};
    s->cap = (runde_cap){0, 3};
    runde_weights_default(&s->profile, 1000);
    s->profile.set = 1U << RUNDE_LATE;
    for (int i = 0; i < 2; i++) {
        static const char *const clients[] = {"k1", "k2"};
        static const char *const carers[] = {"c1", "c2"};
        s->client[i] = (runde_client)RUNDE_CLIENT_INIT;
        s->client[i].id = clients[i];
        s->client[i].place = i + 1;
        s->carer[i] = (runde_carer)RUNDE_CARER_INIT;
        s->carer[i].id = carers[i];
        s->carer[i].skills = &s->held;
        s->carer[i].n_skills = 1;
    }
    s->client[0].wishes = s->wish;
    s->client[0].n_wishes = 1;
    s->client[0].absences = &s->absence;
    s->client[0].n_absences = 1;
    s->client[0].weights = &s->profile;
    s->carer[0].caps = &s->cap;
    s->carer[0].n_caps = 1;
}

static inline void small_shifts(small *s)
{
    s->pause = (runde_break){1800, 10 * HOUR, 12 * HOUR, true, true, false};
    s->report = (runde_activity){"report", 0, 900, 7 * HOUR, 8 * HOUR};
    for (int i = 0; i < 2; i++) {
        static const char *const ids[] = {"s1", "s2"};
        s->shift[i] = (runde_shift)RUNDE_SHIFT_INIT;
        s->shift[i].id = ids[i];
        s->shift[i].carer = i;
        s->shift[i].start = 7 * HOUR;
        s->shift[i].end = 15 * HOUR;
        s->shift[i].start_place = 0;
        s->shift[i].end_place = 0;
    }
    s->shift[0].breaks = &s->pause;
    s->shift[0].n_breaks = 1;
    s->shift[0].activities = &s->report;
    s->shift[0].n_activities = 1;
    s->shift[0].caps = &s->cap;
    s->shift[0].n_caps = 1;
    s->n_shifts = 2;
}

static inline void small_visits(small *s)
{
    s->window[0] = (runde_window){8 * HOUR, 9 * HOUR, RUNDE_TIME_NONE};
    s->window[1] = (runde_window){10 * HOUR, RUNDE_TIME_NONE, 12 * HOUR};
    s->preferred[0] = (runde_interval){8 * HOUR, 8 * HOUR + 1800};
    s->preferred[1] = (runde_interval){10 * HOUR, 11 * HOUR};
    s->need = (runde_skill_need){0, 1, RUNDE_NONE};
    s->use = (runde_load_use){0, 1};
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"v1", "v2", "v3"};
        s->visit[i] = (runde_visit)RUNDE_VISIT_INIT;
        s->visit[i].id = ids[i];
        s->visit[i].client = i % 2;
        s->visit[i].duration = 600;
    }
    s->visit[0].windows = s->window;
    s->visit[0].n_windows = 2;
    s->visit[0].preferred = s->preferred;
    s->visit[0].n_preferred = 2;
    s->visit[0].skills = &s->need;
    s->visit[0].n_skills = 1;
    s->visit[0].loads = &s->use;
    s->visit[0].n_loads = 1;
    s->visit[1].crew = 2;
    s->visit[2].optional = true;
    s->visit[2].price = 7;
}

static inline void small_init(small *s)
{
    memset(s, 0, sizeof *s);
    s->settings = (runde_settings)RUNDE_SETTINGS_INIT;
    s->settings.time_zone = "Europe/Oslo";
    s->skill = "insulin";
    s->mode = "car";
    s->load = (runde_load){sizeof s->load, "heavy", true};
    small_people(s);
    small_shifts(s);
    small_visits(s);
    s->link[0] = (runde_link)RUNDE_LINK_INIT;
    s->link[0].before = 0;
    s->link[0].after = 2;
    s->link[0].min_gap = HOUR;
    s->link[0].max_gap = 3 * HOUR;
    s->link[1] = s->link[0];
    s->n_links = 1;
    s->past = (runde_past_visit){sizeof s->past, 0, 1, -HOUR};
    s->published =
        (runde_published){sizeof s->published, 0, 0, 0, 8 * HOUR, 300};
}

/* Adds the records, stops at the first failure. */
static inline runde_status small_add(const small *s, runde_problem *p)
{
    runde_status status = runde_problem_add_skill(p, s->skill, NULL);
#define ADD(call)                                                              \
    status = status == RUNDE_OK ? runde_problem_add_##call : status
    ADD(mode(p, s->mode, NULL));
    ADD(load(p, &s->load, NULL));
    for (int i = 0; i < 3; i++) {
        ADD(place(p, &s->place[i], NULL));
    }
    for (int i = 0; i < 2; i++) {
        ADD(client(p, &s->client[i], NULL));
        ADD(carer(p, &s->carer[i], NULL));
    }
    for (int32_t i = 0; i < s->n_shifts; i++) {
        ADD(shift(p, &s->shift[i], NULL));
    }
    for (int i = 0; i < 3; i++) {
        ADD(visit(p, &s->visit[i], NULL));
    }
    for (int32_t i = 0; i < s->n_links; i++) {
        ADD(link(p, &s->link[i], NULL));
    }
    ADD(past_visit(p, &s->past, NULL));
    ADD(published(p, &s->published, NULL));
#undef ADD
    return status;
}

#endif
