#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs runde-bench over a public set and has every solution checked.

    run_set.py --program build/bench/runde-bench --set mankowska --out DIR
               [--seconds S | --iterations N] [--seed N] [--threads N]
               [--objective X] [--sample NAME | --sample all] [--only TEXT]
               [--folder NAME] [--trace]

The data comes from RUNDE_BENCHMARKS, default ../shared/benchmarks from the
project's root. Solutions and results.csv go to DIR. A run that results.csv
already has (same set, instance, limits, seed, commit) is not made again, so
a broken series goes on where it stopped. A sample is a list of instances in
bench/samples/NAME.txt; a set with a sample of its own name runs that one
unless told "--sample all". The set "runde" are sample municipalities, made
by the command line's `sample` and judged by its `check`.

Each solution file is judged by the independent checkers that come with the
data. It counts only when its checker accepts it and finds the very objective
that runde-bench printed. At the end a Markdown table by class goes to the
standard output.
"""
import argparse
import collections
import csv
import datetime
import importlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
FIELDS = ["commit", "date", "set", "objective", "instance", "class", "limit",
          "seed", "status", "value", "seconds", "iterations", "best", "gap",
          "left_out", "peak_mb", "note", "command"]
CHECKERS = {"mankowska": "check_hhcrsp", "kummer": "check_hhcrsp",
            "italian": "check_hhcrsp", "uhhc": "check_uhhc",
            "extended": "check_uhhc", "bazirha": "check_uhhc",
            "bazirha-caie": "check_uhhc",
            "bredstrom-ronnqvist": "check_vrptwsyn",
            "solomon": "check_vrptw", "gehring-homberger": "check_vrptw",
            "vroom": None, "runde": None}
# Best-known values have two decimals or more.
ROUNDED = 0.006
# What a checker says of a visit that is simply not there.
MISSING = re.compile(r"not (delivered|visited|done)$|visited 0 times$")


def data_root():
    given = os.environ.get("RUNDE_BENCHMARKS")
    return (pathlib.Path(given) if given
            else ROOT.parent / "shared" / "benchmarks").resolve()


def commit():
    """The last commit that changed the program; "+" when files differ."""
    def git(*words):
        return subprocess.run(["git", "-C", str(ROOT), *words], text=True,
                              capture_output=True, check=False).stdout.strip()
    program = ["lib", "include", "bench/readers", "bench/runde_bench.c",
               "bench/municipality"]
    dirty = git("status", "--porcelain", "--untracked-files=no", "--",
                *program)
    last = git("log", "-1", "--abbrev=10", "--format=%h", "--", *program)
    return (last or "unknown") + ("+" if dirty else "")


# ------------------------------------------------------------- instances

def size_of(path):
    """Carers' tasks in the file, by the words of its format."""
    text = path.read_text(encoding="utf-8")
    return text.count('"duration"') or text.count('"service"')


def by_bounds(size, bounds):
    low = 0
    for high in bounds:
        if size < high:
            return f"{low}-{high - 1}"
        low = high
    return f"{low}+"


def class_of(name, path):
    """The class under which papers list an instance."""
    stem = path.stem
    if name == "mankowska":
        return stem[0]
    if name == "kummer":
        return stem.split("_")[1]
    if name == "bredstrom-ronnqvist":
        case = int(stem[3:5])
        return "20" if case <= 5 else "50" if case <= 8 else "80"
    if name == "solomon":
        return re.match(r"R?C?[12]", stem)[0]
    if name == "gehring-homberger":
        return str(int(stem.split("_")[1]) * 100)
    if name in ("bazirha", "bazirha-caie"):
        return stem[0]
    if name in ("vroom", "runde"):
        return stem
    return by_bounds(size_of(path), [50, 100, 200, 400])


def natural(text):
    """Sorts "R2" before "R10"."""
    return [int(part) if part.isdigit() else part
            for part in re.split(r"(\d+)", text)]


def command_line(options):
    """The program `runde` of the same build."""
    return pathlib.Path(options.program).parents[1] / "examples" / "runde"


def kept_best(name):
    """{instance: value} of bench/best for a set."""
    with (ROOT / "bench" / "best" / "best.csv").open(
            newline="", encoding="utf-8") as file:
        return {row["instance"]: row["value"] for row in csv.DictReader(file)
                if row["set"] == name}


def municipalities(options):
    """Makes the sample municipalities, and bks.csv from what is kept."""
    folder = options.out / "runde" / "instances"
    folder.mkdir(parents=True, exist_ok=True)
    known = kept_best("runde")
    (folder.parent / "bks.csv").write_text("instance,bks\n" + "".join(
        f"{name},{value}\n" for name, value in known.items()),
        encoding="utf-8")
    names = (ROOT / "bench" / "samples" / "runde.txt").read_text(
        encoding="utf-8").split()
    for name in names:
        path = folder / f"{name}.json"
        if options.only in name and not path.is_file():
            subprocess.run([command_line(options), "sample", name, "-o",
                            path], check=True)
    return [folder / f"{name}.json" for name in names if options.only in name]


