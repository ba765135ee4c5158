#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plans made by hand: the order is enough, and whatever it breaks is said."""
import json

import program
from program import BAD_INPUT, VIOLATIONS, contains, equal, test


def orders(plan):
    """The plan without everything that its order decides."""
    return {"routes": [{"shift": route["shift"],
                        "stops": [stop["visit"] for stop in route["stops"]
                                  if "visit" in stop]}
                       for route in plan["routes"]]}


@test
def order_gets_its_times_back(t):
    t.plan(t.visits(visits=12))
    plan = json.loads(t.path("plan.json").read_text())
    t.write("draft.json", orders(plan))
    t.run("check", "visits.json", "draft.json", "-o", "again.json")
    again = json.loads(t.path("again.json").read_text())
    equal(again["routes"], plan["routes"])
    equal(again["cost"], plan["cost"])
    equal(again["kpis"], plan["kpis"])
    equal(again["search"]["outcome"], "draft")
    t.run("check", "visits.json", "again.json")
    text = t.run("check", "visits.json", "draft.json").stdout
    contains(text, "a0, shift a0-day, Mon 23 Mar 2026", "0 violations")


@test
def broken_rules_have_numbers(t):
    file = program.problem(visits=3, carers=1)
    file["visits"][0]["time_windows"][0]["max_start"] = "2026-03-23T08:10"
    file["visits"][1]["required_skills"] = ["insulin"]
    t.write("visits.json", file)
    t.write("draft.json",
            {"routes": [{"shift": "a0-day", "stops": ["v2", "v0", "v1"]}]})
    text = t.run("check", "visits.json", "draft.json", code=VIOLATIONS).stdout
    contains(text, "violation window: ", '"v0"', "violation skill: ",
             "2 violations", "travel_time")


@test
def left_out_visits_are_listed(t):
    t.visits(visits=3, carers=1)
    draft = json.dumps({"routes": [{"shift": "a0-day", "stops": ["v2"]}]})
    text = t.run("check", "visits.json", "-", text=draft).stdout
    contains(text, "left out, and why", "v0", "v1", "0 violations")


@test
def nonsense_is_bad_input(t):
    t.visits(visits=3, carers=1)
    for stops in (["v9"], [], [{"break": 0}], [{"visit": "v1", "at": 3}]):
        t.write("draft.json", {"routes": [{"shift": "a0-day",
                                           "stops": stops}]})
        result = t.run("check", "visits.json", "draft.json", code=BAD_INPUT)
        contains(result.stderr, "/routes/0/stops")


@test
def one_broken_route_leaves_the_others_alone(t):
    """A visit too much in one route is no reason to start everybody else's
    day anew."""
    t.run("sample", "rural_small", "-o", "visits.json")
    t.run("solve", "visits.json", "-n", "300", "-o", "plan.json")
    draft = orders(json.loads(t.path("plan.json").read_text()))
    t.write("draft.json", draft)
    t.run("check", "visits.json", "draft.json")
    day, evening = draft["routes"][0], draft["routes"][-2]
    evening["stops"].append(day["stops"].pop(0))
    t.write("draft.json", draft)
    text = t.run("check", "visits.json", "draft.json", "-j",
                 code=VIOLATIONS).stdout
    equal({v["shift"] for v in json.loads(text)["violations"]},
          {evening["shift"]})


@test
def only_what_the_draft_breaks_is_told(t):
    """The times are the program's own: they add up, and leave nothing out
    that there was time for."""
    t.run("sample", "rural_small", "-o", "visits.json")
    lift = [{"visit": "v000052", "part": 0}, {"visit": "v000061", "part": 0}]
    t.write("draft.json", {"routes": [
        {"shift": "a001-day-1-c00002", "stops": lift},
        {"shift": "a001-day-1-c00003", "stops": [
            dict(stop, part=1) for stop in reversed(lift)]}]})
    text = t.run("check", "visits.json", "draft.json", code=None).stdout
    equal("violation travel" in text, False)
    t.write("draft.json", {"routes": [
        {"shift": "a001-day-1-c00002", "stops": ["v000006", "v000001"]}]})
    text = t.run("check", "visits.json", "draft.json", code=None).stdout
    equal("activity 0" in text, False)


program.main()
