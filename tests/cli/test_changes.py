#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is other between plans."""
import json
import os
import pathlib
import sys

import program
from program import BAD_INPUT, USAGE, VIOLATIONS, contains, equal, judge, test

TINY = pathlib.Path(sys.argv[2])
GOLDEN = TINY.parents[2] / "tests" / "golden"


# Two plans made by hand, so that no search has a say.
BEFORE = {"routes": [
    {"shift": "anna-day", "stops": [
        "k1-insulin", "k1-breakfast", "k2-morning", "k4-medicine-1",
        {"visit": "k3-lift", "part": 1}]},
    {"shift": "berit-day", "stops": [
        {"visit": "k3-lift", "part": 0}, "k5-cleaning", "k4-medicine-2"]},
    {"shift": "berit-day-2", "stops": ["k5-tuesday"]}]}
AFTER = {"routes": [
    {"shift": "anna-day", "stops": [
        "k1-insulin", "k1-breakfast", "k2-morning",
        {"visit": "k3-lift", "part": 1}]},
    {"shift": "berit-day", "stops": [
        "k4-medicine-1", {"visit": "k3-lift", "part": 0}, "k5-cleaning",
        "k4-medicine-2"]}]}


def is_golden(name, text):
    """Known to the letter, but for blanks at the ends of lines."""
    text = "\n".join(map(str.rstrip, text.split("\n")))
    golden = GOLDEN / name
    if "RUNDE_GOLDEN" in os.environ:
        golden.write_text(text, encoding="utf-8")
    equal(text, golden.read_text(encoding="utf-8"))


@test
def diff_tells_who_comes_when(t):
    visits = t.write("visits.json", program.problem())
    t.run("solve", visits, "-n", "20", "-o", "a.json")
    contains(t.run("diff", visits, "a.json", "a.json").stdout,
             "0 by another carer, 0 at another time, 0 new, 0 left out")
    plan = json.loads(t.path("a.json").read_text())
    shifts = ["a0-day", "a1-day"]
    for route in plan["routes"]:
        route["shift"] = shifts[1 - shifts.index(route["shift"])]
        route.pop("carer")
    t.write("b.json", plan)
    text = t.run("diff", visits, "a.json", "b.json").stdout
    contains(text, "8 by another carer, 0 at another time", "carer a0",
             "client k0", "new carer")
    diff = json.loads(t.run("diff", visits, "a.json", "b.json",
                            "--json").stdout)
    judge(diff)
    equal(diff["totals"]["clients_changed"], 8)
    equal(len(diff["clients"]), 8)
    change = diff["clients"][0]["changes"][0]
    equal(change["what"], ["new_carer"])
    equal(change["before"]["service_start"], change["after"]["service_start"])
    t.run("diff", visits, "a.json", code=USAGE)


@test
def before_and_after_on_one_page(t):
    t.write("a.json", BEFORE)
    t.write("b.json", AFTER)
    text = t.run("diff", TINY, "a.json", "b.json", "--exact", "none").stdout
    contains(text, "key figure", "before", "on time", "carers per client",
             "overtime", "heavy load on one carer", "left out, mandatory")
    is_golden("diff_tiny.txt", text)
    diff = json.loads(t.run("diff", TINY, "a.json", "b.json", "-j").stdout)
    judge(diff)
    carers = {carer["carer"]: carer for carer in diff["carers"]}
    equal(carers["anna"]["before"]["served"], 5)
    equal(carers["berit"]["after"]["served"], 4)


@test
def drafts_and_figures_on_a_sample(t):
    """A draft that breaks rules, and the figures of one beside another."""
    t.write("a.json", BEFORE)
    t.write("b.json", AFTER)
    wrong = {"routes": [{"shift": "odd-day", "stops": [
        "k4-medicine-2", "k1-insulin"]}, AFTER["routes"][1]]}
    is_golden("check_tiny.txt",
              t.run("check", TINY, t.write("wrong.json", wrong),
                    "--exact", "none", code=VIOLATIONS).stdout)
    is_golden("kpi_tiny.txt", t.run("kpi", TINY, "b.json", "--baseline",
                                    "a.json", "--exact", "none", code=None).stdout)


@test
def a_replan_on_a_sample(t):
    """Without a search: what is left of the published plan."""
    t.write("a.json", BEFORE)
    t.write("ill.json", dict(events(
        {"kind": "carer_ill", "carer": "anna"},
        {"kind": "visit_cancelled", "visit": "k5-tuesday"}), now="09:00"))
    text = t.run("replan", TINY, "-p", "a.json", "-e", "ill.json", "-n", "0",
                 "-f", "table", "-c", "tell.json", code=None).stdout
    is_golden("replan_tiny.txt", text)
    is_golden("changes_tiny.json", t.path("tell.json").read_text())


