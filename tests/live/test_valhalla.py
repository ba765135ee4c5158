#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_valhalla.py RUNDE FOLDER: a sample day on the roads of Liechtenstein.

Clients are drawn where roads are, shifts go by car, bicycle and on foot. The
travel comes from a real Valhalla; the plans must hold, and what the offline
model errs by is printed. Exit code 77 where the engine or its map is missing.
"""
import csv
import json
import math
import pathlib
import subprocess
import sys

import valhalla

RUNDE = pathlib.Path(sys.argv[1]).resolve()
FOLDER = pathlib.Path(sys.argv[2]).resolve()
MODES = ["car", "bicycle", "walk"]
# docs/findings.md, "How travel is computed": access, then (up to km, detour,
# km/h). Written again here, so that a slip there would be seen.
MODEL = {"car": (90, [(1, 1.75, 26), (3, 1.55, 35), (10, 1.4, 48),
                      (math.inf, 1.4, 58)]),
         "bicycle": (60, [(math.inf, 1.35, 16)]),
         "walk": (30, [(math.inf, 1.3, 4.8)])}


def runde(*words, code=0):
    """Runs the program; its standard error is printed if it fails."""
    done = subprocess.run([RUNDE, *map(str, words)], cwd=FOLDER, check=False,
                          capture_output=True, text=True, timeout=600,
                          stdin=subprocess.DEVNULL)
    if done.returncode != code:
        raise AssertionError(f"runde {words[0]}: {done.returncode}\n"
                             f"{done.stderr[-3000:]}")
    return done


def write_grid(path):
    """Cells of about 250 m that have roads; the more, the more people."""
    cells = {}
    with valhalla.NODES.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lat, lon = float(row["lat"]), float(row["lon"])
            cells.setdefault((int(lat / 0.00225), int(lon / 0.0033)),
                             []).append((lat, lon))
    lines = ["lat,lon,pop,bydel"]
    for _, points in sorted(cells.items()):
        lines.append(f"{sum(p[0] for p in points) / len(points):.5f},"
                     f"{sum(p[1] for p in points) / len(points):.5f},"
                     f"{len(points)},")
    path.write_text("\n".join(lines) + "\n")


def sample_day(path):
    """A rural day with clients on this map, and three ways to travel."""
    write_grid(FOLDER / "grid.csv")
    runde("sample", "rural_small", "--grid", "grid.csv", "-o", "sample.json")
    day = json.loads((FOLDER / "sample.json").read_text())
    day["travel_modes"] = [{"id": mode} for mode in MODES]
    for number, shift in enumerate(day["shifts"]):
        shift["travel_mode"] = MODES[number % 3]
    path.write_text(json.dumps(day))
    return day


def metres(a, b):
    """Along the great circle."""
    p, q = math.radians(a["lat"]), math.radians(b["lat"])
    u = math.sin((q - p) / 2)
    v = math.sin(math.radians(b["lon"] - a["lon"]) / 2)
    return 2 * 6371008.8 * math.asin(
        math.sqrt(u * u + math.cos(p) * math.cos(q) * v * v))


def estimate(mode, a, b):
    """Seconds by the offline model."""
    access, bands = MODEL[mode]
    d = metres(a, b)
    if d == 0:
        return 0
    reached = 0.0
    for up_to, detour, speed in bands:
        ticks = 3.6 * detour / speed
        if d <= up_to * 1000:
            return int(access + max(reached, d * ticks) + 0.5)
        reached = max(reached, up_to * 1000 * ticks)
    raise AssertionError("no band")


def share(values, part):
    return values[min(len(values) - 1, int(part * len(values)))]


def compare(mode, places, matrix, marks):
    """What the model errs by, over legs that were found on roads."""
    ratios, errors, true_sum, model_sum = [], [], 0, 0
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            true = matrix["durations"][i][j]
            if i == j or true is None or true == 0 or (i, j) in marks:
                continue
            guess = estimate(mode, a, b)
            ratios.append(guess / true)
            errors.append(guess - true)
            true_sum += true
            model_sum += guess
    ratios.sort()
    n = len(ratios)
    mean = sum(errors) / n
    spread = math.sqrt(sum((e - mean) ** 2 for e in errors) / n)
    print(f"{mode:8} {n:6} legs  true mean {true_sum / n:6.0f} s  "
          f"model {100 * (model_sum / true_sum - 1):+5.1f} %  "
          f"error {mean:+6.0f} s, spread {spread:5.0f} s  "
          f"model/true p10 {share(ratios, 0.1):.2f} "
          f"median {share(ratios, 0.5):.2f} p90 {share(ratios, 0.9):.2f}")
    # Not a measurement: a wrong unit would be far outside.
    assert 0.3 < share(ratios, 0.5) < 3, mode


def check_matrices(roads):
    """Shape, zeros, marks; there and back are not the same everywhere."""
    n = len(roads["places"])
    number = {place["id"]: i for i, place in enumerate(roads["places"])}
    print(f"{n} places")
    for mode in roads["travel_modes"]:
        times = mode["durations"]
        assert len(times) == n and all(len(row) == n for row in times)
        assert all(times[i][i] == 0 for i in range(n))
        assert any(times[i][j] != times[j][i]
                   for i in range(n) for j in range(i)), "symmetric"
        marks = {(number[row["from"]], number[to])
                 for row in mode.get("estimated", []) for to in row["to"]}
        compare(mode["id"], roads["places"], mode, marks)


def off_the_map(address):
    """One place where this engine has no roads, and one that is too far away
    for it: found among the others, and nothing else is lost."""
    day = json.loads((FOLDER / "day.json").read_text())
    n = len(day["places"])
    for name, lat, lon in (("st-gallen", 47.6, 8.9), ("oslo", 59.91, 10.75)):
        day["places"].append({"id": name, "lat": lat, "lon": lon})
    (FOLDER / "off.json").write_text(json.dumps(day))
    words = ["travel", "off.json", "--server", address, "--api", "valhalla",
             "--mode", "car", "-o", "off-roads.json"]
    refused = runde(*words, code=65)
    assert f"RUNDE-E740 /places/{n} " in refused.stderr, refused.stderr
    done = runde(*words, "--nulls", "forbid")
    print(*[line for line in done.stderr.splitlines()
            if line.startswith("runde: travel:")])
    after = json.loads((FOLDER / "off-roads.json").read_text())
    number = {place["id"]: i for i, place in enumerate(after["places"])}
    lost = {number["st-gallen"], number["oslo"]}
    for i, row in enumerate(after["travel_modes"][0]["durations"]):
        for j, cell in enumerate(row):
            assert (cell is None) == (i != j and bool({i, j} & lost)), (i, j)


def plan(visits, name):
    """A plan that holds; its figures."""
    runde("solve", visits, "-n", 2000, "-o", name)
    runde("check", visits, name)
    return json.loads((FOLDER / name).read_text())["kpis"]


def main():
    valhalla.install(FOLDER)
    sample_day(FOLDER / "day.json")
    for old in ("answers.cache", "roads.json", "again.json"):
        (FOLDER / old).unlink(missing_ok=True)
    with valhalla.server(FOLDER) as address:
        ask = ["travel", "day.json", "--server", address, "--api", "valhalla",
               "--nulls", "estimate", "--cache", "answers.cache"]
        first = runde(*ask, "-o", "roads.json")
        print("\n".join(line for line in first.stderr.splitlines()
                        if line.startswith("runde: travel:")))
        short = runde("travel", "day.json", "--server", address, "--api",
                      "valhalla", "--nulls", "estimate", "--concise",
                      "--mode", "car", "-o", "short.json")
        assert " 0 answers" not in short.stderr
        again = runde(*ask, "-o", "again.json")
        off_the_map(address)
    # The second time nothing is asked, and the file is the same.
    assert again.stderr.count("; 0 answers in") == len(MODES), again.stderr
    assert (FOLDER / "again.json").read_bytes() == \
        (FOLDER / "roads.json").read_bytes()
    roads = json.loads((FOLDER / "roads.json").read_text())
    check_matrices(roads)
    by_model = plan("day.json", "by-model.json")
    by_roads = plan("roads.json", "by-roads.json")
    for name, kpis in (("model", by_model), ("roads", by_roads)):
        print(f"planned by {name}: {kpis['served']} of {kpis['visits']} "
              f"visits, travel {kpis['travel'] / 3600:.1f} h, "
              f"{kpis['distance'] / 1000:.0f} km")
    assert by_roads["served"] > 0


if __name__ == "__main__":
    main()
