#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Questions to a plan: who could take a visit, why is one where it is."""
import json
import os
import pathlib
import sys

import program
from program import BAD_INPUT, USAGE, contains, equal, test

EXTRA = {"id": "alarm", "client": "k1", "service_duration": "PT30M"}


@test
def forms_are_as_the_schemas_say(t):
    docs = pathlib.Path(sys.argv[2]).parents[2] / "docs"
    file = program.problem(visits=8, carers=2)
    file["visits"][2]["time_windows"] = [{
        "min_start": "2026-03-23T07:30", "max_start": "2026-03-23T07:31"}]
    t.plan(t.write("visits.json", file))
    t.write("alarm.json", EXTRA)
    texts = [t.run("recommend", "visits.json", "plan.json", "--json",
                   "--visit", "alarm.json", "--move", "1").stdout]
    texts += [t.run("explain", "visits.json", "plan.json", "--json",
                    "--visit", f"v{i}").stdout for i in range(8)]
    sys.path.insert(0, str(docs.parent / "tests" / "io"))
    import validate_schema  # the validator that knows our keywords
    for text in texts:
        value = json.loads(text)
        name = value["format"] + ".schema.json"
        schema = validate_schema.Schema(json.loads(
            (docs / name).read_text(encoding="utf-8")))
        equal(schema.faults(value, schema.root), [])


@test
def who_could_take_an_extra_visit(t):
    t.plan(t.visits(visits=8, carers=2))
    t.write("alarm.json", EXTRA)
    text = t.run("recommend", "visits.json", "plan.json", "--visit",
                 "alarm.json").stdout
    contains(text, "offers that fit, by what they add to the cost", "shift a0-day, at ",
             "travel_time")
    result = t.run("recommend", "visits.json", "plan.json", "--visit",
                   "alarm.json", "--top", "1", "--json")
    advice = json.loads(result.stdout)
    equal(advice["format"], "runde-advice")
    equal(len(advice["offers"]), 1)
    offer = advice["offers"][0]
    equal(offer["moves"][0]["visit"], "alarm")
    # What is promised is what it costs.
    plan = json.loads(t.path("plan.json").read_text())
    file = program.problem(visits=8, carers=2)
    file["visits"].append(EXTRA)
    t.write("more.json", file)
    routes = {route["shift"]: [stop["visit"] for stop in route["stops"]]
              for route in plan["routes"]}
    move = offer["moves"][0]
    routes.setdefault(move["shift"], []).insert(move["position"], "alarm")
    t.write("draft.json", {"routes": [{"shift": shift, "stops": stops}
                                      for shift, stops in routes.items()]})
    t.run("check", "more.json", "draft.json", "-o", "more-plan.json")
    more = json.loads(t.path("more-plan.json").read_text())
    equal(more["cost"]["wishes"] - plan["cost"]["wishes"],
          offer["change"]["wishes"])


@test
def clock_times_will_do(t):
    t.plan(t.visits(visits=4, carers=2))
    t.write("alarm.json", dict(EXTRA, time_windows=[
        {"min_start": "10:30", "max_start": "10:30"}]))
    text = t.run("recommend", "visits.json", "plan.json", "--visit",
                 "alarm.json").stdout
    contains(text, "at 10:30, ")


@test
def reasons_for_those_who_cannot(t):
    t.plan(t.visits(visits=4, carers=2))
    t.write("alarm.json", dict(EXTRA, pinned_shift="a0-day", time_windows=[
        {"max_start": "2026-03-23T05:00"}]))
    text = t.run("recommend", "visits.json", "plan.json", "--visit",
                 "alarm.json", "--move", "1").stdout
    contains(text, "fits nowhere", "pinned to another shift",
             "time windows do not meet, by 150 min")


@test
def what_could_a_carer_take(t):
    file = program.problem(visits=12, carers=2)
    for visit in file["visits"][:10]:
        visit["service_duration"] = "PT90M"
    plan = t.write("visits.json", file)
    t.plan(plan)
    text = t.run("recommend", "visits.json", "plan.json", "--carer",
                 "a1").stdout
    contains(text, "does not fit", "no gap in the route is long enough")
    left_out = json.loads(t.path("plan.json").read_text())["unserved"]
    t.run("recommend", "visits.json", "plan.json", "--left-out",
          left_out[0]["visit"])


