#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report in a real browser: it opens without a complaint and without a
request, the filters do what they say, and no id gets out of its text.

    test_report.py RUNDE
"""
import atexit
import functools
import http.server
import json
import pathlib
import re
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))

import chromium  # noqa: E402
import picture  # noqa: E402
import program  # noqa: E402
from program import contains, equal, test  # noqa: E402

chromium.find()
HOSTILE = ["<script>document.title='bad'</script>", "</script><b>", "../../x",
           "say \"hello\" & 'bye'", "\U0001f697\U0001f697",
           "\u05e9\u05dc\u05d5\u05dd", "javascript:alert(1)", "{{data}}",
           "<!--", "]]>", "\\u003cimg src=x onerror=alert(1)>", "x" * 200]


@functools.lru_cache(1)
def browser():
    one = chromium.Browser()
    atexit.register(one.__exit__)
    return one


def sample(t, name="rural_small", *more, iterations=200):
    t.run("sample", name, "--baseline", "today.json", "-o", "visits.json",
          *more)
    t.run("solve", "visits.json", "-n", iterations, "-o", "plan.json")


def report(t, *more, plan="plan.json", **size):
    """The page, which must be quiet."""
    t.run("report", "visits.json", plan, "-o", "report.html", *more)
    page = browser().open(t.path("report.html"), **size)
    quiet(page)
    return page


def quiet(page):
    equal(page.complaints(), [])
    equal(page.requests(), [])


def texts(page, selector):
    return page.run(f"[...document.querySelectorAll({json.dumps(selector)})]"
                    ".map(node => node.textContent)")


def count(page, selector):
    return page.run(f"document.querySelectorAll({json.dumps(selector)})"
                    ".length")


def choose(page, control, value, event="change"):
    page.run(f"""{{
        const control = document.getElementById({json.dumps(control)});
        control.value = {json.dumps(str(value))};
        control.dispatchEvent(new Event({json.dumps(event)}));
    }}""")
    page.settle()


def reset(page):
    page.run("document.querySelector('.reset').click()")
    page.settle()


def looks_drawn(page):
    """The pictures of map and chart hold the colours of the routes, and the
    rest is neither blank nor one colour."""
    known = data(page)
    carers = {known["shifts"][route[0]][1] for route in known["routes"]}
    wanted = {picture.rgb(colour) for colour in page.run(
        "[...new Set([...document.querySelectorAll('.chart .swatch')]"
        ".map(node => node.getAttribute('fill')))]")}
    equal(len(wanted), len({carer % 10 for carer in carers}))
    for box in (".map", ".chart-block"):
        page.run(f"document.querySelector('{box}').scrollIntoView()")
        page.settle()
        colours = picture.colours(page.picture(box))
        pale = {colour for colour in wanted if colours[colour] < 20}
        if box == ".chart-block":  # 24 rows are enough for all of them
            equal(pale, set())
        equal(len(pale) * 4 <= len(wanted), True)  # dots hide one another
        drawn = sum(colours.values()) - max(colours.values())
        equal(drawn * 50 > sum(colours.values()), True)


def data(page):
    return page.run("JSON.parse(document.getElementById('data').textContent)")


@test
def both_languages_at_three_sizes(t):
    sample(t)
    for language, title, figure in (
            ("nb", "Runder, mandag 2. februar 2026", "Kjøretid"),
            ("en", "Rounds, Monday 2 February 2026", "Driving")):
        for width in (1440, 1024, 640):
            page = report(t, "--lang", language, "--baseline", "today.json",
                          width=width)
            equal(page.run("document.title"), title)
            equal(page.run("document.documentElement.lang"), language)
            contains(" ".join(texts(page, ".card-name")), figure)
            # Nothing sticks out of the page.
            equal(page.run("document.scrollingElement.scrollWidth <= "
                           "window.innerWidth"), True)
            # The changes of counts are no percentages.
            changes = texts(page, ".figures tr td:nth-child(4)")
            equal(["%" in change for change in changes[:4]], [False] * 4)
            if width == 1024:
                looks_drawn(page)
            page.close()


@test
def an_empty_map_is_seen(t):
    """looks_drawn() can fail: without lines and dots, or without rows."""
    sample(t, iterations=0)
    for layer in (".map > g", ".chart-block > .row"):
        page = report(t)
        looks_drawn(page)
        page.run("document.querySelectorAll(" + json.dumps(layer) +
                 ").forEach(node => node.style.visibility = 'hidden')")
        try:
            looks_drawn(page)
        except AssertionError:
            page.close()
            continue
        raise AssertionError(f"nobody misses {layer}")


@test
def it_shows_what_is_in_the_plan(t):
    sample(t)
    page = report(t)
    plan = json.loads(t.path("plan.json").read_text())
    equal(count(page, "#byCarer article"), len(plan["routes"]))
    equal(count(page, ".chart .row"), len(plan["routes"]))
    stops = sum(len(route["stops"]) for route in plan["routes"])
    equal(count(page, ".chart [data-stop]"), stops)
    first = plan["routes"][0]["stops"]
    wanted = [[stop[key][11:16] for key in
               ("arrival", "service_start", "departure")] for stop in first]
    shift = [row[0] for row in data(page)["shifts"]].index(
        plan["routes"][0]["shift"])
    index = [row[0] for row in data(page)["routes"]].index(shift)
    rows = page.run(f"""[...document.querySelectorAll(
        'article[data-route="{index}"] tbody tr')].map(row =>
        [1, 2, 3].map(i => row.cells[i].textContent))""")
    equal(rows[:len(first)], wanted)
    # What the page counts as late or early is what the checker counts: the
    # share of parts on time, of those that have a wished window.
    known = data(page)
    wished = sum(len(known["visits"][stop[1]][7]) > 0
                 for route in known["routes"] for stop in route[5]
                 if stop[0] == 0)
    off = count(page, ".chart .stop.late, .chart .stop.early")
    equal(1000 * (wished - off) // wished, known["kpis"]["on_time_share"])
    page.close()


@test
def filters(t):
    sample(t)
    page = report(t)
    routes = count(page, "#byCarer article")
    known = data(page)
    carer = known["routes"][3][0]
    choose(page, "filter-carer", known["shifts"][carer][1])
    equal(count(page, "#byCarer article"), 1)
    equal(count(page, ".lanes .lane"),
          len(known["routes"][3][5]) + 1)  # and the way home
    equal(count(page, ".rounds [aria-pressed=true]"), 1)
    reset(page)
    equal(count(page, "#byCarer article"), routes)

    client = known["clients"][known["visits"][5][1]][0]
    choose(page, "filter-client", client.upper(), "input")
    equal(set(texts(page, "#byClient tbody th bdi")), {client})
    names = texts(page, "#byCarer td:nth-child(5)")
    equal(set(names), {client})
    reset(page)

    hours = page.run("[...document.querySelectorAll('#filter-from option')]"
                     ".map(o => [o.textContent, o.value])")
    ten = dict(hours)["10:00"]
    choose(page, "filter-from", ten)
    choose(page, "filter-to", int(float(ten)) + 3600)
    for begin, end in zip(texts(page, "#byCarer td:nth-child(3)"),
                          texts(page, "#byCarer td:nth-child(4)")):
        equal(begin < "11:00" and end >= "10:00", True)
    equal(0 < count(page, "#byCarer tbody tr") < 60, True)
    choose(page, "filter-client", "nobody", "input")
    equal(count(page, "#byCarer article"), 0)
    contains(texts(page, ".count")[0], "Ingen runder")
    reset(page)
    equal(count(page, "#byCarer article"), routes)
    quiet(page)
    page.close()


@test
def several_days(t):
    sample(t, "rural_small", "--days", "2", iterations=0)
    page = report(t, "--lang", "en")
    days = page.run("[...document.querySelectorAll('#filter-day option')]"
                    ".map(o => o.textContent)")
    equal(days, ["Monday 2 February 2026", "Tuesday 3 February 2026",
                 "All days"])
    total = len(data(page)["routes"])
    first = count(page, "#byCarer article")
    second = page.run("[...document.querySelectorAll('#filter-day option')]"
                      "[1].value")
    choose(page, "filter-day", second)
    equal(first + count(page, "#byCarer article"), total)
    choose(page, "filter-day", "")
    equal(count(page, "#byCarer article"), total)
    equal(page.run("document.getElementById('filter-from').disabled"), True)
    quiet(page)
    page.close()


@test
def keyboard_and_pointer(t):
    sample(t)
    page = report(t)

    def key(name):
        for kind in ("keyDown", "keyUp"):
            page.call("Input.dispatchKeyEvent", type=kind, key=name)
        page.settle()

    page.run("document.querySelector('.chart').focus()")
    key("ArrowRight")
    key("ArrowRight")
    equal(page.run("document.querySelector('.tip').hidden"), False)
    equal(count(page, ".joined") >= 1, True)
    key("Enter")
    equal(count(page, "#byCarer article"), 1)
    reset(page)
    box = "document.querySelector('.map').getAttribute('viewBox')"
    page.run("document.querySelector('.map').focus()")
    whole = page.run(box)
    key("+")
    equal(page.run(box) != whole, True)
    key("ArrowLeft")
    key("0")
    equal(page.run(box), whole)
    # Two fingers that move apart make things larger.
    page.run("document.getElementById('map').scrollIntoView()")
    left, top = page.run("""(() => {
        const box = document.querySelector('.map').getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    })()""")
    width = "Number(document.querySelector('.map').getAttribute('viewBox')" \
        ".split(' ')[2])"
    before = page.run(width)
    for kind, apart in (("touchStart", 40), ("touchMove", 60),
                        ("touchMove", 80), ("touchEnd", None)):
        points = [] if apart is None else [
            {"x": left - apart, "y": top, "id": 1},
            {"x": left + apart, "y": top, "id": 2}]
        page.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    page.settle()
    equal(0.4 < page.run(width) / before < 0.6, True)
    # A click on a stop picks its carer.
    page.run("document.getElementById('chart').scrollIntoView()")
    x, y = page.run("""(() => {
        const box = document.querySelector('.chart .stop.visit')
            .getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    })()""")
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    page.settle()
    contains(page.run("document.querySelector('.tip').textContent"), "Pleier")
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y,
                  button="left", clickCount=1)
    page.settle()
    equal(count(page, "#byCarer article"), 1)
    quiet(page)
    page.close()


@test
def everything_can_be_named(t):
    """Controls have names, tables heads, and every id= is there once."""
    sample(t)
    page = report(t)
    equal(page.run("""[...document.querySelectorAll(
        'button, select, input')].filter(node => !node.textContent.trim() &&
        !node.getAttribute('aria-label') && !node.closest('label')).length"""),
        0)
    equal(page.run("[...document.querySelectorAll('table')].filter(t => "
                   "!t.querySelector('th[scope]')).length"), 0)
    ids = page.run("[...document.querySelectorAll('[id]')].map(n => n.id)")
    equal(len(ids), len(set(ids)))
    equal(page.run("document.querySelectorAll('h1').length"), 1)
    page.close()


def hostile_problem():
    """A village where everybody's id is an attack."""
    file = program.problem(visits=len(HOSTILE), carers=2)
    name = dict(zip([f"v{i}" for i in range(len(HOSTILE))], HOSTILE))
    for i, attack in enumerate(HOSTILE):
        file["clients"][i]["id"] = attack
        file["visits"][i]["id"] = name[f"v{i}"]
        file["visits"][i]["client"] = attack
    file["places"][0]["id"] = HOSTILE[0] + "place"
    for i, shift in enumerate(file["shifts"]):
        shift["start_place"] = shift["end_place"] = HOSTILE[0] + "place"
        file["carers"][i]["id"] = shift["carer"] = HOSTILE[i]
        shift["id"] = HOSTILE[i]
    # One visit that nobody can do, and one skill.
    file["visits"][0]["required_skills"] = [{"skill": HOSTILE[1],
                                             "min_level": 0}]
    return file


