# SPDX-License-Identifier: MIT
"""What the tests of the program share: a way to run it, small visit files,
and a list of tests with a count at the end.

    import program
    @program.test
    def something(t):                # t.path() names files of its own folder
        t.run("solve", t.visits(), code=0)
    program.main()

Called as `test_x.py RUNDE [FAULT_LIBRARY]`; the exit code is the verdict.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "io"))
from validate_schema import Schema  # noqa: E402

DONE, VIOLATIONS, STOPPED, UNSERVED, INFEASIBLE = 0, 1, 3, 4, 5
USAGE, BAD_INPUT, NO_INPUT, NO_SERVER, INTERNAL = 64, 65, 66, 69, 70
NO_OUTPUT, IO, BUSY = 73, 74, 75

RUNDE = str(pathlib.Path(sys.argv[1]).resolve())
FAULTS = str(pathlib.Path(sys.argv[2]).resolve()) if len(sys.argv) > 2 else ""
PATIENCE = 120  # seconds; sanitizers are slow, hangs are for ever
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def problem(visits=8, carers=2):
    """A day in a village: everything in it can be done."""
    day = "2026-03-23"
    return {
        "format": "runde-problem", "version": 1,
        "settings": {"horizon": {"start": day, "days": 1},
                     "time_zone": "Europe/Oslo"},
        "places": [{"id": "office", "lat": 60.2, "lon": 11.0}],
        "clients": [{"id": f"k{i}", "lat": 60.2 + 0.01 * (i % 5),
                     "lon": 11.0 + 0.01 * (i % 7)} for i in range(visits)],
        "carers": [{"id": f"a{i}"} for i in range(carers)],
        "shifts": [{"id": f"a{i}-day", "carer": f"a{i}",
                    "start": f"{day}T07:30", "end": f"{day}T15:00",
                    "start_place": "office", "end_place": "office"}
                   for i in range(carers)],
        "visits": [{"id": f"v{i}", "client": f"k{i}",
                    "service_duration": "PT20M",
                    "time_windows": [{"min_start": f"{day}T08:00",
                                      "max_start": f"{day}T13:00"}]}
                   for i in range(visits)],
    }


def judge(document):
    """The document obeys the schema of its format."""
    schema = Schema(json.loads(
        (HERE.parents[1] / "docs" / f"{document['format']}.schema.json")
        .read_text()))
    equal(schema.faults(document, schema.root), [])


class Bench:
    """One test's own folder, and the program in it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def path(self, name):
        return self.folder / name

    def write(self, name, content):
        if not isinstance(content, (str, bytes)):
            content = json.dumps(content)
        if isinstance(content, str):
            content = content.encode()
        self.path(name).write_bytes(content)
        return name

    def visits(self, name="visits.json", **what):
        return self.write(name, problem(**what))

    def start(self, *words, **how):
        how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        return subprocess.Popen([RUNDE, *map(str, words)], cwd=self.folder,
                                **how)

    def run(self, *words, code=DONE, text=None, **how):
        """Runs the program, expects the exit code (None: any), gives the
        result with `stdout` and `stderr` as text."""
        if text is not None:
            how["input"] = text if isinstance(text, bytes) else text.encode()
        else:
            how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        result = subprocess.run([RUNDE, *map(str, words)], cwd=self.folder,
                                timeout=PATIENCE, check=False, **how)
        result.bytes = result.stdout
        result.stdout = (result.stdout or b"").decode("utf-8", "replace")
        result.stderr = (result.stderr or b"").decode("utf-8", "replace")
        if code is not None and result.returncode != code:
            raise AssertionError(
                f"runde {' '.join(map(str, words))}: exit code "
                f"{result.returncode}, expected {code}\n{result.stderr}"
                f"{result.stdout[:2000]}")
        return result

    def plan(self, visits="visits.json", output="plan.json", *more):
        """A plan that is written to a file and found good."""
        self.run("solve", visits, "-o", output, "-n", "50", *more)
        self.run("check", visits, output)
        return output

    def leftovers(self):
        """Temporary files of the writer."""
        return sorted(p.name for p in self.folder.iterdir()
                      if p.name.endswith(".runde-tmp"))


def contains(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in:\n{text[:3000]}")


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"found {str(found)[:1000]!r}, expected "
                             f"{str(expected)[:1000]!r}")


def main():
    # A test that inherits "ignored" would never see its interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["LC_ALL"] = "C.UTF-8"
    failed = 0
    for function in TESTS:
        with tempfile.TemporaryDirectory(prefix="runde-cli-") as folder:
            try:
                function(Bench(folder))
                print(f"ok      {function.__name__}")
            except Exception:  # the next test may still tell something
                failed += 1
                print(f"FAILED  {function.__name__}")
                traceback.print_exc(file=sys.stdout)
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not TESTS else 0)