@test
def why_here_and_not_there(t):
    file = program.problem(visits=6, carers=2)
    file["carers"][0]["skills"] = ["insulin"]
    file["visits"][0]["required_skills"] = ["insulin"]
    t.plan(t.write("visits.json", file))
    text = t.run("explain", "visits.json", "plan.json", "--visit", "v0").stdout
    contains(text, "v0 is served", "a0, shift a0-day, at ",
             "without it the cost would change by -",
             "a1, shift a1-day: the carer lacks a skill")
    result = t.run("explain", "visits.json", "plan.json", "--visit", "v0",
                   "--json")
    why = json.loads(result.stdout)
    equal(why["served"], True)
    equal(why["offers"][0]["reason"]["code"], "skill")


@test
def what_would_make_it_fit(t):
    file = program.problem(visits=3, carers=1)
    file["visits"][2]["time_windows"] = [{
        "min_start": "2026-03-23T07:30", "max_start": "2026-03-23T07:31"}]
    file["visits"][1]["required_skills"] = ["insulin"]
    file["carers"].append({"id": "b", "skills": ["insulin"]})
    t.plan(t.write("visits.json", file))
    text = t.run("explain", "visits.json", "plan.json", "--visit", "v2").stdout
    contains(text, "v2 is left out", "it would fit",
             "if it may be ", " min later")
    text = t.run("explain", "visits.json", "plan.json", "--visit", "v1").stdout
    contains(text, "if skill insulin is not asked for")


@test
def the_whole_answer_on_a_sample(t):
    tiny = pathlib.Path(sys.argv[2])
    draft = {"routes": [{"shift": "anna-day", "stops": ["k1-insulin"]}]}
    t.write("draft.json", draft)
    t.run("check", tiny, "draft.json", "-o", "plan.json", code=None)
    for name, words in (("explain", ("--visit", "k1-insulin")),
                        ("recommend", ("--carer", "berit"))):
        text = t.run(name, tiny, "plan.json", *words).stdout
        golden = tiny.parents[2] / "tests" / "golden" / f"{name}_tiny.txt"
        if "RUNDE_GOLDEN" in os.environ:
            golden.write_text(text, encoding="utf-8")
        equal(text, golden.read_text(encoding="utf-8"))


@test
def an_offer_is_taken(t):
    """The plan costs what was promised, and the day goes on from there."""
    t.plan(t.visits(visits=8, carers=2))
    t.write("alarm.json", EXTRA)
    ask = ("recommend", "visits.json", "plan.json", "--visit", "alarm.json")
    offer = json.loads(t.run(*ask, "--json").stdout)["offers"][1]
    take = ("--take", "2", "-o", "plan-2.json", "--visits", "visits-2.json")
    text = t.run(*ask, *take).stdout
    contains(text, "1 new", "client k1", "alarm")
    t.run("check", "visits-2.json", "plan-2.json")
    before, after = (json.loads(t.path(f"{name}.json").read_text())["cost"]
                     for name in ("plan", "plan-2"))
    equal(after["wishes"] - before["wishes"], offer["change"]["wishes"])
    t.write("cancel.json", {
        "format": "runde-events", "version": 1,
        "events": [{"kind": "visit_cancelled", "visit": "alarm"}]})
    t.run("replan", "visits-2.json", "-p", "plan-2.json", "-e", "cancel.json",
          "-o", "plan-3.json")
    plan = json.loads(t.run(*ask, "--take", "1", "-o", "-", "--visits",
                            "visits-2.json").stdout)
    equal(plan["format"], "runde-plan")
    for words, code in ((("--take", "9", *take[2:]), BAD_INPUT),
                        (("--take", "x", *take[2:]), USAGE),
                        (take[:2], USAGE), (take[:4], USAGE),
                        (take[2:], USAGE),
                        (("--take", "1", "-o", "visits.json", *take[4:]),
                         USAGE),
                        (("--take", "1", "-o", "a", "--visits", "a"), USAGE)):
        t.run(*ask, *words, code=code)


@test
def nonsense_is_refused(t):
    t.plan(t.visits(visits=4, carers=1))
    t.write("bad.json", {"id": "x", "client": "nobody", "service_duration": 1})
    t.write("twice.json", dict(EXTRA, id="v1"))
    ask = ("recommend", "visits.json", "plan.json")
    for name in ("bad.json", "twice.json"):
        t.run(*ask, "--visit", name, code=BAD_INPUT)
    t.run(*ask, code=USAGE)
    t.run(*ask, "--carer", "a0", "--left-out", "v1", code=USAGE)
    t.run(*ask, "--carer", "zz", code=BAD_INPUT)
    t.run(*ask, "--left-out", "v1", code=BAD_INPUT)
    t.run(*ask, "--carer", "a0", "--move", "4", code=USAGE)
    t.run("explain", "visits.json", "plan.json", code=USAGE)
    t.run("explain", "visits.json", "plan.json", "--visit", "v9",
          code=BAD_INPUT)


program.main()
