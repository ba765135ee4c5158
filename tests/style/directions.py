#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rooms include only leftwards; docs/architecture.md says why.

    base <- model <- eval <- search <- exact <- plan <- check <- io <- network

lib/*.c stands on top of all of them. lib/check sees nothing of the library
but the public headers and base/alloc.h, so that it cannot share a mistake.
lib/roads is a library of its own beside them: it sees the public headers and
the few files that are compiled into it; lib/glpk is another one, which sees
the public headers and exact/exact.h.
"""
import pathlib
import re

import tree

ROOMS = ["base", "model", "eval", "search", "exact", "plan", "check", "io",
         "network", "roads", "glpk"]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
PUBLIC_STD = {"stdbool.h", "stddef.h", "stdint.h"}
CHECK_MAY = {"base/alloc.h"}
ROADS_MAY = {"base/alloc.h", "base/clock.h", "base/diag.h", "base/rng.h",
             "io/text.h", "io/token.h"}
# Foreign headers, and the one file of the library that may name each.
FOREIGN = {"cJSON.h": "lib/io/tree.c", "cjson/cJSON.h": "lib/io/tree.c",
           "curl/curl.h": "lib/roads/http.c",
           "glpk.h": "lib/glpk/glpk.c"}
NEVER = {"assert.h": None, "locale.h": "the library knows no locale",
         "signal.h": "signals belong to the host",
         "CUnit/CUnit.h": "for tests", "CUnit/Basic.h": "for tests"}


def includes(name):
    source = tree.text(name)
    for match in INCLUDE.finditer(source):
        yield tree.line(source, match.start()), match.group(2)


def target_room(name, header):
    """The room that a header of the library lives in, else None."""
    room = pathlib.PurePosixPath(header).parts[0]
    if room in ROOMS and "/" in header:
        return room
    here = pathlib.PurePosixPath(name).parent / header
    if "/" not in header and (tree.ROOT / here).is_file():
        return here.parts[1]
    return None


def judge(name, header):
    """What is wrong with `name` including `header`; None when nothing is."""
    parts = name.split("/")
    room = parts[1] if len(parts) > 2 else None
    if header in FOREIGN:
        only = FOREIGN[header]
        return None if name == only else f"only {only} includes {header}"
    if NEVER.get(header):
        return NEVER[header]
    if header.startswith("runde/"):
        if room == "base" and header != "runde/types.h":
            return "base knows nothing of care"
        return None
    target = target_room(name, header)
    if target is None or room is None:
        return None
    if room not in ROOMS:
        return f"no such room: {room}"
    if room == "check" and target != "check" and header not in CHECK_MAY:
        return "the checker shares no code with the rest"
    if room == "roads" and target != "roads" and header not in ROADS_MAY:
        return "not compiled into librunde-roads"
    if room == "glpk" and target != "glpk" and header != "exact/exact.h":
        return "librunde-glpk takes nothing else from the library"
    if ROOMS.index(target) > ROOMS.index(room):
        return f"{room} must not include {target}"
    return None


def main():
    findings = []
    inner = tree.files(".c", ".h", under="lib/")
    for name in inner:
        for where, header in includes(name):
            wrong = judge(name, header)
            if wrong:
                findings.append(f"{name}:{where}: {header}: {wrong}")
    outer = tree.files(".h", under="include/runde/")
    for name in outer:
        for where, header in includes(name):
            if not header.startswith("runde/") and header not in PUBLIC_STD:
                findings.append(f"{name}:{where}: {header}: public headers "
                                "include only each other and "
                                + ", ".join(sorted(PUBLIC_STD)))
    tree.verdict(findings, len(inner) if outer else 0)


if __name__ == "__main__":
    main()
