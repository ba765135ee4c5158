#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Weights from the command line and from overlay files."""
import json
import xml.dom.minidom

import program
from program import BAD_INPUT, NO_INPUT, USAGE, contains, equal, test


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
    contains(text, "as it is", "faces, time", "*")
    chart = xml.dom.minidom.parse(str(t.path("chart.svg")))
    equal(len(chart.getElementsByTagName("circle")), 7)
    equal(t.run(*ask).stdout, text)
    settings = json.loads(t.run(*ask, "--json").stdout)["settings"]
    equal([s["name"] for s in settings][:2], ["as it is", "driving"])
    for one in settings:
        beaten = any(better(other, one) for other in settings)
        equal(one["best"], not beaten)
    t.run("tradeoff", "visits.json", "-n", "0", code=USAGE)
    equal(t.path("visits.json").read_bytes(), before)


def better(a, b):
    """As far as rounding to minutes lets one see."""
    pairs = [(a["left_out"], b["left_out"]),
             (a["driving_minutes"], b["driving_minutes"]),
             (a["carers_per_client"], b["carers_per_client"]),
             (b["on_time_share"], a["on_time_share"])]
    return all(x <= y for x, y in pairs) and any(x < y for x, y in pairs)


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
