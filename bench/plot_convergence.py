#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws how searches come down: one SVG per set.

    plot_convergence.py --out DIR [--every] RESULTS

RESULTS is a folder of run_set.py or run_all.py run with --trace. Of each
instance of bench/samples/few (with --every of all) the longest run of the least seed is drawn: over processor seconds
(logarithmic) how far the best plan so far is above the best value published,
or above the best of all runs in the folder where none is. Plans that leave
out more than the last one does are not drawn. Lines of a class have a colour.
"""
import argparse
import collections
import csv
import math
import pathlib
import sys

import run_set

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 120, 28, 40
COLOURS = ("#0b5fa5", "#d1495b", "#2e8b57", "#b8860b", "#6a4c93", "#00798c",
           "#8d5524", "#5c677d")
# Higher than this above the best is cut off.
MOST = 20.0


def read_trace(path):
    """[(seconds, value)], each better than the one before."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(float(row["seconds"]), int(row["left_out"]),
                 float(row["cost"])) for row in csv.DictReader(file)]
    if not rows:
        return []
    least, points = rows[-1][1], []
    for seconds, left_out, value in rows:
        if left_out == least and (not points or value < points[-1][1]):
            points.append((seconds, value))
    return points + [(rows[-1][0], points[-1][1])] if points else []


def limit_seconds(row):
    return float(row["limit"].partition("s")[0])


def is_drawn(row):
    """More than a few lines in a picture cannot be told apart."""
    listing = run_set.ROOT / "bench" / "samples" / "few" / f"{row['set']}.txt"
    return (not listing.is_file() or row["instance"] in
            listing.read_text(encoding="utf-8").split())


def chosen(folder, every=False):
    """{set: {instance: row}}: the longest run of the least seed."""
    found = collections.defaultdict(dict)
    rows = [row for row in run_set.read_results(folder / "results.csv")
            if row["status"] in ("ok", "left-out") and "i" not in row["limit"]
            and (every or is_drawn(row))]
    for row in sorted(rows, key=lambda row: (limit_seconds(row),
                                             -int(row["seed"]))):
        name = row["set"] + ("" if row["objective"] in ("usual", "travel")
                             else "-" + row["objective"])
        found[name][row["instance"]] = row
    return found


def trace_path(folder, row):
    options = argparse.Namespace(out=folder, set=row["set"], seed=row["seed"])
    path = run_set.solution_path(options, pathlib.Path(row["instance"] + ".x"),
                                 row)
    return path.with_name(path.name + ".trace")


def curves(folder, rows):
    """[(class, instance, [(seconds, percent above)])]"""
    drawn = []
    for instance, row in rows.items():
        path = trace_path(folder, row)
        points = read_trace(path) if path.is_file() else []
        if points:
            best = (float(row["best"]) if row["best"] not in ("", "-")
                    else points[-1][1])
            if best != 0:
                drawn.append((row["class"], instance,
                              [(s, 100 * (v - best) / abs(best))
                               for s, v in points]))
    return sorted(drawn, key=lambda curve: run_set.natural(curve[0]))


# ------------------------------------------------------------------ drawing

class Axes:
    def __init__(self, drawn):
        ends = [p[-1][0] for _, _, p in drawn]
        self.first = 0.01
        self.last = max(ends + [0.1])
        lows = [p[-1][1] for _, _, p in drawn]
        highs = [min(MOST, max(y for _, y in p)) for _, _, p in drawn]
        self.low, self.high = min(lows + [0.0]), max(highs + [1.0])

    def x(self, seconds):
        share = (math.log(max(seconds, self.first) / self.first) /
                 math.log(self.last / self.first))
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, percent):
        share = (min(percent, self.high) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def path_of(axes, points):
    """Steps: a plan stands until the next one is found."""
    x, y = axes.x(points[0][0]), axes.y(points[0][1])
    words, last_x = [f"M{x:.1f} {y:.1f}"], x
    for seconds, percent in points[1:]:
        x = axes.x(seconds)
        if x - last_x >= 0.8:
            # Down to what came since the last corner, then along.
            words.append(f"V{y:.1f}H{x:.1f}")
            last_x = x
        y = axes.y(percent)
    return "".join(words) + f"V{y:.1f}"


def nice_step(span):
    rough = span / 6
    power = 10 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)


def label(x, y, text, anchor="middle"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}'
            '</text>')


def grid(axes):
    out = []
    step = nice_step(axes.high - axes.low)
    tick = math.ceil(axes.low / step) * step
    while tick <= axes.high + 1e-9:
        y = axes.y(tick)
        colour = "#888" if abs(tick) < 1e-9 else "#ddd"
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" '
                   f'stroke="{colour}"/>')
        out.append(label(LEFT - 6, y + 4, f"{tick:g}", "end"))
        tick = round(tick + step, 9)
    for power in range(-2, 4):
        for m in (1, 2, 5):
            seconds = m * 10.0 ** power
            if axes.first <= seconds <= axes.last * 1.001:
                x = axes.x(seconds)
                out.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" '
                           'stroke="#eee"/>')
                if m == 1 or axes.last < 20:
                    out.append(label(x, HEIGHT - BOTTOM + 16,
                                     f"{seconds:g}"))
    return out


def draw(name, drawn):
    axes = Axes(drawn)
    classes = list(dict.fromkeys(curve[0] for curve in drawn))
    colour = {c: COLOURS[i % len(COLOURS)] for i, c in enumerate(classes)}
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" font-size="12" fill="#222">',
           f"<title>{name}: above the best value, over processor seconds"
           "</title>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
           label(LEFT, 18, f"{name}: % above the best value", "start")]
    out += grid(axes)
    out.append(label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6,
                     "processor seconds"))
    for of, instance, points in drawn:
        out.append(f'<path d="{path_of(axes, points)}" fill="none" '
                   f'stroke="{colour[of]}" stroke-width="1.4">'
                   f"<title>{instance}</title></path>")
        # One plan alone is a line without length.
        out.append(f'<circle cx="{axes.x(points[-1][0]):.1f}" '
                   f'cy="{axes.y(points[-1][1]):.1f}" r="2" '
                   f'fill="{colour[of]}"/>')
    for i, of in enumerate(classes):
        y = TOP + 10 + 18 * i
        out.append(f'<path d="M{WIDTH - RIGHT + 10} {y}h16" '
                   f'stroke="{colour[of]}" stroke-width="3"/>')
        out.append(label(WIDTH - RIGHT + 32, y + 4, of, "start"))
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("results", type=pathlib.Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    n = 0
    for name, rows in chosen(given.results, given.every).items():
        drawn = curves(given.results, rows)
        if drawn:
            (given.out / f"convergence-{name}.svg").write_text(
                draw(name, drawn), encoding="utf-8")
            n += 1
    print(f"{n} pictures")
    return 0 if n else 1


if __name__ == "__main__":
    sys.exit(main())
