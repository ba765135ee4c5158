#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`runde travel --nodes --edges`: travel on a road network, from a village of
our own."""
import json

import program
from program import BAD_INPUT, NO_INPUT, USAGE, contains, equal, test

TABLES = ("--nodes", "nodes.csv", "--edges", "edges.csv")


def village(t, edges=None):
    """The places of program.problem() lie at the nodes of a grid."""
    rows = ["node,lat,lon"]
    rows += [f"{7 * y + x},{60.2 + 0.01 * y:.2f},{11 + 0.01 * x:.2f}"
             for y in range(5) for x in range(7)]
    t.write("nodes.csv", "\n".join(rows) + "\n")
    if edges is None:
        edges = []
        for y in range(5):
            for x in range(7):
                here = 7 * y + x
                edges += [(here, here + 1), (here + 1, here)] * (x < 6)
                edges += [(here, here + 7)] * (y < 4)  # one way, north
        edges += [(34, 0)]  # the only way back
    rows = ["from,to,length_m,seconds"]
    rows += [f"{a},{b},1000,{60 + (a * 7 + b) % 5}" for a, b in edges]
    t.write("edges.csv", "\n".join(rows) + "\n")


def matrix(t, name, mode=0):
    read = json.loads(t.path(name).read_text())
    return read, read["travel_modes"][mode]


@test
def day(t):
    t.visits()
    village(t)
    done = t.run("travel", "visits.json", *TABLES, "-o", "roads.json")
    equal(done.stderr, "")
    read, car = matrix(t, "roads.json")
    places = [(p["lat"], p["lon"]) for p in read["places"]]
    places += [(c["lat"], c["lon"]) for c in read["clients"] if "lat" in c]
    equal(len(car["durations"]), len(places))
    north = places.index((60.21, 11.01))
    equal(car["durations"][0][north], 61 + 60)  # 0, 1, 8
    equal(car["distances"][0][north], 2000)
    # back by the far corner: 8 to 34 and home
    assert car["durations"][north][0] > 9 * 60, car["durations"][north][0]
    t.plan("roads.json")
    # what is printed goes on through a pipe, and is the same again
    again = t.run("travel", "visits.json", *TABLES).stdout
    equal(again, t.path("roads.json").read_text())
    later = t.run("travel", "visits.json", *TABLES, "--access", "30",
                  "-o", "-")
    equal(json.loads(later.stdout)["travel_modes"][0]["durations"][0][north],
          61 + 60 + 30)


@test
def modes(t):
    day = program.problem()
    day["shifts"][1]["travel_mode"] = "walk"
    day["shifts"][0]["travel_mode"] = "elcar"
    day["travel_modes"] = [
        {"id": "elcar", "speed_model": {
            "access": "PT1M", "bands": [{"detour": 1.4, "speed_kmh": 40}]}},
        {"id": "walk"}]
    t.write("visits.json", day)
    village(t)
    wrong = t.run("travel", "visits.json", *TABLES, code=USAGE)
    contains(wrong.stderr, 'not "elcar"', "--profile")
    t.run("travel", "visits.json", *TABLES, "--mode", "walk", "-o", "w.json")
    t.run("travel", "w.json", *TABLES, "--mode", "elcar", "--profile", "car",
          "-o", "both.json")
    _, car = matrix(t, "both.json", 0)
    _, walk = matrix(t, "both.json", 1)
    equal(walk["durations"][0][1], car["distances"][0][1] * 3600 // 4800)
    for a, row in enumerate(walk["durations"]):
        for b, seconds in enumerate(row):
            equal(seconds, walk["durations"][b][a])


@test
def a_mode_of_ones_own_needs_no_model_of_its_own(t):
    day = program.problem()
    for shift in day["shifts"]:
        shift["travel_mode"] = "moped"
    t.write("visits.json", day)
    village(t)
    words = ("travel", "visits.json", *TABLES, "--profile", "car")
    contains(t.run("solve", "visits.json", code=BAD_INPUT).stderr,
             "RUNDE-E401")
    equal(t.run(*words, "-o", "roads.json").stderr, "")
    _, moped = matrix(t, "roads.json")
    equal((moped["id"], "speed_model" in moped), ("moped", False))
    t.plan("roads.json")
    # Where something would stay, or be estimated, by what it does not have.
    for more in (("--mode", "moped"), ("--nulls", "estimate")):
        contains(t.run(*words, *more, code=BAD_INPUT).stderr, "RUNDE-E401")


@test
def gaps(t):
    t.visits()
    village(t, edges=[(0, 1), (1, 0), (7, 8), (8, 7)])
    wrong = t.run("travel", "visits.json", *TABLES, "-o", "roads.json",
                  code=BAD_INPUT)
    contains(wrong.stderr, "RUNDE-E710 /places/", "RUNDE-E712 /places/")
    equal(t.path("roads.json").exists(), False)
    guessed = t.run("travel", "visits.json", *TABLES, "--nulls", "estimate",
                    "-o", "roads.json")
    contains(guessed.stderr, "RUNDE-W711", "legs by car are estimated")
    _, car = matrix(t, "roads.json")
    equal(sum(None in row for row in car["durations"]), 0)
    assert car["estimated"], "no marks"
    t.plan("roads.json")
    t.run("travel", "visits.json", *TABLES, "--nulls", "forbid", "-o",
          "none.json")
    _, car = matrix(t, "none.json")
    assert any(None in row for row in car["durations"])
    equal("estimated" in car, False)


@test
def bad_tables(t):
    t.visits()
    village(t)
    t.write("edges.csv", "from,to,length_m,seconds\n0,1,5,x\n0,99,5,5\n0,1\n")
    wrong = t.run("travel", "visits.json", *TABLES, code=BAD_INPUT)
    contains(wrong.stderr, "RUNDE-E703 /edges/2/seconds line 2, column 4",
             "RUNDE-E705 /edges/3/to", "RUNDE-E702 /edges/4",
             "edges.csv: 3 errors")
    equal(wrong.stdout, "")


@test
def usage(t):
    t.visits()
    village(t)
    for words in (TABLES[:2], TABLES[2:],
                  TABLES + ("--server", "http://localhost:1"),
                  TABLES + ("--access", "-1"),
                  TABLES + ("--access", "1e3"),
                  TABLES + ("--snap-limit", "0"),
                  TABLES + ("--mode", "bicycle"),
                  TABLES + ("--nulls", "maybe")):
        equal(t.run("travel", "visits.json", *words, code=USAGE).stdout, "")
    t.run("travel", "visits.json", "--nodes", "nodes.csv", "--edges", "no.csv",
          code=NO_INPUT)


program.main()
