#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Iterations per second against the size of the problem: a table, a picture.

    plot_speed.py --program build/bench/runde-bench --out DIR [--seconds S]
                  [--only SET] [--svg FILE] [--into DOCUMENT]

One thread, seed 1, no exact methods, S processor seconds of search (2 unless
told; twice the first plan's if that is more) beyond what the first plan takes,
which is measured by a run of one iteration. DIR/speed.csv keeps what was
measured of this commit. --into writes the table between the lines
"<!-- plot_speed: begin -->" and "<!-- plot_speed: end -->" of a document.
"""
import argparse
import csv
import math
import pathlib
import subprocess
import sys

import run_set
from plot_convergence import COLOURS, label

# Group, set, instance, visits (of their sets' papers: tasks).
INSTANCES = [
    ("linked", "mankowska", "A1_InstanzCPLEX_HCSRP_10_1", 10),
    ("linked", "mankowska", "B1_InstanzCPLEX_HCSRP_25_1", 25),
    ("linked", "mankowska", "C1_InstanzCPLEX_HCSRP_50_1", 50),
    ("linked", "mankowska", "D1_InstanzCPLEX_HCSRP_75_1", 75),
    ("linked", "mankowska", "E1_InstanzVNS_HCSRP_100_1", 100),
    ("linked", "mankowska", "F1_InstanzVNS_HCSRP_200_1", 200),
    ("linked", "mankowska", "G1_InstanzVNS_HCSRP_300_1", 300),
    ("linked", "kummer", "HHCRSP_400_80_59_1.0_R_C", 400),
    ("routes alone", "solomon", "R102", 100),
    ("routes alone", "gehring-homberger", "R1_4_1", 400),
    ("routes alone", "gehring-homberger", "R1_10_1", 1000),
    ("days", "vroom", "hc300", 300),
    ("days", "vroom", "hc1400nb", 1400),
    ("days", "vroom", "hc1400", 1400),
    ("days", "vroom", "hc5000", 5000),
    ("all rules", "runde", "rural_small", 165),
    ("all rules", "runde", "mid_25k", 1400),
    ("all rules", "runde", "city_district", 2382),
    ("all rules", "runde", "large_town", 4414),
    ("all rules", "runde", "oslo_size", 29846),
]
# Of a prototype for one benchmark's rules alone.
PROTOTYPE = [(10, 400_000), (50, 50_000), (100, 27_000), (200, 14_000),
             (300, 9_000), (400, 10_000)]
CITY = [(1400, 70_000), (5000, 70_000)]
FIELDS = ["commit", "set", "instance", "seconds", "speed", "first_plan"]
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 28, 40
X = (10, 40_000)
Y = (1_000, 500_000)


# ------------------------------------------------------------- measuring

def place_of(given, name, stem):
    if name != "runde":
        folder = run_set.data_root() / (
            "municipal-day" if name == "vroom"
            else pathlib.Path(name) / "instances")
        return next(path for path in folder.iterdir() if path.stem == stem)
    path = given.out / f"{stem}.json"
    if not path.is_file():
        subprocess.run([run_set.command_line(given), "sample", stem, "-o",
                        path], check=True)
    return path


def run(given, name, path, limit):
    """Processor seconds and iterations."""
    done = subprocess.run(
        [given.program, "--set", name, "--instance", path, "--seed", "1",
         "--exact", "none", "--out", given.out / "plan", *limit],
        text=True, capture_output=True, check=True)
    words = done.stdout.split()
    return float(words[2]), int(words[3])


def measure(given, name, stem):
    path = place_of(given, name, stem)
    first, _ = run(given, name, path, ["--iterations", "1"])
    # Large plans keep some of their time for the end.
    limit = first + max(given.seconds, 2 * first)
    seconds, n = run(given, name, path, ["--seconds", f"{limit:.2f}"])
    return n / max(seconds - first, 0.01), first


def measured(given):
    """[(group, set, instance, visits, iterations a second, first plan)]"""
    path = given.out / "speed.csv"
    head = run_set.commit()
    found = {(row["set"], row["instance"]): row
             for row in run_set.read_results(path)
             if row["commit"] == head
             and float(row["seconds"]) == given.seconds}
    for group, name, stem, visits in INSTANCES:
        if given.only not in name:
            continue
        if (name, stem) not in found:
            speed, first = measure(given, name, stem)
            row = dict(zip(FIELDS, (head, name, stem, given.seconds,
                                    f"{speed:.0f}", f"{first:.2f}")))
            is_new = not path.is_file()
            with path.open("a", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, FIELDS)
                if is_new:
                    writer.writeheader()
                writer.writerow(row)
            found[name, stem] = row
        row = found[name, stem]
        yield (group, name, stem, visits, float(row["speed"]),
               float(row["first_plan"]))


# --------------------------------------------------------------- showing

def short_name(stem):
    return stem.partition("_Instanz")[0]


def table(rows):
    prototype = dict(PROTOTYPE)
    out = ["| instance | rules | visits | iterations/s | prototype | first "
           "plan, s |", "|---|---|---:|---:|---:|---:|"]
    for group, name, stem, visits, speed, first in rows:
        other = (prototype if group == "linked" else
                 dict(CITY) if group == "days" else {}).get(visits)
        out.append(f"| {name} {short_name(stem)} | {group} | {visits:,} | "
                   f"{speed:,.0f} | {f'{other:,}' if other else ''} | "
                   f"{first:.2f} |")
    return "\n".join(out) + "\n"


def share(value, ends):
    return math.log(value / ends[0]) / math.log(ends[1] / ends[0])


def at(visits, speed):
    return (LEFT + share(visits, X) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - share(min(max(speed, Y[0]), Y[1]), Y)
            * (HEIGHT - TOP - BOTTOM))


def grid():
    out = []
    for power in range(1, 6):
        for m in (1, 2, 5):
            value = m * 10 ** power
            weight = "#ccc" if m == 1 else "#eee"
            if X[0] <= value <= X[1]:
                x, _ = at(value, Y[0])
                out.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" '
                           f'stroke="{weight}"/>')
                out.append(label(x, HEIGHT - BOTTOM + 16, f"{value:,}")
                           if m == 1 else "")
            if Y[0] <= value <= Y[1]:
                _, y = at(X[0], value)
                out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" '
                           f'stroke="{weight}"/>')
                out.append(label(LEFT - 6, y + 4, f"{value:,}", "end")
                           if m == 1 else "")
    return [line for line in out if line]


def line_of(points, colour, dash=""):
    words = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (f'<polyline points="{words}" fill="none" stroke="{colour}"'
            + (f' stroke-dasharray="{dash}"' if dash else "") + "/>")


def legend(i, text, colour, dash=""):
    y = TOP + 10 + 18 * i
    x = WIDTH - RIGHT + 10
    return [line_of([(x, y), (x + 16, y)], colour, dash),
            label(x + 22, y + 4, text, "start")]


def draw(rows):
    groups = list(dict.fromkeys(row[0] for row in rows))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" font-size="12" fill="#222">',
           "<title>iterations per processor second against visits</title>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
           label(LEFT, 18, "iterations per processor second, one thread",
                 "start")]
    out += grid()
    out.append(label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "visits"))
    for points in (PROTOTYPE, CITY):
        out.append(line_of([at(*p) for p in points], "#888", "4 3"))
    for i, group in enumerate(groups):
        own = sorted((row for row in rows if row[0] == group),
                     key=lambda row: row[3])
        points = [at(row[3], row[4]) for row in own]
        out.append(line_of(points, COLOURS[i]))
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" '
                f'fill="{COLOURS[i]}"><title>{row[2]}</title></circle>'
                for row, (x, y) in zip(own, points)]
        out += legend(i, group, COLOURS[i])
    out += legend(len(groups), "prototype", "#888", "4 3")
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--only", default="", help="these sets")
    parser.add_argument("--svg", type=pathlib.Path)
    parser.add_argument("--into", type=pathlib.Path)
    given = parser.parse_args()
    given.program = given.program.resolve()
    given.out = given.out.resolve()
    run_set.check_places(parser, given.out)
    given.out.mkdir(parents=True, exist_ok=True)
    rows = list(measured(given))
    if given.svg:
        given.svg.write_text(draw(rows), encoding="utf-8")
    text = (f"Commit {run_set.commit()}, {given.seconds:g} s.\n\n"
            + table(rows))
    if given.into:
        run_set.write_into(given.into, "plot_speed", text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
