#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Completion in a real bash: what it offers is what the program takes."""
import re
import shutil
import subprocess
import sys

import program
from program import USAGE, contains, equal, test

ASK = """
source ./completion.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_runde
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered(t, *words):
    t.write("completion.bash", t.run("completion", "bash").stdout)
    result = subprocess.run(
        ["bash", "--norc", "-u", "-c", ASK, "bash", "runde", *words],
        cwd=t.folder, capture_output=True, text=True, check=True,
        timeout=program.PATIENCE)
    equal(result.stderr, "")
    return result.stdout.split()


def commands(t):
    return re.findall(r"^  (?!runde)([a-z]+) +[A-Z]", t.run("--help").stdout, re.M)


@test
def every_command(t):
    equal(offered(t, ""), commands(t) + ["help", "--help", "--version"])
    equal(offered(t, "val"), ["validate"])
    equal(offered(t, "help", "ki") + offered(t, "help", "kp"), ["kpi"])


@test
def every_option_of_every_command(t):
    for command in commands(t):
        text = t.run(command, "--help").stdout
        options = text[text.index("\noptions:"):text.index("\nexample:")]
        names = re.findall(r"^ +(?:-[a-z], |)(--[a-z-]+)", options, re.M)
        equal(offered(t, command, "-"), names)


@test
def files_are_left_to_the_shell(t):
    equal(offered(t, "solve", ""), [])
    equal(offered(t, "solve", "vis"), [])
    equal(offered(t, "solve", "x", "--output", "-"), [])
    equal(offered(t, "solve", "x", "-o", "--"), [])
    equal(offered(t, "solve", "x", "--require-complete", "--tim"),
          ["--time-limit"])


@test
def values_of_closed_lists(t):
    lists = (("travel", "--api", "osrm valhalla ors graphhopper"),
             ("travel", "--nulls", "error estimate forbid"),
             ("export", "--to", "geojson csv ical vroom list"),
             ("export", "--lang", "nb en"), ("report", "-l", "nb en"),
             ("report", "--lang", "nb en"), ("solve", "-f", "json table list"),
             ("solve", "--format", "json table list"),
             ("replan", "-f", "json table"), ("import", "--from", "vroom csv"))
    for command, option, values in lists:
        equal(offered(t, command, "x", option, ""), values.split())
    equal(offered(t, "export", "--to", "ge"), ["geojson"])
    equal(offered(t, "completion", ""), ["bash"])
    samples = offered(t, "sample", "")
    contains(" ".join(samples), "rural_small", "mid_25k", "oslo_size")
    equal(offered(t, "sample", "rural_small", ""), [])
    for name in samples:
        contains(t.run("sample", "--help").stdout, name + " ")


@test
def other_shells_are_refused(t):
    t.run("completion", "tcsh", code=USAGE)
    t.run("completion", code=USAGE)


if __name__ == "__main__":
    if shutil.which("bash") is None:
        print("SKIP: no bash to complete in")
        sys.exit(77)
    program.main()
