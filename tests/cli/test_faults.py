#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every call of the writer fails once, or is the last thing that happens."""
import os

import program
from program import BUSY, DONE, IO, NO_INPUT, NO_OUTPUT, equal, test

# What may go wrong with each call, and the exit codes that are right then.
# An interrupted call, or one that did half, is simply repeated.
FAULTS = {
    "open": ["EMFILE", "EACCES", "EIO"],
    "read": ["EIO"],
    "openat": ["ENOSPC", "EROFS", "EACCES", "EMFILE", "EIO"],
    "flock": ["ENOLCK", "EIO"],
    "ftruncate": ["EIO", "EINVAL"],
    "fchmod": ["EIO"],
    "write": ["ENOSPC", "EIO", "EDQUOT"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT"],
    "pread": ["EIO"],
    "renameat": ["EIO", "ENOSPC", "EACCES"],
}
HARMLESS = {
    "open": ["EINTR"], "read": ["EINTR", "SHORT"], "openat": ["EINTR"],
    "flock": ["EINTR"], "write": ["EINTR", "SHORT"], "fsync": ["EINTR"],
    "pread": ["EINTR", "SHORT"],
}
FATAL = ["openat", "flock", "ftruncate", "write", "fsync", "pread",
         "renameat", "close"]
MOST_CALLS = 60
SAVE = ["solve", "visits.json", "-n", "0", "-o", "plan.json"]


def faulty(t, call, number, error, code=None):
    """Runs SAVE with a fault; the result, or None when no call was hit."""
    log = t.path("log")
    log.unlink(missing_ok=True)
    environment = dict(os.environ, LD_PRELOAD=program.FAULTS,
                       RUNDE_FAULT=f"{call}:{number}:{error}",
                       RUNDE_FAULT_LOG=str(log))
    result = t.run(*SAVE, code=code, env=environment)
    result.calls = log.read_text().splitlines()
    hit = any(line.startswith("fault ") for line in result.calls)
    return result if hit else None


def sweep(t, call, errors, judge):
    """Each error at the first, second, ... call, until there are no more."""
    struck = 0
    for error in errors:
        for number in range(1, MOST_CALLS):
            t.write("plan.json", "old")
            result = faulty(t, call, number, error)
            if result is None:
                break
            struck += 1
            try:
                judge(result)
            except AssertionError as why:
                raise AssertionError(f"{call}:{number}:{error}: {why}\n"
                                     f"{result.stderr}") from why
        else:
            raise AssertionError(f"{call}: no end")
    equal(struck >= len(errors), True)
    return struck


@test
def order_of_the_calls(t):
    t.visits()
    log = t.path("log")
    t.run(*SAVE, env=dict(os.environ, LD_PRELOAD=program.FAULTS,
                          RUNDE_FAULT_LOG=str(log)))
    calls = [line.strip() for line in log.read_text().splitlines()]
    first = calls.index("openat .plan.json.runde-tmp")
    kinds = [call.split()[0] for call in calls[first:]]
    equal([kind for kind in kinds if kind not in ("pread", "write", "close")],
          ["openat", "flock", "ftruncate", "fchmod", "fsync", "renameat",
           "fsync"])
    # All bytes are on the disk before they get their name.
    equal(max(i for i, kind in enumerate(kinds) if kind == "write")
          < kinds.index("fsync") < kinds.index("renameat"), True)


@test
def failing_calls(t):
    t.visits()
    t.run(*SAVE)
    new = t.path("plan.json").read_bytes()
    struck = 0

    def judge(result):
        equal(result.returncode in (IO, NO_OUTPUT, NO_INPUT, BUSY), True)
        equal(result.stderr != "", True)
        equal(t.leftovers(), [])
        found = t.path("plan.json").read_bytes()
        # Only after the rename may the new plan stand there, and whole.
        renamed = any(line.startswith("renameat ") for line in result.calls)
        equal(found == b"old" or (renamed and found == new), True)

    for call, errors in FAULTS.items():
        struck += sweep(t, call, errors, judge)
    print(f"        {struck} faults, 0 torn, 0 silent")


@test
def interrupted_and_short_calls(t):
    t.visits()
    t.run(*SAVE)
    new = t.path("plan.json").read_bytes()

    def judge(result):
        equal(result.returncode, DONE)
        equal(t.path("plan.json").read_bytes(), new)

    struck = sum(sweep(t, call, errors, judge)
                 for call, errors in HARMLESS.items())
    print(f"        {struck} repeated")


@test
def death_at_every_call(t):
    t.visits()
    t.run(*SAVE)
    new = t.path("plan.json").read_bytes()

    def judge(result):
        equal(result.returncode, -9)
        equal(t.path("plan.json").read_bytes() in (b"old", new), True)
        equal(len(t.leftovers()) <= 1, True)

    struck = sum(sweep(t, call, ["KILL", "LATE"], judge) for call in FATAL)
    # Whatever the last one left behind is in nobody's way.
    t.run(*SAVE)
    equal(t.path("plan.json").read_bytes(), new)
    equal(t.leftovers(), [])
    print(f"        {struck} deaths, 0 torn")


@test
def directory_that_cannot_be_synced(t):
    # Some file systems have no fsync for directories: not an error.
    t.visits()
    result = faulty(t, "fsync", 2, "EINVAL", code=DONE)
    equal(result is not None, True)


program.main()
