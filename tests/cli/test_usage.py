#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line: help, versions, misspellings, numbers."""
import pathlib
import re

import program
from program import (BAD_INPUT, NO_INPUT, NO_OUTPUT, USAGE, contains, equal,
                     test)

MANUAL = pathlib.Path(__file__).parents[2] / "docs" / "man" / "runde.1"
COMMANDS = ["solve", "check", "validate", "kpi", "explain", "recommend", "diff",
            "replan", "report", "import", "export", "sample", "tradeoff",
            "travel",
            "actuals", "completion"]


@test
def a_bound_needs_an_exact_method(t):
    contains(t.run("solve", "x", "--bound", "--exact", "none",
                   code=USAGE).stderr, "--bound needs --exact glpk")


@test
def no_command(t):
    result = t.run(code=USAGE)
    contains(result.stderr, "usage: runde COMMAND", *COMMANDS)
    equal(result.stdout, "")


@test
def help_lists_commands_and_exit_codes(t):
    for words in (["--help"], ["-h"], ["help"]):
        result = t.run(*words)
        contains(result.stdout, "usage:", "exit codes", *COMMANDS)
        equal(result.stderr, "")


@test
def the_list_of_commands_is_whole(t):
    listed = re.findall(r"^  (?!runde)([a-z]+) +[A-Z]", t.run("--help").stdout, re.M)
    equal(sorted(listed), sorted(COMMANDS))


@test
def every_command_has_help_with_an_example(t):
    for command in COMMANDS:
        result = t.run(command, "--help")
        contains(result.stdout, f"usage: runde {command}", "example:",
                 f"runde {command} ")
        equal(t.run("help", command).stdout, result.stdout)
        equal(t.run(command, "-h").stdout, result.stdout)


@test
def options_in_help_are_taken(t):
    for command in COMMANDS:
        text = t.run(command, "--help").stdout
        for name in set(re.findall(r"--([a-z-]+)", text)) - {"help"}:
            result = t.run(command, f"--{name}=1", "no-such-file", code=None)
            if "no option" in result.stderr:
                raise AssertionError(f"{command} --{name}: {result.stderr}")


@test
def manual_page_has_every_option_and_exit_code(t):
    page = MANUAL.read_text(encoding="utf-8")
    page = page.replace(r"\-", "-")
    for command in COMMANDS:
        contains(page, f".Cm {command}")
        text = t.run(command, "--help").stdout
        for name in set(re.findall(r"--([a-z-]+)", text)):
            contains(page, f"Fl -{name}")
    for name in vars(program):
        if name.isupper() and isinstance(getattr(program, name), int):
            if name != "PATIENCE":
                contains(page, f"\n.It {getattr(program, name)}\n")


@test
def quiet_leaves_the_result_and_errors(t):
    visits = program.problem(visits=12, carers=1)
    for visit in visits["visits"]:
        visit["time_windows"] = [{"min_start": "2026-03-23T08:00",
                                  "max_start": "2026-03-23T08:30"}]
    visits["clients"][0]["lat"] = 45.0  # a warning
    t.write("visits.json", visits)
    t.write("draft.json", {"routes": [{
        "shift": "a0-day", "stops": [f"v{i}" for i in range(12)]}]})
    both = ("visits.json", "plan.json")
    for words, code in (
            (("solve", "visits.json", "-n", "20", "-o", "plan.json"), 0),
            (("validate", "visits.json"), 0),
            (("check", *both), 0),
            (("kpi", "visits.json", "draft.json"), 0),
            (("diff", *both, "plan.json"), 0),
            (("explain", *both, "--visit", "v3"), 0),
            (("recommend", *both, "--carer", "a0"), 0),
            (("replan", "visits.json", "-p", "plan.json", "-o", "r.json"), 0),
            (("report", *both, "-o", "page.html"), 0),
            (("export", *both, "--to", "ical", "-o", "calendars"), 0),
            (("tradeoff", "visits.json", "-n", "1"), 0),
            (("sample", "rural_small", "-o", "sample.json"), 0)):
        loud = t.run(*words, code=code)
        for quiet in ("--quiet", "-q"):
            result = t.run(*words, quiet, code=code)
            equal(result.stderr, "")
            equal(result.stdout, loud.stdout)
        if words[0] not in ("sample", "validate"):
            contains(loud.stderr, "warning RUNDE-W")
    contains(t.run("validate", "visits.json", "-q").stdout, "warning RUNDE-W")
    t.write("bad.json", "{")
    contains(t.run("solve", "bad.json", "-q", code=BAD_INPUT).stderr,
             "error RUNDE-E", "1 error")
    contains(t.run("solve", "-q", "bad.json", "--sed", "1", code=USAGE).stderr,
             "did you mean --seed?")
    contains(t.run("solve", "-q", "x", "--quite", code=USAGE).stderr,
             "did you mean --quiet?")