@test
def hostile_ids(t):
    t.write("visits.json", hostile_problem())
    t.run("solve", "visits.json", "-n", "20", "-o", "plan.json")
    page = report(t, "--title", HOSTILE[0])
    contains(page.run("document.title"), HOSTILE[0])
    equal(page.run("document.scripts.length"), 2)
    equal(count(page, "b, img"), 0)
    names = set(texts(page, "bdi.id"))
    for attack in HOSTILE:
        equal(attack in names, True)
    contains(" ".join(texts(page, "#leftOut td")), HOSTILE[0])
    equal(texts(page, "#leftOut td:nth-child(6)"), [HOSTILE[1]])
    for carer in ("0", "1", ""):
        choose(page, "filter-carer", carer)
    for attack in HOSTILE:
        choose(page, "filter-client", attack, "input")
    quiet(page)
    page.close()


@test
def notes_about_what_would_help(t):
    """What runde explain finds; and whatever else a caller may add."""
    t.write("visits.json", hostile_problem())
    t.run("solve", "visits.json", "-n", "20", "-o", "plan.json")
    page = report(t)
    known = data(page)
    told = [text for row in known["unserved"] for text in row[2]]
    equal("Hva som ville hjelpe" in texts(page, "#leftOut th"), bool(told))
    shown = texts(page, "#leftOut td:last-child li") if told else []
    equal(shown, told)
    page.close()
    for row in known["unserved"]:
        row[2] = []
    known["unserved"][0][2] = ["<b>an hour later</b>"]
    begin, _, rest = t.path("report.html").read_text().partition(' id="data">')
    t.path("noted.html").write_text(
        begin + ' id="data">' + json.dumps(known).replace("<", "\\u003c")
        + rest[rest.index("</script>"):])
    page = browser().open(t.path("noted.html"))
    quiet(page)
    equal("Hva som ville hjelpe" in texts(page, "#leftOut th"), True)
    contains(" ".join(texts(page, "#leftOut li")), "<b>an hour later</b>")
    page.close()


