#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the program shows when standard error is a terminal."""
import os
import pty
import re
import signal
import sys

import program
from program import contains, equal, test


@test
def progress_on_a_terminal(t):
    text = shown_by(t, "solve", t.visits(), "-t", "1", "-o", "plan.json")
    contains(text, " s ", "iterations", "/s ", "left out", "cost", "%", "\r")
    equal(text.count("\r") >= 3, True)
    equal(all(len(line) < 80 for line in text.split("\r")), True)


@test
def no_progress_on_a_dumb_terminal(t):
    equal(shown_by(t, "solve", t.visits(), "-n", "20", "-o", "plan.json",
                   term="dumb"), "")


@test
def no_progress_when_quiet(t):
    equal(shown_by(t, "solve", t.visits(), "-n", "20", "-o", "plan.json",
                   "--quiet"), "")


@test
def changes_for_better_and_worse(t):
    t.visits()
    t.write("one.json", {"routes": [{"shift": "a0-day", "stops": ["v0"]}]})
    t.write("two.json", {"routes": [{"shift": "a0-day",
                                     "stops": ["v0", "v1"]}]})
    words = ("kpi", "visits.json", "two.json", "--baseline", "one.json", "-q")
    rows = {row[:30].strip(): row[56:] for row in
            shown_by(t, *words, on="stdout").split("\r\n")}
    # As many more served is better, left out less too, travel is worse;
    # time with clients is as it comes.
    for name, colour in (("served", 32), ("left out, mandatory", 32),
                         ("travel (h:mm)", 31)):
        equal(len(rows[name].split(f"\x1b[{colour}m")), 3)
    equal("\x1b" in rows["with clients (h:mm)"] + rows["visits"], False)
    plain = t.run(*words).stdout
    equal("\x1b" in plain, False)
    coloured = shown_by(t, *words, on="stdout")
    equal(re.sub("\x1b\\[[0-9]*m", "", coloured).replace("\r\n", "\n"), plain)
    equal("\x1b" in shown_by(t, *words, on="stdout", colour="1"), False)


@test
def an_interrupt_ends_the_line(t):
    text = shown_by(t, "solve", t.visits(), "-t", "300", "-o", "plan.json",
                    stop=True, code=program.STOPPED)
    last = text.replace("\r\n", "\n").splitlines()[-1]
    equal(last, "runde: stopped; the best plan is written")
    t.run("check", "visits.json", "plan.json")


@test
def colours_only_where_they_are_wanted(t):
    t.write("bad.json", {"format": "runde-problem", "version": "one"})
    words = ("solve", "bad.json", "-n", "1")
    bad = program.BAD_INPUT
    contains(shown_by(t, *words, code=bad), "\x1b[31merror\x1b[0m RUNDE-E")
    for how in ({"colour": "1"}, {"term": "dumb"}, {"term": ""}):
        plain = shown_by(t, *words, code=bad, **how)
        contains(plain, "error RUNDE-E")
        equal("\x1b" in plain, False)
    contains(shown_by(t, *words, code=bad, colour=""), "\x1b[31m")
    equal("\x1b" in t.run(*words, code=bad).stderr, False)


def shown_by(t, *words, term="xterm", colour=None, stop=False, code=0,
             on="stderr"):
    """What the program writes to a terminal as its standard error, or
    output."""
    ours, theirs = pty.openpty()
    surroundings = dict(os.environ, TERM=term)
    surroundings.pop("NO_COLOR", None)
    if colour is not None:
        surroundings["NO_COLOR"] = colour
    process = t.start(*words, env=surroundings, **{on: theirs})
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not some:
            break
        shown += some
        if stop and shown.count(b"\r") >= 2:
            process.send_signal(signal.SIGINT)
            stop = False
    os.close(ours)
    process.communicate(timeout=program.PATIENCE)
    equal(process.returncode, code)
    return shown.decode()


if __name__ == "__main__":
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as why:
        print(f"SKIP: no pseudo terminal to be had: {why}")
        sys.exit(77)
    program.main()
