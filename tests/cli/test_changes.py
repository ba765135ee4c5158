#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is other between plans."""
import json
import pathlib
import sys

import program
from program import USAGE, contains, equal, test

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "io"))
from validate_schema import Schema  # noqa: E402

DOCS = HERE.parent.parent / "docs"


def judge(document):
    """The document obeys the schema of its format."""
    schema = Schema(json.loads(
        (DOCS / f"{document['format']}.schema.json").read_text()))
    equal(schema.faults(document, schema.root), [])


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


program.main()
