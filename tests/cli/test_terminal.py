#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the program shows when standard error is a terminal."""
import os
import pty
import sys

import program
from program import contains, equal, test


@test
def progress_on_a_terminal(t):
    visits = t.visits()
    ours, theirs = TERMINAL
    process = t.start("solve", visits, "-t", "1", "-o", "plan.json",
                      stderr=theirs)
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
    os.close(ours)
    process.communicate(timeout=program.PATIENCE)
    equal(process.returncode, 0)
    text = shown.decode()
    contains(text, " s ", "iterations", "left out", "cost", "%", "\r")
    equal(text.count("\r") >= 3, True)
    equal(all(len(line) < 80 for line in text.split("\r")), True)


if __name__ == "__main__":
    try:
        TERMINAL = pty.openpty()
    except OSError as why:
        print(f"SKIP: no pseudo terminal to be had: {why}")
        sys.exit(77)
    program.main()
