#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A day in Liechtenstein and one in Trondheim, planned on their roads; needs
the sample geography beside the project."""
import csv
import heapq
import json
import pathlib
import sys

import program
from program import test

GEO = pathlib.Path(__file__).resolve().parents[3] / "shared" / "geo"


def quickest(edges, node):
    """Seconds from a node to all others."""
    ways = {}
    for a, b, seconds in edges:
        ways.setdefault(a, []).append((b, seconds))
    best = {node: 0.0}
    heap = [(0.0, node)]
    while heap:
        at, here = heapq.heappop(heap)
        if at > best[here]:
            continue
        for to, seconds in ways.get(here, []):
            if at + seconds < best.get(to, 1e9):
                best[to] = at + seconds
                heapq.heappush(heap, (at + seconds, to))
    return best


def true_day(t, nodes, edges, limit, *words):
    with open(nodes, encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    t.write("cells.csv", "lat,lon,pop\n" + "".join(
        f"{row['lat']},{row['lon']},1\n" for row in rows))
    t.run("sample", "rural_small", "--grid", "cells.csv", "-o", "day.json")
    tables = ("--nodes", nodes, "--edges", edges)
    t.run("travel", "day.json", *tables, *words, "-o", "roads.json")
    t.plan("roads.json")
    # ten homes moved to nodes: as a plain search has it, to the second
    day = json.loads(t.path("day.json").read_text())
    for place, row in zip(day["places"], rows[::len(rows) // 10]):
        place["lat"], place["lon"] = float(row["lat"]), float(row["lon"])
    t.write("nodes.json", day)
    t.run("travel", "nodes.json", *tables, "--nulls", "forbid", "-o",
          "exact.json")
    car = json.loads(t.path("exact.json").read_text())["travel_modes"][0]
    with open(edges, encoding="utf-8") as stream:
        ways = [(row["from"], row["to"], float(row["seconds"])
                 if "seconds" in row else
                 float(row["length_m"]) * 3.6 / float(row["speed_kmh"]))
                for row in csv.DictReader(stream)]
    picked = [row["node"] for row in rows[::len(rows) // 10]][:10]
    for a, node in enumerate(picked):
        best = quickest(ways, node)
        for b, other in enumerate(picked):
            found = car["durations"][a][b]
            if found is None:
                assert best.get(other, 1e9) > 86400, (node, other)
            else:
                assert abs(found - best[other]) <= limit, (node, other, found)


@test
def liechtenstein(t):
    true_day(t, GEO / "osm/liechtenstein_nodes.csv",
             GEO / "osm/liechtenstein_edges.csv", 0.51)


@test
def trondheim(t):
    # speeds are rounded to milliseconds on each of up to 60 edges
    true_day(t, GEO / "trondheim/nodes.csv", GEO / "trondheim/edges.csv", 0.56,
             "--nulls", "estimate")


if not GEO.is_dir():
    print(f"SKIP: no sample geography in {GEO}")
    sys.exit(77)
program.main()