def events(*list_of):
    return {"format": "runde-events", "version": 1, "now": "10:00",
            "events": list(list_of)}


def starts(plan):
    """Who serves what when."""
    return {(stop["visit"], stop.get("part", 0)):
            (route["carer"], stop["service_start"])
            for route in plan["routes"] for stop in route["stops"]
            if "visit" in stop}


def published(t):
    visits = t.write("visits.json", program.problem(visits=12))
    t.run("solve", visits, "-n", "200", "-o", "plan.json")
    return visits, json.loads(t.path("plan.json").read_text())


@test
def an_ill_carer_is_replaced(t):
    visits, plan = published(t)
    happened = events({"kind": "carer_ill", "carer": "a0"})
    judge(happened)
    t.write("ill.json", happened)
    result = t.run("replan", visits, "-p", "plan.json", "-e", "ill.json",
                   "-o", "now-plan.json", "--visits", "now.json",
                   "--changes", "tell.json", "-f", "table")
    contains(result.stdout, "cost ", "carer a0: visits")
    t.run("check", "now.json", "now-plan.json")
    before = starts(plan)
    after = starts(json.loads(t.path("now-plan.json").read_text()))
    for key, (carer, time) in before.items():
        if time < "2026-03-23T10:00":
            equal(after[key], (carer, time))
        elif key in after:
            equal(after[key][0], "a1")
    tell = json.loads(t.path("tell.json").read_text())
    judge(tell)
    told = {(c["visit"], c.get("part", 0)) for client in tell["clients"]
            for c in client["changes"]}
    differ = {key for key in before if after.get(key) != before[key]}
    equal(told, differ)
    for client in tell["clients"]:
        for change in client["changes"]:
            now = change.get("after")
            if now is not None:
                equal(now["earliest"] <= now["service_start"]
                      <= now["latest"], True)


@test
def all_kinds_of_events_are_read(t):
    visits, _ = published(t)
    day = "2026-03-23"
    happened = events(
        {"kind": "carer_late", "carer": "a1", "by": "PT20M"},
        {"kind": "shift_shortened", "shift": "a0-day", "end": "14:00"},
        {"kind": "visit_cancelled", "visit": "v3"},
        {"kind": "visit_longer", "visit": "v4", "service_duration": "PT40M"},
        {"kind": "visit_moved", "visit": "v4", "time_windows": [
            {"min_start": f"{day}T11:00", "max_start": f"{day}T13:30"}]},
        {"kind": "road_closed", "from": "k5", "to": "k6"},
        {"kind": "visit_added", "visit": {
            "id": "alarm", "client": "k7", "service_duration": "PT10M"}})
    judge(happened)
    t.write("day.json", happened)
    t.run("replan", visits, "-p", "plan.json", "-e", "day.json", "-o",
          "now-plan.json", "--visits", "now.json", "-c", "tell.json",
          "--tolerance", "5", "-n", "50")
    t.run("check", "now.json", "now-plan.json")
    now = json.loads(t.path("now.json").read_text())
    ids = [visit["id"] for visit in now["visits"]]
    equal("v3" in ids, False)
    equal(ids[-1], "alarm")
    four = now["visits"][ids.index("v4")]
    equal(four["service_duration"], 2400)
    tell = json.loads(t.path("tell.json").read_text())
    equal([gone["visit"] for gone in tell["cancelled"]], ["v3"])
    # The next change of the day begins here.
    t.run("replan", "now.json", "-p", "now-plan.json", "--freeze-before",
          "11:00", "-o", "later.json")


@test
def clock_times_are_of_the_first_day(t):
    visits, _ = published(t)
    day = "2026-03-23T"
    both = []
    for date in (day, ""):
        happened = events(
            {"kind": "visit_moved", "visit": "v4", "time_windows": [
                {"min_start": f"{date}13:00", "max_start": f"{date}13:30"}],
             "preferred_windows": [{"start": f"{date}13:00",
                                    "end": f"{date}13:45"}]},
            {"kind": "shift_added", "shift": {
                "id": "late", "carer": "a0", "start": f"{date}16:00",
                "end": f"{date}18:00"}},
            {"kind": "visit_added", "visit": {
                "id": "alarm", "client": "k1", "service_duration": "PT30M",
                "pinned_start": f"{date}14:00"}},
            {"kind": "visit_added", "visit": {
                "id": "again", "client": "k2", "service_duration": "PT30M",
                "days": ["2026-03-23"], "time_windows": [
                    {"min_start": "11:00", "max_start": "13:00"}]}})
        judge(happened)
        t.write("day.json", happened)
        t.run("replan", visits, "-p", "plan.json", "-e", "day.json", "-n", "0",
              "-o", "now-plan.json", "--visits", "now.json")
        both.append(t.path("now.json").read_bytes())
    equal(both[1], both[0])
    # A visit file has no such day.
    file = program.problem()
    file["visits"][1]["time_windows"] = [{"max_start": "13:00"}]
    said = t.run("validate", t.write("wrong.json", file), code=BAD_INPUT)
    contains(said.stdout + said.stderr, "E609")


