#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What people read: routes, key figures, before and after."""
import json
import re

import program
from program import DONE, UNSERVED, contains, equal, test


def row(text, name):
    """The figures of a table's row, as words."""
    for line in text.splitlines():
        if line.startswith(name + " "):
            return line[len(name):].split()
    raise AssertionError(f"no row {name!r} in:\n{text}")


@test
def every_stop_is_in_the_table(t):
    file = program.problem(visits=10)
    file["visits"][3]["crew"] = 2
    visits = t.write("visits.json", file)
    result = t.run("solve", visits, "-n", "50", "-f", "table", "-o",
                   "plan.json")
    text = result.stdout
    plan = json.loads(t.path("plan.json").read_text())
    for route in plan["routes"]:
        contains(text, f"{route['carer']}, shift {route['shift']}, "
                       "Mon 23 Mar 2026")
        for stop in route["stops"]:
            clock = [stop[key][11:16] for key in
                     ("arrival", "service_start", "departure")]
            pattern = rf"^  {stop['visit']}\b.*" + r" +".join(clock)
            equal(re.search(pattern, text, re.M) is not None, True)
    contains(text, "v3 (1 of 2)", "v3 (2 of 2)", "key figure")
    equal(row(text, "served")[0], str(plan["kpis"]["served"]))


@test
def estimated_travel_is_marked(t):
    file = program.problem(visits=3, carers=1)
    n = 4
    file["travel_modes"] = [{
        "id": "car",
        "durations": [[0 if i == j else 600 for j in range(n)]
                      for i in range(n)],
        "estimated": [{"from": "office", "to": ["k0", "k1", "k2"]}]}]
    visits = t.write("visits.json", file)
    text = t.run("solve", visits, "-n", "5", "-f", "table", "-o",
                 "plan.json").stdout
    marked = [line for line in text.splitlines() if line.endswith(" 10 ~")]
    equal(len(marked), 1)
    contains(text, "~ travel estimated from coordinates")
    plan = json.loads(t.path("plan.json").read_text())
    stops = plan["routes"][0]["stops"]
    equal([stop.get("estimated") for stop in stops], [True, None, None])
    t.run("check", visits, "plan.json")


@test
def summer_time_night(t):
    # 28 to 29 March 2026: 02:00 to 03:00 does not exist.
    file = program.problem(visits=1, carers=1)
    file["settings"]["horizon"] = {"start": "2026-03-28", "days": 2}
    file["shifts"][0].update(start="2026-03-28T22:00",
                             end="2026-03-29T07:00")
    file["visits"][0]["time_windows"] = [{"min_start": "2026-03-29T03:30",
                                          "max_start": "2026-03-29T03:30"}]
    text = t.run("solve", t.write("night.json", file), "-n", "5", "-f",
                 "table").stdout
    line = [line for line in text.splitlines() if line.startswith("  v0")][0]
    contains(line, "03:30", "03:50")


@test
def night_belongs_to_the_evening(t):
    file = program.problem(visits=1, carers=1)
    file["settings"]["horizon"]["days"] = 2
    file["shifts"][0].update(start="2026-03-23T22:00", end="2026-03-24T07:00")
    file["visits"][0]["time_windows"] = [{"min_start": "2026-03-24T03:30"}]
    text = t.run("solve", t.write("night.json", file), "-n", "5", "-f",
                 "table").stdout
    contains(text.splitlines()[0], "shift a0-day, Mon 23 Mar 2026, 03:",
             "+1-")
    line = [line for line in text.splitlines() if line.startswith("  v0")][0]
    contains(line, "03:30+1", "03:50+1")