@test
def the_policy_holds(t):
    sample(t, iterations=0)
    page = report(t)
    page.run("""{
        const script = document.createElement('script');
        try { script.textContent = 'window.bad = 1'; } catch (error) {}
        document.body.append(script);
        const style = document.createElement('style');
        style.textContent = 'h1 { display: none }';
        document.body.append(style);
        const image = document.createElement('img');
        image.src = 'http://127.0.0.1:9/x.png';
        document.body.append(image);
        try { document.body.innerHTML = '<p>bad</p>'; } catch (error) {}
    }""")
    equal(page.run("fetch('http://127.0.0.1:9/').then(() => 'sent', "
                   "() => 'refused')"), "refused")
    page.settle()
    equal(page.run("typeof window.bad"), "undefined")
    equal(page.run("getComputedStyle(document.querySelector('h1')).display"),
          "block")
    equal(count(page, "h1"), 1)
    # What was refused is told, which shows that the other tests would have
    # heard of it.
    complaints = " ".join(page.complaints())
    for directive in ("TrustedScript", "TrustedHTML", "style-src",
                      "default-src"):
        contains(complaints, directive)
    page.close()


@test
def served_and_framed(t):
    """From a server, in a sandboxed frame: the page asks for nothing."""
    sample(t, iterations=0)
    t.run("report", "visits.json", "plan.json", "-o", "report.html")
    t.path("host.html").write_text(
        '<!DOCTYPE html><link rel="icon" href="data:,"><iframe src="report.'
        'html" sandbox="allow-scripts allow-modals"></iframe>'
        '<script>performance.mark("ready")</script>')
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(t.folder))

        def log_message(self, *_):
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        for name in ("report.html", "host.html"):
            page = browser().open(
                f"http://127.0.0.1:{server.server_port}/{name}")
            equal(page.complaints(), [])
            page.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    equal(set(asked) - {"/report.html", "/host.html", "/favicon.ico"}, set())


