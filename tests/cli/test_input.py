#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Files in: unreadable, wrong, large, from a pipe."""
import json
import os
import pathlib
import re
import subprocess

import program
from program import BAD_INPUT, NO_INPUT, VIOLATIONS, contains, equal, test


@test
def missing_file(t):
    for words in (["solve", "none.json"], ["validate", "none.json"],
                  ["check", "none.json", "x"], ["kpi", "none.json", "x"],
                  ["import", "--from", "vroom", "none.json"],
                  ["sample", "rural_small", "--grid", "none.csv"]):
        contains(t.run(*words, code=NO_INPUT).stderr, "none.")


@test
def missing_plan(t):
    visits = t.visits()
    t.run("check", visits, "none.json", code=NO_INPUT)
    t.run("kpi", visits, "none.json", code=NO_INPUT)
    plan = t.plan(visits)
    t.run("kpi", visits, plan, "--baseline", "none.json", code=NO_INPUT)


@test
def directory(t):
    contains(t.run("solve", ".", code=NO_INPUT).stderr, "irectory")


@test
def closed_standard_input(t):
    # The shell's "<&-": file number 0 is free when the program starts.
    result = subprocess.run(["sh", "-c", '"$0" validate - <&-',
                             program.RUNDE], capture_output=True, check=False)
    equal(result.returncode, NO_INPUT)


@test
def not_json(t):
    for text in ("", "{", "[]", "null", "\0", "{} {}", '{"format": "x"}',
                 b"\xff\xfe{}", "[" * 100000):
        name = t.write("bad.json", text)
        t.run("validate", name, code=BAD_INPUT)
        t.run("solve", name, "-o", "plan.json", code=BAD_INPUT)
    equal(t.path("plan.json").exists(), False)


def check_findings(t, file, pointers):
    """validate has one line for each; solve says the same and plans nothing."""
    name = t.write("bad.json", file)
    lines = t.run("validate", name, code=BAD_INPUT).stdout.splitlines()
    for pointer in pointers:
        hits = [line for line in lines if f" {pointer} " in line]
        equal(len(hits), 1)
        severity, code, _ = hits[0].split(" ", 2)
        equal(severity, "error")
        contains(code, "RUNDE-E")
    for line in lines:
        equal(line.split(" ")[0] in ("error", "warning"), True)
    result = t.run("solve", name, code=BAD_INPUT)
    equal(result.stdout, "")
    contains(result.stderr, *lines)


@test
def all_findings_of_the_format_at_once(t):
    file = program.problem()
    file["visits"][1]["client"] = "nobody"
    file["visits"][2]["service_duration"] = "soon"
    file["shifts"][0]["carer"] = "nobody"
    file["colour"] = "red"
    check_findings(t, file, ["/visits/1/client", "/visits/2/service_duration",
                             "/shifts/0/carer", "/colour"])


@test
def all_findings_of_the_model_at_once(t):
    file = program.problem()
    file["visits"][2]["priority"] = 101
    file["visits"][3]["crew"] = 5
    file["clients"][0]["lat"] = 123.0
    check_findings(t, file,
                   ["/visits/2/priority", "/visits/3/crew", "/clients/0"])


@test
def a_hundred_findings(t):
    file = program.problem(visits=300)
    for visit in file["visits"]:
        visit["client"] = "nobody"
    result = t.run("validate", t.write("bad.json", file), code=BAD_INPUT)
    equal(len(result.stdout.splitlines()), 100)
    contains(result.stderr, "the first 100")


@test
def good_file_has_no_findings(t):
    result = t.run("validate", t.visits())
    equal(result.stdout, "")
    equal(result.stderr, "runde: visits.json: 8 visits, 2 shifts, 0 errors, "
                         "0 warnings\n")
    result = t.run("validate", t.visits(visits=1, carers=1))
    contains(result.stderr, ": 1 visit, 1 shift, 0 errors")


@test
def places_abroad_are_told_when_a_file_is_judged(t):
    file = program.problem()
    for client in file["clients"]:
        client["lat"] -= 13.0
    t.write("abroad.json", file)
    contains(t.run("validate", "abroad.json").stdout, "W128")
    solved = t.run("solve", "abroad.json", "-n", "5", "-o", "plan.json")
    judged = t.run("check", "abroad.json", "plan.json")
    for result in (solved, judged):
        equal("W128" in result.stdout + result.stderr, False)


@test
def empty_problem(t):
    name = t.write("empty.json", {"format": "runde-problem", "version": 1})
    t.run("solve", name, "-o", "plan.json", "-n", "5")
    t.run("check", name, "plan.json")


@test
def no_carers_is_an_answer(t):
    file = program.problem()
    file["carers"] = file["shifts"] = []
    name = t.write("alone.json", file)
    t.run("solve", name, "-o", "plan.json", "-n", "5")
    plan = json.loads(t.path("plan.json").read_text())
    equal(len(plan["unserved"]), 8)
    t.run("solve", name, "-n", "5", "--require-complete",
          code=program.UNSERVED)


@test
def limits_that_no_plan_keeps_are_named(t):
    file = program.problem()
    file["weights"] = {"idle": "hard",
                       "max_idle": {"hard": True, "limit": 1}}
    name = t.write("idle.json", file)
    result = t.run("solve", name, "-o", "plan.json", "-n", "5",
                   code=program.INFEASIBLE)
    contains(result.stderr, "RUNDE-E509 /weights/idle", "limit 0",
             "RUNDE-E509 /weights/max_idle", "limit 1;",
             "no plan within the hard limits")
    equal(t.path("plan.json").exists(), False)


