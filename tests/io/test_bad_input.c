/* SPDX-License-Identifier: MIT */
/* What is wrong with a file is said at the right place with the right code:
 * one small file per fault. */
#include "json_fixture.h"

#define HEAD "'format': 'runde-problem', 'version': 1"
#define OSLO                                                                   \
    "'settings': {'horizon': {'start': '2026-03-23', 'days': 7},"              \
    "             'time_zone': 'Europe/Oslo'}"
#define AUTUMN                                                                 \
    "'settings': {'horizon': {'start': '2026-10-19', 'days': 7},"              \
    "             'time_zone': 'Europe/Oslo'}"
#define PLACE "'places': [{'id': 'p', 'lat': 63.4, 'lon': 10.4}]"
#define CLIENT PLACE ", 'clients': [{'id': 'k', 'place': 'p'}]"
#define CARER "'carers': [{'id': 'a'}]"
#define SHIFT                                                                  \
    CARER ", 'shifts': [{'id': 's', 'carer': 'a', 'start': 0, 'end': 9000}]"
#define VISIT_WITH(more)                                                       \
    "{" HEAD ", " CLIENT ", " SHIFT ", 'visits': [{'id': 'v',"                 \
    " 'client': 'k', 'service_duration': 900" more "}]}"
#define DST_VISIT_WITH(more)                                                   \
    "{" HEAD ", " OSLO ", " CLIENT ", 'visits': [{'id': 'v',"                  \
    " 'client': 'k', 'service_duration': 900" more "}]}"

typedef struct bad {
    const char *name;
    const char *text;
    const char *code; /* NULL: good without a finding */
    const char *pointer;
} bad;

