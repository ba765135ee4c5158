/* SPDX-License-Identifier: MIT */
/* The map: positions on a plane (equirectangular about the middle of the
 * places, one unit a metre, north up), zoomed and panned by its view box.
 * Lines and dots keep their width on the screen (non-scaling strokes; a dot
 * is a line of no length with round ends), so zooming touches nothing but
 * the box and the few texts. */

const METRES_PER_DEGREE = 111195;
const NEAR_PIXELS = 14;

function makeMap(plan, pick) {
    const map = { plan, pick, view: null, spots: [], box: null };
    map.whole = wholeBox(plan);
    if (map.whole === null) {
        map.node = el('p', { class: 'empty' }, say('noMap'));
        map.update = () => {};
        return map;
    }
    map.layers = svg('g', {});
    map.texts = svg('g', { class: 'map-texts' });
    map.svg = svg('svg', { class: 'map', tabindex: 0, role: 'img',
        'aria-label': say('mapLabel') }, map.layers, map.texts);
    map.scale = el('div', { class: 'map-scale', 'aria-hidden': 'true' });
    map.node = el('div', { class: 'map-frame' }, map.svg, map.scale,
        el('div', { class: 'map-north', 'aria-hidden': 'true' },
            say('north')),
        mapButtons(map));
    listenToMap(map);
    map.update = (view) => drawMap(map, view);
    return map;
}

/* --------------------------------------------------------------- plane */

function wholeBox(plan) {
    const places = plan.places.filter((place) => place.hasPosition);
    if (places.length === 0) {
        return null;
    }
    const mean = (of) => places.reduce((sum, p) => sum + of(p), 0) /
        places.length;
    plan.plane = { lat: mean((p) => p.lat), lon: mean((p) => p.lon) };
    plan.plane.east = METRES_PER_DEGREE *
        Math.cos(plan.plane.lat * Math.PI / 180);
    for (const place of places) {
        [place.x, place.y] = project(plan, place.lat, place.lon);
    }
    const xs = places.map((place) => place.x);
    const ys = places.map((place) => place.y);
    const least = (values) => values.reduce((a, b) => Math.min(a, b));
    const most = (values) => values.reduce((a, b) => Math.max(a, b));
    const margin = 0.05 * Math.max(most(xs) - least(xs),
        most(ys) - least(ys), 400);
    return { x: least(xs) - margin, y: least(ys) - margin,
        width: most(xs) - least(xs) + 2 * margin,
        height: most(ys) - least(ys) + 2 * margin };
}

function project(plan, lat, lon) {
    return [(lon - plan.plane.lon) * plan.plane.east,
        (plan.plane.lat - lat) * METRES_PER_DEGREE];
}

