/* SPDX-License-Identifier: MIT */
/* Visits: the days they may go on, and what repeats with them. */
#include "io/problem_reader.h"

enum {
    ID = 0,
    CLIENT,
    SERVICE_DURATION,
    PLACE,
    SETUP_DURATION,
    TIME_WINDOWS,
    PREFERRED_WINDOWS,
    DAYS,
    REQUIRED_SKILLS,
    LOADS,
    WISHES,
    CREW,
    OPTIONAL,
    PRIORITY,
    PRICE,
    PINNED_SHIFT,
    PINNED_START,
    MAY_OVERLAP,
    N_KEYS
};

static const char *const names[N_KEYS] = {"id",
                                          "client",
                                          "service_duration",
                                          "place",
                                          "setup_duration",
                                          "time_windows",
                                          "preferred_windows",
                                          "days",
                                          "required_skills",
                                          "loads",
                                          "wishes",
                                          "crew",
                                          "optional",
                                          "priority",
                                          "price",
                                          "pinned_shift",
                                          "pinned_start",
                                          "may_overlap"};

/* The days of one visit; none when its windows are not repeated. */
typedef struct day_list {
    const int64_t *day;
    int32_t n;
} day_list;

static day_list read_days(rn_problem_reader *p, const rn_node *array)
{
    rn_reader *const r = &p->in;
    const int32_t before = r->errors;
    rn_list list = rn_list_begin(r, array, sizeof(int64_t));
    int64_t *const days = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        const int32_t i = list.index;
        const int32_t errors = r->errors;
        rn_read_day(r, list.node, &days[i]);
        if (i > 0 && r->errors == errors && !r->is_blind &&
            days[i] <= days[i - 1]) {
            rn_fault(r, "RUNDE-E612",
                     "days must be in ascending order, each once");
        }
    }
    const bool is_good = r->errors == before && !r->is_blind;
    return (day_list){days, is_good ? list.count : 0};
}

static void read_bound(rn_reader *r, const rn_node *node, int32_t *bound)
{
    if (r->has_day) {
        rn_read_clock(r, node, bound);
    } else {
        rn_read_time(r, node, RN_DATE_NEVER, bound);
    }
}

static void read_window(rn_reader *r, const rn_node *node, void *to)
{
    static const char *const bounds[] = {"min_start", "max_start", "max_end"};
    static const rn_keys keys = RN_KEYS(bounds, 0);
    const rn_node *found[3];
    runde_window *const window = to;
    *window = (runde_window){RUNDE_TIME_NONE, RUNDE_TIME_NONE, RUNDE_TIME_NONE};
    (void)rn_read_members(r, node, &keys, found);
    read_bound(r, found[0], &window->min_start);
    read_bound(r, found[1], &window->max_start);
    read_bound(r, found[2], &window->max_end);
}

static void read_preferred(rn_reader *r, const rn_node *node, void *to)
{
    static const char *const bounds[] = {"start", "end"};
    static const rn_keys keys = RN_KEYS(bounds, 2);
    const rn_node *found[2];
    runde_interval *const interval = to;
    (void)rn_read_members(r, node, &keys, found);
    read_bound(r, found[0], &interval->start);
    read_bound(r, found[1], &interval->end);
}

typedef void (*read_fn)(rn_reader *r, const rn_node *node, void *to);

/* The windows of an array, once or for each day. */
static void *read_windows(rn_reader *r, const rn_node *array, size_t size,
                          const day_list *days, read_fn read, int32_t *n)
{
    const int32_t count =
        rn_node_kind(array) == RN_KIND_ARRAY ? rn_node_count(array) : 0;
    const int32_t times = days->n > 0 ? days->n : 1;
    *n = 0;
    if (count > INT32_MAX / times) {
        rn_fault_at(r, array, "RUNDE-E606",
                    "%d windows on %d days are too many", (int)count,
                    (int)times);
        return NULL;
    }
    if (count == 0) {
        /* Says what is wrong with something that is no array. */
        (void)rn_list_begin(r, array, 0);
        return NULL;
    }
    char *const items = rn_reader_alloc(r, count * times, size);
    if (items == NULL) {
        return NULL;
    }
    const int32_t before = r->errors;
    /* What is wrong on the first day would only be said again. */
    for (int32_t d = 0; d < times && r->errors == before; d++) {
        r->has_day = days->n > 0;
        r->day = days->n > 0 ? days->day[d] : 0;
        rn_list list = rn_list_begin(r, array, 0);
        for (; list.node != NULL; rn_list_next(r, &list)) {
            const size_t at = (size_t)d * (size_t)count + (size_t)list.index;
            read(r, list.node, items + at * size);
        }
    }
    r->has_day = false;
    *n = count * times;
    return items;
}

static void read_all_windows(rn_problem_reader *p, const rn_node *const *found,
                             runde_visit *visit, rn_repeat *repeat)
{
    rn_reader *const r = &p->in;
    const bool was_blind = r->is_blind;
    const int32_t before = r->errors;
    const day_list days = read_days(p, found[DAYS]);
    /* Clock times need the days: one finding about these is enough. */
    r->is_blind = was_blind || r->errors > before;
    visit->windows = read_windows(r, found[TIME_WINDOWS], sizeof(runde_window),
                                  &days, read_window, &visit->n_windows);
    visit->preferred =
        read_windows(r, found[PREFERRED_WINDOWS], sizeof(runde_interval), &days,
                     read_preferred, &visit->n_preferred);
    r->is_blind = was_blind;
    if (days.n > 0) {
        repeat->windows = visit->n_windows / days.n;
        repeat->preferred = visit->n_preferred / days.n;
    }
}

