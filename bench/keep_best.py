#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps solutions that are better than every published one, and the best
plans of sample municipalities.

    keep_best.py --program build/bench/runde-bench [--out DIR] RESULTS...
    keep_best.py --program build/bench/runde-bench [--out DIR] --verify

RESULTS are folders of run_set.py and run_all.py. A solution is taken when its
checker, asked again, accepts it, finds nothing left out, and the value is
below the published and the kept one. bench/best/best.csv lists what is kept,
bench/best/checks.txt has what the checkers print of each file. --verify asks
the checkers again about everything that is kept.

Only solutions are kept, never data. Files of more than 16 kB are compressed;
of what is then still more than 1 MB only the figures are kept. DIR is where
sample municipalities are made, by default a temporary folder.
"""
import argparse
import csv
import gzip
import pathlib
import subprocess
import sys
import tempfile

import run_set

BEST = run_set.ROOT / "bench" / "best"
FIELDS = ["set", "objective", "instance", "value", "published", "file",
          "commit", "date", "found_with"]
MOST_PLAIN = 16 * 1024
MOST = 1024 * 1024
# Of these sets a better solution is news.
SETS = ("mankowska", "kummer", "italian", "uhhc", "extended", "bazirha",
        "bazirha-caie", "bredstrom-ronnqvist", "solomon",
        "gehring-homberger", "runde")


def key_of(row):
    return row["set"], row["objective"], row["instance"]


def read_best():
    with (BEST / "best.csv").open(newline="", encoding="utf-8") as file:
        return {key_of(row): row for row in csv.DictReader(file)}


def write_best(kept):
    with (BEST / "best.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept[key] for key in sorted(
            kept, key=lambda key: (key[:2], run_set.natural(key[2]))))


def options_of(given, row):
    return argparse.Namespace(
        program=given.program, set=row["set"], out=given.out, sample="all",
        objective=None if row["objective"] == "usual" else row["objective"],
        only=row["instance"], folder="instances")


def find_instance(given, row):
    for path in run_set.instances(options_of(given, row)):
        if path.stem == row["instance"]:
            return path
    return None


def judged(given, row, instance, solution):
    """The value that the checker finds; None when something is wrong."""
    value, missing, broken = run_set.judge(options_of(given, row), instance,
                                           solution)
    return None if missing or broken else value


# ---------------------------------------------------------------- keeping

def is_better(row, kept):
    if row["set"] not in SETS or row["status"] != "ok":
        return False
    bounds = [float(kept[key_of(row)]["value"])] if key_of(row) in kept else []
    if row["best"] not in ("", "-") and row["set"] != "runde":
        bounds.append(float(row["best"]))
    # Without anything published there is nothing to beat.
    return (row["set"] == "runde" or row["best"] not in ("", "-")) and all(
        float(row["value"]) < bound - run_set.ROUNDED for bound in bounds)


def file_name(row, data):
    tail = "" if row["objective"] in ("usual", "travel") \
        else "." + row["objective"]
    suffix = ".txt" if row["set"] in ("solomon", "gehring-homberger") \
        else ".json"
    if len(data) > MOST_PLAIN:
        data, suffix = gzip.compress(data, 9, mtime=0), suffix + ".gz"
    if len(data) > MOST:
        return None, b""
    return f"{row['set']}/{row['instance']}{tail}{suffix}", data


def found_with(row):
    return f"{row['limit']} seed {row['seed']}"


def keep(given, row, instance, solution, kept):
    value = judged(given, row, instance, solution)
    if value is None or abs(value - float(row["value"])) > 2e-3:
        print(f"{row['instance']}: the checker does not confirm it",
              file=sys.stderr)
        return False
    name, data = file_name(row, solution.read_bytes())
    old = kept.get(key_of(row), {}).get("file")
    if old:
        (BEST / old).unlink()
    if name:
        (BEST / name).parent.mkdir(exist_ok=True)
        (BEST / name).write_bytes(data)
    published = row["best"] if row["set"] != "runde" else ""
    kept[key_of(row)] = {
        "set": row["set"], "objective": row["objective"],
        "instance": row["instance"], "value": row["value"],
        "published": published, "file": name or "", "commit": row["commit"],
        "date": row["date"], "found_with": found_with(row)}
    print(f"{row['set']} {row['instance']} {row['objective']}: "
          f"{row['value']}, published {published or '-'}")
    return True


def take(given, folder, kept):
    n = 0
    for row in run_set.read_results(folder / "results.csv"):
        if not is_better(row, kept):
            continue
        instance = find_instance(given, row)
        options = argparse.Namespace(out=folder, set=row["set"],
                                     seed=row["seed"])
        solution = run_set.solution_path(options, instance, row)
        if solution.is_file():
            n += keep(given, row, instance, solution, kept)
    return n


# -------------------------------------------------------------- verifying

def checker_words(given, row, instance, solution):
    if row["set"] == "runde":
        return [run_set.command_line(given), "check", "--json", instance,
                solution]
    name = run_set.CHECKERS[row["set"]]
    words = [sys.executable, "-B", run_set.data_root() / "checkers" /
             f"{name}.py", instance, solution]
    return words + ["--different-caregivers"] * (name == "check_uhhc")


def verify_one(given, row, scratch):
    """What the checker prints; None when it does not confirm the file."""
    instance = find_instance(given, row)
    data = (BEST / row["file"]).read_bytes()
    solution = scratch / "solution"
    solution.write_bytes(gzip.decompress(data) if row["file"].endswith(".gz")
                         else data)
    value = judged(given, row, instance, solution)
    if value is None or abs(value - float(row["value"])) > 2e-3:
        return None
    return subprocess.run(
        [str(w) for w in checker_words(given, row, instance, solution)],
        text=True, capture_output=True, check=True).stdout.strip()


def verify(given, kept):
    said, wrong = [], 0
    with tempfile.TemporaryDirectory(prefix="runde-best-") as folder:
        for row in kept.values():
            if not row["file"]:
                continue
            text = verify_one(given, row, pathlib.Path(folder))
            if text is None:
                wrong += 1
                print(f"{row['file']}: not confirmed", file=sys.stderr)
            said.append(f"== {row['file']}\n{text}\n")
    (BEST / "checks.txt").write_text("\n".join(said), encoding="utf-8")
    print(f"{len(said)} files, {wrong} not confirmed")
    return wrong


def run(given):
    kept = read_best()
    n = sum(take(given, folder, kept) for folder in given.results)
    if n > 0:
        write_best(kept)
    kept = read_best()
    return verify(given, kept) if n > 0 or given.verify else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("results", nargs="*", type=pathlib.Path)
    given = parser.parse_args()
    given.program = given.program.resolve()
    with tempfile.TemporaryDirectory(prefix="runde-best-") as folder:
        given.out = given.out or pathlib.Path(folder)
        return 1 if run(given) else 0


if __name__ == "__main__":
    sys.exit(main())
