#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What happened beside what was planned, on the smallest sample."""
import json
import os
import pathlib
import sys

import program
from program import BAD_INPUT, NO_INPUT, USAGE, contains, equal, judge, test

TINY = pathlib.Path(sys.argv[2])
GOLDEN = TINY.parents[2] / "tests" / "golden"
ACTUALS = TINY.with_name("tiny.actuals.json")
DRAFT = {"routes": [
    {"shift": "anna-day", "stops": [
        "k1-insulin", "k1-breakfast", "k2-morning", "k4-medicine-1",
        {"visit": "k3-lift", "part": 1}]},
    {"shift": "berit-day", "stops": [
        {"visit": "k3-lift", "part": 0}, "k5-cleaning", "k4-medicine-2"]},
    {"shift": "berit-day-2", "stops": ["k5-tuesday"]}]}


def planned(t):
    t.write("draft.json", DRAFT)
    t.run("check", TINY, "draft.json", "-o", "plan.json", "--exact", "none",
          code=None)
    return ("actuals", TINY, "plan.json")


@test
def the_sample_as_table_and_csv(t):
    ask = planned(t)
    for name, words in (("txt", ()), ("csv", ("--csv", "-"))):
        text = t.run(*ask, ACTUALS, *words).bytes.decode()
        golden = GOLDEN / f"actuals_tiny.{name}"
        if "RUNDE_GOLDEN" in os.environ:
            golden.write_bytes(text.encode())
        equal(text, golden.read_bytes().decode())


@test
def the_table_is_as_excel_likes_it(t):
    ask = planned(t)
    t.run(*ask, ACTUALS, "--csv", "day.csv", "--separator", ";", "--decimal",
          ",", "--bom")
    text = t.path("day.csv").read_bytes()
    equal(text[:10], b"\xef\xbb\xbfclient;")
    contains(text.decode(), ";\"14,50\";\"2,00\";\"-0,50\";")
    equal(t.leftovers(), [])


@test
def figures_for_other_programs(t):
    ask = planned(t)
    found = json.loads(t.run(*ask, ACTUALS, "--json").stdout)
    judge(found)
    totals = found["totals"]
    equal((totals["planned"], totals["done"], totals["missing"],
           totals["extra"]), (9, 7, 2, 1))
    equal(totals["service"], {"planned": 13260, "actual": 12270})
    for key in ("planned", "done", "missing", "extra", "late"):
        for rows in ("carers", "clients"):
            equal(sum(row[key] for row in found[rows]), totals[key])
    statuses = [line["status"] for line in found["lines"]]
    equal(statuses.count("missing"), 2)
    equal(["planned" in line for line in found["lines"]].count(False), 1)


@test
def an_id_cannot_steer_the_terminal(t):
    visits = program.problem(visits=1, carers=1)
    visits["clients"][0]["id"] = visits["visits"][0]["client"] = "k\u200bevil"
    t.write("visits.json", visits)
    t.run("solve", "visits.json", "-n", "5", "-o", "plan.json")
    t.write("none.json", {"format": "runde-actuals", "version": 1,
                          "visits": []})
    text = t.run("actuals", "visits.json", "plan.json", "none.json").stdout
    equal("\u200b" in text, False)
    contains(text, "k\\xE2")


@test
def what_cannot_be_is_refused(t):
    ask = planned(t)
    bad = {"format": "runde-actuals", "version": 1, "visits": [
        {"visit": "k1-insulin", "arrival": "08:10", "departure": "08:00"},
        {"visit": "k9", "arrival": "08:10", "departure": "08:20"}]}
    t.write("bad.json", bad)
    result = t.run(*ask, "bad.json", "--csv", "day.csv", code=BAD_INPUT)
    contains(result.stderr, "RUNDE-E651 /visits/0/departure",
             "RUNDE-E605 /visits/1/visit")
    equal(t.path("day.csv").exists(), False)
    t.run(*ask, "none.json", code=NO_INPUT)
    t.run(*ask, code=USAGE)
    t.run(*ask, ACTUALS, "--separator", "x", code=USAGE)


program.main()