static const bad cases[] = {
    /* ---- good, however empty */
    {"no visits, no carers", "{" HEAD "}", NULL, NULL},
    {"empty arrays",
     "{" HEAD ", 'places': [], 'skills': [], 'loads': [], 'travel_modes': [],"
     " 'clients': [], 'carers': [], 'shifts': [], 'visits': [], 'links': [],"
     " 'history': [], 'published_plan': []}",
     NULL, NULL},
    {"visits without carers",
     "{" HEAD ", " CLIENT ", 'visits': [{'id': 'v', 'client': 'k',"
     " 'service_duration': 900}]}",
     "RUNDE-W317", "/shifts"},
    {"carers without visits", "{" HEAD ", " SHIFT "}", NULL, NULL},
    {"own keys",
     "{" HEAD ", 'x-any': {'deep': [1, null]}, 'places':"
     " [{'id': 'p', 'x-note': 3}]}",
     NULL, NULL},
    {"whole numbers in other clothes",
     VISIT_WITH(", 'crew': 1.0, 'priority': 1e1"), NULL, NULL},

    /* ---- the text */
    {"nothing", "", "RUNDE-E002", ""},
    {"not JSON", "visits", "RUNDE-E002", ""},
    {"cut off", "{" HEAD ", 'visits': [", "RUNDE-E002", "/visits/0"},
    {"two documents", "{" HEAD "} {}", "RUNDE-E006", ""},
    {"duplicate key", "{" HEAD ", 'visits': [], 'visits': []}", "RUNDE-E004",
     "/visits"},
    {"NaN", "{" HEAD ", 'places': [{'id': 'p', 'lat': NaN, 'lon': 1}]}",
     "RUNDE-E002", "/places/0/lat"},
    {"ragged matrix",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'durations':"
     " [[0, 1], [2]]}]}",
     "RUNDE-E009", "/travel_modes/0/durations/1"},
    /* ---- the format */
    {"an array", "[]", "RUNDE-E601", ""},
    {"no format", "{'version': 1}", "RUNDE-E601", ""},
    {"a plan", "{'format': 'runde-plan', 'version': 1}", "RUNDE-E601",
     "/format"},
    {"no version", "{'format': 'runde-problem'}", "RUNDE-E601", ""},
    {"version 2", "{'format': 'runde-problem', 'version': 2}", "RUNDE-E601",
     "/version"},
    {"version as text", "{'format': 'runde-problem', 'version': '1'}",
     "RUNDE-E601", "/version"},
    {"unknown key", "{" HEAD ", 'vists': []}", "RUNDE-E603", "/vists"},
    {"unknown key of a visit", VISIT_WITH(", 'piority': 10"), "RUNDE-E603",
     "/visits/0/piority"},
    {"key of another case", VISIT_WITH(", 'Crew': 1"), "RUNDE-E603",
     "/visits/0/Crew"},
    {"section is no array", "{" HEAD ", 'visits': {}}", "RUNDE-E602",
     "/visits"},
    {"section is null", "{" HEAD ", 'carers': null}", "RUNDE-E602", "/carers"},
    {"record is no object", "{" HEAD ", 'carers': [7]}", "RUNDE-E602",
     "/carers/0"},
    {"no id", "{" HEAD ", 'carers': [{}]}", "RUNDE-E604", "/carers/0"},
    {"id is a number", "{" HEAD ", 'carers': [{'id': 7}]}", "RUNDE-E602",
     "/carers/0/id"},
    {"id is empty", "{" HEAD ", 'carers': [{'id': ''}]}", "RUNDE-E606",
     "/carers/0/id"},
    {"bool as number", VISIT_WITH(", 'optional': 1"), "RUNDE-E602",
     "/visits/0/optional"},

    /* ---- ids */
    {"unknown client",
     "{" HEAD ", 'visits': [{'id': 'v', 'client': 'x',"
     " 'service_duration': 900}]}",
     "RUNDE-E605", "/visits/0/client"},
    {"unknown carer",
     "{" HEAD ", 'shifts': [{'id': 's', 'carer': 'x', 'start': 0,"
     " 'end': 9}]}",
     "RUNDE-E605", "/shifts/0/carer"},
    {"unknown place", "{" HEAD ", 'clients': [{'id': 'k', 'place': 'x'}]}",
     "RUNDE-E605", "/clients/0/place"},
    {"unknown skill, with a list",
     "{" HEAD ", 'skills': ['nurse'], 'carers': [{'id': 'a', 'skills':"
     " ['nurs']}]}",
     "RUNDE-E605", "/carers/0/skills/0"},
    {"unknown load",
     "{" HEAD ", 'carers': [{'id': 'a', 'caps': [{'load': 'x', 'cap': 1}]}]}",
     "RUNDE-E605", "/carers/0/caps/0/load"},
    {"unknown mode",
     "{" HEAD ", 'travel_modes': [{'id': 'car'}], " CARER ", 'shifts': [{"
     "'id': 's', 'carer': 'a', 'start': 0, 'end': 9, 'travel_mode': 'cart'}]}",
     "RUNDE-E605", "/shifts/0/travel_mode"},
    {"unknown visit of a link",
     "{" HEAD ", 'links': [{'before': 'x', 'after': 'y'}]}", "RUNDE-E605",
     "/links/0/after"},
    {"unknown client of the history",
     "{" HEAD ", " CARER ", 'history': [{'client': 'x', 'carer': 'a',"
     " 'start': -9}]}",
     "RUNDE-E605", "/history/0/client"},
    {"unknown visit of the published plan",
     "{" HEAD ", " CARER ", 'published_plan': [{'visit': 'x', 'carer': 'a',"
     " 'start': 9}]}",
     "RUNDE-E605", "/published_plan/0/visit"},
    {"unknown pinned shift", VISIT_WITH(", 'pinned_shift': 'x'"), "RUNDE-E605",
     "/visits/0/pinned_shift"},
    {"two visits of one id",
     "{" HEAD ", " CLIENT ", 'visits': [{'id': 'v', 'client': 'k',"
     " 'service_duration': 9}, {'id': 'v', 'client': 'k',"
     " 'service_duration': 9}]}",
     "RUNDE-E102", "/visits/1/id"},
    {"two carers of one id", "{" HEAD ", 'carers': [{'id': 'a'}, {'id': 'a'}]}",
     "RUNDE-E102", "/carers/1/id"},
    {"own place has a place's id",
     "{" HEAD ", " PLACE ", 'clients': [{'id': 'p', 'lat': 63.4,"
     " 'lon': 10.4}]}",
     "RUNDE-E612", "/clients/0"},
    {"place twice over",
     "{" HEAD ", " PLACE ", 'clients': [{'id': 'k', 'place': 'p', 'lat': 63.4,"
     " 'lon': 10.4}]}",
     "RUNDE-E612", "/clients/0"},

    /* ---- numbers */
    {"1e400", "{" HEAD ", 'places': [{'id': 'p', 'lat': 1e400, 'lon': 1}]}",
     "RUNDE-E606", "/places/0/lat"},
    {"minus zero", VISIT_WITH(", 'price': -0"), "RUNDE-E606",
     "/visits/0/price"},
    {"fraction", VISIT_WITH(", 'crew': 1.5"), "RUNDE-E606", "/visits/0/crew"},
    {"string for number", VISIT_WITH(", 'crew': '1'"), "RUNDE-E602",
     "/visits/0/crew"},
    {"2^32 - 1", VISIT_WITH(", 'price': 4294967295"), "RUNDE-E606",
     "/visits/0/price"},
    {"2^53 + 1", VISIT_WITH(", 'price': 9007199254740993"), "RUNDE-E606",
     "/visits/0/price"},
    {"2^64", VISIT_WITH(", 'price': 18446744073709551616"), "RUNDE-E606",
     "/visits/0/price"},
    {"1e300 as duration",
     "{" HEAD ", " CLIENT ", 'visits': [{'id': 'v', 'client': 'k',"
     " 'service_duration': 1e300}]}",
     "RUNDE-E606", "/visits/0/service_duration"},
    {"no crew", VISIT_WITH(", 'crew': 0"), "RUNDE-E606", "/visits/0/crew"},
    {"crew of 5", VISIT_WITH(", 'crew': 5"), "RUNDE-E301", "/visits/0/crew"},
    {"priority 101", VISIT_WITH(", 'priority': 101"), "RUNDE-E303",
     "/visits/0/priority"},
    {"negative price", VISIT_WITH(", 'price': -1"), "RUNDE-E606",
     "/visits/0/price"},
    {"weight too large", "{" HEAD ", 'weights': {'late': 1000001}}",
     "RUNDE-E501", "/weights/late"},
    {"unknown criterion", "{" HEAD ", 'weights': {'lateness': 1}}",
     "RUNDE-E603", "/weights/lateness"},
    {"soft weight", "{" HEAD ", 'weights': {'late': 'soft'}}", "RUNDE-E611",
     "/weights/late"},
    {"order of unknown", "{" HEAD ", 'order': ['late', 'travel']}",
     "RUNDE-E611", "/order/1"},
    {"order twice", "{" HEAD ", 'order': ['late', 'late']}", "RUNDE-E612",
     "/order/1"},
    {"unknown kind of wish",
     "{" HEAD ", " CARER ", 'clients': [{'id': 'k', 'wishes': [{'carer': 'a',"
     " 'kind': 'prefered'}]}]}",
     "RUNDE-E611", "/clients/0/wishes/0/kind"},
    {"negative cap",
     "{" HEAD ", 'loads': [{'id': 'h'}], 'carers': [{'id': 'a', 'caps':"
     " [{'load': 'h', 'cap': -1}]}]}",
     "RUNDE-E606", "/carers/0/caps/0/cap"},

    /* ---- places */
    {"lat without lon", "{" HEAD ", 'places': [{'id': 'p', 'lat': 63.4}]}",
     "RUNDE-E612", "/places/0"},
    {"lat 91", "{" HEAD ", 'places': [{'id': 'p', 'lat': 91, 'lon': 10}]}",
     "RUNDE-E123", "/places/0"},
    {"swapped", "{" HEAD ", 'places': [{'id': 'p', 'lat': 10.4, 'lon': 63.4}]}",
     "RUNDE-E124", "/places/0"},
    {"swapped at a client",
     "{" HEAD ", " PLACE ", 'clients': [{'id': 'k', 'lat': 10.4,"
     " 'lon': 63.4}]}",
     "RUNDE-E124", "/clients/0"},
    {"null island", "{" HEAD ", 'places': [{'id': 'p', 'lat': 0, 'lon': 0}]}",
     "RUNDE-W125", "/places/0"},
    {"far away",
     "{" HEAD ", 'places': [{'id': 'p', 'lat': 63.4, 'lon': 10.4},"
     " {'id': 'q', 'lat': 63.4, 'lon': 10.5}, {'id': 'r', 'lat': 59.9,"
     " 'lon': 10.7}]}",
     "RUNDE-W126", "/places/2"},

    /* ---- travel */
    {"matrix not square",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'durations':"
     " [[0, 1]]}]}",
     "RUNDE-E613", "/travel_modes/0/durations"},
    {"distances of another size",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'durations': [[0]],"
     " 'distances': [[0, 1], [1, 0]]}]}",
     "RUNDE-E613", "/travel_modes/0/distances"},
    {"matrix for two places",
     "{" HEAD ", " PLACE ", " SHIFT ", 'travel_modes': [{'id': 'm',"
     " 'durations': [[0, 1], [1, 0]]}]}",
     "RUNDE-E403", "/travel_modes/0/durations"},
    {"distances alone",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'distances':"
     " [[0]]}]}",
     "RUNDE-E604", "/travel_modes/0"},
    {"matrix and model",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'durations': [[0]],"
     " 'speed_model': {'bands': [{'detour': 1, 'speed_kmh': 9}]}}]}",
     "RUNDE-E612", "/travel_modes/0"},
    {"matrix is a number",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'm', 'durations': 5}]}",
     "RUNDE-E602", "/travel_modes/0/durations"},
    {"band without end",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'speed_model': {'bands':"
     " [{'detour': 1, 'speed_kmh': 9}, {'detour': 1, 'speed_kmh': 9}]}}]}",
     "RUNDE-E604", "/travel_modes/0/speed_model/bands/0"},
    {"mode of nothing",
     "{" HEAD ", " CARER ", " PLACE ", 'shifts': [{'id': 's', 'carer': 'a',"
     " 'start': 0, 'end': 9, 'travel_mode': 'boat'}]}",
     "RUNDE-E401", "/travel_modes/0"},

    /* ---- settings */
    {"bad zone", "{" HEAD ", 'settings': {'time_zone': 'Europe/Osol'}}",
     "RUNDE-E611", "/settings/time_zone"},
    {"tick of nothing", "{" HEAD ", 'settings': {'tick_ms': 0}}", "RUNDE-E606",
     "/settings/tick_ms"},
    {"tick that divides no hour", "{" HEAD ", 'settings': {'tick_ms': 7}}",
     "RUNDE-E201", "/settings/tick_ms"},
    {"date without zone",
     "{" HEAD ", 'settings': {'horizon': {'start': '2026-03-23'}}}",
     "RUNDE-E609", "/settings/horizon/start"},
    {"start is a number", "{" HEAD ", 'settings': {'horizon': {'start': 5}}}",
     "RUNDE-E602", "/settings/horizon/start"},
    {"late in the middle", "{" HEAD ", 'settings': {'late_at': 'middle'}}",
     "RUNDE-E611", "/settings/late_at"},
    {"early at noon", "{" HEAD ", 'settings': {'early_at': 'noon'}}",
     "RUNDE-E611", "/settings/early_at"},
    {"negative rest", "{" HEAD ", 'settings': {'rules': {'daily_rest': -1}}}",
     "RUNDE-E606", "/settings/rules/daily_rest"},

    /* ---- times */
    {"time without start", VISIT_WITH(", 'pinned_start': '2026-03-23T08:00Z'"),
     "RUNDE-E609", "/visits/0/pinned_start"},
    {"local time without zone",
     "{" HEAD
     ", 'settings': {'horizon': {'start': '2026-03-23T00:00:00Z'}}, " CARER
     ", 'shifts': [{'id': 's', 'carer': 'a',"
     " 'start': '2026-03-23T08:00', 'end': '2026-03-23T09:00:00Z'}]}",
     "RUNDE-E609", "/shifts/0/start"},
    {"clock time without day", DST_VISIT_WITH(", 'pinned_start': '08:00'"),
     "RUNDE-E609", "/visits/0/pinned_start"},
    {"30 February",
     DST_VISIT_WITH(", 'pinned_start': '2026-02-30T08:00:00+01:00'"),
     "RUNDE-E607", "/visits/0/pinned_start"},
    {"25 o'clock", DST_VISIT_WITH(", 'pinned_start': '2026-03-23T25:00'"),
     "RUNDE-E607", "/visits/0/pinned_start"},
    {"not a time", DST_VISIT_WITH(", 'pinned_start': 'morning'"), "RUNDE-E607",
     "/visits/0/pinned_start"},
    {"fractional seconds",
     DST_VISIT_WITH(", 'pinned_start': '2026-03-23T08:00:00.5+01:00'"),
     "RUNDE-E610", "/visits/0/pinned_start"},
    {"time is a list", DST_VISIT_WITH(", 'pinned_start': []"), "RUNDE-E602",
     "/visits/0/pinned_start"},
    {"far future",
     DST_VISIT_WITH(", 'pinned_start': '2150-03-23T08:00:00+01:00'"),
     "RUNDE-E606", "/visits/0/pinned_start"},
    {"beyond what fits",
     DST_VISIT_WITH(", 'pinned_start': '2062-03-23T08:00:00+01:00'"),
     "RUNDE-E203", "/visits/0/pinned_start"},
    {"clock skips it", DST_VISIT_WITH(", 'pinned_start': '2026-03-29T02:30'"),
     "RUNDE-E608", "/visits/0/pinned_start"},
    {"clock skips it on one day",
     DST_VISIT_WITH(", 'days': ['2026-03-28', '2026-03-29'], 'time_windows':"
                    " [{'min_start': '02:30'}]"),
     "RUNDE-E608", "/visits/0/time_windows/0/min_start"},
    {"clock shows it twice",
     "{" HEAD ", " AUTUMN ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a',"
     " 'start': '2026-10-25T02:30', 'end': '2026-10-25T09:00'}]}",
     "RUNDE-W650", "/shifts/0/start"},
    {"not a whole tick",
     "{" HEAD ", 'settings': {'tick_ms': 60000}, " CLIENT ", 'visits': [{"
     "'id': 'v', 'client': 'k', 'service_duration': 90}]}",
     "RUNDE-E610", "/visits/0/service_duration"},
    {"duration in words", VISIT_WITH(", 'setup_duration': '5 min'"),
     "RUNDE-E607", "/visits/0/setup_duration"},
    {"negative duration", VISIT_WITH(", 'setup_duration': -300"), "RUNDE-E606",
     "/visits/0/setup_duration"},
    {"negative duration in ISO", VISIT_WITH(", 'setup_duration': '-PT5M'"),
     "RUNDE-E606", "/visits/0/setup_duration"},
    {"duration of fractions", VISIT_WITH(", 'setup_duration': 2.5"),
     "RUNDE-E606", "/visits/0/setup_duration"},
    {"duration null", VISIT_WITH(", 'setup_duration': null"), "RUNDE-E602",
     "/visits/0/setup_duration"},

    /* ---- windows, shifts, days */
    {"window is empty",
     VISIT_WITH(", 'time_windows': [{'min_start': 900, 'max_start': 800}]"),
     "RUNDE-E209", "/visits/0/time_windows/0/max_start"},
    {"window is shorter than service",
     VISIT_WITH(", 'time_windows': [{'min_start': 0, 'max_end': 800}]"),
     "RUNDE-E210", "/visits/0/time_windows/0/max_end"},
    {"windows overlap",
     VISIT_WITH(", 'time_windows': [{'min_start': 0, 'max_start': 800},"
                " {'min_start': 700, 'max_start': 900}]"),
     "RUNDE-W211", "/visits/0/time_windows"},
    {"repeated window is empty",
     DST_VISIT_WITH(", 'days': [3, 4], 'time_windows': [{'min_start': '08:00',"
                    " 'max_start': '09:00'}, {'min_start': '10:00',"
                    " 'max_start': '09:30'}]"),
     "RUNDE-E209", "/visits/0/time_windows/1/max_start"},
    {"preferred descend",
     VISIT_WITH(", 'preferred_windows': [{'start': 900, 'end': 950},"
                " {'start': 100, 'end': 150}]"),
     "RUNDE-E212", "/visits/0/preferred_windows/1"},
    {"days descend", DST_VISIT_WITH(", 'days': ['2026-03-25', '2026-03-24']"),
     "RUNDE-E612", "/visits/0/days/1"},
    {"full time on days",
     DST_VISIT_WITH(", 'days': [1], 'time_windows': [{'min_start':"
                    " '2026-03-24T08:00'}]"),
     "RUNDE-E607", "/visits/0/time_windows/0/min_start"},
    {"no such day", DST_VISIT_WITH(", 'days': ['2026-02-29']"), "RUNDE-E607",
     "/visits/0/days/0"},
    {"shift ends before it starts",
     "{" HEAD ", " OSLO ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a',"
     " 'day': 0, 'start': '22:00', 'end': '07:00'}]}",
     "RUNDE-E205", "/shifts/0/end"},
    {"explicit next day",
     "{" HEAD ", " OSLO ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a',"
     " 'day': 0, 'start': '22:00', 'end': '07:00+1'}]}",
     NULL, NULL},
    {"shifts overlap",
     "{" HEAD ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a', 'start': 0,"
     " 'end': 9}, {'id': 't', 'carer': 'a', 'start': 5, 'end': 12}]}",
     "RUNDE-E216", "/shifts/1/start"},
    {"part outside the crew",
     "{" HEAD ", " CLIENT ", 'visits': [{'id': 'v', 'client': 'k',"
     " 'service_duration': 9, 'required_skills': [{'skill': 'x',"
     " 'part': 1}]}]}",
     "RUNDE-E302", "/visits/0/required_skills/0"},

    /* ---- corners */
    {"no echo of a lost section",
     "{" HEAD ", 'carers': 5, 'shifts': [{'id': 's', 'carer': 'a', 'start': 0,"
     " 'end': 9}]}",
     "RUNDE-E602", "/carers"},
    {"seven bands",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'speed_model': {'bands':"
     " [1, 2, 3, 4, 5, 6, 7]}}]}",
     "RUNDE-E606", "/travel_modes/0/speed_model/bands"},
    {"band of words",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'speed_model': {'bands':"
     " [{'detour': 'x', 'speed_kmh': 9}]}}]}",
     "RUNDE-E602", "/travel_modes/0/speed_model/bands/0/detour"},
    {"access of fractions",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'speed_model': {'access':"
     " 'PT1.5S', 'bands': [{'detour': 1, 'speed_kmh': 9}]}}]}",
     "RUNDE-E606", "/travel_modes/0/speed_model/access"},
    {"access of words",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'speed_model': {'access':"
     " 'soon', 'bands': [{'detour': 1, 'speed_kmh': 9}]}}]}",
     "RUNDE-E607", "/travel_modes/0/speed_model/access"},
    {"matrix of no places",
     "{" HEAD ", 'travel_modes': [{'id': 'm', 'durations': [],"
     " 'distances': []}]}",
     NULL, NULL},
    {"leg without road or metres",
     "{" HEAD ", " PLACE ", 'travel_modes': [{'id': 'car', 'legs': [{'from':"
     " 'p', 'to': 'p', 'duration': 0, 'distance': null}]}]}",
     NULL, NULL},
    {"client with lat alone",
     "{" HEAD ", 'clients': [{'id': 'k', 'lat': 63.4}]}", "RUNDE-E612",
     "/clients/0"},
    {"skill is a number", "{" HEAD ", 'carers': [{'id': 'a', 'skills': [7]}]}",
     "RUNDE-E602", "/carers/0/skills/0"},
    {"skill of a number",
     "{" HEAD ", 'carers': [{'id': 'a', 'skills': [{'skill': 7}]}]}",
     "RUNDE-E602", "/carers/0/skills/0/skill"},
    {"mode is a number",
     "{" HEAD ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a', 'start': 0,"
     " 'end': 9, 'travel_mode': 7}]}",
     "RUNDE-E602", "/shifts/0/travel_mode"},
    {"kind is a number",
     "{" HEAD ", " CARER ", 'clients': [{'id': 'k', 'wishes': [{'carer': 'a',"
     " 'kind': 0}]}]}",
     "RUNDE-E602", "/clients/0/wishes/0/kind"},
    {"long unknown id",
     "{" HEAD ", 'shifts': [{'id': 's', 'carer': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xa5\xc3\xa5\xc3\xa5\xc3\xa5', 'start':"
     " 0, 'end': 9}]}",
     "RUNDE-E605", "/shifts/0/carer"},
    {"half a second is no start",
     "{" HEAD ", 'settings': {'horizon': {'start':"
     " '2026-03-23T00:00:00.5Z'}}}",
     "RUNDE-E610", "/settings/horizon/start"},
    {"25:00 on a day",
     DST_VISIT_WITH(", 'days': [1], 'time_windows': [{'min_start':"
                    " '25:00'}]"),
     "RUNDE-E607", "/visits/0/time_windows/0/min_start"},
    {"absence from no day",
     "{" HEAD ", " OSLO ", 'clients': [{'id': 'k', 'absences': [{'start':"
     " '2026-02-30', 'end': '2026-03-30'}]}]}",
     "RUNDE-E607", "/clients/0/absences/0/start"},
    {"a duration of a million years", VISIT_WITH(", 'setup_duration': 1e15"),
     "RUNDE-E606", "/visits/0/setup_duration"},
    {"repeated preferred windows descend",
     DST_VISIT_WITH(", 'days': [1, 2], 'preferred_windows': [{'start':"
                    " '10:00', 'end': '11:00'}, {'start': '08:00', 'end':"
                    " '09:00'}]"),
     "RUNDE-E212", "/visits/0/preferred_windows/1"},
};

static void test_each(void)
{
    static seen all;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bad *const it = &cases[i];
        runde_problem *problem = NULL;
        const runde_status status = read_problem(&problem, it->text, &all);
        bool is_as_expected;
        if (it->code == NULL) {
            is_as_expected = status == RUNDE_OK && all.n == 0;
        } else {
            const bool is_warning = it->code[strlen("RUNDE-")] == 'W';
            is_as_expected = has_seen(&all, it->code, it->pointer) &&
                             (status == RUNDE_OK) == is_warning;
        }
        if (!is_as_expected) {
            printf("    %s: %s\n", it->name, runde_status_name(status));
            print_seen(&all);
        }
        CU_ASSERT(is_as_expected);
        CU_ASSERT_EQUAL(problem != NULL, status == RUNDE_OK);
        runde_problem_free(problem);
    }
}

/* Messages say how to write it, in the words and numbers of the format. */
static void test_advice(void)
{
    static const struct {
        const char *text;
        const char *says;
    } advice[] = {
        {"{'format': 'runde-plan', 'version': 1}",
         "this is a runde-plan; a runde-problem is expected here"},
        {DST_VISIT_WITH(", 'days': [1], 'time_windows': [{'min_start':"
                        " '0730'}]"),
         "a clock time such as \"07:30\""},
        {DST_VISIT_WITH(", 'time_windows': [{'min_start': '0730'}]"),
         "expected 2026-04-13T07:30"},
        {VISIT_WITH(", 'setup_duration': '20M'"), "expected seconds or PT20M"},
        {"{" HEAD ", 'settings': {'time_zone': 'UTC', 'horizon': {'start':"
         " '13.04.2026'}}}",
         "expected 2026-04-13 or 2026-04-13T00:00"},
        {"{" HEAD ", " OSLO ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a',"
         " 'day': 0, 'start': '7:00', 'end': '15:00'}]}",
         "expected 07:30 or 2026-04-13T07:30"},
        {"{" HEAD ", " OSLO ", " CARER ", 'shifts': [{'id': 's', 'carer': 'a',"
         " 'day': 0, 'start': '22:00', 'end': '07:15'}]}",
         "write 07:15+1 for the next day"},
        {VISIT_WITH(", 'crew': 5"), "it must be from 1 to 4"},
        {VISIT_WITH(", 'crew': 0"), "the least allowed here is 1"},
        {VISIT_WITH(", 'priority': 101"), "it must be from 1 to 100"},
        {VISIT_WITH(", 'price': -1"), "the least allowed here is 0"},
        {"{" HEAD ", 'weights': {'late': 1000001}}",
         "it must be from 0 to 1000000"},
        {"{" HEAD ", 'weights': {'idle': {'limit': 60}}}", "is not hard"},
        {"{" HEAD ", 'weights': {'idle': {'hard': true, 'limit': -1}}}",
         "begin at 0"},
    };
    static seen all;
    for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
        runde_problem *problem = NULL;
        const runde_status status =
            read_problem(&problem, advice[i].text, &all);
        CU_ASSERT(status == RUNDE_E_FORMAT || status == RUNDE_E_INVALID);
        CU_ASSERT(all.n >= 1);
        if (strstr(all.finding[0].message, advice[i].says) == NULL) {
            printf("    wanted: %s\n", advice[i].says);
            print_seen(&all);
            CU_FAIL("the message says otherwise");
        }
        runde_problem_free(problem);
    }
}

/* One fault, one finding: no echoes from the model or from later readers. */
static void test_no_echo(void)
{
    static seen all;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runde_problem *problem = NULL;
        const runde_status status = read_problem(&problem, cases[i].text, &all);
        if (status == RUNDE_E_FORMAT && all.n > 2) {
            printf("    %s\n", cases[i].name);
            print_seen(&all);
        }
        CU_ASSERT(status != RUNDE_E_FORMAT || all.n <= 2);
        runde_problem_free(problem);
    }
}

static void test_all_at_once(void)
{
    static seen all;
    runde_problem *problem = NULL;
    const runde_status status = read_problem(
        &problem,
        "{" HEAD ", 'vists': 3, " PLACE ", 'clients': [{'id': 'k',"
        " 'place': 'p'}, {'id': 'k2', 'place': 'q'}], 'visits': ["
        "{'id': 'v', 'client': 'k', 'service_duration': 900, 'crew': 7},"
        "{'id': 'v', 'client': 'k', 'service_duration': 'x', 'crew': 7},"
        "{'id': 'w', 'client': 'k9', 'service_duration': 900,"
        " 'priority': 500}]}",
        &all);
    CU_ASSERT_EQUAL(status, RUNDE_E_FORMAT);
    CU_ASSERT_PTR_NULL(problem);
    CU_ASSERT(has_seen(&all, "RUNDE-E603", "/vists"));
    CU_ASSERT(has_seen(&all, "RUNDE-E605", "/clients/1/place"));
    CU_ASSERT(has_seen(&all, "RUNDE-E607", "/visits/1/service_duration"));
    CU_ASSERT(has_seen(&all, "RUNDE-E605", "/visits/2/client"));
    /* The model judges the visit that could be read, and no other. */
    CU_ASSERT(has_seen(&all, "RUNDE-E301", "/visits/0/crew"));
    CU_ASSERT(!has_seen(&all, "RUNDE-E301", "/visits/1/crew"));
    CU_ASSERT(!has_seen(&all, "RUNDE-E303", "/visits/2/priority"));
}

static void test_a_hundred(void)
{
    static seen all;
    static char text[100000];
    size_t n = (size_t)snprintf(text, sizeof text, "{%s, 'carers': [", HEAD);
    for (int i = 0; i < 500; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n,
                              "%s{'id': 'c%d', 'skils': []}", i == 0 ? "" : ",",
                              i);
    }
    (void)snprintf(text + n, sizeof text - n, "]}");
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL(read_problem(&problem, text, &all), RUNDE_E_FORMAT);
    CU_ASSERT_EQUAL(all.n, 100);
    char *const copy = quoted(text);
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_EQUAL(
        runde_problem_from_json(&problem, copy, strlen(copy), &diag),
        RUNDE_E_FORMAT);
    CU_ASSERT_EQUAL(diag.errors, 500);
    CU_ASSERT_STRING_EQUAL(diag.pointer, "/carers/0/skils");
    CU_ASSERT_PTR_NOT_NULL(strstr(diag.message, "skills"));
    CU_ASSERT_EQUAL(runde_problem_from_json(&problem, copy, strlen(copy), NULL),
                    RUNDE_E_FORMAT);
    free(copy);
}

