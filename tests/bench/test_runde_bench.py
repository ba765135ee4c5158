#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""runde-bench as people run it: exit codes, the one line, the same twice.

    test_runde_bench.py PROGRAM
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
DATA = pathlib.Path(os.environ.get("RUNDE_BENCHMARKS") or
                    ROOT.parent / "shared" / "benchmarks")
TOY = DATA / "mankowska" / "toy.json"
SYNCED = DATA / "bredstrom-ronnqvist" / "instances" / "BR-01S.json"


def run(*words):
    return subprocess.run([str(PROGRAM), *map(str, words)], text=True,
                          capture_output=True, check=False, timeout=60)


class Arguments(unittest.TestCase):
    def refuse(self, said, *words):
        done = run(*words)
        self.assertEqual(done.returncode, 64, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_refused(self):
        rest = ["--instance", "a.json", "--out", "b.json"]
        self.refuse("needed")
        self.refuse("no value for --set", "--set")
        self.refuse("unknown option --speed", "--speed", "9")
        self.refuse("no such set: vrp", "--set", "vrp", *rest)
        self.refuse("no sensible value for --threads", "--threads", "65")
        self.refuse("no sensible value for --threads", "--threads", "0")
        self.refuse("no sensible value for --seconds", "--seconds", "-1")
        self.refuse("no sensible value for --seed", "--seed", "x")
        self.refuse("no such objective", "--set", "kummer", "--objective",
                    "price", *rest)
        self.refuse("only bredstrom-ronnqvist", "--set", "kummer",
                    "--objective", "preference", *rest)

    def test_unreadable(self):
        done = run("--set", "kummer", "--instance", "no such file", "--out",
                   "b.json")
        self.assertEqual(done.returncode, 74)
        done = run("--set", "kummer", "--instance", __file__, "--out",
                   "b.json")
        self.assertEqual(done.returncode, 65)
        self.assertIn("RUNDE-E801", done.stderr)


@unittest.skipUnless(TOY.exists(), "no benchmark data")
class Bound(unittest.TestCase):
    """From below: never above what is known to be possible."""

    def look(self, name, instance, iterations):
        with tempfile.TemporaryDirectory() as folder:
            done = run("--set", name, "--instance", instance, "--out",
                       pathlib.Path(folder) / "plan", "--iterations",
                       iterations, "--bound", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        if done.stderr == "":
            return 0  # built without exact methods
        found, best = done.stdout.split()[1], done.stdout.split()[4]
        bound = float(done.stderr.split()[1].rstrip(","))
        self.assertGreater(bound, 0)
        self.assertLessEqual(bound, float(found) + 0.01)
        if best != "-":
            self.assertLessEqual(bound, float(best) + 0.01)
        return bound

    def test_small(self):
        for path in sorted((DATA / "mankowska/instances").glob("A*_10_*")):
            self.look("mankowska", path, 2000)
        for path in sorted(SYNCED.parent.glob("BR-0[1-5]?.json")):
            self.look("bredstrom-ronnqvist", path, 2000)

    def test_first_customers(self):
        for path in sorted((DATA / "solomon/instances").glob("*101.txt")):
            with tempfile.TemporaryDirectory() as folder:
                cut = pathlib.Path(folder) / path.name
                lines = path.read_text(encoding="utf-8").splitlines(True)
                cut.write_text("".join(lines[:35]), encoding="utf-8")
                self.look("solomon", cut, 2000)


class Own(unittest.TestCase):
    """Runde's own visit files; needs no data from elsewhere."""

    def test_trace(self):
        with tempfile.TemporaryDirectory() as folder:
            plan, trace = (pathlib.Path(folder) / name
                           for name in ("plan", "trace"))
            done = run("--set", "runde", "--instance",
                       ROOT / "examples" / "data" / "tiny.json",
                       "--iterations", "300", "--out", plan, "--trace", trace)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('"routes"', plan.read_text(encoding="utf-8"))
            lines = trace.read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines[0], "seconds,iterations,left_out,cost")
        # The last report is of the best plan, and costs never rise.
        costs = [float(line.split(",")[3]) for line in lines[1:]]
        self.assertEqual(costs[-1], float(done.stdout.split()[1]))
        self.assertEqual(costs[1:], sorted(costs[1:], reverse=True))

    def test_trace_refused(self):
        done = run("--set", "runde", "--instance",
                   ROOT / "examples" / "data" / "tiny.json", "--iterations",
                   "1", "--out", "/dev/null", "--trace", "no/such/folder")
        self.assertEqual(done.returncode, 74)


@unittest.skipUnless(TOY.is_file(), "no benchmark data: set RUNDE_BENCHMARKS")
class Runs(unittest.TestCase):
    def solve(self, path, *words):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "solution"
            done = run("--instance", path, "--iterations", "300", "--out",
                       out, *words)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout, out.read_text(encoding="utf-8")

    def test_line(self):
        line, solution = self.solve(TOY, "--set", "mankowska")
        self.assertRegex(line, r"^toy 111\.333 \d+\.\d\d 300 - -\n$")
        self.assertIn('"caregiver_id"', solution)

    def test_same_twice(self):
        words = ["--set", "bredstrom-ronnqvist", "--seed", "7"]
        line, solution = self.solve(SYNCED, *words)
        self.assertRegex(line, r"^BR-01S \S+ \S+ 300 274\.000 \S+\n$")
        self.assertEqual(solution, self.solve(SYNCED, *words)[1])

    def test_preference(self):
        line, _ = self.solve(SYNCED, "--set", "bredstrom-ronnqvist",
                             "--objective", "preference")
        self.assertRegex(line, r"^BR-01S -\S+ \S+ 300 -114\.030 \S+\n$")


if __name__ == "__main__":
    unittest.main()
