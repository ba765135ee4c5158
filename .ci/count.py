#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the tests in meson's testlog.json: prints "passed failed skipped".

A CUnit program counts as many tests as its summary says, every other program
one. What looks like success but is none counts as a failure: a CUnit program
without a summary, without a test, with a suite that could not start or with
inactive tests; a TAP program without output, which meson calls skipped. Exit
status 1 when anything failed or nothing passed.
"""
import json
import pathlib
import re
import sys

ROW = re.compile(r"^\s*(suites|tests)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\d+)",
                 re.M)


def is_cunit(command):
    """Whether one of the command's words is a program linked to CUnit."""
    for word in command:
        path = pathlib.Path(word)
        if path.is_file():
            with path.open("rb") as file:
                if (file.read(4) == b"\x7fELF"
                        and b"libcunit.so" in file.read()):
                    return True
    return False


def judge(test):
    """(passed, failed, skipped, complaint) of one record of the log."""
    result = test["result"]
    ok = result in ("OK", "EXPECTEDFAIL")
    if result == "SKIP":
        if test.get("returncode") == 77:
            return 0, 0, 1, "skipped"
        return 0, 1, 0, "skipped without saying so (exit code not 77)"
    if not is_cunit(test["command"]):
        return (1, 0, 0, "") if ok else (0, 1, 0, result)
    passed = failed = 0
    complaint = ""
    rows = ROW.findall(test.get("stdout") or "")
    tests = [row for row in rows if row[0] == "tests"]
    if not tests:
        return 0, 1, 0, f"{result}, no CUnit summary"
    for _, total, ran, good, bad, inactive in tests:
        passed += int(good)
        failed += int(bad) + int(inactive)
        if int(total) == 0 or int(ran) + int(inactive) != int(total):
            failed += 1
            complaint = f"{total} tests, {ran} ran"
    for kind, _, _, _, bad, _ in rows:
        if kind == "suites" and int(bad) > 0:
            failed += int(bad)
            complaint = "a suite could not start"
    if not ok and failed == 0:
        failed = 1
    return passed, failed, 0, complaint or ("" if ok else result)


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                *counts, complaint = judge(test)
                total = [a + b for a, b in zip(total, counts)]
                if complaint:
                    print(f"{test['name']}: {complaint}", file=sys.stderr)
    print(*total)
    return 1 if total[1] > 0 or total[0] == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
