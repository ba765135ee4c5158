#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`runde import`: problems from VROOM's input and from tables."""
import pathlib

import program
from program import BAD_INPUT, NO_INPUT, NO_OUTPUT, USAGE, contains, equal, test


@test
def vroom_problem(t):
    foreign = {
        "vehicles": [{"id": 1, "start_index": 0, "end_index": 0,
                      "time_window": [0, 20000]}],
        "jobs": [{"id": 7, "location_index": 1, "service": 300},
                 {"id": 8, "location_index": 2, "service": 300,
                  "time_windows": [[3600, 7200]]}],
        "matrices": {"car": {"durations": [[0, 600, 900], [600, 0, 400],
                                           [900, 400, 0]]}},
    }
    t.write("vroom.json", foreign)
    printed = t.run("import", "--from", "vroom", "vroom.json").stdout
    t.run("import", "--from=vroom", "vroom.json", "-o", "visits.json")
    equal(t.path("visits.json").read_text(), printed)
    t.run("validate", "visits.json")
    t.run("solve", "visits.json", "-n", "20", "-o", "plan.json",
          "--require-complete")
    t.run("check", "visits.json", "plan.json")
    t.run("import", "--from", "vroom", t.write("bad.json", "{"),
          code=BAD_INPUT)
    t.run("import", "--from", "vroom", "vroom.json", "-o", "vroom.json",
          code=NO_OUTPUT)


@test
def not_a_vroom_problem(t):
    for content, word in (({}, "not a VROOM problem"),
                          ({"matrices": {}}, "not a VROOM problem"),
                          (program.problem(), "a file of Runde")):
        result = t.run("import", "--from", "vroom",
                       t.write("other.json", content), "-o", "out.json",
                       code=BAD_INPUT)
        contains(result.stderr, "RUNDE-E801", word)
        equal(t.path("out.json").exists(), False)
    # Nothing to do is a problem too.
    t.run("import", "--from", "vroom", t.write("none.json", {"jobs": []}))


def tables(t, **changed):
    """A folder of tables; `changed` are others, None for one left out."""
    texts = {
        "visits": "Besøk;Bruker;Varighet;Tidligst;Senest\n"
                  "v1;k1;20;08:00;10:00\nv2;k2;22,5;;\n",
        "clients": "Bruker;Breddegrad;Lengdegrad\nk1;60,2;11\n"
                   "k2;60,21;11,01\n",
        "carers": "Pleier\nanna\n",
        "shifts": "Vakt;Pleier;Fra;Til\ns1;anna;07:30;15:00\n",
    }
    texts.update(changed)
    t.path("monday").mkdir(exist_ok=True)
    for name, text in texts.items():
        if text is not None:
            t.write(f"monday/{name}.csv", text)
    return "monday"


@test
def csv_tables(t):
    folder = tables(t)
    words = ["import", "--from", "csv", folder, "--date", "2026-11-23"]
    printed = t.run(*words)
    equal(printed.stderr, "")
    t.run(*words, "-o", "visits.json")
    equal(t.path("visits.json").read_text(), printed.stdout)
    t.run("solve", "visits.json", "-n", "20", "-o", "plan.json",
          "--require-complete")
    t.run("check", "visits.json", "plan.json")
    # The example of the documentation can be planned as it is.
    example = pathlib.Path(__file__).resolve().parents[2] / "examples/data/csv"
    equal(t.run("import", "--from", "csv", example, "-o", "day.json").stderr,
          "")
    t.run("solve", "day.json", "-n", "200", "-o", "plan.json",
          "--require-complete")


@test
def csv_findings(t):
    folder = tables(t, visits="Besøk;Bruker;Varihget;Navn\nv1;k9;20;Ola\n",
                    carers="Pleier\n;\n".encode("utf-16"))
    t.write("visits.json", "old")
    done = t.run("import", "--from", "csv", folder, "-o", "visits.json",
                 code=BAD_INPUT)
    contains(done.stderr, "monday: error RUNDE-E812 /visits.csv/1/C",
             'did you mean "varighet"?', "RUNDE-E812 /visits.csv/1/D",
             "RUNDE-E001 /carers.csv/1/A", "RUNDE-E605 /visits.csv/2/B",
             "RUNDE-E814 /shifts.csv/2", "monday: 7 errors")
    equal("Ola" in done.stderr, False)
    equal(t.path("visits.json").read_text(), "old")


@test
def csv_folders(t):
    folder = tables(t)
    words = ["import", "--from", "csv", folder]
    for date in ("23.11", "2026-02-30", "x"):
        t.run(*words, "--date", date, code=USAGE)
    t.run("import", "--from", "vroom", "x", "--date", "2026-11-23",
          code=USAGE)
    words += ["--date", "2026-11-23"]
    for name in ("visits", "clients", "shifts"):
        done = t.run(*words, "-o", f"monday/{name}.csv",
                     code=NO_OUTPUT)
        contains(done.stderr, f"{name}.csv")
    t.path("monday/carers.csv").unlink()
    contains(t.run(*words, code=NO_INPUT).stderr, "carers.csv")
    t.run("import", "--from", "csv", "nowhere", code=NO_INPUT)


program.main()
