#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which visits of a problem no plan can serve, proved from the file alone.

    bench/servable.py PROBLEM [PLAN] [--step MINUTES] [--longest MINUTES]

Two proofs. Alone: for some part of a visit there is no shift of a carer with
the skills in whose hours the service fits, or there are fewer such carers
than the crew needs. Together: between two moments, visits that must be worked
on then by carers of some class (whatever their start, so many minutes fall
between) need more than all shifts of that class have, travel, breaks and
setup left out; then at least so many of them stay out as make up the rest.
Both are safe: what is not proved here may still be impossible, since nobody
can be in two places without travelling.

With a plan: how many mandatory visits it leaves out, how many of these are
proved to be impossible, and what is asked of those that are not. One day;
wishes that bind carers are not looked at.
"""
import argparse
import collections
import datetime
import json


def seconds(moment, end_of_day=False):
    if len(moment) == 10:
        day = datetime.datetime.fromisoformat(moment)
        day = day.replace(tzinfo=datetime.timezone.utc)
        return int(day.timestamp()) + (86400 if end_of_day else 0)
    return int(datetime.datetime.fromisoformat(moment).timestamp())


def pieces_without(pieces, start, end):
    """Starts a..b less those strictly between start and end."""
    kept = []
    for a, b in pieces:
        if start > a:
            kept.append((a, min(b, start)))
        if end < b:
            kept.append((max(a, end), b))
        if start <= a and b <= end and a == b and (a == start or a == end):
            kept.append((a, b))
    return kept


def starts_of(windows, duration, absences):
    """When the service may start, as pieces a..b."""
    pieces = [(seconds(w["min_start"]), seconds(w["max_start"]))
              for w in windows]
    for gone in absences:
        pieces = pieces_without(pieces, seconds(gone["start"]) - duration,
                                seconds(gone["end"], True))
    return pieces


def overlap(a, b, lo, hi):
    return max(0, min(b, hi) - max(a, lo))


def compulsory(pieces, duration, lo, hi):
    """Seconds between lo and hi that the service takes whenever it starts:
    least at an end of a piece, because in between it rises and falls once."""
    return min((overlap(s, s + duration, lo, hi)
                for piece in pieces for s in piece), default=0)


class Shift:
    def __init__(self, record):
        self.carer = record["carer"]
        self.start = seconds(record["start"])
        self.end = seconds(record.get("max_end", record["end"]))
        self.activities = [
            ((seconds(a["min_start"]), seconds(a["max_start"])),
             a["duration"]) for a in record.get("activities", [])]

    def supply(self, lo, hi):
        busy = sum(compulsory([piece], duration, lo, hi)
                   for piece, duration in self.activities)
        return max(0, overlap(self.start, self.end, lo, hi) - busy)


class Part:
    """One carer's share of a visit."""

    def __init__(self, visit, pieces, required):
        self.visit = visit
        self.duration = visit["service_duration"]
        self.pieces = pieces
        self.required = required


def skills_of(carer):
    found = {}
    for skill in carer.get("skills", []):
        if isinstance(skill, str):
            skill = {"skill": skill}
        last = seconds(skill["expires"], True) if "expires" in skill else None
        found[skill["skill"]] = (skill.get("level", 1), last)
    return found


def has_skills(skills, required, shift):
    for name, level in required:
        have, last = skills.get(name, (-1, None))
        if have < level or (last is not None and last < shift.start):
            return False
    return True


