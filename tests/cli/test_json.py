#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What commands print for programs: as the schemas of docs/ say."""
import json
import pathlib
import sys

import program
from program import (BAD_INPUT, NO_INPUT, NO_SERVER, USAGE, VIOLATIONS,
                     contains, equal, test)

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


@test
def imports(t):
    job = {"id": 7, "location_index": 1, "service": 300}
    foreign = {"vehicles": [{"id": 1, "start_index": 0, "end_index": 0}],
               "jobs": [job],
               "matrices": {"car": {"durations": [[0, 600], [600, 0]]}}}
    t.write("vroom.json", foreign)
    words = ("import", "--from", "vroom", "vroom.json", "--json")
    for more in ((), ("-o", "-")):
        result = t.run(*words, *more, code=USAGE)
        equal(result.stdout, "")
        contains(result.stderr, "--json needs --output FILE")
    said = told(t, *words, "-o", "visits.json")
    plain = t.run(*words[:-1]).stderr
    equal((said["errors"], len(said["findings"])), (0, said["warnings"]))
    equal([f["code"] for f in said["findings"]
           if f["code"] not in plain], [])
    equal(told(t, "validate", "--json", "visits.json")["errors"], 0)
    job["service"] = job["location_index"] = -1
    t.write("vroom.json", foreign)
    result = t.run(*words, "-o", "other.json", code=BAD_INPUT)
    equal("error RUNDE" in result.stderr, False)
    said = told(t, *words, "-o", "other.json", code=BAD_INPUT)
    equal(said["errors"] > 0, True)
    equal(t.path("other.json").exists(), False)
    # Nothing was read, so nothing was found.
    equal(t.run("import", "--from", "vroom", "none.json", "--json", "-o",
                "other.json", code=NO_INPUT).stdout, "")


@test
def many_findings_of_an_import(t):
    t.path("monday").mkdir()
    for name in ("visits", "carers", "shifts"):
        t.write(f"monday/{name}.csv", "x;y\n" + 150 * "1;2\n")
    said = told(t, "import", "--from", "csv", "monday", "--json", "-o",
                "visits.json", code=BAD_INPUT)
    text = t.run("import", "--from", "csv", "monday", code=BAD_INPUT).stderr
    contains(text, f"monday: {said['errors']} error")
    equal(len(said["findings"]), text.count(" RUNDE-"))


def roads(t, back=True):
    """A road from the office by all clients, and the way back."""
    t.write("nodes.csv", "node,lat,lon\n" + "".join(
        f"{i},{60.2 + 0.01 * i:.2f},{11 + 0.01 * i:.2f}\n" for i in range(5)))
    t.write("edges.csv", "from,to,length_m,seconds\n" + "".join(
        f"{i},{i + 1},1000,60\n" + back * f"{i + 1},{i},1000,60\n"
        for i in range(4)))
    return t.visits(visits=5)


@test
def travel_on_a_network(t):
    words = ("travel", roads(t), "--nodes", "nodes.csv", "--edges",
             "edges.csv", "--json")
    for more in ((), ("--output=-",)):
        result = t.run(*words, *more, code=USAGE)
        equal(result.stdout, "")
        contains(result.stderr, "--json needs --output FILE")
    # The office and five clients.
    whole = {"mode": "car", "legs": 30, "asked": 0, "cached": 0,
             "estimated": 0, "without_way": 0}
    said = told(t, *words, "-o", "roads.json")
    equal((said["modes"], said["findings"]), ([whole], []))
    t.plan("roads.json")
    roads(t, back=False)
    said = told(t, *words, "-o", "none.json", code=BAD_INPUT)
    equal((said["modes"], said["errors"]), ([], len(said["findings"])))
    equal({f["mode"] for f in said["findings"]}, {"car"})
    equal(t.path("none.json").exists(), False)
    said = told(t, *words, "-o", "guess.json", "--nulls", "estimate")
    equal(said["modes"], [dict(whole, estimated=14, without_way=14)])
    said = told(t, *words, "-o", "forbid.json", "--nulls", "forbid")
    equal(said["modes"], [dict(whole, without_way=14)])
    # What is wrong with the visits is about no mode.
    bad = program.problem()
    bad["visits"][0]["surprise"] = 1
    t.write("visits.json", bad)
    said = told(t, *words, "-o", "none.json", code=BAD_INPUT)
    equal([(f["mode"], f["pointer"]) for f in said["findings"]],
          [(None, "/visits/0/surprise")])
    equal("RUNDE-" in t.run(*words, "-o", "none.json",
                            code=BAD_INPUT).stderr, False)


@test
def travel_without_a_server(t):
    words = ("travel", t.visits(), "--server", "http://127.0.0.1:1", "--api",
             "osrm", "--deadline", "1", "--json", "-o", "roads.json")
    result = t.run("travel", "visits.json", "--server", "x", "--api", "osrm",
                   "--json", "-o", "roads.json", code=None)
    if "without librunde-roads" in result.stderr:
        equal((result.returncode, result.stdout), (NO_SERVER, ""))
        return
    equal(faults(json.loads(result.stdout)), [])
    said = told(t, *words, code=NO_SERVER)
    equal((said["modes"], said["errors"], said["findings"][-1]["mode"]),
          ([], 1, "car"))
    said = told(t, *words, "--offline-estimate")
    mode = said["modes"][0]
    equal((mode["cached"], mode["without_way"], said["errors"]), (0, 0, 0))
    equal((mode["asked"], mode["estimated"] >= mode["legs"] > 0),
          (mode["legs"], True))
    contains(str(said["findings"]), "RUNDE-W746")
    t.plan("roads.json")


program.main()
