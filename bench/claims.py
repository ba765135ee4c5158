#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the trade claims of route planning: driving -15 %, time with
clients +10 %, against the plan made by hand of every sample municipality.

    bench/claims.py --program build/examples/runde [SAMPLE=ITERATIONS ...]

Prints a table in Markdown. The plans are the same on every machine, because
the limits are numbers of iterations; only the CPU seconds are not.
"""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

ITERATIONS = {"rural_small": 300_000, "mid_25k": 400_000,
              "mid_25k_spread": 400_000, "city_district": 300_000,
              "large_town": 200_000}
COLUMNS = ("sample", "visits", "iterations", "CPU s", "left out",
           "driving, h", "", "driving, km", "", "with clients, of duty", "",
           "on time", "carers per client", "overtime, h", "claims")


def cpu_seconds():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def number(word):
    """"9:30" as hours, everything else as it is."""
    hours, _, minutes = word.partition(":")
    if minutes:
        sign = -1 if hours.startswith("-") else 1
        return float(hours) + sign * int(minutes) / 60
    return float(word)


def read_figures(text):
    """{name: (before, after)} from what "runde kpi --baseline" prints."""
    figures = {}
    for line in text.splitlines()[1:]:
        words = line[30:].replace("%", " ").split()
        figures[line[:30].strip()] = (number(words[0]), number(words[1]))
    return figures


def change(pair):
    """By how many percent the second is more."""
    return 100 * (pair[1] / pair[0] - 1) if pair[0] else 0.0


def measure(arguments, name, iterations, folder):
    def run(*words):
        return subprocess.run([arguments.program, *map(str, words)],
                              check=True, capture_output=True,
                              text=True).stdout

    visits, today, plan = (folder / f"{name}-{part}.json"
                           for part in ("visits", "today", "plan"))
    run("sample", name, "-o", visits, "--baseline", today)
    before = cpu_seconds()
    run("solve", visits, "-n", iterations, "-s", arguments.seed, "-j",
        arguments.threads, "-o", plan)
    seconds = cpu_seconds() - before
    return read_figures(run("kpi", visits, plan, "-b", today)), seconds


def row(name, iterations, figures, seconds):
    def both(key, digits=0):
        return " / ".join(f"{value:,.{digits}f}" for value in figures[key])

    hours, share = figures["travel (h:mm)"], figures["with clients, of duty"]
    claims = (change(hours) <= -15, change(share) >= 10)
    return (name, f"{figures['visits'][1]:,.0f}", f"{iterations:,}",
            f"{seconds:.0f}", both("left out, mandatory"),
            both("travel (h:mm)"), f"{change(hours):+.1f} %",
            both("distance (km)"), f"{change(figures['distance (km)']):+.1f} %",
            both("with clients, of duty", 1) + " %", f"{change(share):+.1f} %",
            both("on time", 1) + " %", both("carers per client, mean", 2),
            both("overtime (h:mm)", 1),
            " and ".join("yes" if met else "no" for met in claims))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE=ITERATIONS")
    arguments = parser.parse_args()
    wanted = {name: int(n) for name, n in
              (word.split("=") for word in arguments.samples)} or ITERATIONS
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    with tempfile.TemporaryDirectory(prefix="runde-claims-") as folder:
        for name, iterations in wanted.items():
            figures, seconds = measure(arguments, name, iterations,
                                       pathlib.Path(folder))
            print("| " + " | ".join(row(name, iterations, figures, seconds))
                  + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
