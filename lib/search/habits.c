/* SPDX-License-Identifier: MIT */
#include "search/habits.h"

#include <string.h>

static const struct {
    const char *name;
    uint32_t habit;
} list[] = {{"strings", RN_STRINGS}, {"routes", RN_ROUTES},
            {"clients", RN_CLIENTS}, {"scattered", RN_SCATTERED},
            {"bank", RN_BANK},       {"absence", RN_ABSENCE},
            {"blind", RN_BLIND},     {"blinks", RN_BLINKS},
            {"orders", RN_ORDERS},   {"near", RN_NEAR},
            {"heat", RN_HEAT},       {"tails", RN_TAILS},
            {"polish", RN_POLISH},   {"room", RN_ROOM},
            {"return", RN_RETURN},   {"hands", RN_HANDS},
            {"known", RN_KNOWN},     {"dear", RN_DEAR},
            {"few", RN_FEW},         {"close", RN_CLOSE},
            {"loose", RN_LOOSE},     {"cross", RN_CROSS},
            {"slice", RN_SLICE}};

static const size_t n_habits = sizeof list / sizeof list[0];

uint32_t rn_habit_named(const char *name)
{
    for (size_t i = 0; i < n_habits; i++) {
        if (strcmp(list[i].name, name) == 0) {
            return list[i].habit;
        }
    }
    return 0;
}

const char *rn_habit_name(size_t index)
{
    return index < n_habits ? list[index].name : NULL;
}
