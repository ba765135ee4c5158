#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`runde export`: what other programs are given, read by Python's own
parsers and by one of our own for calendars."""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys

import program
from program import (BAD_INPUT, DONE, NO_INPUT, NO_OUTPUT, USAGE, contains,
                     equal, test)

DATA = pathlib.Path(os.environ.get("RUNDE_BENCHMARKS") or pathlib.Path(
    __file__).resolve().parents[3] / "shared" / "benchmarks")


def planned(t, **what):
    t.visits(**what)
    t.plan()
    return "visits.json", "plan.json"


@test
def geojson(t):
    files = planned(t)
    done = t.run("export", *files, "--to", "geojson")
    equal(done.stderr, "")
    collection = json.loads(done.stdout)
    equal(collection["type"], "FeatureCollection")
    kinds = {}
    for feature in collection["features"]:
        equal(sorted(feature), ["geometry", "properties", "type"])
        equal(feature["type"], "Feature")
        kind = feature["properties"]["kind"]
        kinds[kind] = kinds.get(kind, 0) + 1
        shape = feature["geometry"]
        equal(shape["type"], "LineString" if kind == "route" else "Point")
        points = shape["coordinates"]
        for lon, lat in points if kind == "route" else [points]:
            equal(11.0 <= lon <= 11.1 and 60.1 <= lat <= 60.3, True)
    plan = json.loads(t.path("plan.json").read_text())
    equal(kinds["visit"], 8)
    equal(kinds["route"], len(plan["routes"]))
    t.run("export", *files, "--to", "geojson", "-o", "map.geojson")
    equal(t.path("map.geojson").read_text(), done.stdout)
    equal(t.leftovers(), [])


@test
def table(t):
    files = planned(t)
    done = t.run("export", *files, "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(done.bytes.decode())))
    equal(len(rows), 8)
    equal({row["id"] for row in rows}, {f"v{i}" for i in range(8)})
    for row in rows:
        equal(re.fullmatch(r"2026-03-23 \d\d:\d\d:\d\d",
                           row["service_start"]) is not None, True)
    excel = t.run("export", *files, "--to", "csv", "--separator", ";",
                  "--decimal", ",", "--bom").bytes
    equal(excel[:3], b"\xef\xbb\xbf")
    text = excel.decode("utf-8-sig")
    other = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    equal([row["id"] for row in other], [row["id"] for row in rows])
    equal(other[0]["lat"].replace(",", "."), rows[0]["lat"])
    tabs = t.run("export", *files, "--to", "csv", "--separator", "tab")
    contains(tabs.stdout, "carer\tshift\t")


@test
def no_formulas(t):
    visits = program.problem()
    for i, client in enumerate(visits["clients"]):
        client["id"] = ["=1+1", "+4", "-5", "@x", "'y", " =z", "a;b,c",
                        'say "hi"'][i]
        visits["visits"][i]["client"] = client["id"]
    t.write("visits.json", visits)
    t.plan()
    text = t.run("export", "visits.json", "plan.json", "--to", "csv",
                 "--separator", ";").bytes.decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row in rows:
        client = visits["clients"][int(row["id"][1:])]["id"]
        guard = "'" if client.lstrip(" ")[0] in "=+-@'" else ""
        equal(row["client"], guard + client)


def unfold(data):
    """Lines of a calendar; the rules of RFC 5545 3.1 on the way."""
    equal(data.endswith(b"\r\n"), True)
    lines = data.split(b"\r\n")[:-1]
    for line in lines:
        equal(b"\n" in line or b"\r" in line, False)
        equal(len(line) <= 75, True)
        line.decode("utf-8")  # a fold between octets of a character fails
    return b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")


@test
def calendars(t):
    files = planned(t)
    done = t.run("export", *files, "--to", "ical", "-o", "calendars")
    contains(done.stderr, "calendars: ")
    names = sorted(p.name for p in t.path("calendars").iterdir())
    equal(names, ["001-a0.ics", "002-a1.ics"][:len(names)] or names)
    events = []
    for name in names:
        lines = unfold((t.path("calendars") / name).read_bytes())
        equal(lines[0], "BEGIN:VCALENDAR")
        equal(lines[-1], "END:VCALENDAR")
        events += [line[8:] for line in lines if line.startswith("SUMMARY:")]
        equal(any(line.startswith("GEO") for line in lines), False)
        equal(sum(line.startswith("DTSTART;TZID=Europe/Oslo:")
                  for line in lines), lines.count("BEGIN:VEVENT"))
    equal(sorted(events), sorted(f"v{i}" for i in range(8)))
    # Again into the same folder, and one alone: the same bytes.
    before = (t.path("calendars") / names[0]).read_bytes()
    t.run("export", *files, "--to", "ical", "-o", "calendars")
    one = t.run("export", *files, "--to", "ical", "--carer", names[0][4:6])
    equal(one.bytes, before)


@test
def hostile_carers(t):
    visits = program.problem(carers=3)
    for i, name in enumerate(["../../x", "\u00e5se<script>", "a" * 200]):
        visits["carers"][i]["id"] = name
        visits["shifts"][i]["carer"] = name
    t.write("visits.json", visits)
    t.plan()
    t.run("export", "visits.json", "plan.json", "--to", "ical", "-o", "out")
    for path in t.path("out").iterdir():
        equal(re.fullmatch(r"\d{3}-[A-Za-z0-9_-]{1,47}\.ics",
                           path.name) is not None, True)
    equal(sorted(p.name for p in t.folder.iterdir()),
          ["out", "plan.json", "visits.json"])


@test
def vroom(t):
    files = planned(t)
    answer = json.loads(t.run("export", *files, "--to", "vroom").stdout)
    equal(answer["code"], 0)
    equal(answer["summary"]["unassigned"], 0)
    steps = [s for r in answer["routes"] for s in r["steps"]]
    # These ids are no numbers: they stand in the descriptions.
    equal(sorted(s["description"] for s in steps if s["type"] == "job"),
          sorted(f"v{i}" for i in range(8)))


@test
def vroom_round_trip(t):
    """VROOM's input in, its output out, judged by the set's own checker."""
    instance = DATA / "municipal-day" / "hc300.json"
    checker = DATA / "checkers" / "check_day.py"
    if not instance.exists() or not checker.exists():
        print("        the benchmark sets are not there: not tried")
        return
    t.run("import", "--from", "vroom", instance, "-o", "visits.json")
    t.run("solve", "visits.json", "-n", "2000", "-o", "plan.json")
    t.run("export", "visits.json", "plan.json", "--to", "vroom", "-o",
          "vroom.json")
    judged = subprocess.run([sys.executable, "-B", checker, instance,
                             t.path("vroom.json"), "999999999"], check=False,
                            capture_output=True, text=True)
    contains(judged.stdout, "violations 0 []")


@test
def wrong_words(t):
    files = planned(t)
    for words, hint in (([], "expected --to"),
                        (["--to", "geojsn"], "did you mean geojson?"),
                        (["--to", "ical"], "-o DIR"),
                        (["--to", "ical", "-o", "-"], "-o DIR"),
                        (["--to", "csv", "--carer", "a0"], "--to ical"),
                        (["--to", "vroom", "--bom"], "--to csv"),
                        (["--to", "csv", "--separator", "x"], "expected"),
                        (["--to", "csv", "--decimal", ";"], "expected")):
        contains(t.run("export", *files, *words, code=USAGE).stderr, hint)
    t.run("export", files[0], "none.json", "--to", "csv", code=NO_INPUT)
    t.run("export", *files, "--to", "ical", "--carer", "nobody",
          code=BAD_INPUT)
    t.run("export", *files, "--to", "csv", "-o", "visits.json",
          code=NO_OUTPUT)
    t.run("export", *files, "--to", "ical", "-o", "plan.json",
          code=NO_OUTPUT)


@test
def no_dates(t):
    visits = program.problem(visits=1, carers=1)
    visits["settings"] = {}
    visits["shifts"][0].update(start=0, end=30000)
    visits["visits"][0].update(time_windows=[])
    t.write("visits.json", visits)
    t.plan()
    done = t.run("export", "visits.json", "plan.json", "--to", "ical", "-o",
                 "out", code=BAD_INPUT)
    contains(done.stderr, "no dates for a calendar")
    equal(t.path("out").exists(), False)


@test
def broken_plans_are_told(t):
    files = planned(t)
    plan = json.loads(t.path("plan.json").read_text())
    plan["routes"][0]["stops"][0]["travel"] = 1
    t.write("plan.json", plan)
    done = t.run("export", *files, "--to", "csv", code=DONE)
    contains(done.stderr, "rules")


@test
def lists_for_carers(t):
    file = program.problem(visits=8, carers=2)
    file["visits"][3]["crew"] = 2
    file["clients"][4]["id"] = file["visits"][4]["client"] = "K" * 60
    t.plan(t.write("visits.json", file))
    plan = json.loads(t.path("plan.json").read_text())
    words = ("export", "visits.json", "plan.json", "--to", "list")
    text = t.run(*words).stdout
    pages = text.split("\f")
    equal(len(pages), len(plan["routes"]))
    for page, route in zip(pages, plan["routes"]):
        contains(page, route["shift"], "Mon 23 Mar 2026")
        lines = [line for line in page.splitlines() if line.startswith("[ ]")]
        visits = [s for s in route["stops"] if "visit" in s]
        equal(len(lines), len(visits))
        for line, stop in zip(lines, visits):
            contains(line, stop["visit"], stop["service_start"][11:16],
                     stop["departure"][11:16])
            equal("with a" in line, stop["visit"] == "v3")
            if stop["visit"] != "v3":
                equal(len(line) <= 80, True)
        contains(page, "back")
    one = t.run(*words, "--carer", "a1").stdout
    equal(one, next(page for page in pages if page.startswith("a1 ")).rstrip()
          + "\n")
    t.run(*words, "-o", "list.txt")
    equal(t.path("list.txt").read_text(), text)
    equal(t.run("solve", "visits.json", "-n", "50", "--format", "list").stdout,
          text)
    t.run(*words, "--carer", "nobody", code=program.BAD_INPUT)
    t.run(*words, "--bom", code=program.USAGE)
    norsk = t.run(*words, "--lang", "nb").stdout
    contains(norsk, "man. 23. mars 2026", "vakt a", " besøk, ", "t underveis",
             "tid   ", "bruker", "tilbake", "  med a")
    for word in ("shift ", "visit", "client", "back", "with", "Mon "):
        equal(word in norsk, False)
    equal(re.findall(r"\d\d:\d\d", norsk), re.findall(r"\d\d:\d\d", text))
    equal(t.run("solve", "visits.json", "-n", "50", "-f", "list", "--lang",
                "nb").stdout, norsk)
    contains(t.run(*words, "--lang", "nn", code=program.USAGE).stderr,
             "expected nb or en; did you mean nb?")
    t.run(*words[:-1], "csv", "--lang", "nb", code=program.USAGE)
    t.run("solve", "visits.json", "-n", "5", "--lang", "nb",
          code=program.USAGE)


program.main()
