#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Files out: whole or not at all, and never onto something else."""
import fcntl
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import time

import program
from program import BUSY, IO, NO_OUTPUT, USAGE, contains, equal, test

KILLS = int(os.environ.get("RUNDE_KILLS", "50"))


@test
def file_is_what_would_be_printed(t):
    visits = t.visits()
    printed = t.run("solve", visits, "-n", "50").bytes
    result = t.run("solve", visits, "-n", "50", "-o", "plan.json")
    equal(result.stdout, "")
    equal(t.path("plan.json").read_bytes(), printed)
    equal(t.run("solve", visits, "-n", "50", "-o", "-").bytes, printed)
    equal(t.leftovers(), [])


@test
def single_moves_are_said_to_be_in_vain(t):
    """Where all of them were tried: up to 500 visits, and not in a plan that
    nobody searched."""
    for visits, effort, is_certain in ((500, "1", True), (501, "1", False),
                                       (8, "0", False), (8, "50", True)):
        t.visits(visits=visits)
        t.run("solve", "visits.json", "-n", effort, "--exact", "none",
              "-o", "plan.json")
        plan = json.loads(t.path("plan.json").read_text())
        program.judge(plan)
        equal(plan["search"]["locally_optimal"], is_certain)


@test
def private_to_its_owner(t):
    old = os.umask(0)
    try:
        t.plan(t.visits())
    finally:
        os.umask(old)
    equal(stat.S_IMODE(t.path("plan.json").stat().st_mode), 0o600)


@test
def same_input_same_bytes(t):
    visits = t.visits(visits=20)
    t.plan(visits, "one.json")
    t.plan(visits, "two.json")
    equal(t.path("one.json").read_bytes(), t.path("two.json").read_bytes())
    one = t.run("sample", "rural_small", "--seed", "3").bytes
    equal(t.run("sample", "rural_small", "--seed", "3").bytes, one)


@test
def input_is_never_the_output(t):
    before = t.path(t.visits()).read_bytes()
    os.link(t.path("visits.json"), t.path("twin.json"))
    for output in ("visits.json", "./visits.json", "twin.json"):
        contains(t.run("solve", "visits.json", "-n", "5", "-o", output,
                       code=NO_OUTPUT).stderr, "input")
    with open(t.path("visits.json"), "rb") as stream:
        t.run("solve", "-", "-n", "5", "-o", "visits.json", code=NO_OUTPUT,
              stdin=stream)
    equal(t.path("visits.json").read_bytes(), before)
    equal(t.leftovers(), [])


@test
def visits_and_baseline_are_two_files(t):
    t.run("sample", "rural_small", "-o", "x", "--baseline", "x", code=USAGE)
    t.run("sample", "rural_small", "--baseline", "-", code=USAGE)


@test
def links_are_not_followed(t):
    visits = t.visits()
    t.write("precious", "mine")
    os.symlink("precious", t.path("link.json"))
    os.symlink("nowhere", t.path("dangling.json"))
    for name in ("link.json", "dangling.json"):
        contains(t.run("solve", visits, "-n", "5", "-o", name,
                       code=NO_OUTPUT).stderr, "symbolic link")
        equal(t.path(name).is_symlink(), True)
    # Nor is one that somebody put where the temporary file goes.
    os.symlink("precious", t.path(".plan.json.runde-tmp"))
    t.run("solve", visits, "-n", "5", "-o", "plan.json", code=NO_OUTPUT)
    os.unlink(t.path(".plan.json.runde-tmp"))
    os.link(t.path("precious"), t.path(".plan.json.runde-tmp"))
    t.run("solve", visits, "-n", "5", "-o", "plan.json", code=NO_OUTPUT)
    equal(t.path("precious").read_text(), "mine")


@test
def directories_and_devices(t):
    visits = t.visits()
    t.path("folder").mkdir()
    os.mkfifo(t.path("fifo"))
    for name in ("folder", "folder/", ".", "..", "/", "fifo", "/dev/null",
                 "/dev/full", "none/plan.json", "visits.json/plan.json",
                 "x" * 250, "y" * 5000, "/proc/plan.json"):
        t.run("solve", visits, "-n", "5", "-o", name, code=NO_OUTPUT)
    equal(stat.S_ISCHR(os.stat("/dev/null").st_mode), True)
    equal(sorted(p.name for p in t.folder.iterdir()),
          ["fifo", "folder", "visits.json"])


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


@test
def read_only_places(t):
    how = {}
    if os.getuid() == 0:
        # Root may write everywhere, so somebody else tries.
        how = {"preexec_fn": as_nobody}
        os.chmod(t.folder, 0o755)
        try:
            t.run("--version", **how)
        except (OSError, AssertionError, subprocess.SubprocessError):
            print("        (not run: the program is for root only here)")
            return
    visits = t.visits()
    os.chmod(t.path(visits), 0o644)
    folder = t.path("folder")
    folder.mkdir()
    folder.chmod(0o555)
    t.run("solve", visits, "-n", "5", "-o", "folder/plan.json",
          code=NO_OUTPUT, **how)
    folder.chmod(0o777)
    t.write("folder/plan.json", "old")
    os.chmod(t.path("folder/plan.json"), 0o444)
    t.run("solve", visits, "-n", "5", "-o", "folder/plan.json",
          code=NO_OUTPUT, **how)
    equal(t.path("folder/plan.json").read_text(), "old")
    os.chmod(t.path(visits), 0o000)
    t.run("solve", visits, code=program.NO_INPUT, **how)