@test
def columns_fit_the_ids(t):
    file = program.problem(visits=3, carers=2)
    file["visits"][0]["id"] = "the-morning-visit-with-medication"
    file["visits"][1].update(id="x" * 60, crew=2)
    file["visits"][2]["id"] = "blåbærsyltetøy"
    text = t.run("solve", t.write("long.json", file), "-n", "20", "-f",
                 "table").stdout
    contains(text, "  the-morning-visit-with-medication ",
             "  " + "x" * 30 + "\u2026 (1 of 2)  k1 ", "(2 of 2)  k1 ")
    # Every clock time of a first stop begins in the same column.
    starts = {re.search(r" \d\d:\d\d ", line).start()
              for line in text.splitlines()
              if re.match(r"  [a-zx]\S+ .*\d\d:\d\d ", line)}
    equal(len(starts), 1)


@test
def breaks_say_where(t):
    file = program.problem(visits=3, carers=1)
    pause = {"duration": "PT30M", "min_start": "2026-03-23T08:00",
             "max_start": "2026-03-23T14:00"}
    file["shifts"][0]["breaks"] = [pause]
    text = t.run("solve", t.write("pause.json", file), "-n", "20", "-f",
                 "table").stdout
    equal(re.search(r"^  break at (office|k\d) ", text, re.M) is not None,
          True)
    file["clients"][1]["lat"] = 60.6  # three quarters of an hour and more
    for i, clock in ((0, "08:00"), (1, "10:00"), (2, "13:00")):
        file["visits"][i]["time_windows"] = [
            {"min_start": f"2026-03-23T{clock}",
             "max_start": f"2026-03-23T{clock}"}]
    file["shifts"][0]["breaks"] = [dict(
        pause, min_start="2026-03-23T08:40", max_start="2026-03-23T08:40",
        interrupts_travel=True)]
    text = t.run("solve", t.write("road.json", file), "-n", "20", "-f",
                 "table").stdout
    contains(text, "  break on the road ")


@test
def ticks_without_dates(t):
    file = {"format": "runde-problem", "version": 1,
            "clients": [{"id": "k", "lat": 60.0, "lon": 11.0}],
            "carers": [{"id": "a"}],
            "shifts": [{"id": "s", "carer": "a", "start": 100000,
                        "end": 120000}],
            "visits": [{"id": "v", "client": "k", "service_duration": 600}]}
    text = t.run("solve", t.write("ticks.json", file), "-n", "5", "-f",
                 "table").stdout
    contains(text, "a, shift s, day 2", "  v ")


@test
def left_out_with_reasons(t):
    file = program.problem()
    file["skills"] = ["nurse"]
    file["visits"][2]["required_skills"] = ["nurse"]
    file["visits"][2]["priority"] = 70
    file["visits"][5].update(required_skills=["nurse"], optional=True)
    visits = t.write("visits.json", file)
    text = t.run("solve", visits, "-n", "50", "-f", "table").stdout
    lines = text[text.index("left out, and why"):].splitlines()
    why = ("      2 shifts: the carer lacks a skill or its level, or it has "
           "expired")
    equal(lines[1].split(), ["v2", "k2", "priority", "70"])
    equal(lines[2], why)
    equal(lines[3].split(), ["v5", "k5", "optional"])
    equal(lines[4], why)
    equal(row(text, "left out, mandatory"), ["1"])
    equal(row(text, "left out, optional"), ["1"])
    file = program.problem()
    file["carers"] = file["shifts"] = []
    text = t.run("solve", t.write("alone.json", file), "-n", "5", "-f",
                 "table").stdout
    equal(text.count("      there is no shift at all\n"), 8)


@test
def require_complete(t):
    file = program.problem()
    file["skills"] = ["nurse"]
    file["visits"][0]["required_skills"] = ["nurse"]
    visits = t.write("visits.json", file)
    said = ("runde: 1 of 8 visits left out (1 mandatory); see \"unserved\" "
            "in the plan\n")
    result = t.run("solve", visits, "-n", "5", "-o", "plan.json",
                   "--require-complete", code=UNSERVED)
    contains(result.stderr, said)
    t.run("check", visits, "plan.json")  # written all the same
    contains(t.run("solve", visits, "-n", "5", code=DONE).stderr, said)
    # Optional visits may be left out, that is what optional means.
    file["visits"][0]["optional"] = True
    result = t.run("solve", t.write("visits.json", file), "-n", "5",
                   "--require-complete", code=DONE)
    equal("runde:" in result.stderr, False)


