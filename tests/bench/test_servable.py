#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What servable.py proves of small days, and what it must not."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

import servable  # noqa: E402


def at(clock):
    return f"2026-02-02T{clock}:00+00:00"


def shift(carer, start="08:00", end="12:00", **more):
    return dict(id=f"{carer}-{start}", carer=carer, start=at(start),
                end=at(end), **more)


def visit(name, first, last, minutes, **more):
    return dict(id=name, client="ann", service_duration=60 * minutes,
                time_windows=[{"min_start": at(first), "max_start": at(last)}],
                **more)


def day(shifts, visits, skills=(), absences=()):
    carers = sorted({s["carer"] for s in shifts})
    return servable.Day({
        "clients": [{"id": "ann", "absences": list(absences)}],
        "carers": [{"id": c, "skills": [s for who, s in skills if who == c]}
                   for c in carers],
        "shifts": shifts, "visits": visits})


def too_many(of, step=30, longest=240):
    return of.together(60 * step, 60 * longest, of.alone())[0][0]


class Alone(unittest.TestCase):
    def test_hours(self):
        fits = visit("fits", "07:00", "11:30", 30)
        late = visit("late", "11:31", "13:00", 30)
        self.assertEqual(day([shift("bo")], [fits, late]).alone(), {"late"})

    def test_skills(self):
        nurse = {"skill": "nurse", "level": 2}
        gone = dict(nurse, expires="2026-02-01")
        asks = [{"skill": "nurse", "min_level": 2, "part": 0}]
        visits = [visit("v", "09:00", "10:00", 10, required_skills=asks)]
        for have, alone in ((nurse, set()), (gone, {"v"}),
                            (dict(nurse, level=1), {"v"})):
            of = day([shift("bo")], visits, [("bo", have)])
            self.assertEqual(of.alone(), alone)

    def test_crews_of_different_carers(self):
        visits = [visit("v", "09:00", "10:00", 10, crew=2)]
        twice = [shift("bo"), shift("bo", "09:00", "11:00")]
        self.assertEqual(day(twice, visits).alone(), {"v"})
        self.assertEqual(day(twice + [shift("cy")], visits).alone(), set())

    def test_absences(self):
        visits = [visit("v", "09:00", "10:00", 30)]
        gone = {"start": at("08:30"), "end": at("10:01")}
        back = {"start": at("08:30"), "end": at("09:59")}
        self.assertEqual(day([shift("bo")], visits, (), [gone]).alone(), {"v"})
        self.assertEqual(day([shift("bo")], visits, (), [back]).alone(), set())

    def test_optional_ones_do_not_count(self):
        visits = [visit("v", "13:00", "14:00", 10, optional=True)]
        self.assertEqual(day([shift("bo")], visits).alone(), set())


class Together(unittest.TestCase):
    def test_more_than_there_is(self):
        visits = [visit(f"v{i}", "09:00", "09:00", 40) for i in range(3)]
        self.assertEqual(too_many(day([shift("bo")], visits)), 2)
        self.assertEqual(too_many(day([shift("bo"), shift("cy"), shift("di")],
                                      visits)), 0)

    def test_only_what_falls_between_whatever_the_start(self):
        visits = [visit(f"v{i}", "08:00", "11:20", 40) for i in range(6)]
        self.assertEqual(too_many(day([shift("bo")], visits)), 0)
        visits.append(visit("v6", "08:00", "11:20", 40))
        self.assertEqual(too_many(day([shift("bo")], visits)), 1)

    def test_activities_take_time(self):
        report = {"min_start": at("09:00"), "max_start": at("09:00"),
                  "duration": 1800}
        visits = [visit("v", "09:00", "09:10", 20)]
        self.assertEqual(too_many(day([shift("bo")], visits)), 0)
        self.assertEqual(too_many(day([shift("bo", activities=[report])],
                                      visits)), 1)

    def test_only_who_is_able(self):
        asks = [{"skill": "nurse", "min_level": 1, "part": 0}]
        visits = [visit(f"v{i}", "09:00", "09:00", 30, required_skills=asks)
                  for i in range(2)]
        shifts = [shift("bo"), shift("cy")]
        one = [("bo", "nurse")]
        self.assertEqual(too_many(day(shifts, visits, one)), 1)
        both = one + [("cy", "nurse")]
        self.assertEqual(too_many(day(shifts, visits, both)), 0)


if __name__ == "__main__":
    unittest.main(verbosity=1)