def instances(options):
    if options.set == "runde":
        return municipalities(options)
    folder = data_root() / (
        "municipal-day" if options.set == "vroom"
        else pathlib.Path(options.set) / options.folder)
    found = sorted((p for p in folder.iterdir()
                    if p.suffix in (".json", ".txt")),
                   key=lambda path: natural(path.stem))
    sample = options.sample or options.set
    listing = ROOT / "bench" / "samples" / f"{sample}.txt"
    if listing.is_file():
        names = listing.read_text(encoding="utf-8").split()
        found = [p for p in found if p.stem in names]
    elif options.sample not in (None, "all"):
        sys.exit(f"run_set: no sample {listing}")
    return [p for p in found if options.only in p.stem]


# ---------------------------------------------------------------- judging

def judge_day(root, instance, solution):
    run = subprocess.run(
        [sys.executable, str(root / "checkers" / "check_day.py"),
         str(instance), str(solution), str(10**15)],
        text=True, capture_output=True, check=False)
    found = re.search(r"left out (\d+), travel (\d+), violations (\d+)",
                      run.stdout)
    if not found:
        return None, [], ["checker: " + run.stderr.strip()[-200:]]
    left, travel, bad = map(int, found.groups())
    return travel, ["not visited"] * left, [run.stdout.strip()] * bool(bad)


def judge_own(options, instance, solution):
    """By the library's checker, which shares no code with its search."""
    run = subprocess.run(
        [command_line(options), "check", "--json", instance, solution],
        text=True, capture_output=True, check=False)
    try:
        found = json.loads(run.stdout)
    except ValueError:
        return None, [], ["checker: " + run.stderr.strip()[-200:]]
    # What is too large for others' JSON is a string.
    return (int(found["cost"]["wishes"]),
            ["not visited"] * int(found["kpis"]["left_out"]),
            [v["message"] for v in found["violations"]])


def judge(options, instance, solution):
    """Objective, what is missing, what is broken."""
    root = data_root()
    if options.set == "runde":
        return judge_own(options, instance, solution)
    if options.set == "vroom":
        return judge_day(root, instance, solution)
    sys.path.insert(0, str(root / "checkers"))
    sys.dont_write_bytecode = True
    check = importlib.import_module(CHECKERS[options.set])
    extra = []
    if options.set in ("solomon", "gehring-homberger"):
        routes, _ = check.solution(str(solution))
        result = check.check(check.instance(str(instance)), routes)
    elif options.set == "bredstrom-ronnqvist":
        result = check.check(check.load(str(instance)),
                             check.load(str(solution)))
        result["cost"] = result[options.objective or "travel"]
    else:
        rules = {"different": True} if CHECKERS[options.set] == "check_uhhc" \
            else {}
        result = check.check(check.norm_instance(check.load(str(instance))),
                             check.load(str(solution)), **rules)
        extra = result.get("notes", [])
    missing = [v for v in result["violations"] if MISSING.search(v)]
    broken = [v for v in result["violations"] if not MISSING.search(v)]
    return result["cost"], missing, broken + extra


# ---------------------------------------------------------------- running

def command_of(options, instance, solution):
    words = [str(options.program), "--set", options.set, "--instance",
             str(instance), "--seed", str(options.seed), "--out",
             str(solution)]
    if options.threads > 1:
        words += ["--threads", str(options.threads)]
    if options.trace:
        words += ["--trace", str(solution) + ".trace"]
    if options.seconds:
        words += ["--seconds", str(options.seconds)]
    if options.iterations:
        words += ["--iterations", str(options.iterations)]
    if options.objective:
        words += ["--objective", options.objective]
    return words


def run_measured(words):
    """Exit code, output, errors and the most memory, in MB."""
    with tempfile.TemporaryFile("w+") as out, \
            tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(words, stdout=out, stderr=err)
        _, status, use = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return (child.returncode, out.read(), err.read(),
                use.ru_maxrss / 1024)


def solution_path(options, instance, row):
    tail = ".".join(["", row["objective"], row["limit"], f"s{options.seed}",
                     "sol"])
    return options.out / options.set / (instance.stem + tail)


def run_one(options, instance, row):
    solution = solution_path(options, instance, row)
    solution.parent.mkdir(parents=True, exist_ok=True)
    words = command_of(options, instance, solution)
    row["command"] = " ".join(words).replace(str(data_root()),
                                             "$RUNDE_BENCHMARKS")
    code, out, errors, peak = run_measured(words)
    row.update(date=datetime.date.today().isoformat(), peak_mb=f"{peak:.0f}")
    figures = out.split()
    if len(figures) != 6:
        row.update(status="failed",
                   note=f"exit {code}: " + errors.strip()[-300:])
        return
    row.update(value=figures[1], seconds=figures[2], iterations=figures[3],
               best=figures[4], gap=figures[5], status="ok")
    value, missing, broken = judge(options, instance, solution)
    left_out = figures[1].startswith("left-out:")
    row["left_out"] = figures[1].partition(":")[2] or "0"
    if broken or bool(missing) != left_out:
        row.update(status="rejected",
                   note="; ".join((broken or missing or ["complete"])[:2]))
    elif left_out:
        row.update(status="left-out", note=f"{value:.10g} for the rest")
    elif abs(value - float(figures[1])) > 2e-3:
        row.update(status="rejected",
                   note=f"the checker finds {value}")
    elif code != 0:
        row.update(status="rejected", note=errors.strip()[-300:])


