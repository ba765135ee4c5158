#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents point at files that exist; JSON files are JSON."""
import json
import re

import tree

LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def unique(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"key {key!r} twice")
    return dict(pairs)


def main():
    findings = []
    documents = tree.files(".md")
    for name in documents:
        source = tree.text(name)
        for match in LINK.finditer(source):
            target = match.group(1)
            here = (tree.ROOT / name).parent
            if not re.match(r"[a-z]+:", target) and not (here / target).exists():
                findings.append(f"{name}:{tree.line(source, match.start())}: "
                                f"no {target}")
    # Below tests/ lies input that is wrong on purpose.
    data = [name for name in tree.files(".json")
            if not name.startswith("tests/")]
    for name in data:
        try:
            json.loads(tree.text(name), object_pairs_hook=unique)
        except ValueError as error:
            findings.append(f"{name}: {error}")
    tree.verdict(findings, len(documents) + len(data))


if __name__ == "__main__":
    main()
