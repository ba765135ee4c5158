#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/fhir: bundles by the rules of FHIR R4, and visits back from them.

Called as `test_fhir.py RUNDE FHIR`."""
import json
import pathlib
import re
import subprocess
import sys

import program
from program import contains, equal, test

FHIR = str(pathlib.Path(sys.argv[2]).resolve())
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
STATUS = {"proposed", "pending", "booked", "waitlist"}
PARTICIPATION = {"accepted", "declined", "tentative", "needs-action"}


def fhir(t, *words, code=0):
    done = subprocess.run([FHIR, *map(str, words)], cwd=t.folder, check=False,
                          capture_output=True, text=True)
    equal(done.returncode, code)
    return json.loads(done.stdout) if code == 0 else done.stderr


def resources(bundle, kind):
    equal(bundle["resourceType"], "Bundle")
    equal(bundle["type"], "collection")
    found = [entry["resource"] for entry in bundle["entry"]]
    equal({resource["resourceType"] for resource in found}, {kind})
    return found


def check_reference(reference, kind):
    equal(reference["type"], kind)
    equal(sorted(reference["identifier"]), ["system", "value"])
    return reference["identifier"]["value"]


def check_appointment(a):
    """Cardinalities and invariants of the resource in R4."""
    equal(a["status"] in STATUS, True)
    equal(("start" in a) == ("end" in a), True)              # app-2
    equal("start" in a or a["status"] in ("proposed", "cancelled",
                                          "waitlist"), True)  # app-3
    equal(len(a["participant"]) >= 1, True)
    for participant in a["participant"]:
        equal(participant["status"] in PARTICIPATION, True)  # app-1: an actor
        check_reference(participant["actor"], participant["actor"]["type"])
    for key in ("start", "end"):
        equal(key not in a or INSTANT.fullmatch(a[key]) is not None, True)
    equal(isinstance(a["minutesDuration"], int), True)
    equal([] not in a.values(), True)  # no empty arrays in FHIR


@test
def appointments(t):
    t.visits()
    t.plan()
    plan = json.loads(t.path("plan.json").read_text())
    found = resources(fhir(t, "plan", "visits.json", "plan.json"),
                      "Appointment")
    equal([a["identifier"][0]["value"] for a in found],
          [f"v{i}" for i in range(8)])
    carers = {stop["visit"]: route["carer"] for route in plan["routes"]
              for stop in route["stops"]}
    for i, a in enumerate(found):
        check_appointment(a)
        equal(a["status"], "booked")
        equal(a["minutesDuration"], 20)
        who = {p["actor"]["type"]: p["actor"]["identifier"]["value"]
               for p in a["participant"]}
        equal(who, {"Patient": f"k{i}", "Practitioner": carers[f"v{i}"],
                    "Location": f"k{i}"})
        equal(a["requestedPeriod"], [{"start": "2026-03-23T07:00:00Z",
                                      "end": "2026-03-23T12:20:00Z"}])


@test
def left_out(t):
    visits = program.problem(visits=2, carers=1)
    visits["visits"][1]["crew"] = 2
    t.write("visits.json", visits)
    t.plan()
    found = resources(fhir(t, "plan", "visits.json", "plan.json"),
                      "Appointment")
    for a in found:
        check_appointment(a)
    equal([a["status"] for a in found], ["booked", "waitlist"])
    equal("start" in found[1], False)


@test
def two_carers(t):
    visits = program.problem(visits=1)
    visits["visits"][0]["crew"] = 2
    t.write("visits.json", visits)
    t.plan()
    a, = resources(fhir(t, "plan", "visits.json", "plan.json"), "Appointment")
    check_appointment(a)
    equal(sorted(p["actor"]["identifier"]["value"] for p in a["participant"]
                 if p["actor"]["type"] == "Practitioner"), ["a0", "a1"])


@test
def care_plans(t):
    t.visits()
    t.plan()
    found = resources(fhir(t, "careplan", "visits.json", "plan.json"),
                      "CarePlan")
    equal(len(found), 8)
    for i, c in enumerate(found):
        equal((c["status"], c["intent"]), ("active", "plan"))
        equal(c["category"], [{"text": "besøksplan"}])
        equal(check_reference(c["subject"], "Patient"), f"k{i}")
        detail = c["activity"][0]["detail"]
        equal((detail["kind"], detail["status"]),
              ("Appointment", "scheduled"))
        equal(INSTANT.fullmatch(detail["scheduledPeriod"]["start"])
              is not None, True)


@test
def visits_from_appointments(t):
    before = program.problem()
    before["visits"][0]["id"] = 'say "<hi>" / æøå'
    t.write("visits.json", before)
    t.plan()
    t.write("bundle.json", fhir(t, "plan", "visits.json", "plan.json"))
    after = fhir(t, "visits", "bundle.json", "2026-03-23")
    t.write("back.json", after)
    t.run("validate", "back.json")
    equal([v["id"] for v in after["visits"]],
          [v["id"] for v in before["visits"]])
    equal([v["client"] for v in after["visits"]],
          [v["client"] for v in before["visits"]])
    equal({v["service_duration"] for v in after["visits"]}, {"PT20M"})
    equal(after["visits"][0]["time_windows"],
          [{"min_start": "2026-03-23T07:00:00Z",
            "max_end": "2026-03-23T12:20:00Z"}])
    # With the staff and the addresses added the day can be planned again.
    after.update(carers=before["carers"], shifts=before["shifts"])
    after["places"] = [{"id": c["id"], "lat": c["lat"], "lon": c["lon"]}
                       for c in before["clients"]] + before["places"]
    t.write("back.json", after)
    t.run("solve", "back.json", "-n", "50", "--require-complete")


@test
def bad_input(t):
    contains(fhir(t, "plan", "none.json", "x", code=1), "cannot read")
    t.write("visits.json", "{}")
    contains(fhir(t, "plan", "visits.json", "x", code=1), "RUNDE-E601")
    contains(fhir(t, "visits", "visits.json", "2026-03-23", code=1),
             "no FHIR Bundle")
    t.write("bundle.json", {"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Appointment", "status": "booked"}}]})
    contains(fhir(t, "visits", "bundle.json", "2026-03-23", code=1),
             "without identifier")
    contains(fhir(t, "nonsense", code=1), "usage")


program.main()
