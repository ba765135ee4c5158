#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/planners-day.md, command by command, in one folder."""
import json
import os
import pathlib
import re
import subprocess

import program
from program import contains, equal, judge, test

PAGE = program.HERE.parents[1] / "docs" / "planners-day.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"),
                    re.M | re.S)


def spend(t):
    """Runs the blocks in order; what each of them has printed."""
    path = f"{pathlib.Path(program.RUNDE).parent}{os.pathsep}{os.defpath}"
    printed = []
    for block in BLOCKS:
        result = subprocess.run(
            ["sh", "-eu"], input=block, cwd=t.folder, text=True,
            env={"PATH": path, "LC_ALL": "C.UTF-8"}, capture_output=True,
            timeout=program.PATIENCE, check=False)
        if result.returncode != 0:
            raise AssertionError(f"{block}\nexit code {result.returncode}\n"
                                 f"{result.stderr}{result.stdout[:1000]}")
        printed.append(result.stdout)
    return printed


@test
def a_day(t):
    printed = spend(t)
    # Every file that is read later or promised is there, and says what the
    # page says.
    contains(t.path("routes.txt").read_text(), "a001-day-1-c00002")
    contains(t.path("compared.txt").read_text(), "key figure", "client ",
             "carer ")
    contains(t.path("draft.txt").read_text(), "v000005")
    contains(t.path("plan.html").read_text(encoding="utf-8"), "<html")
    contains(t.path("c00002.ics").read_text(encoding="utf-8"), "VCALENDAR")
    for name in ("tell.json", "tell-2.json"):
        judge(json.loads(t.path(name).read_text()))
    for number, text in enumerate(printed):
        if "runde explain" in BLOCKS[number]:
            contains(text, "v000010")
        if "runde tradeoff" in BLOCKS[number]:
            contains(text, "driving, time")
    contains(t.path("day.csv").read_text(encoding="utf-8"), "missing")
    equal(t.leftovers(), [])
    # The ill carer goes to nobody, the new visit stays in.
    plan = json.loads(t.path("plan-2.json").read_text())
    equal([route for route in plan["routes"]
           if route["carer"] == "a001-c00002"
           and any("visit" in stop for stop in route["stops"])], [])
    served = {stop.get("visit") for route in
              json.loads(t.path("plan-4.json").read_text())["routes"]
              for stop in route["stops"]}
    equal("alarm" in served, True)


@test
def every_command_of_a_day_is_on_the_page(t):
    """And the page is not the only one that knows them."""
    used = set(re.findall(r"runde ([a-z]+)", "".join(BLOCKS)))
    equal(used >= {"solve", "check", "diff", "kpi", "replan", "explain",
                   "recommend", "tradeoff", "actuals", "report", "export"},
          True)
    contains(t.run("--help").stdout, *used)


program.main()