@test
def version(t):
    result = t.run("--version")
    if not re.fullmatch(r"runde \d+\.\d+\.\d+( with GLPK \S+)?\n", result.stdout):
        raise AssertionError(result.stdout)


@test
def misspelt_command(t):
    contains(t.run("slove", "x", code=USAGE).stderr, "did you mean solve?")
    contains(t.run("chekc", code=USAGE).stderr, "did you mean check?")
    contains(t.run("vlaidate", code=USAGE).stderr, "did you mean validate?")
    far = t.run("photosynthesis", code=USAGE).stderr
    equal("did you mean" in far, False)
    contains(t.run("a" * 5000, code=USAGE).stderr, "no command")


@test
def misspelt_option(t):
    contains(t.run("solve", "x", "--tim-limit", "3", code=USAGE).stderr,
             "did you mean --time-limit?")
    contains(t.run("solve", "x", "--sed=4", code=USAGE).stderr,
             "did you mean --seed?")
    contains(t.run("kpi", "x", "y", "--basline", "z", code=USAGE).stderr,
             "did you mean --baseline?")
    equal("did you mean" in
          t.run("solve", "x", "--quux" * 20, code=USAGE).stderr, False)
    contains(t.run("solve", "x", "-z", code=USAGE).stderr, "no option -z")


@test
def misspelt_ids(t):
    t.plan(t.visits())
    both = ("visits.json", "plan.json")
    for words in (("explain", *both, "--visit", "v33"),
                  ("recommend", *both, "--left-out", "v33")):
        contains(t.run(*words, code=BAD_INPUT).stderr,
                 'no visit "v33"; did you mean "v3"?')
    for words in (("recommend", *both, "--carer", "a9"),
                  ("export", *both, "--to", "ical", "--carer", "a9")):
        contains(t.run(*words, code=BAD_INPUT).stderr,
                 'no carer "a9"; did you mean "a0"?')
    contains(t.run("recommend", *both, "--left-out", "v3",
                   code=BAD_INPUT).stderr, '"v3" is not left out')
    contains(t.run("help", "slove", code=USAGE).stderr, "did you mean solve?")


@test
def one_place_cannot_hold_two_answers(t):
    t.plan(t.visits())
    before = t.path("plan.json").read_bytes()
    replan = ("replan", "visits.json", "-p", "plan.json")
    t.run(*replan, "-o", "x.json", "-c", "x.json", code=USAGE)
    t.run(*replan, "-o", "x.json", "-c", "y.json", "--visits", "y.json",
          code=USAGE)
    t.run(*replan, "-c", "-", code=USAGE)
    t.run("solve", "visits.json", "-o", "x.json", "--visits", "x.json",
          code=USAGE)
    equal(t.path("x.json").exists(), False)
    # What cannot be written is told before anything is planned.
    t.path("folder").mkdir()
    t.run(*replan, "-o", "x.json", "-c", "folder", code=NO_OUTPUT)
    t.run(*replan, "-o", "x.json", "--visits", "visits.json", code=NO_OUTPUT)
    equal(t.path("x.json").exists(), False)
    equal((t.path("plan.json").read_bytes(), t.leftovers()), (before, []))


@test
def options_of_the_other_source_of_travel(t):
    t.visits()
    contains(t.run("travel", "visits.json", "--nodes", "n", "--edges", "e",
                   "--cache", "c", code=USAGE).stderr, "--cache is for --server")
    contains(t.run("travel", "visits.json", "--server", "http://localhost:1",
                   "--api", "osrm", "--access", "9", code=USAGE).stderr,
             "--access is for --nodes and --edges")


@test
def an_extra_visit_is_told_in_its_own_file(t):
    t.plan(t.visits())
    t.write("alarm.json", {"id": "x", "client": "k1", "surprise": 1})
    said = t.run("recommend", "visits.json", "plan.json", "--visit",
                 "alarm.json", code=BAD_INPUT).stderr
    contains(said, " /surprise ")
    equal("events" in said, False)


