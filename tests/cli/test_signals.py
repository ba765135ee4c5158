#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A signal during the search: the best plan so far, soon, and checked."""
import os
import random
import signal
import time

import program
from program import STOPPED, contains, equal, test

TRIALS = int(os.environ.get("RUNDE_TRIALS", "8"))
# Sanitizers and a busy machine are slow; the goal is a quarter of a second.
SOON = 10.0


def begin(t, *words):
    """Starts a long search and waits until it has taken its output."""
    process = t.start("solve", *words, "-t", "300", "-o", "plan.json")
    while not t.path(".plan.json.runde-tmp").exists():
        time.sleep(0.005)
        equal(process.poll(), None)
    time.sleep(0.2)
    return process


def end(process):
    process.communicate(timeout=program.PATIENCE)
    return process.returncode


@test
def the_best_plan_is_written(t):
    t.run("sample", "rural_small", "-o", "visits.json")
    spans = []
    dice = random.Random(1)
    for trial in range(TRIALS):
        t.path("plan.json").unlink(missing_ok=True)
        process = begin(t, "visits.json")
        time.sleep(dice.uniform(0.0, 0.5))
        began = time.monotonic()
        process.send_signal(signal.SIGTERM if trial % 2 else signal.SIGINT)
        equal(end(process), STOPPED)
        spans.append(time.monotonic() - began)
        t.run("check", "visits.json", "plan.json")
        contains(t.path("plan.json").read_text(), '"stopped"')
        equal(t.leftovers(), [])
    spans.sort()
    print(f"        {TRIALS} interrupts, median "
          f"{spans[TRIALS // 2] * 1000:.0f} ms, slowest "
          f"{spans[-1] * 1000:.0f} ms")
    equal(spans[-1] < SOON, True)


@test
def to_standard_output_too(t):
    t.run("sample", "rural_small", "-o", "visits.json")
    process = t.start("solve", "visits.json", "-t", "300")
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    plan, said = process.communicate(timeout=program.PATIENCE)
    equal(process.returncode, STOPPED)
    contains(said.decode(), "runde: stopped; the best plan is written\n")
    t.run("check", "visits.json", "-", text=plan)


@test
def the_second_signal_ends_at_once(t):
    t.run("sample", "rural_small", "-o", "visits.json")
    t.write("plan.json", "old")
    process = begin(t, "visits.json")
    # Stopped, so that both are waiting when it goes on.
    process.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    code = end(process)
    equal(code in (-signal.SIGINT, -signal.SIGTERM), True)
    equal(t.path("plan.json").read_text(), "old")
    equal(len(t.leftovers()) <= 1, True)
    t.plan("visits.json")


@test
def an_ignored_signal_stays_ignored(t):
    visits = t.visits()
    process = t.start("solve", visits, "-t", "2", "-o", "plan.json",
                      preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                       signal.SIG_IGN))
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    equal(end(process), 0)


@test
def no_progress_but_on_a_terminal(t):
    visits = t.visits()
    equal(t.run("solve", visits, "-t", "0.5", "-o", "plan.json").stderr, "")


program.main()