@test
def before_and_after(t):
    t.run("sample", "rural_small", "-o", "visits.json", "--baseline",
          "today.json")
    t.plan("visits.json")
    text = t.run("kpi", "visits.json", "plan.json", "--baseline",
                 "today.json").stdout
    contains(text.splitlines()[0], "before", "after", "change")
    alone = t.run("kpi", "visits.json", "plan.json").stdout
    before = t.run("kpi", "visits.json", "today.json").stdout
    for name in ("visits", "served", "travel (h:mm)", "distance (km)",
                 "carers per client, mean"):
        both = row(text, name)
        equal(both[0], row(before, name)[0])
        equal(both[1], row(alone, name)[0])
    same = t.run("kpi", "visits.json", "plan.json", "--baseline",
                 "plan.json").stdout
    equal(row(same, "served")[2], "0")
    equal(row(same, "travel (h:mm)")[2], "0:00")


@test
def check_prints_cost_and_figures(t):
    visits = t.visits()
    plan = t.plan(visits)
    text = t.run("check", visits, plan).stdout
    contains(text, "0 violations", "criterion", "travel_time",
             "Criteria with amount 0 are not listed.", "key figure")
    stated = json.loads(t.path(plan).read_text())["cost"]
    equal(row(text, "total cost"), [str(stated["wishes"])])
    equal(row(text, "left out, sum of priorities"), ["0"])


@test
def left_out_by_priority(t):
    file = program.problem()
    file["skills"] = ["nurse"]
    for i, priority in ((1, 3), (2, 70), (4, 70)):
        file["visits"][i].update(required_skills=["nurse"], priority=priority)
    visits = t.write("visits.json", file)
    t.plan(visits, "after.json")
    text = t.run("check", visits, "after.json").stdout
    equal(row(text, "left out, sum of priorities"), ["143"])
    equal(row(text, "left out, priority 70"), ["2"])
    equal(row(text, "left out, priority 3"), ["1"])
    equal("left out, priority 10 " in text, False)
    order = [text.index(f"left out, {word}") for word in
             ("mandatory", "priority 70", "priority 3", "optional")]
    equal(order, sorted(order))
    # The plan before leaves one more of another priority out.
    plan = json.loads(t.path("after.json").read_text())
    lost = next(s for r in plan["routes"] for s in r["stops"] if "visit" in s)
    for route in plan["routes"]:
        route["stops"] = [s for s in route["stops"] if s is not lost]
    before = t.write("before.json", plan)
    text = t.run("kpi", visits, "after.json", "--baseline", before).stdout
    equal(row(text, "left out, priority 70"), ["2", "2", "0", "+0.0", "%"])
    equal(row(text, "left out, priority 10"), ["1", "0", "-1", "-100.0", "%"])


@test
def table_and_file(t):
    visits = t.visits()
    both = t.run("solve", visits, "-n", "20", "-f", "table", "-o", "p.json")
    equal(t.run("solve", visits, "-n", "20", "-f", "table").stdout,
          both.stdout)
    equal(t.run("solve", visits, "-n", "20").bytes,
          t.path("p.json").read_bytes())


@test
def all_samples_are_listed(t):
    text = t.run("sample", "--help").stdout
    for name in ("rural_small", "mid_25k", "mid_25k_spread", "large_town",
                 "city_district", "oslo_size"):
        contains(text, name)
    t.run("sample", "rural_small", "--days", "2", "-o", "two.json")
    equal(json.loads(t.path("two.json").read_text())["settings"]["horizon"]
          ["days"], 2)


program.main()
