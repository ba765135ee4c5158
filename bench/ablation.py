#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What each habit of the search is worth: a sample with one left out.

    ablation.py --program build/bench/runde-bench --out DIR
                [--iterations N | --seconds S] [--seeds N] [--habits A,B]
                [--few] [--only SET] [--jobs N] [--most-seconds S]
                [--into DOCUMENT]

Each habit of lib/search/habits.c is left out in turn, and "glpk": the exact
methods. The table has, by instance, how much the value is worse for it, in
percent of the value with all habits, as a mean over the seeds; what is below
zero has gained without. With --few the instances are those of
bench/samples/few and two more sets, and a column is a whole set: the mean,
and on how many runs it was better without / the same / worse. The last
column is the median of the columns, because a mean would be that of the one
with the widest spread.

With --iterations every run does the same number of iterations; with --seconds
what is saved in time counts, too. Interrupted, it goes on where it was;
habits are taken one after the other, so that --most-seconds leaves whole
rows. --most-seconds starts nothing any more after so long. --into writes the
table between the lines "<!-- ablation: begin -->" and "<!-- ablation: end -->"
of a document, with --few those of "ablation-few".
"""
import argparse
import concurrent.futures
import csv
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import run_set

# Set, instance and its column in the table.
SAMPLE = [
    ("mankowska", "C5_InstanzCPLEX_HCSRP_50_5", "mankowska 50"),
    ("mankowska", "E1_InstanzVNS_HCSRP_100_1", "mankowska 100"),
    ("mankowska", "G1_InstanzVNS_HCSRP_300_1", "mankowska 300"),
    ("kummer", "HHCRSP_200_40_7_1.2_R_C", "kummer 200"),
    ("italian", "instance_019-cesena-r18-p203-s4-sim21.7-seq21.3",
     "italian 203"),
    ("uhhc", "i-219", "uhhc 100"),
    ("solomon", "RC105", "solomon RC105"),
    ("gehring-homberger", "RC2_4_1", "g.-h. RC2_4_1"),
    ("vroom", "hc1400", "hc1400"),
    ("runde", "mid_25k", "25,000 inhabitants"),
]
FEW = run_set.ROOT / "bench" / "samples" / "few"
# Of sets without a sample.
MORE = [("vroom", "hc300"), ("vroom", "hc1400"), ("runde", "rural_small"),
        ("runde", "mid_25k")]
FIELDS = ["commit", "habit", "set", "instance", "limit", "seed", "value",
          "left_out"]


def habits():
    """The names, from the table of the library, and the exact methods."""
    text = (run_set.ROOT / "lib" / "search" / "habits.c").read_text(
        encoding="utf-8")
    return re.findall(r'\{\s*"([a-z-]+)"', text) + ["glpk"]


def few():
    found = [(path.stem, stem, path.stem) for path in sorted(FEW.glob("*.txt"))
             for stem in path.read_text(encoding="utf-8").split()]
    return found + [(name, stem, name) for name, stem in MORE]


def options_of(given, name, seed):
    return argparse.Namespace(
        program=given.program, set=name, out=given.out, seconds=given.seconds,
        iterations=given.iterations, seed=seed, objective=None, threads=1,
        trace=False, sample="all", only="", folder="instances")


def find(given, name, stem):
    options = options_of(given, name, 1)
    options.only = stem
    return next(path for path in run_set.instances(options)
                if path.stem == stem)


def measure(given, habit, instance, name, seed):
    options = options_of(given, name, seed)
    with tempfile.TemporaryDirectory(dir=given.out) as folder:
        solution = pathlib.Path(folder) / "solution"
        words = run_set.command_of(options, instance, solution)
        if habit == "glpk":
            words += ["--exact", "none"]
        elif habit:
            words += ["--without", habit]
        done = subprocess.run(words, text=True, capture_output=True,
                              check=True)
        _, missing, broken = run_set.judge(options, instance, solution)
    if broken:
        sys.exit(f"{instance.stem} without {habit}: {broken[0]}")
    value = done.stdout.split()[1]
    left_out = value.partition(":")[2] or "0"
    return ("" if missing else value), left_out


class Runner:
    def __init__(self, given):
        self.given = given
        self.path = given.out / "ablation.csv"
        self.rows = run_set.read_results(self.path)
        self.done = {tuple(row[f] for f in FIELDS[:6]) for row in self.rows}
        self.ends = (time.monotonic() + given.most_seconds
                     if given.most_seconds else float("inf"))
        self.lock = threading.Lock()

    def run(self, task):
        key, instance = task
        if key in self.done or time.monotonic() > self.ends:
            return
        row = dict(zip(FIELDS, key + measure(self.given, key[1], instance,
                                             key[2], int(key[5]))))
        with self.lock:
            self.rows.append(row)
            is_new = not self.path.is_file()
            with self.path.open("a", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, FIELDS)
                if is_new:
                    writer.writeheader()
                writer.writerow(row)


def run(given, names, sample):
    runner = Runner(given)
    head, limit = run_set.commit(), run_set.limit_of(
        options_of(given, "mankowska", 1))
    places = {(name, stem): find(given, name, stem)
              for name, stem, _ in sample}
    tasks = [((head, habit, name, stem, limit, str(seed)),
              places[name, stem])
             for seed in range(1, given.seeds + 1) for habit in [""] + names
             for name, stem, _ in sample]
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for _ in pool.map(runner.run, tasks):
            pass
    return [row for row in runner.rows if row["commit"] == head
            and row["limit"] == limit]


def cell(rows, habit, stems):
    """Percent worse than with all habits, or who is left out; and by run."""
    of = {(row["habit"], row["instance"], row["seed"]): row for row in rows
          if row["instance"] in stems}
    worse, left = [], 0
    for (name, stem, seed), row in of.items():
        if name == habit and ("", stem, seed) in of:
            base = of["", stem, seed]
            left += int(row["left_out"]) - int(base["left_out"])
            if row["value"] and base["value"] and float(base["value"]):
                worse.append(100 * (float(row["value"]) - float(base["value"]))
                             / abs(float(base["value"])))
    words = [f"{statistics.fmean(worse):+.2f}"] if worse else []
    if worse and len(stems) > 1:
        better, equal = (sum(x < -5e-3 for x in worse),
                         sum(abs(x) <= 5e-3 for x in worse))
        words[0] += f" ({better}/{equal}/{len(worse) - better - equal})"
    words += [f"{left:+d} left out"] if left else []
    return ", ".join(words) or "-", worse


def table(rows, names, sample):
    columns = {}
    for _, stem, label in sample:
        columns.setdefault(label, []).append(stem)
    out = ["| without | " + " | ".join(columns) + " | median |",
           "|---|" + "---:|" * (len(columns) + 1)]
    for habit in names:
        cells, means = [], []
        for stems in columns.values():
            text, worse = cell(rows, habit, stems)
            cells.append(text)
            means += [statistics.fmean(worse)] if worse else []
        if any(text != "-" for text in cells):
            middle = f"{statistics.median(means):+.2f}" if means else "-"
            out.append(f"| {habit} | " + " | ".join(cells) + f" | {middle} |")
    return "\n".join(out) + "\n"


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--iterations", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--habits", help="only these, with commas")
    parser.add_argument("--few", action="store_true",
                        help="whole sets: bench/samples/few")
    parser.add_argument("--only", default="", help="these sets")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--most-seconds", type=float, default=0.0)
    parser.add_argument("--into", type=pathlib.Path)
    given = parser.parse_args()
    given.program = given.program.resolve()
    given.out = given.out.resolve()
    run_set.check_places(parser, given.out)
    if not given.seconds and not given.iterations:
        given.iterations = 20000
    return given


def main():
    given = read_arguments()
    names = given.habits.split(",") if given.habits else habits()
    sample = [row for row in (few() if given.few else SAMPLE)
              if given.only in row[0]]
    given.out.mkdir(parents=True, exist_ok=True)
    limit = (f"{given.seconds:g} s" if given.seconds
             else f"{given.iterations:,} iterations")
    text = (f"Commit {run_set.commit()}, {limit}, seeds 1 to {given.seeds}.\n"
            "\n" + table(run(given, names, sample), names, sample))
    if given.into:
        run_set.write_into(given.into, "ablation-few" if given.few
                           else "ablation", text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