@test
def paper(t):
    sample(t, iterations=0)
    page = report(t)
    pdf = page.pdf()
    equal(pdf[:5], b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    equal(pages >= 14, True)  # a round each, and the rest
    quiet(page)
    page.close()


@test
def a_large_day(t):
    t.run("sample", "mid_25k", "--baseline", "today.json", "-o",
          "visits.json")
    page = report(t, "--lang", "en", "--baseline", "today.json",
                  plan="today.json")
    size = t.path("report.html").stat().st_size
    print(f"        {size} bytes, ready after "
          f"{page.ready_after():.0f} ms")
    equal(size < 3 << 20, True)
    known = data(page)
    equal(count(page, ".chart .row"), len(known["routes"]))
    # What does not stand in the page at once does so on paper.
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    equal(count(page, "#byCarer article"), len(known["routes"]))
    page.run("window.dispatchEvent(new Event('afterprint'))")
    looks_drawn(page)
    # A few nights do not stretch the day; a button brings them back.
    stops = sum(len(route[5]) for route in known["routes"])
    button = "document.querySelector('.hours')"
    equal(page.run(button + ".hidden"), False)
    contains(page.run(button + ".textContent"), "Show all hours")
    equal(count(page, ".chart .beyond") > 0, True)
    equal(count(page, ".chart [data-stop]") < stops, True)
    page.run(button + ".click()")
    page.settle()
    equal(count(page, ".chart [data-stop]"), stops)
    equal(count(page, ".chart .beyond"), 0)
    page.run(button + ".click()")
    choose(page, "filter-carer", known["shifts"][known["routes"][0][0]][1])
    equal(count(page, "#byCarer article"), 1)
    equal(page.run(button + ".hidden"), True)
    page.close()
    # The figures of 1,400 visits stand on one line.
    page = report(t, "--lang", "nb", "--baseline", "today.json",
                  plan="today.json", width=1024)
    equal(len(set(page.run("[...document.querySelectorAll('.card-value')]"
                           ".map(node => node.offsetHeight)"))), 1)
    equal(page.run("[...document.querySelectorAll('.card-value')].every("
                   "node => node.scrollWidth <= node.parentNode"
                   ".clientWidth)"), True)
    quiet(page)
    page.close()


@test
def a_plan_that_breaks_rules(t):
    sample(t, iterations=0)
    plan = json.loads(t.path("plan.json").read_text())
    plan["search"]["outcome"] = "draft"
    del plan["cost"], plan["kpis"]
    route = max(plan["routes"], key=lambda one: len(one["stops"]))
    route["stops"][3]["waiting"] += 60
    t.write("draft.json", plan)
    page = report(t, plan="draft.json")
    equal(count(page, "#checks .bad"), 1)
    contains(" ".join(texts(page, "#checks td")), "arithmetic")
    page.close()


@test
def roads(t):
    """A village with one road round it: lines follow it, and the page does
    not say that they are straight."""
    t.plan(t.visits())
    corners = [(60.2, 11.0), (60.2, 11.07), (60.25, 11.07), (60.25, 11.0)]
    t.write("nodes.csv", "node,lat,lon\n" + "".join(
        f"{i},{lat},{lon}\n" for i, (lat, lon) in enumerate(corners)))
    t.write("edges.csv", "from,to,length_m,seconds\n" + "".join(
        f"{i},{(i + 1) % 4},3000,200\n{(i + 1) % 4},{i},3000,200\n"
        for i in range(4)))
    straight = report(t)
    lines = "document.querySelector('.map .line.strong').getAttribute('d')"
    legs = len(data(straight)["routes"][0][5]) + 1
    equal(straight.run(lines).count("L"), legs)
    contains(texts(straight, "#map .note")[0], "Rette linjer")
    straight.close()
    page = report(t, "--nodes", "nodes.csv", "--edges", "edges.csv")
    equal(page.run(lines).count("L") > legs, True)
    equal("Rette linjer" in texts(page, "#map .note")[0], False)
    page.close()


@test
def without_a_calendar(t):
    """Times are then hours since the beginning."""
    t.write("visits.json", {
        "format": "runde-problem", "version": 1,
        "settings": {"horizon": {"days": 2}},
        "places": [{"id": "here", "lat": 60, "lon": 11}],
        "clients": [{"id": "k", "place": "here"}],
        "carers": [{"id": "c"}],
        "shifts": [{"id": "s", "carer": "c", "start": 28800, "end": 54000},
                   {"id": "night", "carer": "c", "start": 165600,
                    "end": 180000}],
        "visits": [{"id": "v", "client": "k", "service_duration": 3600,
                    "time_windows": [{"min_start": 30600,
                                      "max_start": 36000}]},
                   {"id": "w", "client": "k", "service_duration": 3600,
                    "time_windows": [{"min_start": 172800}]}]})
    t.run("solve", "visits.json", "-n", "10", "-o", "plan.json")
    page = report(t, "--lang", "en")
    equal(page.run("document.title"), "Rounds, day 1 – day 2")
    contains(texts(page, "#byCarer tbody tr")[0], "08:30")
    choose(page, "filter-day", "")
    contains(texts(page, "#byCarer")[0], "00:00+1", "01:00+1")
    quiet(page)
    page.close()


@test
def nothing_at_all(t):
    t.write("visits.json", {"format": "runde-problem", "version": 1})
    t.write("plan.json", {"format": "runde-plan", "version": 1})
    page = report(t)
    equal(count(page, "section"), 7)
    page.close()


program.main()