/* "x y", to the tenth of a metre. */
function at(x, y) {
    return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/* ------------------------------------------------------------- drawing */

/* Places in the order a route comes to them; only the stops shown. */
function routePlaces(route, view) {
    const places = [];
    const add = (place) => {
        if (place && place.hasPosition && place !== places[places.length - 1]) {
            places.push(place);
        }
    };
    const isWhole = view.isWholeDay;
    if (isWhole) {
        add(route.shift.from);
    }
    for (const stop of route.stops) {
        if (view.isInHours(stop)) {
            add(stop.place);
        }
    }
    if (isWhole) {
        add(route.shift.to);
    }
    return places;
}

function routePath(plan, route, places) {
    let path = '';
    places.forEach((place, i) => {
        const road = i === 0 ? undefined
            : findRoad(plan, route.shift.modeIndex, places[i - 1], place);
        for (const [lat, lon] of road || []) {
            path += `L${at(...project(plan, lat, lon))}`;
        }
        path += `${i === 0 ? 'M' : 'L'}${at(place.x, place.y)}`;
    });
    return path;
}

function findRoad(plan, mode, from, to) {
    const ends = `${plan.places.indexOf(from)} ${plan.places.indexOf(to)}`;
    return plan.roads.get(`${mode} ${ends}`) || plan.roads.get(`-1 ${ends}`);
}

function dots(places) {
    return places.map((place) => `M${at(place.x, place.y)}h.01`).join('');
}

function drawMap(map, view) {
    const { plan } = map;
    const shown = new Set(view.routes);
    const rest = view.isOnDay
        ? plan.routes.filter((r) => !shown.has(r) && view.isOnDay(r)) : [];
    const nodes = [grid(map.whole)];
    nodes.push(svg('path', { class: 'line faded', d: rest.map((route) =>
        routePath(plan, route, routePlaces(route, view))).join('') }));
    map.spots = [];
    const strong = view.routes.length <= 3;
    const kind = strong ? 'line strong'
        : view.routes.length > 25 ? 'line thin' : 'line';
    for (const route of view.routes) {
        const places = routePlaces(route, view);
        const d = routePath(plan, route, places);
        nodes.push(strong && svg('path', { class: 'line casing', d }),
            svg('path', { class: kind, stroke: route.carer.colour, d }));
    }
    for (const route of view.routes) {
        const stops = route.stops.filter((stop) => stop.place &&
            stop.place.hasPosition && stop.visit && view.isShown(stop));
        map.spots.push(...stops);
        const d = dots(stops.map((stop) => stop.place));
        nodes.push(svg('path', { class: 'dot casing', d }),
            svg('path', { class: 'dot', stroke: route.carer.colour, d }));
    }
    const missed = plan.unserved.filter((row) => row.visit.place &&
        row.visit.place.hasPosition && view.isClientShown(row.visit.client));
    map.layers.replaceChildren(...nodes.filter(Boolean));
    map.texts.replaceChildren(...mapTexts(view, missed));
    /* Who has zoomed keeps the place, until something is picked. */
    showBox(map, view.fit ? boxAround(map, view)
        : map.isFitted || !map.box ? map.whole : map.box);
    map.isFitted = view.fit;
}

/* Bases, left-out visits, and numbers on the stops of few routes. */
function mapTexts(view, missed) {
    const nodes = [];
    const bases = new Set();
    for (const { shift } of view.routes) {
        [shift.from, shift.to].forEach((place) =>
            place && place.hasPosition && bases.add(place));
    }
    for (const { visit } of missed) {
        nodes.push(pin(visit.place, 'pin missed',
            svg('path', { d: 'M-5 -5L5 5M-5 5L5 -5' }),
            svg('title', {}, `${say('notServed')}: ${visit.id}`)));
    }
    if (view.routes.length <= 2) {
        for (const route of view.routes) {
            nodes.push(...stopNumbers(route, view));
        }
    }
    for (const place of bases) {
        nodes.push(pin(place, 'pin base',
            svg('path', { d: 'M-6 6V-1L0 -7L6 -1V6Z' }),
            svg('text', { x: 10, y: 5 }, place.id)));
    }
    return nodes;
}

/* Visits at one place share a label: "3, 9". */
function stopNumbers(route, view) {
    const labels = new Map();
    let n = 0;
    for (const stop of route.stops) {
        if (!stop.visit) {
            continue;
        }
        n++;
        if (stop.place && stop.place.hasPosition && view.isShown(stop)) {
            labels.set(stop.place,
                (labels.get(stop.place) || []).concat(n));
        }
    }
    return [...labels].map(([place, numbers]) => {
        const text = numbers.join(', ');
        const width = Math.max(18, 6.4 * text.length + 8);
        return pin(place, 'pin stop-number',
            svg('rect', { x: -width / 2, y: -9, width, height: 18, rx: 9,
                fill: route.carer.colour }),
            svg('text', { y: 4, 'text-anchor': 'middle' }, text));
    });
}

function pin(place, kind, ...children) {
    const node = svg('g', { class: kind }, ...children);
    node.spot = place;
    return node;
}

/* Lines every kilometre, or every ten on a large map; well beyond the
 * places, for the frame has another shape. */
function grid(box) {
    const size = Math.max(box.width, box.height);
    const step = size > 60000 ? 50000 : size > 15000 ? 5000 : 1000;
    const first = (value) => Math.floor((value - size) / step) * step;
    const [left, top] = [first(box.x), first(box.y)];
    const length = Math.ceil(3 * size / step + 1) * step;
    let path = '';
    for (let i = 0; i <= length; i += step) {
        path += `M${left + i} ${top}v${length}M${left} ${top + i}h${length}`;
    }
    return svg('path', { class: 'grid', d: path });
}

/* -------------------------------------------------------------- zooming */

function boxAround(map, view) {
    const places = view.routes.flatMap((route) => routePlaces(route, view));
    if (places.length === 0) {
        return map.whole;
    }
    const box = { x: Infinity, y: Infinity, width: 0, height: 0 };
    let right = -Infinity;
    let bottom = -Infinity;
    for (const { x, y } of places) {
        box.x = Math.min(box.x, x);
        box.y = Math.min(box.y, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
    }
    const margin = Math.max(150, 0.08 * Math.max(right - box.x,
        bottom - box.y));
    return { x: box.x - margin, y: box.y - margin,
        width: right - box.x + 2 * margin,
        height: bottom - box.y + 2 * margin };
}

/* Metres a pixel of the screen is wide. */
function metresPerPixel(map) {
    const frame = map.svg.getBoundingClientRect();
    return Math.max(map.box.width / (frame.width || 600),
        map.box.height / (frame.height || 460));
}

function showBox(map, box) {
    map.box = { ...box };
    map.svg.setAttribute('viewBox',
        `${box.x} ${box.y} ${box.width} ${box.height}`);
    const scale = metresPerPixel(map);
    for (const node of map.texts.children) {
        node.setAttribute('transform', `translate(${node.spot.x} ` +
            `${node.spot.y}) scale(${scale})`);
    }
    drawScale(map, scale);
}

/* A bar of 1, 2 or 5 times a power of ten metres, near 100 pixels. */
function drawScale(map, scale) {
    const wanted = 110 * scale;
    const power = 10 ** Math.floor(Math.log10(wanted));
    const step = [5, 2, 1].find((n) => n * power <= wanted) * power;
    map.scale.textContent = step >= 1000
        ? say('kilometres', number(step / 1000)) : `${number(step)} m`;
    map.scale.style.width = `${step / scale}px`;
}

function zoom(map, factor, x, y) {
    const box = map.box;
    const width = box.width * factor;
    if (width < 50 || width > 4 * Math.max(map.whole.width, 1000)) {
        return;
    }
    const cx = x === undefined ? box.x + box.width / 2 : x;
    const cy = y === undefined ? box.y + box.height / 2 : y;
    showBox(map, { x: cx - (cx - box.x) * factor,
        y: cy - (cy - box.y) * factor, width, height: box.height * factor });
}

function pan(map, dx, dy) {
    showBox(map, { ...map.box, x: map.box.x + dx, y: map.box.y + dy });
}

function mapButtons(map) {
    const button = (key, sign, act) => el('button', { type: 'button',
        'aria-label': say(key), title: say(key), click: act }, sign);
    return el('div', { class: 'map-buttons' },
        button('zoomIn', '+', () => zoom(map, 1 / 1.5)),
        button('zoomOut', '\u2212', () => zoom(map, 1.5)),
        button('zoomAll', '\u2922', () => showBox(map, map.whole)));
}

/* ------------------------------------------------------------- pointers */

function pointOn(map, event) {
    const matrix = map.svg.getScreenCTM().inverse();
    return new DOMPoint(event.clientX, event.clientY)
        .matrixTransform(matrix);
}

function nearestSpot(map, event) {
    const { x, y } = pointOn(map, event);
    let best = null;
    let least = (NEAR_PIXELS * metresPerPixel(map)) ** 2;
    for (const stop of map.spots) {
        const away = (stop.place.x - x) ** 2 + (stop.place.y - y) ** 2;
        if (away < least) {
            least = away;
            best = stop;
        }
    }
    return best;
}

function listenToMap(map) {
    const held = new Map();
    let moved = 0;
    const lift = (event) => {
        held.delete(event.pointerId);
    };
    map.svg.addEventListener('pointerdown', (event) => {
        held.set(event.pointerId, event);
        moved = 0;
        map.svg.setPointerCapture(event.pointerId);
    });
    map.svg.addEventListener('pointermove', (event) => {
        const before = held.get(event.pointerId);
        if (!before) {
            const stop = nearestSpot(map, event);
            if (stop) {
                tip.show(describeStop(stop), event.clientX, event.clientY);
            } else {
                tip.hide();
            }
            return;
        }
        moved += Math.abs(event.clientX - before.clientX) +
            Math.abs(event.clientY - before.clientY);
        drag(map, held, before, event);
        held.set(event.pointerId, event);
    });
    map.svg.addEventListener('pointerup', (event) => {
        lift(event);
        const stop = moved < 5 ? nearestSpot(map, event) : null;
        if (stop) {
            map.pick(stop.route.carer);
        }
    });
    map.svg.addEventListener('pointercancel', lift);
    map.svg.addEventListener('pointerleave', () => tip.hide());
    map.svg.addEventListener('wheel', (event) => {
        /* The page scrolls unless the map is meant. */
        if (event.ctrlKey || event.metaKey ||
            document.activeElement === map.svg) {
            event.preventDefault();
            const { x, y } = pointOn(map, event);
            zoom(map, event.deltaY > 0 ? 1.2 : 1 / 1.2, x, y);
        }
    }, { passive: false });
    map.svg.addEventListener('keydown', (event) => mapKey(map, event));
}

/* One finger moves the map, two also zoom it. */
function drag(map, held, before, event) {
    const scale = metresPerPixel(map);
    const share = held.size > 1 ? 0.5 : 1;
    if (held.size === 2) {
        const [other] = [...held.values()].filter((p) =>
            p.pointerId !== event.pointerId);
        const apart = (p) => Math.max(1, Math.hypot(p.clientX - other.clientX,
            p.clientY - other.clientY));
        const { x, y } = pointOn(map, other);
        zoom(map, apart(before) / apart(event), x, y);
    }
    pan(map, (before.clientX - event.clientX) * scale * share,
        (before.clientY - event.clientY) * scale * share);
}

function mapKey(map, event) {
    const step = 0.1 * map.box.width;
    const acts = {
        ArrowLeft: () => pan(map, -step, 0),
        ArrowRight: () => pan(map, step, 0),
        ArrowUp: () => pan(map, 0, -step),
        ArrowDown: () => pan(map, 0, step),
        '+': () => zoom(map, 1 / 1.3), '-': () => zoom(map, 1.3),
        0: () => showBox(map, map.whole),
    };
    if (acts[event.key] && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        acts[event.key]();
    }
}
