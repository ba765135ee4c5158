#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""photograph.py FOLDER REPORT.html...: what a report weighs, how long it
takes, and what it looks like.

Prints a line for each page: bytes, milliseconds until everything is there
(the "ready" mark, from the start of navigation; median of five loads), and
milliseconds of the page's thread, in scripts and in layout. Pictures go into
FOLDER."""
import pathlib
import statistics
import sys

import chromium

LOADS = 5


def measure(browser, path):
    ready, script, layout = [], [], []
    for _ in range(LOADS):
        page = browser.open(path, timed=True)
        figures = {one["name"]: 1000 * one["value"] for one in
                   page.call("Performance.getMetrics")["metrics"]}
        ready.append(page.ready_after())
        script.append(figures["ScriptDuration"])
        layout.append(figures["LayoutDuration"]
                      + figures["RecalcStyleDuration"])
        page.close()
    return [statistics.median(times) for times in (ready, script, layout)]


def photograph(browser, path, folder):
    page = browser.open(path, width=1200, height=780)
    for name in ("figures", "map", "chart", "byCarer"):
        page.run(f"document.getElementById('{name}').scrollIntoView()")
        page.settle()
        page.screenshot(folder / f"{path.stem}-{name}.png")
    page.run("document.querySelectorAll('.pick')[2].click()")
    for name in ("map", "chart"):
        page.run(f"document.getElementById('{name}').scrollIntoView()")
        page.settle()
        page.screenshot(folder / f"{path.stem}-carer-{name}.png")
    page.close()


def main(folder, *paths):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'page':20} {'bytes':>9} {'ready':>6} {'script':>6} {'layout':>6}")
    with chromium.Browser() as browser:
        for path in map(pathlib.Path, paths):
            times = measure(browser, path)
            print(f"{path.name:20} {path.stat().st_size:9}",
                  *[f"{one:6.0f}" for one in times])
            photograph(browser, path, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
