#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What each habit of the search is worth: a sample with one left out.

    ablation.py --program build/bench/runde-bench --out DIR
                [--iterations N | --seconds S] [--seeds N] [--habits A,B]
                [--only SET] [--markdown FILE]

Each habit of lib/search/habits.c is left out in turn. The table has, by
instance, how much the value is worse for it, in percent of the value with
all habits, as a mean over the seeds; what is below zero has gained without.
The last column is the median of the instances, because a mean would be that
of the instance with the widest spread.
With --iterations every run does the same number of iterations; with --seconds
what is saved in time counts, too. Interrupted, it goes on where it was.
"""
import argparse
import csv
import pathlib
import re
import statistics
import subprocess
import sys

import run_set

# Set, instance and its name in the table.
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
FIELDS = ["commit", "habit", "set", "instance", "limit", "seed", "value",
          "left_out"]


def habits():
    """The names, from the table of the library."""
    text = (run_set.ROOT / "lib" / "search" / "habits.c").read_text(
        encoding="utf-8")
    return re.findall(r'\{\s*"([a-z-]+)"', text)


def options_of(given, name, seed):
    return argparse.Namespace(
        program=given.program, set=name, out=given.out, seconds=given.seconds,
        iterations=given.iterations, seed=seed, objective=None, threads=1,
        trace=False, sample="all", only="", folder="instances")


def find(options, stem):
    options.only = stem
    return next(path for path in run_set.instances(options)
                if path.stem == stem)


def measure(given, habit, name, stem, seed):
    options = options_of(given, name, seed)
    instance = find(options, stem)
    solution = given.out / "solution"
    words = run_set.command_of(options, instance, solution)
    if habit:
        words += ["--without", habit]
    run = subprocess.run(words, text=True, capture_output=True, check=True)
    _, missing, broken = run_set.judge(options, instance, solution)
    if broken:
        sys.exit(f"{stem} without {habit}: {broken[0]}")
    value = run.stdout.split()[1]
    left_out = value.partition(":")[2] or "0"
    return ("" if missing else value), left_out


def run(given, names):
    path = given.out / "ablation.csv"
    rows = run_set.read_results(path)
    done = {tuple(row[f] for f in FIELDS[:6]) for row in rows}
    head, limit = run_set.commit(), run_set.limit_of(
        options_of(given, "mankowska", 1))
    for seed in range(1, given.seeds + 1):
        for name, stem, _ in SAMPLE:
            for habit in [""] + names if given.only in name else []:
                key = (head, habit, name, stem, limit, str(seed))
                if key in done:
                    continue
                row = dict(zip(FIELDS, key + measure(given, habit, name, stem,
                                                     seed)))
                rows.append(row)
                is_new = not path.is_file()
                with path.open("a", newline="", encoding="utf-8") as file:
                    writer = csv.DictWriter(file, FIELDS)
                    if is_new:
                        writer.writeheader()
                    writer.writerow(row)
    return [row for row in rows if row["commit"] == head
            and row["limit"] == limit]


def cell(rows, habit, stem):
    """Percent worse than with all habits, or who is left out."""
    of = {(row["habit"], row["seed"]): row for row in rows
          if row["instance"] == stem}
    worse, left = [], 0
    for (name, seed), row in of.items():
        if name == habit and ("", seed) in of:
            left += int(row["left_out"]) - int(of["", seed]["left_out"])
            if row["value"] and of["", seed]["value"]:
                base = float(of["", seed]["value"])
                worse.append(100 * (float(row["value"]) - base) / abs(base))
    words = [f"{statistics.fmean(worse):+.2f}"] if worse else []
    words += [f"{left:+d} left out"] if left else []
    return ", ".join(words) or "-", worse


def table(rows, names):
    out = ["| without | " + " | ".join(label for _, _, label in SAMPLE)
           + " | median |", "|---|" + "---:|" * (len(SAMPLE) + 1)]
    for habit in names:
        cells, means = [], []
        for _, stem, _ in SAMPLE:
            text, worse = cell(rows, habit, stem)
            cells.append(text)
            means += [statistics.fmean(worse)] if worse else []
        middle = f"{statistics.median(means):+.2f}" if means else "-"
        out.append(f"| {habit} | " + " | ".join(cells) + f" | {middle} |")
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--iterations", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--habits", help="only these, with commas")
    parser.add_argument("--only", default="", help="these sets")
    parser.add_argument("--markdown", type=pathlib.Path)
    given = parser.parse_args()
    given.program = given.program.resolve()
    if not given.seconds and not given.iterations:
        given.iterations = 20000
    names = given.habits.split(",") if given.habits else habits()
    given.out.mkdir(parents=True, exist_ok=True)
    text = table(run(given, names), names)
    if given.markdown:
        given.markdown.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
