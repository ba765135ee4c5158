/* SPDX-License-Identifier: MIT */
/* The plan, unpacked from the short arrays that lib/io/report_data.c writes
 * into objects that know each other:
 *
 *     route.stops[i].visit.client.visits[j].stops[k].route
 */

const KINDS = ['visit', 'activity', 'break'];

/* Told apart with every kind of colour vision, and dark enough for lines on
 * white: after Okabe and Ito, and Paul Tol. Carers share colours when there
 * are more of them; names and positions tell them apart, too. */
const COLOURS = ['#0072b2', '#c4501b', '#00795a', '#a8487e', '#332288',
    '#8a6d00', '#2b8cbe', '#882255', '#4d7a1f', '#5b5b5b'];

function readPlan(data) {
    const seconds = (ticks) => ticks === null ? null
        : ticks * data.tickMs / 1000;
    civil.origin = data.origin;
    civil.offsets = data.offsets;
    const plan = {
        data, seconds,
        places: data.places.map(readPlace),
        clients: data.clients.map(([id]) => ({ id, visits: [] })),
        carers: data.carers.map(([id], index) => ({
            id, index, colour: COLOURS[index % COLOURS.length], routes: [],
        })),
    };
    plan.shifts = data.shifts.map((row) => readShift(plan, row));
    plan.visits = data.visits.map((row) => readVisit(plan, row));
    plan.routes = data.routes.map((row, i) => readRoute(plan, row, i));
    plan.routes.sort((a, b) => a.day - b.day || a.shift.start - b.shift.start
        || a.index - b.index);
    for (const [before, after] of data.links) {
        plan.visits[before].links.push(plan.visits[after]);
        plan.visits[after].links.push(plan.visits[before]);
    }
    plan.unserved = data.unserved.map(([visit, reasons, notes]) => {
        plan.visits[visit].isLeftOut = true;
        return { visit: plan.visits[visit], reasons, notes };
    });
    plan.roads = readRoads(data.roads);
    plan.days = [...new Set(plan.shifts.map((shift) => shift.day))]
        .sort((a, b) => a - b);
    return plan;
}

function readPlace([id, lat, lon]) {
    return lat === undefined ? { id, hasPosition: false }
        : { id, hasPosition: true, lat: lat / 1e5, lon: lon / 1e5 };
}

function readShift(plan, row) {
    const [id, carer, start, end, latest, from, to, mode, activities] = row;
    return {
        id, activities, modeIndex: mode,
        carer: plan.carers[carer],
        start: plan.seconds(start), end: plan.seconds(end),
        latest: plan.seconds(latest),
        day: dayOf(plan.seconds(start)),
        from: plan.places[from] || null, to: plan.places[to] || null,
        mode: (plan.data.modes[mode] || [''])[0],
    };
}

function readVisit(plan, row) {
    const [id, client, place, duration, crew, priority, windows, preferred,
        skills] = row;
    const visit = {
        id, crew, priority,
        client: plan.clients[client],
        place: plan.places[place] || null,
        duration: plan.seconds(duration),
        windows: windows.map((window) => window.map(plan.seconds)),
        preferred: preferred.map((window) => window.map(plan.seconds)),
        skills: [], links: [], stops: [], isLeftOut: false,
    };
    for (let i = 0; i < skills.length; i += 2) {
        visit.skills.push({ id: plan.data.skills[skills[i]][0],
            level: skills[i + 1] });
    }
    visit.client.visits.push(visit);
    return visit;
}

function readRoute(plan, row, index) {
    const [shift, begin, end, home, metresHome, stops, isEstimated] = row;
    const route = {
        index, shift: plan.shifts[shift], carer: plan.shifts[shift].carer,
        day: plan.shifts[shift].day,
        begin: plan.seconds(begin), end: plan.seconds(end),
        home: plan.seconds(home), metresHome,
        isHomeEstimated: isEstimated === 1,
    };
    route.stops = stops.map((stop, i) => readStop(plan, route, stop, i));
    const sum = (of) => route.stops.reduce((all, stop) => all + of(stop), 0);
    route.visits = route.stops.filter((stop) => stop.visit).length;
    route.travel = sum((stop) => stop.travel) + route.home;
    route.metres = sum((stop) => stop.metres) + metresHome;
    route.waiting = sum((stop) => stop.waiting);
    route.overtime = Math.max(0, route.end - route.shift.end);
    route.carer.routes.push(route);
    return route;
}

function readStop(plan, route, row, index) {
    const [kind, item, part, place, travel, metres, arrival, waiting, setup,
        start, end, isEstimated] = row;
    const stop = {
        route, index, part, metres, kind: KINDS[kind],
        visit: kind === 0 ? plan.visits[item] : null,
        label: kind === 1 ? route.shift.activities[item] : '',
        place: plan.places[place] || null,
        travel: plan.seconds(travel), arrival: plan.seconds(arrival),
        waiting: plan.seconds(waiting), setup: plan.seconds(setup),
        start: plan.seconds(start), end: plan.seconds(end),
        late: 0, early: 0, isEstimated: isEstimated === 1,
    };
    if (stop.visit) {
        stop.visit.stops.push(stop);
        measure(plan.data, stop);
    }
    return stop;
}

/* The criteria "early" and "late" of docs/model.md, for one part. */
function measure(data, stop) {
    const windows = stop.visit.preferred;
    if (windows.length === 0) {
        return;
    }
    const open = windows.filter(([from]) => from <= stop.start);
    const until = (open.length > 0 ? open[open.length - 1] : windows[0])[1];
    stop.late = Math.max(0, (data.lateAtEnd ? stop.end : stop.start) - until);
    stop.early = Math.max(0, windows[0][0] -
        (data.earlyAtEnd ? stop.end : stop.start));
}

/** The other carers' parts of a crew. */
function partners(stop) {
    return stop.visit ? stop.visit.stops.filter((other) => other !== stop)
        : [];
}

/** The stops of visits that are linked to this one. */
function linkedStops(stop) {
    return stop.visit ? stop.visit.links.flatMap((visit) => visit.stops)
        : [];
}

/* Lines by "mode from to", as [latitude, longitude] in degrees. */
function readRoads(rows) {
    const roads = new Map();
    for (const [mode, from, to, steps] of rows) {
        const points = [];
        let lat = 0;
        let lon = 0;
        for (let i = 0; i < steps.length; i += 2) {
            lat += steps[i];
            lon += steps[i + 1];
            points.push([lat / 1e5, lon / 1e5]);
        }
        roads.set(`${mode} ${from} ${to}`, points);
    }
    return roads;
}
