#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
""".ci/count.py sees through what looks like success and is none, and the last
line of .ci/check.sh is the count, whatever happens before it."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tree

SUMMARY = """
Run Summary:    Type  Total    Ran Passed Failed Inactive
              suites      1 {suites}    n/a {suites_failed}        0
               tests {total} {ran} {passed} {failed} {inactive}
             asserts      9      9      9      0      n/a
"""


def cunit(total, ran, passed, failed, inactive=0, suites_failed=0):
    return SUMMARY.format(total=total, ran=ran, passed=passed, failed=failed,
                          inactive=inactive, suites_failed=suites_failed,
                          suites=1 - suites_failed)


# what, linked to CUnit, meson's result, exit code, output -> counts
CASES = [
    ("three tests", True, "OK", 0, cunit(3, 3, 3, 0), "3 0 0"),
    ("two of three", True, "FAIL", 1, cunit(3, 3, 2, 1), "2 1 0"),
    ("failed, exit 0", True, "OK", 0, cunit(3, 3, 2, 1), "2 1 0"),
    ("no test", True, "OK", 0, cunit(0, 0, 0, 0), "0 1 0"),
    ("suite did not start", True, "OK", 0,
     cunit(2, 0, 0, 0, suites_failed=1), "0 2 0"),
    ("inactive", True, "OK", 0, cunit(2, 1, 1, 0, inactive=1), "1 1 0"),
    ("no summary", True, "OK", 0, "hello", "0 1 0"),
    ("killed", True, "FAIL", -6, "", "0 1 0"),
    ("leak after success", True, "FAIL", 23, cunit(3, 3, 3, 0), "3 1 0"),
    ("timeout", True, "TIMEOUT", -15, "", "0 1 0"),
    ("skipped aloud", True, "SKIP", 77, "SKIP: no data", "0 0 1"),
    ("TAP without output", False, "SKIP", 0, "", "0 1 0"),
    ("script", False, "OK", 0, "", "1 0 0"),
    ("script failed", False, "FAIL", 2, "", "0 1 0"),
    ("no record", None, None, None, None, "0 0 0"),
]


# Steps that behave like a good one, one with a failed test, ...
STEPS = {
    "good": 'echo 5 0 1 >"$RUNDE_CI_OUT/good.count"',
    "bad": 'echo 3 2 0 >"$RUNDE_CI_OUT/bad.count"; exit 1',
    "broken": "exit 3",
    "elsewhere": "echo not here; exit 77",
    "full": 'rm -r "$RUNDE_CI_OUT"; kill -9 $$',
}
# the steps, seconds for them -> skipped, last line, exit code
RUNS = [
    ("good", 60, "1 skipped,", "5 passed, 0 failed", 0),
    ("good bad", 60, "1 skipped,", "5 passed, 2 failed", 1),
    ("elsewhere good", 60, "2 skipped,", "5 passed, 0 failed", 0),
    ("elsewhere", 60, "1 skipped,", "0 passed, 0 failed", 0),
    ("broken", 60, "0 skipped,", "0 passed, 1 failed", 1),
    ("missing good", 60, "1 skipped,", "5 passed, 1 failed", 1),
    ("good", 0, "0 skipped,", "0 passed, 1 failed", 1),
    ("full good", 60, "0 skipped,", "0 passed, 2 failed", 1),
]


def last_lines(folder):
    """What check.sh says at the end of each of RUNS, if it is wrong."""
    home = pathlib.Path(folder, ".ci")
    shutil.copytree(tree.ROOT / ".ci", home)
    for name, script in STEPS.items():
        (home / "steps" / f"{name}.sh").write_text(script, encoding="utf-8")
    for steps, seconds, skipped, last, code in RUNS:
        environment = dict(os.environ, RUNDE_CI_SECONDS=str(seconds),
                           RUNDE_CI_OUT=os.path.join(folder, "out"))
        done = subprocess.run(["bash", home / "check.sh", *steps.split()],
                              check=False, capture_output=True, text=True,
                              env=environment)
        lines = done.stdout.splitlines()[-2:]
        if (len(lines) < 2 or not lines[0].startswith(skipped)
                or lines[1] != last or done.returncode != code):
            yield f"{steps}: {lines}, exit {done.returncode}, expected {last}"


def main():
    findings = []
    count = tree.ROOT / ".ci" / "count.py"
    with tempfile.TemporaryDirectory() as folder:
        linked = pathlib.Path(folder, "linked")
        linked.write_bytes(b"\x7fELF libcunit.so.1")
        log = pathlib.Path(folder, "testlog.json")
        for what, is_cunit, result, code, output, expected in CASES:
            record = {"name": what, "result": result, "returncode": code,
                      "stdout": output,
                      "command": [str(linked) if is_cunit else "sh"]}
            log.write_text("" if result is None else json.dumps(record),
                           encoding="utf-8")
            done = subprocess.run([sys.executable, "-B", count, log],
                                  check=False, capture_output=True, text=True)
            passed, failed, _ = expected.split()
            good = failed == "0" and passed != "0"
            if done.stdout.strip() != expected or (done.returncode == 0) != good:
                findings.append(f"{what}: {done.stdout.strip()}, exit "
                                f"{done.returncode}, expected {expected}")
        findings += last_lines(folder)
    tree.verdict(findings, len(CASES) + len(RUNS))


if __name__ == "__main__":
    main()
