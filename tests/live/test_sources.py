#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_sources.py RUNDE FOLDER: one day by three sources of travel.

The same places, all shifts by car, the same 90 s of access on every leg: the
offline model, the road network as tables, and a real Valhalla. Prints the
table of docs/network.md. Exit code 77 where the engine or its map is missing.
"""
import json
import math
import subprocess

import valhalla
from test_valhalla import FOLDER, RUNDE, estimate, runde, write_grid

ACCESS_S = 90  # what the model adds to a leg by car
EDGES = valhalla.NODES.with_name("liechtenstein_edges.csv")
SOURCES = ["model", "graph", "valhalla"]
QUESTIONS = ["mean leg", "error against Valhalla", "error against the graph",
             "its plan: served", "travel, h:mm", "distance, km",
             "its order of visits on Valhalla's times: travel, h:mm",
             "broken rules"]


def read(name):
    return json.loads((FOLDER / name).read_text())


def add_access(source, target):
    """An engine drives from road to road: what the others have, too."""
    day = read(source)
    times = day["travel_modes"][0]["durations"]
    for i, row in enumerate(times):
        for j, cell in enumerate(row):
            a, b = day["places"][i], day["places"][j]
            if cell is not None and (a["lat"], a["lon"]) != (b["lat"],
                                                             b["lon"]):
                times[i][j] = cell + ACCESS_S
    (FOLDER / target).write_text(json.dumps(day))


def legs_of(name):
    """Seconds by pair of places, without legs that are estimates."""
    day = read(name)
    mode = day["travel_modes"][0]
    number = {place["id"]: i for i, place in enumerate(day["places"])}
    marked = {(number[row["from"]], number[to])
              for row in mode.get("estimated", []) for to in row["to"]}
    return {(i, j): seconds for i, row in enumerate(mode["durations"])
            for j, seconds in enumerate(row)
            if seconds and (i, j) not in marked}


def error(of, against):
    """Mean and spread of what one source says more than another."""
    if of == against:
        return "-"
    differences = [a - b for a, b in zip(of, against)]
    mean = sum(differences) / len(differences)
    spread = math.sqrt(sum((d - mean) ** 2 for d in differences) /
                       len(differences))
    share = 100 * sum(differences) / sum(against)
    return f"{mean:+.0f} s ({share:+.1f} %), spread {spread:.0f} s"


def clock(seconds):
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"


def driven(plan):
    """The plan's order of visits with Valhalla's times: travel, and how many
    rules it then breaks."""
    routes = [{"shift": route["shift"],
               "stops": [stop["visit"] for stop in route["stops"]
                         if "visit" in stop]} for route in plan["routes"]]
    (FOLDER / "order.json").write_text(json.dumps({"routes": routes}))
    done = subprocess.run(
        [RUNDE, "check", "by-valhalla.json", "order.json", "--json"],
        cwd=FOLDER, check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode in (0, 1), done.stderr
    said = json.loads(done.stdout)
    return (clock(said["cost"]["criteria"]["travel_time"]["amount"]),
            str(len(said["violations"])))


def table():
    """A row of figures by source for each question."""
    legs = {source: legs_of(f"by-{source}.json")
            for source in ("graph", "valhalla")}
    places = read("by-valhalla.json")["places"]
    legs["model"] = {(i, j): estimate("car", places[i], places[j])
                     for i, j in legs["valhalla"]}
    common = set.intersection(*(set(legs[source]) for source in SOURCES))
    rows = []
    for source in SOURCES:
        mine = [legs[source][pair] for pair in common]
        true = [legs["valhalla"][pair] for pair in common]
        graph = [legs["graph"][pair] for pair in common]
        runde("solve", f"by-{source}.json", "-n", 20000, "-o",
              f"plan-{source}.json")
        runde("check", f"by-{source}.json", f"plan-{source}.json")
        plan = read(f"plan-{source}.json")
        kpis = plan["kpis"]
        rows.append([f"{sum(mine) / len(mine):.0f} s", error(mine, true),
                     error(mine, graph),
                     f"{kpis['served']} of {kpis['visits']}",
                     clock(kpis["travel"]), f"{kpis['distance'] / 1000:.0f}",
                     *driven(plan)])
        # Not a measurement: a wrong unit would be far outside.
        assert 0.5 < sum(mine) / sum(true) < 2, source
        assert kpis["served"] > 0
    print(f"{len(common)} legs")
    print("| | offline model | CSV graph | Valhalla |\n|---|---:|---:|---:|")
    for name, *cells in zip(QUESTIONS, *rows):
        print(f"| {name} | {' | '.join(cells)} |")


def main():
    valhalla.install(FOLDER)
    if not EDGES.is_file():
        valhalla.skip(f"no ../shared/geo/osm/{EDGES.name} beside the project")
    write_grid(FOLDER / "grid.csv")
    runde("sample", "rural_small", "--grid", "grid.csv", "-o",
          "by-model.json")
    runde("travel", "by-model.json", "--nodes", valhalla.NODES, "--edges", EDGES,
          "--access", ACCESS_S, "--nulls", "estimate", "-o", "by-graph.json")
    with valhalla.server(FOLDER) as address:
        runde("travel", "by-model.json", "--server", address, "--api", "valhalla",
              "--nulls", "estimate", "-o", "engine.json")
    add_access("engine.json", "by-valhalla.json")
    table()


if __name__ == "__main__":
    main()