@test
def control_characters_are_shown(t):
    file = program.problem()
    file["visits"][0]["client"] = "x\u202e\u009bevil"
    name = t.write("bad.json", file)
    result = t.run("validate", name, code=BAD_INPUT)
    for stream in (result.bytes, result.stderr.encode()):
        for byte in (b"\x1b", b"\xc2\x9b", b"\xe2\x80\xae"):
            equal(byte in stream, False)
    name = t.write("\x1b[31mred.json", "{")
    result = t.run("validate", name, code=BAD_INPUT)
    equal("\x1b" in result.stderr, False)
    contains(result.stderr, "\\x1B[31mred.json")


@test
def pipe_and_fifo(t):
    text = json.dumps(program.problem())
    fresh = t.run("solve", "-", "-n", "20", text=text)
    equal(fresh.stdout, t.run("solve", t.visits(), "-n", "20").stdout)
    os.mkfifo(t.path("fifo"))
    feeder = subprocess.Popen(["sh", "-c", "cat visits.json >fifo"],
                              cwd=t.folder)
    equal(t.run("solve", "fifo", "-n", "20").stdout, fresh.stdout)
    feeder.wait()


@test
def plan_from_a_pipe(t):
    visits = t.visits()
    plan = t.path(t.plan(visits)).read_text()
    t.run("check", visits, "-", text=plan)
    t.run("kpi", visits, "-", text=plan)
    t.run("check", visits, "-", text="{}", code=BAD_INPUT)


@test
def plan_of_another_problem(t):
    t.visits("small.json", visits=3)
    plan = t.plan(t.visits())
    t.run("check", "small.json", plan, code=BAD_INPUT)


@test
def every_violation_is_a_line(t):
    visits = t.visits()
    plan = json.loads(t.path(t.plan(visits)).read_text())
    route = plan["routes"][0]
    lost = [stop for stop in route["stops"] if "visit" in stop][0]
    route["stops"].remove(lost)
    plan["kpis"]["travel"] += 1
    plan["cost"]["criteria"]["travel_time"]["amount"] += 1
    plan["cost"]["criteria"]["travel_time"]["cost"] += 1
    route["stops"][0]["place"] = "office"
    result = t.run("check", visits, t.write("bad.json", plan),
                   code=VIOLATIONS)
    lines = [line for line in result.stdout.splitlines()
             if line.startswith("violation ")]
    equal(len(lines) >= 2, True)
    contains(result.stdout, f"{len(lines)} violations", lost["visit"],
             "criterion", "key figure", "violation cost: the plan states "
             "travel_time with amount", "travel_time with cost ",
             "violation travel: ", 'at place "office", but it is at place "k')
    contains(t.run("kpi", visits, "bad.json").stderr, "breaks")


@test
def too_large(t):
    # Sparse, so that the size costs nothing: 512 MiB and one byte.
    with open(t.path("huge.json"), "wb") as file:
        file.truncate((512 << 20) + 1)
    contains(t.run("validate", "huge.json", code=BAD_INPUT).stderr,
             "larger than")


@test
def grid_without_cells(t):
    t.write("empty.csv", "lat,lon,pop\n")
    t.run("sample", "rural_small", "--grid", "empty.csv", code=BAD_INPUT)


@test
def zones_are_those_of_the_documents(t):
    docs = pathlib.Path(__file__).resolve().parents[2] / "docs"
    text = (docs / "file-format.md").read_text(encoding="utf-8")
    named = re.search(r"Zones: (.*?), from 1996 on", text, re.S).group(1)
    zones = re.findall(r"`([A-Za-z/]+)`", named)
    schema = json.loads((docs / "runde-problem.schema.json").read_text())
    known = schema["properties"]["settings"]["properties"]["time_zone"]
    equal(sorted(zones), sorted(known["enum"]))
    for zone, code in [(zone, 0) for zone in zones] + [
            ("Europe/London", BAD_INPUT), ("europe/oslo", BAD_INPUT)]:
        visits = program.problem()
        visits["settings"]["time_zone"] = zone
        said = t.run("validate", t.write("visits.json", visits), code=code)
        equal("/settings/time_zone" in said.stdout, code != 0)


@test
def findings_and_broken_rules_as_json(t):
    visits = program.problem()
    visits["visits"][0]["cli\"ent\\"] = 1
    t.write("bad.json", visits)
    said = json.loads(t.run("validate", "-j", "bad.json", code=BAD_INPUT).stdout)
    equal(said["errors"], len(said["findings"]))
    equal([(f["severity"], f["pointer"]) for f in said["findings"]][0],
          ("error", "/visits/0/cli\"ent\\"))
    said = json.loads(t.run("validate", "--json", t.visits()).stdout)
    equal(said, {"format": "runde-findings", "version": 1, "findings": [],
                 "errors": 0, "warnings": 0})
    t.plan()
    said = json.loads(t.run("check", "-j", "visits.json", "plan.json").stdout)
    plan = json.loads(t.path("plan.json").read_text())
    equal((said["violations"], said["cost"], said["kpis"]),
          ([], plan["cost"], plan["kpis"]))
    order = [s["visit"] for r in plan["routes"] for s in r["stops"]]
    visits = program.problem()
    for visit in visits["visits"]:
        visit["required_skills"] = ["wounds"]
    t.write("skilled.json", visits)
    said = json.loads(t.run("check", "--json", "skilled.json", "plan.json",
                            code=program.VIOLATIONS).stdout)
    found = {v["visit"] for v in said["violations"] if v["rule"] == "skill"}
    equal(found, set(order))

program.main()