static void test_deep(void)
{
    static seen all;
    static char text[200020];
    runde_problem *problem = NULL;
    memset(text, '[', 200000);
    text[200000] = '\0';
    CU_ASSERT_EQUAL(read_problem(&problem, text, &all), RUNDE_E_LIMIT);
    CU_ASSERT_EQUAL(all.n, 1);
    for (size_t i = 0; i + 5 < 200000; i += 5) {
        memcpy(text + i, "{'a':", 5);
    }
    CU_ASSERT_EQUAL(read_problem(&problem, text, &all), RUNDE_E_LIMIT);
    CU_ASSERT_PTR_NULL(problem);
}

/* Texts of other kinds may be somebody's name: they are not repeated. */
static void test_no_names(void)
{
    static seen all;
    runde_problem *problem = NULL;
    CU_ASSERT_EQUAL(
        read_problem(&problem,
                     DST_VISIT_WITH(", 'pinned_start': 'Canary Hansen',"
                                    " 'setup_duration': 'Canary',"
                                    " 'required_skills': 'Canary',"
                                    " 'crew': 'Canary'"),
                     &all),
        RUNDE_E_FORMAT);
    CU_ASSERT(all.n >= 4);
    for (int i = 0; i < all.n; i++) {
        CU_ASSERT_PTR_NULL(strstr(all.finding[i].message, "Canary"));
    }
}

static void test_arguments(void)
{
    runde_problem *problem = NULL;
    runde_diag wrong = RUNDE_DIAG_INIT;
    wrong.size = 3;
    CU_ASSERT_EQUAL(runde_problem_from_json(NULL, "{}", 2, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_from_json(&problem, NULL, 0, NULL),
                    RUNDE_E_ARGUMENT);
    CU_ASSERT_EQUAL(runde_problem_from_json(&problem, "{}", 2, &wrong),
                    RUNDE_E_ARGUMENT);
    /* The length counts, not a NUL. */
    CU_ASSERT_EQUAL(runde_problem_from_json(&problem, "{}xyz", 2, NULL),
                    RUNDE_E_FORMAT);
}

int main(void)
{
    RN_RUN("bad_input", RN_TEST(test_each), RN_TEST(test_advice),
           RN_TEST(test_no_echo), RN_TEST(test_all_at_once),
           RN_TEST(test_a_hundred), RN_TEST(test_deep), RN_TEST(test_no_names),
           RN_TEST(test_arguments));
}
