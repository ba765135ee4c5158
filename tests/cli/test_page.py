#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`runde report`: its options, and the page as a file. tests/browser opens
it."""
import json
import re

import program
from program import BAD_INPUT, NO_OUTPUT, USAGE, contains, equal, test

NODES = ("node,lat,lon\n0,60.2,11.0\n1,60.2,11.05\n2,60.25,11.05\n"
         "3,60.25,11.0\n")
EDGES = "from,to,length_m,seconds\n" + "".join(
    f"{a},{b},3000,200\n{b},{a},3000,200\n"
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)))


def data(t, name="page.html"):
    found = re.search(r'<script type="application/json" id="data">(.*?)'
                      r"</script>", t.path(name).read_text(), re.S)
    return json.loads(found.group(1))


@test
def the_page_is_the_same_every_time(t):
    t.plan(t.visits())
    for name in ("page.html", "again.html"):
        t.run("report", "visits.json", "plan.json", "-o", name)
    page = t.path("page.html").read_bytes()
    equal(page, t.path("again.html").read_bytes())
    equal(page, t.run("report", "visits.json", "plan.json").bytes)
    equal(t.path("page.html").stat().st_mode & 0o777, 0o600)
    equal(data(t)["language"], "nb")
    equal(data(t)["before"], None)


@test
def options_that_make_no_sense(t):
    t.plan(t.visits())
    files = ("report", "visits.json", "plan.json")
    for more, word in ((("--lang", "sv"), "nb or en"),
                       (("--nodes", "nodes.csv"), "go together"),
                       (("--edges", "edges.csv"), "go together"),
                       (("--baseline", "-", "--nodes", "-", "--edges", "x"),
                        "only once")):
        contains(t.run(*files, *more, code=USAGE).stderr, word)
    t.run(*files, "-o", "visits.json", code=NO_OUTPUT)


@test
def a_title(t):
    t.plan(t.visits())
    t.run("report", "visits.json", "plan.json", "-o", "page.html", "--title",
          "<Sone & Nord>")
    contains(t.path("page.html").read_text(),
             "<title>&lt;Sone &amp; Nord&gt;</title>")
    equal(data(t)["title"], "<Sone & Nord>")


@test
def a_draft_without_times_gets_some(t):
    t.visits(visits=2, carers=1)
    t.write("draft.json", {
        "format": "runde-plan", "version": 1,
        "routes": [{"shift": "a0-day", "stops": ["v1", "v0"]}]})
    t.run("report", "visits.json", "draft.json", "-o", "page.html",
          "--baseline", "draft.json")
    stops = data(t)["routes"][0][5]
    equal([stop[1] for stop in stops], [1, 0])
    equal(data(t)["kpis"]["served"], 2)
    equal(data(t)["before"], data(t)["kpis"])
    contains(t.run("kpi", "visits.json", "draft.json").stdout, "served")


def crowded(t, visits, **more):
    """A carer, and more visits at half past eight than fit."""
    day = "2026-03-23"
    file = program.problem(visits=visits, carers=1)
    for i, visit in enumerate(file["visits"]):
        visit["time_windows"] = [{"min_start": f"{day}T08:30",
                                  "max_start": f"{day}T08:40"}]
        visit["priority"] = 1 + i % 50
        visit.update(more)
    t.plan(t.write("visits.json", file))
    return file


def notes_of(t):
    """The sentences of each left-out visit, by id."""
    page = data(t)
    return {page["visits"][row[0]][0]: row[2] for row in page["unserved"]}


@test
def what_would_make_left_out_visits_fit(t):
    crowded(t, 4)
    told = {}
    for language in ("nb", "en"):
        t.run("report", "visits.json", "plan.json", "-o", "page.html",
              "--lang", language)
        told[language] = notes_of(t)
    equal(len(told["en"]) > 0, True)
    for visit, notes in told["en"].items():
        # Each says what runde explain says, in the same order.
        said = json.loads(t.run("explain", "visits.json", "plan.json",
                                "--visit", visit, "--json").stdout)
        kinds = [r["kind"] for r in said["relaxations"]]
        equal(len(notes), len(kinds))
        equal("later" in kinds, True)
        for kind, text in zip(kinds, notes):
            contains(text, {"later": " min later: a0 at ",
                            "earlier": " min earlier: a0 at ",
                            "move": " goes to a0"}[kind])
    by = [-(-r["by"] // 60) for r in said["relaxations"] if r["kind"] == "later"]
    contains(str(told["nb"][visit]),
             f"hvis det kan være {by[0]} min senere: a0 kl. ")


@test
def nothing_helps(t):
    """Two skills that nobody has: no single change lets the visit in."""
    file = program.problem(visits=4)
    file["visits"][0]["required_skills"] = ["flying", "diving"]
    t.plan(t.write("visits.json", file))
    for language, said in (("nb", "ingen enkelt endring"),
                           ("en", "no single change")):
        t.run("report", "visits.json", "plan.json", "-o", "page.html",
              "--lang", language)
        equal(notes_of(t), {"v0": [said]})


@test
def many_left_out_visits_are_told_by_importance(t):
    file = crowded(t, 70)
    result = t.run("report", "visits.json", "plan.json", "-o", "page.html")
    equal(result.stderr, "")
    priority = {v["id"]: v["priority"] for v in file["visits"]}
    told = notes_of(t)
    asked = {v for v, notes in told.items() if "undersøkt" not in str(notes)}
    equal((len(told) > 60, len(asked)), (True, 50))
    others = set(told) - asked
    equal(all("runde explain" in str(told[v]) for v in others), True)
    equal(min(priority[v] for v in asked) >= max(priority[v] for v in others),
          True)


@test
def a_plan_that_breaks_rules_is_told_without(t):
    crowded(t, 4)
    t.write("draft.json", {"routes": [{"shift": "a0-day",
                                       "stops": ["v0", "v1", "v2"]}]})
    words = ("report", "visits.json", "draft.json", "-o", "page.html")
    contains(t.run(*words).stderr, "breaks rules of time")
    equal(notes_of(t), {"v3": []})
    equal(t.run(*words, "--quiet").stderr, "")


@test
def routes_on_roads(t):
    t.plan(t.visits())
    t.write("nodes.csv", NODES)
    t.write("edges.csv", EDGES)
    t.run("report", "visits.json", "plan.json", "-o", "page.html", "--nodes",
          "nodes.csv", "--edges", "edges.csv")
    roads = data(t)["roads"]
    legs = sum(len(route[5]) + 1 for route in data(t)["routes"])
    equal(0 < len(roads) <= legs, True)
    places = data(t)["places"]
    for mode, begin, _, steps in roads:
        equal(mode, 0)
        # From the place itself, and along crossings.
        equal(abs(steps[0] - places[begin][1]) <= 1, True)
        equal(len(steps) % 2, 0)
    t.write("edges.csv", EDGES + "0,9,3000,200\n")
    contains(t.run("report", "visits.json", "plan.json", "--nodes",
                   "nodes.csv", "--edges", "edges.csv",
                   code=BAD_INPUT).stderr, "RUNDE-E70")


program.main()
