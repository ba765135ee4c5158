#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""embed.py OUTPUT PAGE PART...: the report's page as C; parts are styles
(.css) and scripts (.js), in their order.

The scripts become one, in a function of its own; style and script go into
the page, and their hashes into its content security policy: a browser runs
nothing else, whatever an id in the data may look like. What is left, the
slots that are known only at run time, cuts the page into pieces."""
import base64
import hashlib
import pathlib
import re
import sys

SLOT = re.compile(r"\{\{([a-z]+)\}\}")
RUN_TIME = {"language": "RN_PAGE_LANGUAGE", "title": "RN_PAGE_TITLE",
            "data": "RN_PAGE_DATA"}


def read(name):
    return pathlib.Path(name).read_text(encoding="utf-8")


def digest(source):
    sha = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(sha).decode('ascii')}'"


def array(name, source):
    numbers = [str(byte) for byte in source.encode("utf-8")] or ["0"]
    lines = [", ".join(numbers[i:i + 20]) for i in range(0, len(numbers), 20)]
    body = ",\n    ".join(lines)
    return f"static const unsigned char {name}[] = {{\n    {body}}};\n"


def main(output, page, *parts):
    style = "\n".join(read(part) for part in parts if part.endswith(".css"))
    script = "\n".join(["'use strict';", "(function () {",
                        *(read(part) for part in parts
                          if part.endswith(".js")), "}());"])
    for source in (style, script):
        # Either would end or change the element it stands in.
        if re.search(r"</(script|style)|<!--|\r", source, re.I):
            sys.exit("embed.py: a style or script with markup in it")
    known = {"style": style, "script": script,
             "stylehash": digest(style), "scripthash": digest(script)}
    whole = SLOT.sub(lambda m: known.get(m.group(1), m.group()), read(page))
    parts = SLOT.split(whole)
    texts, slots = parts[0::2], parts[1::2]
    if sorted(slots) != sorted(RUN_TIME):
        sys.exit(f"embed.py: the page has the slots {slots}")
    rows = [f"{{piece_{i}, {len(text.encode('utf-8'))}, {slot}}},"
            for i, (text, slot) in enumerate(
                zip(texts, [RUN_TIME[s] for s in slots] + ["RN_PAGE_END"]))]
    pathlib.Path(output).write_text(
        '/* Made by lib/io/report/embed.py. */\n'
        '#include "io/report_page.h"\n\n'
        + "\n".join(array(f"piece_{i}", t) for i, t in enumerate(texts))
        + "\nconst rn_page_piece rn_report_page[] = {\n    "
        + "\n    ".join(rows) + "\n};\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
