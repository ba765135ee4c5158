#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Weights from the command line and from overlay files."""
import json
import os
import pathlib
import sys
import xml.dom.minidom

import program
from program import BAD_INPUT, NO_INPUT, USAGE, contains, equal, judge, test

TINY = pathlib.Path(sys.argv[2])
GOLDEN = TINY.parents[2] / "tests" / "golden"


def solve(t, *words):
    """The weights and the plan of a solve that --visits tells of."""
    t.run("solve", "visits.json", "-n", "20", "-o", "plan.json", "--visits",
          "weighed.json", *words)
    t.run("check", "weighed.json", "plan.json")
    return json.loads(t.path("weighed.json").read_text())


@test
def an_order_and_single_weights(t):
    before = t.path(t.visits()).read_bytes()
    file = solve(t, "--order", "late,travel_time")
    equal((file["weights"]["late"], file["weights"]["travel_time"]), (30, 1))
    equal(file["weights"].get("distinct_carers", 0), 0)
    file = solve(t, "--weight", "late=5,overtime=hard")
    equal(file["weights"]["late"], 5)
    equal(t.path("visits.json").read_bytes(), before)


@test
def profiles_of_clients(t):
    t.visits()
    t.write("overlay.json", {
        "format": "runde-weights", "version": 1, "weights": {"early": 2},
        "clients": [{"client": "k1", "profile": "time"}]})
    file = solve(t, "--weights", "overlay.json", "-w", "late=7")
    equal(file["weights"]["late"], 7)
    clients = {client["id"]: client for client in file["clients"]}
    equal(clients["k1"]["weights"], {"early": 10, "late": 15})
    equal("weights" in clients["k2"], False)


@test
def what_weights_cost(t):
    before = t.path(t.visits()).read_bytes()
    ask = ("tradeoff", "visits.json", "-n", "20")
    text = t.run(*ask, "--svg", "chart.svg").stdout
    contains(text, "as it is", "faces, time", "*", "driving, h:mm", "|")
    equal(max(map(len, text.splitlines())) < 80, True)
    chart = xml.dom.minidom.parse(str(t.path("chart.svg")))
    equal(len(chart.getElementsByTagName("circle")), 7)
    equal(t.run(*ask).stdout, text)
    found = json.loads(t.run(*ask, "--json").stdout)
    judge(found)
    settings = found["settings"]
    equal([s["name"] for s in settings][:2], ["as it is", "driving"])
    for one in settings:
        equal(one["best"], not any(better(o, one) for o in settings))
        equal(any(one["found_by"] == o["name"] for o in settings), True)
    # Who weighs driving more, other things being equal, drives no more.
    for more, less in ((1, 0), (4, 2), (5, 3)):
        equal(settings[more]["kpis"]["travel"]
              <= settings[less]["kpis"]["travel"], True)
    t.run("tradeoff", "visits.json", "-n", "0", code=USAGE)
    equal(t.path("visits.json").read_bytes(), before)


@test
def what_weights_cost_with_other_weights(t):
    t.visits()
    ask = ("tradeoff", "visits.json", "-n", "5", "--json")
    one, = [s for s in json.loads(t.run(
        *ask, "-w", "travel_time=7,late=0").stdout)["settings"]
        if s["name"] == "as it is"]
    drive = one["cost"]["criteria"]["travel_time"]
    equal(drive["cost"], 7 * drive["amount"])
    t.run(*ask, "--order", "late,lat", code=BAD_INPUT)


@test
def the_smallest_sample(t):
    text = t.run("tradeoff", TINY, "-n", "500").stdout
    golden = GOLDEN / "tradeoff_tiny.txt"
    if "RUNDE_GOLDEN" in os.environ:
        golden.write_text(text)
    equal(text, golden.read_text())


def better(a, b):
    def faces(one):
        return (one["cost"]["criteria"].get("carer_preference",
                                            {"amount": 0})["amount"],
                one["kpis"]["carers_per_client"])

    pairs = [(x["kpis"]["left_out"], x["kpis"]["travel"], faces(x),
              -x["kpis"]["on_time_share"]) for x in (a, b)]
    return (all(x <= y for x, y in zip(*pairs))
            and any(x < y for x, y in zip(*pairs)))


@test
def a_profile_in_the_course_of_the_day(t):
    t.visits()
    t.plan()
    t.write("overlay.json", {
        "format": "runde-weights", "version": 1,
        "clients": [{"client": "k1", "profile": "travel"}]})
    t.run("replan", "visits.json", "-p", "plan.json", "--weights",
          "overlay.json", "-o", "new.json", "--visits", "now.json")
    t.run("check", "now.json", "new.json")
    now = json.loads(t.path("now.json").read_text())
    equal([bool(client.get("weights")) for client in now["clients"]][:3],
          [False, True, False])
    t.run("replan", "visits.json", "-p", "plan.json", "--weights",
          "none.json", "-o", "x.json", code=NO_INPUT)


@test
def nonsense_is_refused(t):
    t.visits()
    ask = ("solve", "visits.json", "-n", "1")
    result = t.run(*ask, "--order", "late,lat", "-w", "foo=1",
                   code=BAD_INPUT)
    contains(result.stderr, "RUNDE-E611 /order/1", "RUNDE-E603 /weights/foo")
    for words in (("--order", ""), ("--order", "a,,b"), ("-w", "late"),
                  ("-w", "late=5,"), ("-w", "late=5\"")):
        t.run(*ask, *words, code=USAGE)
    t.write("bad.json", {"format": "runde-weights", "version": 1,
                         "clients": [{"client": "zz"}]})
    t.run(*ask, "--weights", "bad.json", code=BAD_INPUT)
    t.run(*ask, "--weight", "late=" + "9" * 5000, code=USAGE)


program.main()