@test
def bad_output_is_said_before_the_search(t):
    began = time.monotonic()
    t.run("solve", t.visits(), "-t", "60", "-o", "none/plan.json",
          code=NO_OUTPUT)
    equal(time.monotonic() - began < 30, True)


@test
def old_file_is_replaced(t):
    t.write("plan.json", "old")
    t.plan(t.visits())
    equal(t.path("plan.json").read_bytes()[:1], b"{")


@test
def stale_temporary_file_is_taken_over(t):
    t.write(".plan.json.runde-tmp", "x" * 1000000)
    t.plan(t.visits())
    equal(t.leftovers(), [])


@test
def locked_output(t):
    visits = t.visits()
    t.write("plan.json", "old")
    with open(t.path(".plan.json.runde-tmp"), "wb") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        contains(t.run("solve", visits, "-n", "5", "-o", "plan.json",
                       code=BUSY).stderr, "another process")
    equal(t.path("plan.json").read_text(), "old")
    t.plan(visits)


@test
def two_processes_one_output(t):
    visits = t.visits()
    first = t.start("solve", visits, "-t", "3", "-o", "plan.json")
    while not t.path(".plan.json.runde-tmp").exists():
        time.sleep(0.01)
        equal(first.poll(), None)
    t.run("solve", visits, "-n", "5", "-o", "plan.json", code=BUSY)
    equal(first.wait(program.PATIENCE), 0)
    first.communicate()
    t.run("check", visits, "plan.json")
    # A crowd, of which everybody ends well or finds the place taken.
    crowd = [t.start("solve", visits, "-n", "5", "-o", "plan.json")
             for _ in range(12)]
    codes = {process.wait(program.PATIENCE) for process in crowd}
    for process in crowd:
        process.communicate()
    equal(codes <= {0, BUSY} and 0 in codes, True)
    t.run("check", visits, "plan.json")
    equal(t.leftovers(), [])


@test
def full_disk_behind_standard_output(t):
    visits = t.visits()
    plan = t.plan(visits)
    for words in (["--help"], ["--version"], ["solve", visits, "-n", "5"],
                  ["solve", visits, "-n", "5", "-f", "table"],
                  ["check", visits, plan], ["kpi", visits, plan],
                  ["sample", "rural_small"], ["solve", "--help"]):
        with open("/dev/full", "wb") as full:
            contains(t.run(*words, code=IO, stdout=full).stderr,
                     "standard output")


@test
def closed_standard_output(t):
    t.visits()
    command = [program.RUNDE, "solve", "visits.json", "-n", "5"]
    result = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command],
                            cwd=t.folder, capture_output=True, check=False)
    equal(result.returncode, IO)
    # With nothing to print a closed stream is no harm, and no trap either.
    result = subprocess.run(["sh", "-c", '"$@" >&- 2>&- <&-', "sh", *command,
                             "-o", "plan.json"],
                            cwd=t.folder, capture_output=True, check=False)
    equal(result.returncode, 0)
    t.run("check", "visits.json", "plan.json")


@test
def reader_that_goes_away(t):
    process = t.start("sample", "mid_25k")
    process.stdout.read(10)
    process.stdout.close()
    message = process.stderr.read().decode()
    equal(process.wait(program.PATIENCE), IO)
    process.stderr.close()
    contains(message, "standard output")


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


@test
def file_size_limit(t):
    visits = t.visits()
    t.write("plan.json", "old")
    t.run("solve", visits, "-n", "5", "-o", "plan.json", code=IO,
          preexec_fn=small_files)
    equal(t.path("plan.json").read_text(), "old")
    equal(t.leftovers(), [])


@test
def full_disk(t):
    # A file system of 4 KiB; only root may make one.
    folder = t.path("small")
    folder.mkdir()
    mount = shutil.which("mount")
    if os.getuid() != 0 or mount is None or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=4k", "tmpfs", folder],
            capture_output=True, check=False).returncode != 0:
        print("        (not run: cannot mount here)")
        return
    try:
        visits = t.visits(visits=60, carers=6)
        t.run("solve", visits, "-n", "5", "-o", "small/plan.json", code=IO)
        equal(list(folder.iterdir()), [])
    finally:
        subprocess.run(["umount", folder], check=True)


@test
def killed_while_saving(t):
    sample = ["sample", "mid_25k", "-o", "visits.json", "--seed"]
    whole = set()
    spans = []
    for seed in ("1", "2"):
        began = time.monotonic()
        t.run(*sample, seed)
        spans.append(time.monotonic() - began)
        whole.add(t.path("visits.json").read_bytes())
    equal(len(whole), 2)
    dice = random.Random(1)
    died = 0
    span = min(spans)
    for number in range(KILLS):
        process = t.start(*sample, str(1 + number % 2))
        time.sleep(dice.uniform(0.7, 1.0) * span)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=program.PATIENCE)
        # The writing comes last: aim there, whatever else the machine does.
        hit = process.returncode == -signal.SIGKILL
        died += hit
        span *= 1.02 if hit else 0.9
        equal(t.path("visits.json").read_bytes() in whole, True)
        equal(len(t.leftovers()) <= 1, True)
    print(f"        {died} of {KILLS} killed, 0 torn")
    t.run(*sample, "1")
    equal(t.leftovers(), [])


@test
def import_and_sample_to_files(t):
    t.run("sample", "rural_small", "-o", "visits.json", "--baseline",
          "today.json")
    t.run("validate", "visits.json")
    t.run("check", "visits.json", "today.json")
    equal(t.path("visits.json").read_bytes(),
          t.run("sample", "rural_small").bytes)
    equal(json.loads(t.path("visits.json").read_text())["format"],
          "runde-problem")


program.main()