def key_of(row):
    return tuple(row[name] for name in ("commit", "set", "objective",
                                        "instance", "limit", "seed"))


def read_results(path):
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def append_result(path, row):
    is_new = not path.is_file()
    if not is_new:
        with path.open(newline="", encoding="utf-8") as file:
            if next(csv.reader(file), None) != FIELDS:
                sys.exit(f"{path}: has other columns: take another folder")
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS)
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def limit_of(options):
    """"10s", "5000i", "120s.2t": what makes runs comparable."""
    return ((f"{options.seconds:g}s" if options.seconds
             else f"{options.iterations}i")
            + (f".{options.threads}t" if options.threads > 1 else ""))


def new_row(options, instance, head):
    row = dict.fromkeys(FIELDS, "")
    row.update({"commit": head, "set": options.set,
                "objective": options.objective or "usual",
                "instance": instance.stem, "limit": limit_of(options),
                "class": class_of(options.set, instance),
                "seed": str(options.seed)})
    return row


def run_all(options):
    path = options.out / "results.csv"
    done = {key_of(row): row for row in read_results(path)}
    head = commit()
    rows = []
    for instance in instances(options):
        row = new_row(options, instance, head)
        if key_of(row) not in done:
            run_one(options, instance, row)
            append_result(path, row)
            print(f"{row['instance']} {row['value']} gap {row['gap']} "
                  f"{row['status']} {row['note']}", file=sys.stderr,
                  flush=True)
        rows.append(done.get(key_of(row), row))
    return rows


# ----------------------------------------------------------------- report

def write_into(path, name, text):
    """Between the lines "<!-- NAME: begin -->" and "<!-- NAME: end -->"."""
    marks = [f"<!-- {name}: {what} -->\n" for what in ("begin", "end")]
    document = path.read_text(encoding="utf-8")
    before, begin, rest = document.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        sys.exit(f"{path}: no lines {marks[0].strip()} and {marks[1].strip()}")
    path.write_text(before + begin + "\n" + text + "\n" + end + after,
                    encoding="utf-8")


def mean(values, digits=2):
    return f"{statistics.fmean(values):.{digits}f}" if values else "-"


def table_row(name, rows):
    count = collections.Counter(row["status"] for row in rows)
    known = [row for row in rows
             if row["status"] == "ok" and row["gap"] not in ("", "-")]
    gaps = [float(row["gap"]) for row in known]
    below = [float(row["best"]) - float(row["value"]) for row in known]
    seconds = [float(row["seconds"]) for row in rows if row["seconds"]]
    ends = f"{min(gaps):.2f} | {max(gaps):.2f}" if gaps else "- | -"
    return (f"| {name} | {len(rows)} | {mean(gaps)} | {ends} | "
            f"{sum(x > ROUNDED for x in below)} | "
            f"{sum(abs(x) <= ROUNDED for x in below)} | "
            f"{count['left-out']} | {count['rejected'] + count['failed']} | "
            f"{mean(seconds, 1)} |")


def report(options, rows):
    limit = (f"{options.seconds:g} s" if options.seconds
             else f"{options.iterations} iterations")
    title = f"{options.set}, {limit} of one thread, seed {options.seed}"
    if options.objective:
        title += f", {options.objective}"
    print(f"\n### {title}, commit {rows[0]['commit'] if rows else '-'}\n")
    print("| class | runs | mean gap % | best | worst | better than best "
          "known | equal | left out | rejected | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    classes = sorted({row["class"] for row in rows}, key=natural)
    for name in classes:
        print(table_row(name, [r for r in rows if r["class"] == name]))
    if len(classes) > 1:
        print(table_row("all", rows))
    for row in rows:
        if row["status"] in ("rejected", "failed"):
            print(f"\n{row['instance']}: {row['status']}: {row['note']}")


def check_places(parser, out):
    """Where results go, and where the data is."""
    if ROOT in (out.resolve(), *out.resolve().parents):
        parser.error("--out lies inside the project: results stay outside")
    if not data_root().is_dir():
        parser.error(f"no benchmark data at {data_root()}: set "
                     "RUNDE_BENCHMARKS")


def read_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--set", required=True, choices=sorted(CHECKERS))
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--iterations", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--trace", action="store_true",
                        help="keep how the search came down")
    parser.add_argument("--objective", choices=("travel", "preference"))
    parser.add_argument("--sample")
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", default="instances")
    options = parser.parse_args()
    if not options.seconds and not options.iterations:
        options.seconds = 10.0
    check_places(parser, options.out)
    return options


def main():
    options = read_arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    rows = run_all(options)
    report(options, rows)
    bad = any(row["status"] in ("rejected", "failed") for row in rows)
    sys.exit(1 if bad or not rows else 0)


if __name__ == "__main__":
    main()