static void read_needs(rn_problem_reader *p, const rn_node *array,
                       runde_visit *visit)
{
    static const char *const need_names[] = {"skill", "min_level", "part"};
    static const rn_keys keys = RN_KEYS(need_names, 1);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, sizeof(runde_skill_need));
    runde_skill_need *const items = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        runde_skill_need *const need = &items[list.index];
        const rn_node *found[3] = {list.node, NULL, NULL};
        *need = (runde_skill_need){RUNDE_NONE, 1, RUNDE_NONE};
        if (rn_node_kind(list.node) != RN_KIND_STRING) {
            (void)rn_read_members(r, list.node, &keys, found);
        }
        rn_read_skill(p, found[0], &need->skill);
        rn_read_int(r, found[1], 0, INT32_MAX, &need->min_level);
        rn_read_int(r, found[2], 0, INT32_MAX, &need->part);
    }
    visit->skills = items;
    visit->n_skills = list.count;
}

static void read_loads(rn_problem_reader *p, const rn_node *array,
                       runde_visit *visit)
{
    static const char *const load_names[] = {"load", "amount"};
    static const rn_keys keys = RN_KEYS(load_names, 2);
    rn_reader *const r = &p->in;
    rn_list list = rn_list_begin(r, array, sizeof(runde_load_use));
    runde_load_use *const items = list.items;
    for (; list.node != NULL; rn_list_next(r, &list)) {
        runde_load_use *const use = &items[list.index];
        const rn_node *found[2];
        (void)rn_read_members(r, list.node, &keys, found);
        use->load = RUNDE_NONE;
        rn_read_ref(p, found[0], RN_ID_LOAD, &use->load);
        rn_read_int(r, found[1], INT32_MIN, INT32_MAX, &use->amount);
    }
    visit->loads = items;
    visit->n_loads = list.count;
}

void rn_read_visit(rn_problem_reader *p, const rn_node *node,
                   runde_visit *visit, rn_repeat *repeat)
{
    static const rn_keys keys = RN_KEYS(names, 3);
    const rn_node *found[N_KEYS];
    rn_reader *const r = &p->in;
    (void)rn_read_members(r, node, &keys, found);
    visit->id = rn_read_id(r, found[ID]);
    rn_read_ref(p, found[CLIENT], RN_ID_CLIENT, &visit->client);
    rn_read_duration(r, found[SERVICE_DURATION], &visit->duration);
    rn_read_ref(p, found[PLACE], RN_ID_PLACE, &visit->place);
    rn_read_duration(r, found[SETUP_DURATION], &visit->setup);
    read_all_windows(p, found, visit, repeat);
    read_needs(p, found[REQUIRED_SKILLS], visit);
    read_loads(p, found[LOADS], visit);
    rn_read_wishes(p, found[WISHES], &visit->wishes, &visit->n_wishes);
    rn_read_int(r, found[CREW], 1, INT32_MAX, &visit->crew);
    rn_read_bool(r, found[OPTIONAL], &visit->optional);
    rn_read_int(r, found[PRIORITY], 1, INT32_MAX, &visit->priority);
    rn_read_int(r, found[PRICE], 0, INT32_MAX, &visit->price);
    rn_read_ref(p, found[PINNED_SHIFT], RN_ID_SHIFT, &visit->pinned_shift);
    rn_read_time(r, found[PINNED_START], RN_DATE_NEVER, &visit->pinned_start);
    rn_read_bool(r, found[MAY_OVERLAP], &visit->may_overlap);
}

static void read_visit(rn_problem_reader *p, const rn_node *node,
                       rn_repeat *repeat)
{
    runde_visit visit = RUNDE_VISIT_INIT;
    rn_read_visit(p, node, &visit, repeat);
    if (p->in.status == RUNDE_OK) {
        rn_reader_note(&p->in,
                       runde_problem_add_visit(p->problem, &visit, NULL));
    }
}

void rn_read_visit_times(rn_problem_reader *p, const rn_node *windows,
                         const rn_node *preferred, runde_visit *visit)
{
    const rn_node *found[N_KEYS] = {NULL};
    rn_repeat repeat = {0, 0};
    runde_visit times = RUNDE_VISIT_INIT;
    found[TIME_WINDOWS] = windows;
    found[PREFERRED_WINDOWS] = preferred;
    read_all_windows(p, found, &times, &repeat);
    if (windows != NULL) {
        visit->windows = times.windows;
        visit->n_windows = times.n_windows;
    }
    if (preferred != NULL) {
        visit->preferred = times.preferred;
        visit->n_preferred = times.n_preferred;
    }
}

void rn_read_visits(rn_problem_reader *p, const rn_node *array)
{
    rn_list list = rn_list_begin(&p->in, array, 0);
    for (; list.node != NULL; rn_list_next(&p->in, &list)) {
        read_visit(p, list.node, &p->repeats[list.index]);
    }
}
