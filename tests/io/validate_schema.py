#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Validates the sample files against the JSON Schemas of docs/.

usage: validate_schema.py <docs folder> <samples folder>

A validator for exactly the keywords that our two schemas use; an unknown
keyword is an error, so that the schemas cannot grow past their test. Files
choose their schema by "format". Exit 77, "skipped", without any sample.
"""
import json
import pathlib
import re
import sys

TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool,
    "null": type(None),
}
NOTES = {"$schema", "$id", "$defs", "title", "description"}


def is_type(value, name):
    if name == "integer":
        whole = isinstance(value, float) and value.is_integer()
        return whole or (isinstance(value, int)
                         and not isinstance(value, bool))
    if name == "number":
        return (isinstance(value, (int, float))
                and not isinstance(value, bool))
    return isinstance(value, TYPES[name])


def same(a, b):
    return type(a) is type(b) and a == b


class Schema:
    def __init__(self, root):
        self.root = root

    def resolve(self, reference):
        node = self.root
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
        return node

    def faults(self, value, schema, at=""):
        """Every fault of the value as (pointer, sentence)."""
        found = []
        for key, rule in schema.items():
            if key in NOTES:
                continue
            check = getattr(self, "do_" + key.replace("$", ""), None)
            if check is None:
                raise SystemExit(f"schema keyword not supported: {key}")
            found += check(value, rule, schema, at)
        return found

    def do_ref(self, value, rule, schema, at):
        return self.faults(value, self.resolve(rule), at)

    def do_type(self, value, rule, schema, at):
        names = rule if isinstance(rule, list) else [rule]
        if any(is_type(value, name) for name in names):
            return []
        return [(at, f"is not of type {' or '.join(names)}")]

    def do_const(self, value, rule, schema, at):
        return [] if same(value, rule) else [(at, f"is not {rule!r}")]

    def do_enum(self, value, rule, schema, at):
        if any(same(value, choice) for choice in rule):
            return []
        return [(at, f"{value!r} is not one of {len(rule)} words")]

    def do_minimum(self, value, rule, schema, at):
        low = is_type(value, "number") and value < rule
        return [(at, f"{value} is below {rule}")] if low else []

    def do_exclusiveMinimum(self, value, rule, schema, at):
        low = is_type(value, "number") and value <= rule
        return [(at, f"{value} is not above {rule}")] if low else []

    def do_maximum(self, value, rule, schema, at):
        high = is_type(value, "number") and value > rule
        return [(at, f"{value} is above {rule}")] if high else []

    def do_minLength(self, value, rule, schema, at):
        short = isinstance(value, str) and len(value) < rule
        return [(at, f"is shorter than {rule}")] if short else []

    def do_pattern(self, value, rule, schema, at):
        wrong = isinstance(value, str) and not re.search(rule, value)
        return [(at, f"{value!r} does not match {rule}")] if wrong else []

    def do_minItems(self, value, rule, schema, at):
        few = isinstance(value, list) and len(value) < rule
        return [(at, f"has fewer than {rule} items")] if few else []

    def do_maxProperties(self, value, rule, schema, at):
        many = isinstance(value, dict) and len(value) > rule
        return [(at, f"has more than {rule} members")] if many else []

    def do_maxItems(self, value, rule, schema, at):
        many = isinstance(value, list) and len(value) > rule
        return [(at, f"has more than {rule} items")] if many else []

    def do_items(self, value, rule, schema, at):
        if not isinstance(value, list):
            return []
        return [fault for i, item in enumerate(value)
                for fault in self.faults(item, rule, f"{at}/{i}")]

    def do_required(self, value, rule, schema, at):
        if not isinstance(value, dict):
            return []
        return [(at, f"lacks {key!r}") for key in rule if key not in value]

    def do_dependentRequired(self, value, rule, schema, at):
        if not isinstance(value, dict):
            return []
        return [(at, f"has {key!r} but lacks {other!r}")
                for key, others in rule.items() if key in value
                for other in others if other not in value]

    def do_properties(self, value, rule, schema, at):
        if not isinstance(value, dict):
            return []
        return [fault for key, item in value.items() if key in rule
                for fault in self.faults(item, rule[key], f"{at}/{key}")]

    def do_patternProperties(self, value, rule, schema, at):
        if not isinstance(value, dict):
            return []
        return [fault for key, item in value.items()
                for pattern, inner in rule.items()
                if re.search(pattern, key)
                for fault in self.faults(item, inner, f"{at}/{key}")]

    def do_additionalProperties(self, value, rule, schema, at):
        if not isinstance(value, dict) or rule is not False:
            return []
        known = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        return [(f"{at}/{key}", "unknown key") for key in value
                if key not in known
                and not any(re.search(p, key) for p in patterns)]

    def do_anyOf(self, value, rule, schema, at):
        tries = [self.faults(value, choice, at) for choice in rule]
        if any(not faults for faults in tries):
            return []
        # The choice with the fewest faults is the one that was meant; of
        # equal ones that which got deepest.
        deepest = min(tries, key=lambda f: (len(f),
                                            -max(len(p) for p, _ in f)))
        if max(len(p) for p, _ in deepest) > len(at):
            return deepest
        return [(at, "fits none of the allowed forms")]

    def do_oneOf(self, value, rule, schema, at):
        fits = sum(not self.faults(value, choice, at) for choice in rule)
        return [] if fits == 1 else [(at, f"fits {fits} forms, not one")]


SELF_TEST = [
    ({"format": "runde-problem", "version": 1}, 0),
    ({"format": "runde-problem", "version": 1, "x-any": [1]}, 0),
    ({"format": "runde-problem", "version": 2}, 1),
    ({"format": "runde-problem"}, 1),
    ({"format": "runde-problem", "version": 1, "visit": []}, 1),
    ({"format": "runde-problem", "version": 1,
      "visits": [{"id": "v", "client": "c", "service_duration": "15"},
                 {"id": "", "client": "c", "service_duration": 900}]}, 2),
    ({"format": "runde-problem", "version": 1,
      "places": [{"id": "p", "lat": 1}]}, 1),
    ({"format": "runde-problem", "version": 1,
      "weights": {"late": "soft"}}, 1),
    ({"format": "runde-plan", "version": 1, "routes": [
        {"shift": "s", "begin": 0, "end": 9, "stops": [
            {"visit": "v", "break": 0, "arrival": 1, "service_start": 1,
             "departure": 2}]}]}, 1),
    ({"routes": [{"shift": "s", "stops": [
        "v", {"visit": "w", "part": 1}, {"break": 0}]}]}, 0),
    ({"routes": [{"shift": "s", "stops": ["v", {"travel": 3}]}]}, 1),
    ({"routes": [], "unserved": []}, 1),
    ({"format": "runde-plan", "version": 1, "unserved": [
        {"visit": "v", "reasons": [{"code": "skill",
                                    "shifts": "others"}]}]}, 0),
]


def main():
    docs = pathlib.Path(sys.argv[1])
    schemas = {}
    for kind in ("runde-problem", "runde-plan", "runde-actuals",
                 "runde-weights"):
        text = (docs / f"{kind}.schema.json").read_text(encoding="utf-8")
        schemas[kind] = Schema(json.loads(text))
    for value, expected in SELF_TEST:
        schema = schemas[value.get("format", "runde-plan")]
        found = schema.faults(value, schema.root)
        if len(found) != expected:
            print(f"self test: {value} gives {found}")
            return 1
    bad = 0
    paths = sorted(path for folder in sys.argv[2:]
                   for path in pathlib.Path(folder).rglob("*.json"))
    checked = 0
    for path in paths:
        value = json.loads(path.read_text(encoding="utf-8"))
        kind = value.get("format") if isinstance(value, dict) else None
        if kind not in schemas:
            print(f"{path.name}: no format of ours, not looked at")
            continue
        checked += 1
        schema = schemas[kind]
        for at, sentence in schema.faults(value, schema.root)[:20]:
            print(f"{path.name}: {at or '/'}: {sentence}")
            bad += 1
    if checked == 0:
        print("SKIP: no sample files; the self test of the schemas passed")
        return 77
    print(f"{checked} files, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
