#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What commands print for programs: as the schemas of docs/ say."""
import json
import pathlib
import sys

import program
from program import BAD_INPUT, VIOLATIONS, equal, test

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "io"))
import validate_schema  # noqa: E402  knows the keywords that we use


def faults(value):
    path = ROOT / "docs" / f"{value['format']}.schema.json"
    schema = validate_schema.Schema(json.loads(path.read_text("utf-8")))
    return schema.faults(value, schema.root)


def told(t, *words, **how):
    """The JSON that a command prints, which is as its schema says."""
    value = json.loads(t.run(*words, **how).stdout)
    equal(value["version"], 1)
    equal(faults(value), [])
    # A schema that lets anything pass would pass all of it.
    equal(len(faults(dict(value, unheard=1))), 1)
    for key in list(value):
        if key not in ("format", "baseline"):
            less = {k: v for k, v in value.items() if k != key}
            equal(len(faults(less)), 1)
    return value


def crowded(t):
    """More than can be done, and rules that a plan without them breaks."""
    visits = program.problem(visits=12, carers=1)
    for visit in visits["visits"]:
        visit["time_windows"] = [{"min_start": "2026-03-23T08:00",
                                  "max_start": "2026-03-23T08:30"}]
        visit["priority"] = 7
    return t.write("visits.json", visits)


@test
def findings(t):
    visits = program.problem()
    equal(told(t, "validate", "--json", t.visits())["findings"], [])
    visits["visits"][0]["surprise"] = 1
    visits["visits"][1]["client"] = "nobody \"\\"
    t.write("bad.json", visits)
    said = told(t, "validate", "--json", "bad.json", code=BAD_INPUT)
    equal((said["errors"], len(said["findings"])), (2, 2))
    t.write("worse.json", "{")
    said = told(t, "validate", "--json", "worse.json", code=BAD_INPUT)
    equal(said["errors"], 1)


@test
def checks_and_figures(t):
    t.plan(crowded(t))
    plan = json.loads(t.path("plan.json").read_text())
    equal(plan["kpis"]["left_out_by_priority"],
          {"7": plan["kpis"]["left_out"]})
    said = told(t, "check", "--json", "visits.json", "plan.json")
    equal((said["violations"], said["cost"], said["kpis"]),
          ([], plan["cost"], plan["kpis"]))
    said = told(t, "kpi", "--json", "visits.json", "plan.json")
    equal(said["kpis"], plan["kpis"])
    equal("baseline" in said, False)
    draft = {"routes": [{"shift": "a0-day", "stops": ["v0"]}]}
    t.write("draft.json", draft)
    said = told(t, "kpi", "--json", "visits.json", "plan.json", "--baseline",
                "draft.json")
    equal((said["kpis"]["served"], said["baseline"]["served"]),
          (plan["kpis"]["served"], 1))


@test
def broken_rules(t):
    visits = crowded(t)
    draft = {"routes": [{"shift": "a0-day",
                         "stops": [f"v{i}" for i in range(12)]}]}
    t.write("draft.json", draft)
    said = told(t, "check", "--json", visits, "draft.json", code=VIOLATIONS)
    rules = {v["rule"] for v in said["violations"]}
    equal("window" in rules, True)
    equal({v["visit"] for v in said["violations"]} <=
          {None, *draft["routes"][0]["stops"]}, True)


@test
def differences(t):
    t.plan(t.visits())
    t.write("draft.json", {"routes": [
        {"shift": "a0-day", "stops": [f"v{i}" for i in range(8)]}]})
    t.run("check", "visits.json", "draft.json", "-o", "other.json", code=None)
    equal(told(t, "diff", "--json", "visits.json", "plan.json",
               "other.json")["format"], "runde-diff")


@test
def questions_and_changes(t):
    t.plan(crowded(t))
    left_out = json.loads(t.path("plan.json").read_text())["unserved"]
    both = ("visits.json", "plan.json", "--json")
    told(t, "explain", *both, "--visit", left_out[0]["visit"])
    told(t, "recommend", *both, "--carer", "a0")
    t.run("replan", "visits.json", "-p", "plan.json", "-o", "new.json", "-c",
          "changes.json")
    equal(faults(json.loads(t.path("changes.json").read_text())), [])
    told(t, "tradeoff", "visits.json", "-n", "1", "--json")


@test
def what_happened(t):
    t.plan(t.visits())
    t.write("actuals.json", {
        "format": "runde-actuals", "version": 1, "visits": [
            {"visit": "v0", "arrival": "2026-03-23T08:00",
             "departure": "2026-03-23T08:21"}]})
    told(t, "actuals", "visits.json", "plan.json", "actuals.json", "--json")


program.main()