class Day:
    def __init__(self, problem):
        clients = {c["id"]: c for c in problem["clients"]}
        skills = {c["id"]: skills_of(c) for c in problem["carers"]}
        self.shifts = [Shift(s) for s in problem["shifts"]]
        self.parts = []
        for visit in problem["visits"]:
            if not visit.get("optional"):
                self.add_visit(visit, clients[visit["client"]])
        self.able = {}
        for part in self.parts:
            if part.required not in self.able:
                self.able[part.required] = frozenset(
                    i for i, s in enumerate(self.shifts)
                    if has_skills(skills[s.carer], part.required, s))

    def add_visit(self, visit, client):
        pieces = starts_of(visit["time_windows"], visit["service_duration"],
                           client.get("absences", []))
        for number in range(visit.get("crew", 1)):
            required = frozenset(
                (r["skill"], r.get("min_level", 1))
                for r in visit.get("required_skills", [])
                if r.get("part", 0) == number)
            self.parts.append(Part(visit, pieces, required))

    def carers_for(self, part):
        found = set()
        for i in self.able[part.required]:
            s = self.shifts[i]
            if any(max(a, s.start) <= min(b, s.end - part.duration)
                   for a, b in part.pieces):
                found.add(s.carer)
        return found

    def alone(self):
        """Visits that would stay out if there were no others."""
        by_visit = collections.defaultdict(list)
        for part in self.parts:
            by_visit[part.visit["id"]].append(part)
        known = {}
        out = set()
        for name, parts in by_visit.items():
            for part in parts:
                key = (part.required, tuple(part.pieces), part.duration)
                if key not in known:
                    known[key] = self.carers_for(part)
            sets = [known[p.required, tuple(p.pieces), p.duration]
                    for p in parts]
            if not all(sets) or len(set().union(*sets)) < len(sets):
                out.add(name)
        return out

    def together(self, step, longest, without):
        """(visits too many at least, fill, from, to, class), the worst of
        all stretches and classes, and the fullest."""
        classes = {}
        for required, able in self.able.items():
            classes.setdefault(able, required)
        lowest = min(s.start for s in self.shifts) // step * step
        highest = max(s.end for s in self.shifts)
        worst = fullest = (0, 0.0, 0, 0, frozenset())
        for lo in range(lowest, highest, step):
            for hi in range(lo + step, min(lo + longest, highest) + 1, step):
                for found in self.look(classes, lo, hi, without):
                    worst = max(worst, found, key=lambda f: f[0])
                    fullest = max(fullest, found, key=lambda f: f[1])
        return worst, fullest

    def look(self, classes, lo, hi, without):
        needs = []
        for part in self.parts:
            if part.visit["id"] not in without:
                need = compulsory(part.pieces, part.duration, lo, hi)
                if need > 0:
                    needs.append((need, self.able[part.required],
                                  part.visit["id"]))
        for able, required in classes.items():
            supply = sum(self.shifts[i].supply(lo, hi) for i in able)
            within = collections.Counter()
            for need, who, name in needs:
                if who <= able:
                    within[name] += need
            needed = sum(within.values())
            over = needed - supply
            too_many = 0
            for need in sorted(within.values(), reverse=True):
                if over <= 0:
                    break
                over -= need
                too_many += 1
            fill = needed / supply if supply > 0 else 0.0
            yield too_many, fill, lo, hi, required


def describe(found):
    _, fill, lo, hi, required = found
    clock = [datetime.datetime.fromtimestamp(t, datetime.timezone.utc)
             .strftime("%H:%M") for t in (lo, hi)]
    names = ", ".join(sorted(f"{n} {v}" for n, v in required)) or "anybody"
    return f"{100 * fill:.0f} % from {clock[0]} to {clock[1]} UTC ({names})"


def tell_plan(plan, visits, alone):
    left = [u["visit"] for u in plan["unserved"]
            if not visits[u["visit"]].get("optional")]
    proved = [v for v in left if v in alone]
    print(f"the plan leaves out {len(left)} mandatory visits, "
          f"{len(proved)} of them proved to be impossible")
    kinds = collections.Counter(
        (visits[v].get("crew", 1), visits[v].get("priority", 10))
        for v in left if v not in alone)
    for (crew, priority), n in sorted(kinds.items()):
        print(f"  {n} for {crew}, priority {priority}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("problem")
    parser.add_argument("plan", nargs="?")
    parser.add_argument("--step", type=int, default=60)
    parser.add_argument("--longest", type=int, default=1440)
    given = parser.parse_args()
    with open(given.problem, encoding="utf-8") as file:
        problem = json.load(file)
    day = Day(problem)
    alone = day.alone()
    worst, fullest = day.together(60 * given.step, 60 * given.longest, alone)
    print(f"alone: {len(alone)} mandatory visits that nobody can serve"
          + "".join(f" {v}" for v in sorted(alone)[:20]))
    print(f"together: at least {worst[0]} more stay out; fullest: "
          + describe(fullest))
    if given.plan is not None:
        with open(given.plan, encoding="utf-8") as file:
            tell_plan(json.load(file),
                      {v["id"]: v for v in problem["visits"]}, alone)


if __name__ == "__main__":
    main()
