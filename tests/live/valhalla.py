# SPDX-License-Identifier: MIT
"""Valhalla on this machine, from npm, with tiles of a small country."""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

PACKAGE = "@valhallajs/valhallajs@3.6.1"
HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "geo" / "osm"
ROADS = SHARED / "liechtenstein.osm.pbf"
NODES = SHARED / "liechtenstein_nodes.csv"

# meson fills fresh memory with noise to find slips of ours; the engine does
# not live through that.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if not name.startswith("MALLOC_")}
ENVIRONMENT["LC_ALL"] = "C.UTF-8"


def skip(why):
    """What cannot be tried is told and counted as skipped."""
    print(f"SKIP: {why}")
    sys.exit(77)


def run(words, folder, **how):
    return subprocess.run([str(word) for word in words], cwd=folder,
                          check=True, stdin=subprocess.DEVNULL,
                          stderr=subprocess.STDOUT, env=ENVIRONMENT, **how)


def install(folder):
    """The engine, in FOLDER/node_modules; kept for the next time."""
    for data in (ROADS, NODES):
        if not data.is_file():
            skip(f"no ../shared/geo/osm/{data.name} beside the project")
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip(f"no {tool}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n')
    if not (folder / "node_modules" / "@valhallajs").is_dir():
        try:
            run(["npm", "install", "--no-audit", "--no-fund",
                 "--ignore-scripts", "--no-save", PACKAGE], folder,
                stdout=sys.stdout, timeout=300)
        except (subprocess.SubprocessError, OSError) as error:
            skip(f"the npm registry gives no {PACKAGE}: {error}")


def build(folder):
    """The engine's configuration, with tiles of its own."""
    config = folder / "valhalla.json"
    tool = folder / "node_modules" / ".bin" / "valhalla"
    if config.is_file():
        return config
    tiles = folder / "tiles"
    text = subprocess.run([tool, "build_config", "--mjolnir-tile-dir", tiles],
                          cwd=folder, check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, env=ENVIRONMENT,
                          text=True).stdout
    settings = json.loads(text)
    settings["mjolnir"].pop("tile_extract", None)
    settings["mjolnir"].pop("traffic_extract", None)
    made = folder / "unfinished.json"
    made.write_text(json.dumps(settings))
    run([tool, "build_tiles", "-c", made, ROADS], folder,
        stdout=subprocess.DEVNULL, timeout=300)
    made.rename(config)
    return config


@contextlib.contextmanager
def server(folder):
    """The engine behind HTTP: gives its address."""
    config = build(folder)
    process = subprocess.Popen(
        ["node", HERE / "valhalla_server.mjs", folder, config],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT)
    try:
        line = process.stdout.readline()
        while line and not line.strip().isdigit():
            line = process.stdout.readline()
        if not line:
            skip("the engine does not start here")
        yield f"http://127.0.0.1:{line.strip()}"
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()