@test
def a_shift_cut_off_before_now_is_told(t):
    visits, plan = published(t)
    cut = {"kind": "shift_shortened", "shift": "a0-day", "end": "09:00"}
    t.write("cut.json", events(cut))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "cut.json",
                 "-o", "now-plan.json", "-n", "50", code=None).stderr
    begun = [key for key, (carer, time) in starts(plan).items()
             if carer == "a0" and "2026-03-23T08:40" < time <
             "2026-03-23T10:00"]
    contains(said, "W643 /shifts/0", f"no time for {len(begun)} visits")
    t.write("cut.json", events(dict(cut, end="14:00")))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "cut.json",
                 "-o", "now-plan.json", "-n", "50").stderr
    equal("W643" in said, False)


@test
def what_has_begun_stays_when_its_carer_is_late(t):
    """Two hours held up in mid-morning, before lunch."""
    t.run("sample", "rural_small", "-o", "visits.json")
    t.run("solve", "visits.json", "-n", "2000", "-s", "1", "--exact", "none",
          "-o", "plan.json")
    begun = {(stop["visit"], stop.get("part", 0)):
             (route["carer"], stop["service_start"])
             for route in json.loads(t.path("plan.json").read_text())["routes"]
             for stop in route["stops"]
             if "visit" in stop and stop["service_start"][11:16] < "10:45"}
    most = 0
    for carer in ("a001-c00002", "a001-c00003"):
        for hours in (2, 4):
            happened = dict(events(
                {"kind": "carer_late", "carer": carer, "by": f"PT{hours}H"}),
                now="10:45")
            judge(happened)
            t.write("late.json", happened)
            said = t.run("replan", "visits.json", "-p", "plan.json",
                         "-e", "late.json", "-o", "now-plan.json",
                         "--visits", "now.json", "-c", "tell.json").stderr
            plan = json.loads(t.path("now-plan.json").read_text())
            stays = {(stop["visit"], stop.get("part", 0)):
                     (route["carer"], stop["service_start"])
                     for route in plan["routes"] for stop in route["stops"]
                     if (stop.get("visit"), stop.get("part", 0)) in begun}
            equal(stays, begun)
            # Whatever gives way is told: a break that is over, a shift.
            most = max(most, said.count("W644"))
            t.run("check", "now.json", "now-plan.json")
    equal(most > 0, True)


@test
def people_and_addresses_may_be_new(t):
    visits, _ = published(t)
    day = "2026-03-23"
    happened = events(
        {"kind": "client_added", "client": {"id": "new-client", "lat": 60.21,
                                            "lon": 11.01}},
        {"kind": "place_added", "place": {"id": "annex", "lat": 60.2,
                                          "lon": 11.0}},
        {"kind": "carer_added", "carer": {"id": "stand-in"}},
        {"kind": "shift_added", "shift": {
            "id": "stand-in-day", "carer": "stand-in",
            "start": f"{day}T10:30", "end": f"{day}T15:00",
            "start_place": "annex", "end_place": "annex"}},
        {"kind": "visit_added", "visit": {
            "id": "first", "client": "new-client", "service_duration": "PT30M",
            "wishes": [{"carer": "stand-in", "kind": "required"}]}})
    judge(happened)
    t.write("new.json", happened)
    t.run("replan", visits, "-p", "plan.json", "-e", "new.json", "-o",
          "now-plan.json", "--visits", "now.json", "-c", "tell.json")
    t.run("check", "now.json", "now-plan.json")
    now = json.loads(t.path("now-plan.json").read_text())
    equal(starts(now)["first", 0][0], "stand-in")
    tell = json.loads(t.path("tell.json").read_text())
    judge(tell)
    equal([c["client"] for c in tell["clients"]], ["new-client"])


