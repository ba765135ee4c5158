#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How much sooner two threads are done than one, with the same plan.

    threads.py --program build/bench/runde-bench [--iterations N] [--times N]
               SET INSTANCE [SET INSTANCE ...]

Measures by the wall clock and takes the least of some turns, because others
may be at work. The search alone counts: reading, constructing and checking
are measured with the fewest iterations, and subtracted.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time


def run(given, name, instance, iterations, threads, plan):
    begin = time.monotonic()
    subprocess.run(
        [given.program, "--set", name, "--instance", instance, "--seed", "1",
         "--iterations", str(iterations), "--threads", str(threads), "--out",
         plan], check=True, capture_output=True)
    return time.monotonic() - begin


def measure(given, name, instance, folder):
    plans = {n: folder / f"plan-{n}" for n in (1, 2)}
    spent = {(n, i): [] for n in (1, 2) for i in (1, given.iterations)}
    for _ in range(given.times):
        for (threads, iterations), seconds in spent.items():
            seconds.append(run(given, name, instance, iterations, threads,
                               plans[threads]))
    least = {key: min(seconds) for key, seconds in spent.items()}
    one, two = (least[n, given.iterations] - least[n, 1] for n in (1, 2))
    same = plans[1].read_bytes() == plans[2].read_bytes()
    return one, two, same


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--iterations", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("pairs", nargs="+", metavar="SET INSTANCE")
    given = parser.parse_args()
    given.program = given.program.resolve()
    if len(given.pairs) % 2:
        parser.error("a set and an instance each")
    worst = 0
    print("| instance | iterations | 1 thread | 2 threads | times the "
          "iterations | same plan |")
    print("|---|---:|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory(prefix="runde-threads-") as folder:
        for name, instance in zip(given.pairs[::2], given.pairs[1::2]):
            one, two, same = measure(given, name, instance,
                                     pathlib.Path(folder))
            worst |= not same
            print(f"| {pathlib.Path(instance).stem} | {given.iterations:,} | "
                  f"{one:.1f} s | {two:.1f} s | {one / two:.2f} | "
                  f"{'yes' if same else 'NO'} |", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
