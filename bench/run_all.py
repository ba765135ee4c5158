#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One table of everything the search has to reach: targets.py.

    run_all.py --program build/bench/runde-bench --out DIR
               [--sample] [--seeds N] [--sample-seeds N] [--scale X]
               [--jobs N] [--rows TEXT]
               [--most-seconds S] [--markdown FILE | --into DOCUMENT]
               [--trace] [--report] [--list]

Runs every instance of every row (of gehring-homberger a fixed 30), with
--sample those of bench/samples/few, and has each solution checked as
run_set.py does. --sample-seeds runs every instance once and those of the
sample with more seeds. Runs are made by turns, the first of each row, then
the second, further seeds of the sample last, so that what is broken off has
something of everything; what DIR/results.csv already has of this commit is
not made again. Budgets are processor seconds, per thread.

The mean gap is that of the instances, each with the mean of its seeds.

The report takes the newest run of each instance, seed and budget, whatever
its commit, and names the commits. --into writes it between the lines
"<!-- run_all: begin -->" and "<!-- run_all: end -->" of a document.
"""
import argparse
import collections
import concurrent.futures
import itertools
import os
import pathlib
import platform
import statistics
import sys
import threading
import time

import run_set
import targets


class Task:
    """One run: of a row, an instance and a seed."""

    def __init__(self, row, options, instance, head):
        self.row = row
        self.options = options
        self.instance = instance
        self.fields = run_set.new_row(options, instance, head)

    def cost(self):
        return self.options.seconds * self.options.threads


# ------------------------------------------------------------------ plan

def options_of(row, given, seed):
    return argparse.Namespace(
        program=given.program, set=row.set, out=given.out,
        seconds=row.seconds * given.scale, iterations=0, seed=seed,
        objective=row.objective, threads=row.threads, trace=given.trace,
        sample=None, only=row.classes[0] if row.set == "runde" else "",
        folder="instances")


def instances_of(row, given, sample):
    options = options_of(row, given, 1)
    if sample and (run_set.ROOT / "bench" / "samples" / "few" /
                   f"{row.set}.txt").is_file():
        options.sample = f"few/{row.set}"
    return [path for path in run_set.instances(options)
            if not row.classes or
            run_set.class_of(row.set, path) in row.classes]


def tasks_of(row, given, head, seeds, sample):
    return [Task(row, options_of(row, given, seed), instance, head)
            for seed in seeds for instance in instances_of(row, given, sample)]


def by_turns(lists):
    return [task for turn in itertools.zip_longest(*lists)
            for task in turn if task]


def plan(given):
    head = run_set.commit()
    rows = [row for row in targets.ROWS
            if given.rows in f"{row.name} {row.seconds:g} s"]
    seeds = {row: max(row.seeds, given.seeds) for row in rows}
    return rows, by_turns(
        [tasks_of(row, given, head, range(1, seeds[row] + 1), given.sample)
         for row in rows]) + by_turns(
        [tasks_of(row, given, head,
                  range(seeds[row] + 1, given.sample_seeds + 1), True)
         for row in rows])


# --------------------------------------------------------------- running

class Runner:
    def __init__(self, given):
        self.path = given.out / "results.csv"
        self.done = {run_set.key_of(row)
                     for row in run_set.read_results(self.path)}
        self.ends = (time.monotonic() + given.most_seconds
                     if given.most_seconds else float("inf"))
        self.lock = threading.Lock()

    def run(self, task):
        row = task.fields
        if run_set.key_of(row) in self.done:
            return
        if time.monotonic() + task.cost() > self.ends:
            # The report says what was not run.
            return
        run_set.run_one(task.options, task.instance, row)
        with self.lock:
            run_set.append_result(self.path, row)
            print(f"{task.row.name}: {row['instance']} seed {row['seed']} "
                  f"{row['limit']} {row['value']} gap {row['gap']} "
                  f"{row['status']} {row['note']}", file=sys.stderr,
                  flush=True)


def run(given, tasks):
    runner = Runner(given)
    try:
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            for _ in pool.map(runner.run, tasks):
                pass
    except KeyboardInterrupt:
        print("broken off", file=sys.stderr)


# ---------------------------------------------------------------- report

def newest(given, tasks):
    """{row: runs}; a run without its commit is the same run."""
    def same(row):
        return tuple(row[name] for name in ("set", "objective", "instance",
                                            "limit", "seed"))
    latest = {same(row): row for row in
              run_set.read_results(given.out / "results.csv")}
    found = collections.defaultdict(list)
    missing = []
    for task in tasks:
        row = latest.get(same(task.fields))
        if row is not None:
            found[task.row].append(row)
        else:
            missing.append(task)
    return found, missing


def short(misses):
    return "; ".join(misses[:3]) + (f"; and {len(misses) - 3} more"
                                    if len(misses) > 3 else "")


def verdict(row, runs):
    missed = row.least.misses(runs)
    if missed:
        return "no: " + short(missed)
    if row.aim is None:
        return "yes"
    missed = row.aim.misses(runs)
    return "yes; aim: no: " + short(missed) if missed else "yes, and the aim"


def counts(runs):
    below = [float(run["best"]) - float(run["value"]) for run in runs
             if run["status"] == "ok" and run["best"] not in ("", "-")]
    better = sum(x > run_set.ROUNDED for x in below)
    worse = sum(x < -run_set.ROUNDED for x in below)
    return f"{better} / {len(below) - better - worse} / {worse}"


def value_words(row, runs):
    if not row.shows_value:
        return ""
    values = [float(run["value"]) for run in runs if run["status"] == "ok"]
    if not values:
        return ", ".join(f"{run['value']} ({run['note']})" for run in runs)
    return f"{statistics.fmean(values):,.0f}"


def table_row(row, runs, scale):
    gaps = targets.gaps(runs)
    worst = [float(run["gap"]) for run in runs if run["instance"] in gaps
             and run["status"] == "ok"]
    bad = sum(run["status"] in ("rejected", "failed") for run in runs)
    budget = f"{row.seconds * scale:g} s" + (
        f" x {row.threads} threads" if row.threads > 1 else "")
    return (row.name, budget, str(len({run["instance"] for run in runs})),
            str(len(runs)),
            value_words(row, runs) or run_set.mean(gaps.values()),
            f"{max(worst):.2f}" if worst else "-",
            counts(runs) if gaps else "-",
            str(sum(run["status"] == "left-out" for run in runs)), str(bad),
            max((run["peak_mb"] for run in runs), key=float),
            row.least.text, row.aim.text if row.aim else "",
            verdict(row, runs),
            ", ".join(sorted({f"{run['commit']} {run['date']}"
                              for run in runs})))


def print_table(out, head, rows):
    out.append("| " + " | ".join(head) + " |")
    out.append("|" + "---|" * len(head))
    out.extend("| " + " | ".join(row) + " |" for row in rows)
    out.append("")


def speed_rows(found):
    speeds = collections.defaultdict(list)
    for runs in found.values():
        for run in runs:
            if run["seconds"]:
                threads = int(run["limit"].partition(".")[2].strip("t") or 1)
                speeds[run["set"], run["class"]].append(
                    (int(run["iterations"]), threads * float(run["seconds"])))
    for key, (name, prototype) in targets.PROTOTYPE.items():
        if key in speeds:
            each = sum(x for x, _ in speeds[key]) / sum(
                s for _, s in speeds[key])
            yield (key[0], name, f"{each:,.0f}", f"{prototype:,}",
                   f"{prototype / each:.1f}")


def overrun(found):
    """How far runs went over their time, against what is allowed: 100 ms or
    2 %, what is more."""
    worst, beyond, n = (0.0, ""), [], 0
    for row, runs in found.items():
        for run in runs:
            limit = float(run["limit"].partition("s")[0])
            if run["seconds"]:
                n += 1
                over = float(run["seconds"]) - limit
                worst = max(worst, (over, f"{row.name} {run['instance']}"))
                if over > max(0.1, 0.02 * limit):
                    beyond.append(f"{row.name} {run['instance']} "
                                  f"{1000 * over:.0f} ms")
    return (f"Over the time limit by at most {1000 * worst[0]:.0f} ms "
            f"({worst[1]}); by more than 100 ms and 2 %: {len(beyond)} of "
            f"{n} runs" + (": " + short(beyond) if beyond else "") + ".")


def machine():
    name = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            name = next(line.partition(":")[2].strip() for line in file
                        if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{os.cpu_count()} cores, {name}, {platform.system()}"


def command(given):
    words = ["bench/run_all.py", "--program build/bench/runde-bench",
             "--out DIR"]
    words += ["--sample"] if given.sample else []
    words += [f"--seeds {given.seeds}"] if given.seeds > 1 else []
    words += ([f"--sample-seeds {given.sample_seeds}"]
              if given.sample_seeds > 1 else [])
    words += [f"--scale {given.scale:g}"] if given.scale != 1 else []
    words += [f"--jobs {given.jobs}"] if given.jobs > 1 else []
    return " ".join(words)


def list_words(begin, tasks):
    count = collections.Counter((task.row.name, task.row.seconds)
                                for task in tasks)
    return [begin + ", ".join(f"{n} of {name} ({seconds:g} s)" for
                              (name, seconds), n in count.items()) + "."]


def missing_words(missing, found):
    """Instances that were not run at all, and runs of others."""
    ran = {(row, run["instance"]) for row, runs in found.items()
           for run in runs}
    none = {(task.row, task.fields["instance"]): task for task in missing
            if (task.row, task.fields["instance"]) not in ran}
    fewer = [task for task in missing
             if (task.row, task.fields["instance"]) in ran]
    return " ".join(
        (list_words("Instances not run: ", none.values()) if none else [])
        + (list_words("Further seeds not run: ", fewer) if fewer else []))


def report(given, rows, tasks):
    found, missing = newest(given, tasks)
    out = [f"`{command(given)}`, on {machine()}. Budgets are processor "
           "seconds per thread"
           + (f", times {given.scale:g}: not the full ones" if
              given.scale != 1 else "")
           + ". The last column says at which commit and when.", ""]
    print_table(out, ("row", "budget", "instances", "runs",
                      "mean gap % or value", "worst %", "better / equal / worse", "left out in",
                      "rejected", "MB", "at least", "aim", "reached",
                      "commit"),
                [table_row(row, found[row], given.scale) for row in rows
                 if found[row]])
    out += ["Iterations per second, beside those of a prototype for one "
            "benchmark's rules alone:", ""]
    print_table(out, ("set", "size", "iterations/s", "prototype",
                      "times slower"), speed_rows(found))
    if found:
        out += [overrun(found), ""]
    if missing:
        out += [missing_words(missing, found), ""]
    bad = [f"{run['instance']} ({run['note']})" for runs in found.values()
           for run in runs if run["status"] in ("rejected", "failed")]
    if bad:
        out += ["Rejected: " + "; ".join(bad), ""]
    return "\n".join(out), not bad


def show_list(given, rows, tasks):
    for row in rows:
        own = [task for task in tasks if task.row == row]
        print(f"{row.name}: {len(own)} runs of {row.seconds * given.scale:g} "
              f"s, {sum(task.cost() for task in own):.0f} s")
    print(f"all: {sum(task.cost() for task in tasks):.0f} s")


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--sample-seeds", type=int, default=1,
                        help="so many on the instances of the sample")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rows", default="", help="those with this text")
    parser.add_argument("--most-seconds", type=float, default=0.0,
                        help="start nothing that would take longer")
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--report", action="store_true", help="run nothing")
    parser.add_argument("--list", action="store_true",
                        help="say what would be run")
    given = parser.parse_args()
    given.program = given.program.resolve()
    given.out = given.out.resolve()
    run_set.check_places(parser, given.out)
    return given


def main():
    given = read_arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    rows, tasks = plan(given)
    if given.list:
        show_list(given, rows, tasks)
        return 0
    if not given.report:
        run(given, tasks)
    text, is_good = report(given, rows, tasks)
    if given.into:
        run_set.write_into(given.into, "run_all", text)
    elif given.markdown:
        given.markdown.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
