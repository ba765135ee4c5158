#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual pages: well made, referring to pages there are, with examples
that work."""
import pathlib
import re
import shutil
import subprocess

import program
from program import contains, equal, test

ROOT = pathlib.Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "man").iterdir())


def displays(name):
    page = (ROOT / "docs" / "man" / name).read_text(encoding="utf-8")
    return re.findall(r"^\.Bd .*?\n(.*?)^\.Ed", page, re.M | re.S)


@test
def pages_are_well_made(t):
    equal([p.name for p in PAGES], ["librunde.3", "runde-file.5", "runde.1"])
    if shutil.which("mandoc") is None:
        print("        without mandoc nobody looks at the markup")
        return
    said = subprocess.run(["mandoc", "-Tlint", "-Wstyle", *map(str, PAGES)],
                          capture_output=True, text=True, check=False).stdout
    # Pages that need not be installed here, but are among ours.
    ours = {" ".join(p.name.rsplit(".", 1)) for p in PAGES}
    left = [line for line in said.splitlines()
            if line.partition("manual not found: Xr ")[2] not in ours]
    equal(left, [])


@test
def the_smallest_files_work(t):
    visits, plan = displays("runde-file.5")
    t.write("visits.json", visits)
    t.write("plan.json", plan)
    contains(t.run("validate", "visits.json").stderr,
             "1 visit, 1 shift, 0 errors, 0 warnings")
    contains(t.run("check", "visits.json", "plan.json").stdout,
             "0 violations")
    t.plan(output="planned.json")


@test
def every_key_of_the_page_is_in_the_contract(t):
    page = (ROOT / "docs" / "man" / "runde-file.5").read_text(encoding="utf-8")
    contract = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"\.Li ([a-z_]+)\b", page))
    equal(len(keys) > 50, True)
    for key in sorted(keys):
        contains(contract, key)


@test
def the_example_is_that_of_the_readme(t):
    (program_text,) = displays("librunde.3")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listing = re.search(r"```c\n(.*?)```", readme, re.S).group(1)

    def words(text):
        return re.sub(r"/\*.*?\*/|#include.*", "", text).split()
    equal(words(program_text), words(listing))


program.main()
