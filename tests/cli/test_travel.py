#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Travel times from a road engine: one that is asked over HTTP and HTTPS."""
import contextlib
import http.server
import json
import re
import shutil
import ssl
import subprocess
import threading

import program
from program import NO_SERVER, USAGE, contains, equal, test


class Engine(http.server.BaseHTTPRequestHandler):
    """An OSRM that needs ten minutes from everywhere to everywhere."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.paths.append(self.path)
        points, query = re.fullmatch(r"/table/v1/\w+/([^?]*)\?(.*)",
                                     self.path).groups()
        n = len(points.split(";"))
        size = [n, n]
        for i, key in enumerate(("sources", "destinations")):
            found = re.search(key + r"=([0-9;]+)", query)
            if found:
                size[i] = len(found.group(1).split(";"))
        cell = self.server.cell
        body = json.dumps({
            "code": "Ok",
            "durations": [[cell] * size[1] for _ in range(size[0])],
            "distances": [[5000.4] * size[1] for _ in range(size[0])],
        }).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def engine(cell=600.0, status=200, certificate=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    server.daemon_threads = True
    server.cell, server.status, server.paths = cell, status, []
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    scheme = "https" if certificate else "http"
    server.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def built_in(t):
    """Whether the program can ask a server at all."""
    return "without librunde-roads" not in t.run(
        "travel", t.visits(), "--server", "x", "--api", "osrm",
        code=None).stderr


def ask(t, server, *more, code=program.DONE):
    return t.run("travel", t.visits(), "--server", server, "--api", "osrm",
                 *more, code=code)


@test
def matrices_are_written(t):
    with engine() as server:
        result = ask(t, server.url, "-o", "roads.json")
    contains(result.stderr, "travel: car:", " 0 without a way")
    mode = json.loads(t.path("roads.json").read_text())["travel_modes"][0]
    equal(mode["id"], "car")
    # The office is in the first client's house.
    equal(mode["durations"][1][:3], [0, 0, 600])
    equal(mode["distances"][2][:3], [5000, 5000, 0])
    t.plan("roads.json")
    # No id and no name of a client has left.
    equal([path for path in server.paths if "k0" in path], [])


@test
def estimates_are_marked_to_the_end(t):
    with engine(cell=None) as server:
        equal(ask(t, server.url, code=program.BAD_INPUT).stdout, "")
        ask(t, server.url, "--nulls", "estimate", "-o", "guess.json")
        ask(t, server.url, "--nulls", "forbid", "-o", "none.json")
    t.plan("guess.json")
    plan = json.loads(t.path("plan.json").read_text())
    for route in plan["routes"]:
        for stop in route["stops"]:
            equal(stop.get("estimated", False), stop["travel"] > 0)
    contains(t.run("solve", "guess.json", "-n", "5", "-f", "table").stdout,
             "~ travel estimated")
    result = t.run("solve", "none.json", "-n", "5")
    # Only in the office's own house.
    equal(json.loads(result.stdout)["kpis"]["served"], 1)


@test
def the_cache_answers_the_next_day(t):
    with engine() as server:
        ask(t, server.url, "--cache", "c", "-o", "a.json")
        contains(ask(t, server.url, "--cache", "c", "-o", "b.json").stderr,
                 " 0 answers")
    equal(t.path("a.json").read_bytes(), t.path("b.json").read_bytes())
    equal(t.path("c").stat().st_mode & 0o777, 0o600)


@test
def programs_are_told_what_was_asked(t):
    with engine() as server:
        words = (server.url, "--cache", "c", "--json", "-o", "roads.json")
        first, again = (json.loads(ask(t, *words).stdout) for _ in range(2))
    program.judge(first)
    mode = first["modes"][0]
    # Eight clients, and the office in the house of one of them.
    equal(mode, {"mode": "car", "legs": 56, "asked": 56, "cached": 0,
                 "estimated": 0, "without_way": 0})
    equal(again["modes"], [dict(mode, asked=0, cached=56)])
    with engine(cell=None) as server:
        words = (server.url, "--json", "-o", "guess.json")
        refused = json.loads(ask(t, *words, code=program.BAD_INPUT).stdout)
        guessed = json.loads(ask(t, *words, "--nulls", "estimate").stdout)
    program.judge(refused)
    equal((refused["modes"], refused["errors"]), ([], 1))
    equal(guessed["modes"][0]["without_way"], 56)
    equal(guessed["modes"][0]["estimated"] >= 56, True)


@test
def failures_leave_no_file(t):
    with engine(status=403) as server:
        result = ask(t, server.url, "-o", "roads.json", code=NO_SERVER)
    contains(result.stderr, "RUNDE-E735", "403")
    equal(t.path("roads.json").exists(), False)
    ask(t, "http://127.0.0.1:1", "--deadline", "3", code=NO_SERVER)


@test
def estimates_stand_in_for_the_server(t):
    with engine() as server:
        ask(t, server.url, "--cache", "c", "-o", "before.json")
    file = program.problem()
    file["places"].append({"id": "new", "lat": 59.93, "lon": 10.79})
    t.write("today.json", file)
    words = ("travel", "today.json", "--server", server.url, "--api", "osrm",
             "--cache", "c", "--deadline", "9", "-o", "roads.json")
    t.run(*words, code=NO_SERVER)
    equal(t.path("roads.json").exists(), False)
    result = t.run(*words, "--offline-estimate")
    contains(result.stderr, "warning RUNDE-W746", "RUNDE-E733", "estimated")
    mode = json.loads(t.path("roads.json").read_text())["travel_modes"][0]
    known = ["office"] + [client["id"] for client in file["clients"]]
    # What the cache has is the engine's; to and from the new place is not.
    equal({row["from"]: sorted(row["to"]) for row in mode["estimated"]},
          {**{place: ["new"] for place in known}, "new": sorted(known)})
    # The office is in the first client's house, and the new place is between.
    equal(mode["durations"][3][:4:2], [600, 600])
    t.run("travel", "today.json", "--nodes", "n", "--edges", "e",
          "--offline-estimate", code=USAGE)


@test
def command_lines(t):
    visits = t.visits()
    for server in ("http://example.org", "file:///etc/passwd",
                   "http://me:word@localhost"):
        contains(ask(t, server, code=USAGE).stderr, "RUNDE-E731")
    t.run("travel", visits, code=USAGE)
    t.run("travel", visits, "--server", "http://localhost", code=USAGE)
    t.run("travel", visits, "--server", "http://localhost", "--api", "maps",
          code=USAGE)
    ask(t, "http://localhost", "--mode", "boat", code=USAGE)
    ask(t, "http://localhost", "--nulls", "zero", code=USAGE)
    ask(t, "http://localhost", "--connections", "99", code=USAGE)
    # One OSRM has one profile: two modes are two calls.
    file = program.problem()
    file["shifts"][1]["travel_mode"] = "walk"
    file["shifts"][0]["travel_mode"] = "car"
    contains(t.run("travel", t.write("two.json", file), "--server",
                   "http://localhost", "--api", "osrm", code=USAGE).stderr,
             "2 modes")


@test
def certificates(t):
    if shutil.which("openssl") is None:
        print("skipped    no openssl to make a certificate with")
        return
    pair = str(t.path("cert.pem")), str(t.path("key.pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                    "-keyout", pair[1], "-out", pair[0], "-days", "2", "-subj",
                    "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    with engine(certificate=pair) as server:
        result = ask(t, server.url, code=NO_SERVER)
        contains(result.stderr, "RUNDE-E734")
        ask(t, server.url, "--ca-file", pair[0], "-o", "roads.json")
        # The same certificate under another name.
        port = server.url.rsplit(":", 1)[1]
        result = ask(t, f"https://localhost:{port}", "--ca-file", pair[0],
                     "--deadline", "20", code=NO_SERVER)
        contains(result.stderr, "RUNDE-E734")


if __name__ == "__main__":
    with program.tempfile.TemporaryDirectory() as place:
        if not built_in(program.Bench(place)):
            print("SKIP: built without librunde-roads")
            program.sys.exit(77)
    program.main()
