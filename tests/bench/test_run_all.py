#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What run_all.py says of results, that keep_best.py takes only what is
better, and that a trace can be drawn."""
import argparse
import pathlib
import sys
import tempfile
import unittest
import unittest.mock as mock
import xml.dom.minidom

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

import ablation  # noqa: E402
import keep_best  # noqa: E402
import plot_convergence  # noqa: E402
import plot_speed  # noqa: E402
import run_all  # noqa: E402
import run_set  # noqa: E402
import targets  # noqa: E402


def result(instance, value, best, status="ok", **more):
    row = dict.fromkeys(run_set.FIELDS, "")
    gap = (f"{100 * (float(value) - float(best)) / abs(float(best)):.3f}"
           if status == "ok" and best != "-" else "-")
    row.update(instance=instance, value=str(value), best=str(best), gap=gap,
               status=status, left_out="0", peak_mb="30", seconds="1.0",
               iterations="1000", limit="1s", seed="1", commit="abc",
               date="2026-01-01", objective="usual", set="mankowska", **more)
    return row


class Verdicts(unittest.TestCase):
    def test_mean_gap(self):
        target = targets.mean_gap(-1.0)
        better = [result("a", 98, 100), result("b", 99, 100)]
        self.assertEqual(target.misses(better), [])
        self.assertEqual(target.misses(better + [result("c", 101, 100)]),
                         ["mean -0.67 %"])

    def test_left_out_reaches_nothing(self):
        run = result("a", 0, 100, status="left-out")
        for target in (targets.mean_gap(5.0), targets.every_gap()):
            self.assertEqual(target.misses([run]), ["a left-out"])
        # An instance that nobody has solved says nothing.
        run = result("a", 0, "-", status="left-out")
        self.assertEqual(targets.every_gap().misses([run]), [])

    def test_every(self):
        target = targets.every_gap()
        self.assertEqual(target.misses([result("a", 100.004, 100)]), [])
        self.assertEqual(target.misses([result("a", 101, 100),
                                        result("b", 1, 100)]), ["a 1.000 %"])

    def test_day(self):
        target = targets.day(1000, megabytes=50, hopeless=1)
        run = result("d", 999, "-")
        self.assertEqual(target.misses([run]), [])
        self.assertEqual(target.misses([dict(run, left_out="1")]), [])
        self.assertEqual(target.misses([dict(run, left_out="2")]),
                         ["2 left out"])
        self.assertEqual(target.misses([dict(run, peak_mb="50")]), ["50 MB"])
        self.assertEqual(target.misses([dict(run, value="1001")]),
                         ["mean 1,001 s"])

    def test_near_best(self):
        target = targets.near_best(3.0)
        self.assertEqual(target.misses([result("m", 103, 100)]), [])
        self.assertEqual(target.misses([result("m", 104, 100)]),
                         ["mean 4.00 %"])
        self.assertEqual(target.misses([result("m", 104, "-")]),
                         ["no best plan is kept"])

    def test_rows(self):
        names = [(row.name, row.seconds) for row in targets.ROWS]
        self.assertEqual(len(names), len(set(names)))
        for row in targets.ROWS:
            self.assertIn(row.set, run_set.CHECKERS)

    def test_table(self):
        row = targets.ROWS[0]
        runs = [result("a", 99, 100), result("b", 100, 100)]
        cells = run_all.table_row(row, runs, 1.0)
        self.assertEqual(cells[:7], ("mankowska 10-25", "1 s", "2", "2",
                                     "-0.50", "0.00", "1 / 1 / 0"))
        self.assertEqual(cells[12], "yes, and the aim")
        found = {row: [dict(runs[0], seconds="1.2")]}
        self.assertIn("by at most 200 ms", run_all.overrun(found))
        self.assertIn("1 of 1 runs", run_all.overrun(found))


class Joining(unittest.TestCase):
    """Every instance once and a sample oftener, in one report."""
    ROW = targets.Row("some", "mankowska", 1, targets.mean_gap(0.0))

    def setUp(self):
        given = argparse.Namespace(
            program="x", out=pathlib.Path("x"), scale=1.0, trace=False,
            sample=False, seeds=1, sample_seeds=3, rows="some")
        with mock.patch.object(targets, "ROWS", [self.ROW]), \
                mock.patch.object(
                    run_all, "instances_of", lambda row, given, sample:
                    [pathlib.Path(name) for name in "ab"[:2 - sample]]):
            _, self.tasks = run_all.plan(given)

    def test_plan(self):
        self.assertEqual([(task.fields["instance"], task.fields["seed"])
                          for task in self.tasks],
                         [("a", "1"), ("b", "1"), ("a", "2"), ("a", "3")])

    def test_mean(self):
        runs = [result("a", 101, 100), dict(result("a", 105, 100), seed="2"),
                result("b", 100, 100)]
        self.assertEqual(self.ROW.least.misses(runs), ["mean 1.50 %"])
        cells = run_all.table_row(self.ROW, runs, 1.0)
        self.assertEqual(cells[2:6], ("2", "3", "1.50", "5.00"))

    def test_missing(self):
        found = {self.ROW: [result("a", 101, 100)]}
        self.assertEqual(run_all.missing_words(self.tasks[1:], found),
                         "Instances not run: 1 of some (1 s). "
                         "Further seeds not run: 2 of some (1 s).")


class Keeping(unittest.TestCase):
    def test_better(self):
        row = result("a", 99, 100)
        kept = {keep_best.key_of(row): dict(row, value="98")}
        self.assertTrue(keep_best.is_better(row, {}))
        self.assertFalse(keep_best.is_better(row, kept))
        self.assertFalse(keep_best.is_better(result("a", 100, 100), {}))
        self.assertFalse(keep_best.is_better(
            result("a", 0, 100, status="left-out"), {}))
        # Nothing published, nothing beaten; but the samples are our own.
        self.assertFalse(keep_best.is_better(result("a", 1, "-"), {}))
        own = dict(result("a", 1, "-"), set="runde")
        self.assertTrue(keep_best.is_better(own, {}))

    def test_size(self):
        row = result("a", 99, 100)
        name, data = keep_best.file_name(row, b"{}")
        self.assertEqual((name, data), ("mankowska/a.json", b"{}"))
        name, data = keep_best.file_name(row, b"x" * 20000)
        self.assertEqual(name, "mankowska/a.json.gz")
        self.assertLess(len(data), 1000)

    def test_kept_files_are_listed(self):
        files = {path.relative_to(keep_best.BEST).as_posix()
                 for path in keep_best.BEST.rglob("*") if path.is_file()}
        listed = {row["file"] for row in keep_best.read_best().values()
                  if row["file"]}
        self.assertEqual(files - {"best.csv", "checks.txt"}, listed)


class Drawing(unittest.TestCase):
    def test_picture(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            row = result("a", 101, 100)
            row["class"] = "A"
            run_set.append_result(folder / "results.csv", row)
            path = plot_convergence.trace_path(folder, row)
            path.parent.mkdir()
            path.write_text("seconds,iterations,left_out,cost\n"
                            "0.01,0,3,50\n0.02,1,0,120\n0.5,9,0,101\n",
                            encoding="utf-8")
            self.assertEqual(plot_convergence.chosen(folder), {})
            rows = plot_convergence.chosen(folder, every=True)["mankowska"]
            drawn = plot_convergence.curves(folder, rows)
        # Not the first, which leaves visits out.
        self.assertEqual(drawn, [("A", "a", [(0.02, 20.0), (0.5, 1.0),
                                             (0.5, 1.0)])])
        # What comes too soon to be drawn still counts for what follows.
        axes = plot_convergence.Axes(drawn)
        path = plot_convergence.path_of(
            axes, [(0.01, 20.0), (0.01, 1.0), (0.5, 1.0)])
        self.assertIn(f"V{axes.y(1.0):.1f}H", path)
        xml.dom.minidom.parseString(plot_convergence.draw("set", drawn))


class Speed(unittest.TestCase):
    def test_picture(self):
        rows = [("linked", "mankowska", "C1_Instanz", 50, 40000.0, 0.0),
                ("all rules", "runde", "oslo_size", 29846, 500.0, 5.0)]
        self.assertIn("| mankowska C1 | linked | 50 | 40,000 | 50,000 |",
                      plot_speed.table(rows))
        # What is out of the picture lies on its edge.
        self.assertEqual(plot_speed.at(10, 500), plot_speed.at(10, 1000))
        xml.dom.minidom.parseString(plot_speed.draw(rows))


class Ablation(unittest.TestCase):
    def test_table(self):
        def row(habit, seed, value, left_out=0):
            return {"habit": habit, "instance": "RC105", "seed": seed,
                    "value": value, "left_out": str(left_out)}
        rows = [row("", "1", "100"), row("heat", "1", "103"),
                row("", "2", "200"), row("heat", "2", "202")]
        self.assertEqual(ablation.cell(rows, "heat", ["RC105"])[0], "+2.00")
        # What leaves more visits out has no price to compare.
        rows[1] = row("heat", "1", "", 3)
        self.assertEqual(ablation.cell(rows, "heat", ["RC105"])[0],
                         "+1.00, +3 left out")
        self.assertIn("| heat | - |", ablation.table(rows, ["heat"],
                                                     ablation.SAMPLE))

    def test_set(self):
        def row(habit, instance, value):
            return {"habit": habit, "instance": instance, "seed": "1",
                    "value": value, "left_out": "0"}
        rows = [row(*words) for words in
                (("", "a", "100"), ("glpk", "a", "103"), ("", "b", "100"),
                 ("glpk", "b", "100"), ("", "c", "0"), ("glpk", "c", "0"))]
        self.assertEqual(ablation.cell(rows, "glpk", "abc")[0],
                         "+1.50 (0/1/1)")

    def test_habits(self):
        names = ablation.habits()
        self.assertIn("heat", names)
        self.assertIn("dear", names)
        self.assertEqual(len(names), len(set(names)))


class Document(unittest.TestCase):
    def test_into(self):
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "doc.md"
            begin, end = "<!-- run_all: begin -->\n", "<!-- run_all: end -->\n"
            path.write_text("a\n" + begin + "old\n" + end + "b\n",
                            encoding="utf-8")
            run_set.write_into(path, "run_all", "new")
            self.assertEqual(path.read_text(encoding="utf-8"),
                             "a\n" + begin + "\nnew\n" + end + "b\n")
            with self.assertRaises(SystemExit):
                run_set.write_into(path, "ablation", "new")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