@test
def misspelt_value(t):
    t.visits()
    for words, expected, meant in (
            (("travel", "visits.json", "--nulls", "estimat"),
             "error, estimate or forbid", "estimate"),
            (("travel", "visits.json", "--mode", "cra"), "car", "car"),
            (("import", "x", "--from", "cvs"), "vroom or csv", "csv"),
            (("solve", "x", "-f", "tabel"), "json, table or list", "table"),
            (("replan", "x", "-p", "y", "-f", "jsn"), "json or table", "json"),
            (("report", "x", "y", "-l", "n"), "nb or en", "nb"),
            (("completion", "bahs"), "bash", "bash")):
        contains(t.run(*words, code=USAGE).stderr, f'"{words[-1]}": expected '
                 f"{expected}; did you mean {meant}?")
    contains(t.run("travel", "visits.json", "--nulls", "nought",
                   code=USAGE).stderr, "expected error, estimate or forbid\n")


@test
def json_is_also_an_option(t):
    t.visits()
    plain = ("solve", "visits.json", "-n", "20")
    equal(t.run(*plain, "--json").stdout, t.run(*plain, "-f", "json").stdout)
    t.run(*plain, "--json", "-f", "list", code=USAGE)
    t.plan()
    plain = ("replan", "visits.json", "-p", "plan.json", "-n", "20")
    equal(t.run(*plain, "--json").stdout, t.run(*plain, "-f", "json").stdout)
    t.run(*plain, "--json", "-f", "table", code=USAGE)


@test
def misspelt_sample(t):
    contains(t.run("sample", "mid_25", code=USAGE).stderr,
             "did you mean mid_25k?")
    t.run("sample", "atlantis", code=USAGE)


@test
def operands(t):
    t.run("solve", code=USAGE)
    t.run("solve", "a", "b", code=USAGE)
    t.run("check", "a", code=USAGE)
    t.run("check", "a", "b", "c", code=USAGE)
    t.run("check", "-", "-", code=USAGE)
    t.run("kpi", "-", "x", "--baseline", "-", code=USAGE)
    t.run("validate", code=USAGE)
    t.run("validate", "", code=NO_INPUT)


@test
def option_arguments(t):
    t.run("solve", "a", "-o", code=USAGE)
    t.run("solve", "a", "--output=", code=USAGE)
    t.run("solve", "a", "--require-complete=yes", code=USAGE)
    contains(t.run("solve", "a", "--quiet=yes", code=USAGE).stderr,
             "--quiet takes no argument")
    t.run("solve", "a", "-s", "1", "--seed", "2", code=USAGE)
    t.run("import", "a", code=USAGE)
    t.run("import", "a", "--from", "paper", code=USAGE)
    t.run("solve", "a", "--format", "xml", code=USAGE)


@test
def numbers(t):
    for value in ("", "0", "-1", "1e3", "nan", "inf", "0x10", " 5", "5 ",
                  "1.2.3", "1,5", ".", "9" * 40, "10000000"):
        t.run("solve", "a", f"--time-limit={value}", code=USAGE)
    for value in ("-1", "1.5", "x", "9223372036854775808", "9" * 40):
        t.run("solve", "a", f"--iterations={value}", code=USAGE)
    for value in ("-1", "18446744073709551616", "one"):
        t.run("solve", "a", f"--seed={value}", code=USAGE)
    for value in ("0", "29", "-3", "x"):
        t.run("sample", "rural_small", f"--days={value}", code=USAGE)


@test
def ways_to_write_an_option(t):
    visits = t.visits()
    first = t.run("solve", visits, "-n", "20", "-s", "7").stdout
    equal(t.run("solve", "-n20", "-s7", visits).stdout, first)
    equal(t.run("solve", "--iterations=20", visits, "--seed", "7").stdout,
          first)
    equal(t.run("solve", "-n", "20", "-s", "7", "--", visits).stdout, first)
    largest = "18446744073709551615"
    contains(t.run("solve", visits, "-n", "5", "-s", largest).stdout, largest)


@test
def a_file_that_looks_like_an_option(t):
    t.visits("-n.json")
    t.run("validate", "--", "-n.json")
    t.run("validate", "./-n.json")


program.main()