@test
def events_happen_to_what_is_new(t):
    """In the order of the file: what is added may be changed, late, ill."""
    visits, _ = published(t)
    day = "2026-03-23T"
    extra = {"id": "extra", "carer": "stand-in", "travel_mode": "car",
             "start": day + "08:00", "end": day + "16:00",
             "start_place": "office", "end_place": "office"}
    new = ({"kind": "carer_added", "carer": {"id": "stand-in"}},
           {"kind": "shift_added", "shift": extra},
           {"kind": "visit_added", "visit": {
               "id": "new", "client": "k1", "service_duration": 600}})

    def after(*more):
        t.write("new.json", events(*new, *more))
        t.run("replan", visits, "-p", "plan.json", "-e", "new.json",
              "--visits", "now.json", "-o", "now-plan.json")
        t.run("check", "now.json", "now-plan.json")
        now = json.loads(t.path("now.json").read_text())
        return ({shift["id"]: shift for shift in now["shifts"]},
                {visit["id"]: visit for visit in now["visits"]})

    equal(after()[0]["extra"]["start"][11:16], "08:00")
    late = {"kind": "carer_late", "carer": "stand-in", "by": "PT20M"}
    equal(after(late)[0]["extra"]["start"][11:16], "08:20")
    equal(after(late, late)[0]["extra"]["start"][11:16], "08:40")
    equal("extra" in after(dict(late, by="PT9H"))[0], False)
    cut = {"kind": "shift_shortened", "shift": "extra", "end": "12:00"}
    equal(after(late, cut)[0]["extra"]["end"][11:16], "12:00")
    ill = {"kind": "carer_ill", "carer": "stand-in"}
    equal("extra" in after(ill)[0], False)
    again = {"kind": "shift_added", "shift": dict(extra, id="again")}
    equal("again" in after(ill, again)[0], True)
    equal(after({"kind": "visit_longer", "visit": "new",
                 "service_duration": 1200})[1]["new"]["service_duration"],
          1200)
    equal("new" in after({"kind": "visit_cancelled", "visit": "new"})[1],
          False)
    t.write("wrong.json", events(*new, ill, cut))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "wrong.json",
                 code=BAD_INPUT).stderr
    contains(said, "E642 /events/4/shift")


@test
def a_visit_moved_forgets_the_wish_of_before(t):
    file = program.problem(visits=12)
    file["visits"][1]["preferred_windows"] = [{
        "start": "2026-03-23T08:00", "end": "2026-03-23T09:00"}]
    visits = t.write("visits.json", file)
    t.run("solve", visits, "-n", "200", "-o", "plan.json")
    moved = {"kind": "visit_moved", "visit": "v1", "time_windows": [
        {"min_start": "13:00", "max_start": "15:00"}]}
    t.write("moved.json", events(moved))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "moved.json",
                 "--visits", "now.json", "-o", "now-plan.json").stderr
    equal("W213" in said, False)
    now = json.loads(t.path("now.json").read_text())
    v1 = [visit for visit in now["visits"] if visit["id"] == "v1"][0]
    equal(v1.get("preferred_windows", []), [])


@test
def what_is_new_is_not_there_yet(t):
    visits, _ = published(t)
    t.write("wrong.json", events(
        {"kind": "carer_added", "carer": {"id": "stand-in"}},
        {"kind": "carer_ill", "carer": "stand-in"},
        {"kind": "client_added", "client": {"id": "k1", "lat": 60, "lon": 11}},
        {"kind": "place_added", "place": {"id": "annex", "lat": 60.2}},
        {"kind": "shift_added", "shift": {"id": "a0-day", "carer": "nobody",
                                          "start": 0, "end": 60}}))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "wrong.json",
                 code=BAD_INPUT).stderr
    contains(said, "E640 /events/2/client",
             "E612 /events/3/place", "E605 /events/4/shift/carer",
             "E640 /events/4/shift")


@test
def all_that_is_wrong_with_events_is_said(t):
    visits, _ = published(t)
    t.write("wrong.json", events(
        {"kind": "carer_ill", "carer": "nobody"},
        {"kind": "carer_late", "carer": "a0"},
        {"kind": "holiday"},
        {"kind": "visit_cancelled", "visit": "v1"},
        {"kind": "visit_longer", "visit": "v1", "service_duration": 60},
        {"kind": "visit_added", "visit": {
            "id": "v2", "client": "k1", "service_duration": 60}}))
    said = t.run("replan", visits, "-p", "plan.json", "-e", "wrong.json",
                 code=BAD_INPUT).stderr
    contains(said, "E605 /events/0/carer", "E604 /events/1",
             "E611 /events/2/kind", "E641 /events/4/visit",
             "E640 /events/5/visit")


@test
def replan_says_what_it_needs(t):
    visits, _ = published(t)
    t.run("replan", visits, code=USAGE)
    contains(t.run("replan", visits, "-p", "plan.json", "--freeze-before",
                   "ten", code=USAGE).stderr, "freeze-before")
    # Nothing has happened: nothing is other.
    text = t.run("replan", visits, "-p", "plan.json", "-n", "0", "-f",
                 "table").stdout
    contains(text, "0 by another carer, 0 at another time")


program.main()
