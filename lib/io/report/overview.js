/* SPDX-License-Identifier: MIT */
/* The time chart of many routes: a row each, in blocks of rows with a time
 * axis of their own, so that a page break never cuts a row. What joins rows
 * (crews, links) is drawn in every block it passes, each showing its part.
 *
 *     c00012 07:30-15:00  |----[ visit ]--[v]~~~~[ visit ]==[break]---|
 */

const ROW = 26;
const AXIS = 22;
const BLOCK_ROWS = 24;
const VISIT = 16;
/* Pixels that the last time of the axis takes, and the one before it. */
const LAST_LABEL = 54;
/* With more links than this they show only at the visit pointed at. */
const MOST_LINKS = 20;
/* A crew's line through more rows than this shows only there, too. */
const MOST_CREW_ROWS = 6;
/* One row in so many may reach beyond the hours drawn at first, if that
 * leaves a fifth of the width to the others. */
const ROWS_BEYOND = 20;

/* Seconds of a row, the shift included. */
function rowSpan({ begin, end, shift }) {
    return [Math.min(begin, shift.start), Math.max(end, shift.end)];
}

/* The span of nearly all rows: a few nights would leave the chart of a day
 * empty for a third. Null when there is nothing to gain. */
function usualSpan(routes) {
    const most = Math.floor(routes.length / ROWS_BEYOND);
    const spans = routes.map(rowSpan);
    const sorted = (side, sign) => spans.map((span) => span[side])
        .sort((a, b) => sign * (a - b));
    const froms = sorted(0, 1);
    const tos = sorted(1, -1);
    let best = null;
    for (let early = 0; early <= most; early++) {
        const [from, to] = [froms[early], tos[most - early]];
        if (best === null || to - from < best.to - best.from) {
            best = { from, to };
        }
    }
    return most > 0 && best.to - best.from < 0.8 * (tos[0] - froms[0])
        ? best : null;
}

/** Hours to draw: from, to, and the step between two ticks, in seconds.
 *  Rows may reach `beyond` them, unless the view is of all hours. */
function timeRange(view) {
    const usual = view.isAllHours === false ? usualSpan(view.routes) : null;
    let from = usual ? usual.from : Infinity;
    let to = usual ? usual.to : -Infinity;
    for (const [begin, end] of usual ? [] : view.routes.map(rowSpan)) {
        from = Math.min(from, begin);
        to = Math.max(to, end);
    }
    from = view.from === null ? from : view.from;
    to = view.to === null ? to : view.to;
    /* On the hour by the wall clock. */
    from -= ((wall(from) % HOUR) + HOUR) % HOUR;
    to += (HOUR - ((wall(to) % HOUR) + HOUR) % HOUR) % HOUR;
    const hours = (to - from) / HOUR;
    const step = hours <= 16 ? 1 : hours <= 30 ? 2 : hours <= 72 ? 6 : 24;
    const beyond = usual ? view.routes.filter((route) => {
        const [begin, end] = rowSpan(route);
        return begin < from || end > to;
    }).length : 0;
    return { from, to, beyond, step: step * HOUR };
}

/** Seconds to pixels, within the drawing. */
function makeScale(range, left, right) {
    const perSecond = (right - left) / (range.to - range.from);
    const x = (seconds) => left + (seconds - range.from) * perSecond;
    return {
        left, right, range, x,
        inside: (seconds) => Math.min(right, Math.max(left, x(seconds))),
    };
}

/** Hour lines down to `bottom`, with their times above. */
function axis(scale, bottom, day) {
    const nodes = [];
    let lines = '';
    for (let t = scale.range.from; t <= scale.range.to;
        t += scale.range.step) {
        const x = Math.round(scale.x(t)) + 0.5;
        lines += `M${x} ${AXIS}V${bottom}`;
        const left = scale.x(scale.range.to) - x;
        if (left > 1 && left < LAST_LABEL) {
            continue; /* the last one stands here */
        }
        nodes.push(svg('text', { x, y: AXIS - 8,
            'text-anchor': t === scale.range.to ? 'end' : 'middle' },
        clock(t, day)));
    }
    return svg('g', { class: 'axis' }, svg('path', { d: lines }), nodes);
}

/** A box from one time to another; nothing when it is outside the drawing
 *  or of no length. */
function band(scale, from, to, y, height, attributes) {
    const left = scale.inside(from);
    const right = scale.inside(to);
    return right - left < 0.2 ? null : svg('rect', { x: round(left), y,
        width: round(right - left), height, ...attributes });
}

function round(value) {
    return Math.round(value * 10) / 10;
}

/* Below and above the axis line of a row. */
function travelPath(scale, route, y) {
    const line = (from, to) => {
        const left = scale.inside(from);
        const right = scale.inside(to);
        return right > left ? `M${round(left)} ${y}H${round(right)}` : '';
    };
    return route.stops.map((stop) =>
        line(stop.arrival - stop.travel, stop.arrival)).join('') +
        line(route.end - route.home, route.end);
}

function stopClass(stop, view) {
    const classes = ['stop', stop.kind];
    classes.push(stop.late > 0 ? 'late' : stop.early > 0 ? 'early' : '');
    classes.push(view.isShown(stop) ? '' : 'dim');
    return classes.filter(Boolean).join(' ');
}

/** What one stop looks like in a row of which `y` is the middle. */
function stopMarks(scale, stop, y, view) {
    const isVisit = stop.kind === 'visit';
    const height = isVisit ? VISIT : VISIT - 6;
    const begin = stop.start - stop.setup;
    const nodes = [
        band(scale, begin - stop.waiting, begin, y - 4, 8,
            { class: 'waiting' }),
        band(scale, begin, stop.start, y - 4, 8, { class: 'setup' }),
        band(scale, stop.start, stop.end, y - height / 2, height,
            { class: stopClass(stop, view), rx: 2,
                'data-stop': `${stop.route.index} ${stop.index}` }),
    ];
    const x = round(scale.x(stop.start));
    if (nodes[2] && stop.late > 0) {
        nodes.push(svg('path', { class: 'late-mark',
            d: `M${x} ${y - VISIT / 2 - 4}h8l-4 6z` }));
    } else if (nodes[2] && stop.early > 0) {
        nodes.push(svg('path', { class: 'early-mark',
            d: `M${x} ${y + VISIT / 2 + 4}h8l-4 -6z` }));
    }
    return nodes;
}

function routeRow(scale, route, y, view) {
    const middle = y + ROW / 2;
    const { shift, carer } = route;
    const parts = [
        band(scale, shift.start, shift.end, y + 2, ROW - 4,
            { class: 'shift' }),
        band(scale, shift.end, route.end, y + 2, ROW - 4,
            { class: 'overtime' }),
        svg('path', { class: 'travel',
            d: travelPath(scale, route, middle) }),
        route.stops.flatMap((stop) =>
            stopMarks(scale, stop, middle, view)),
        svg('rect', { class: 'swatch', x: 2, y: middle - 5, width: 10,
            height: 10, rx: 2, fill: carer.colour }),
        svg('text', { class: 'row-name', x: 18, y: middle + 4 },
            shorten(carer.id, scale.left > 150 ? 15 : 9)),
    ];
    if (scale.left > 150) {
        parts.push(svg('text', { class: 'row-time', x: scale.left - 8,
            y: middle + 4, 'text-anchor': 'end' },
        `${clock(route.begin)}–${clock(route.end)}`));
    }
    const [begin, end] = rowSpan(route);
    if (scale.range.beyond > 0 && end > scale.range.to) {
        parts.push(svg('text', { class: 'beyond', x: scale.right + 1,
            y: middle + 4 }, '\u203a'));
    }
    if (scale.range.beyond > 0 && begin < scale.range.from) {
        parts.push(svg('text', { class: 'beyond', x: scale.left - 6,
            y: middle + 4 }, '\u2039'));
    }
    return svg('g', { class: 'row', 'data-route': route.index }, parts);
}

function shorten(text, most) {
    const letters = [...text];
    return letters.length <= most ? text
        : `…${letters.slice(1 - most).join('')}`;
}

/* ---------------------------------------------------------------- joins */

/* [kind, stop, stop] for crews and links whose both ends are in the chart,
 * each once. */
function joins(view) {
    const found = [];
    const isRow = (stop) => view.rows.has(stop.route.index);
    for (const route of view.routes) {
        for (const stop of route.stops) {
            for (const other of partners(stop)) {
                if (stop.part < other.part && isRow(other)) {
                    found.push(['crew', stop, other]);
                }
            }
            for (const other of linkedStops(stop)) {
                if (stop.start <= other.start && stop.route !== other.route &&
                    stop.part === 0 && other.part === 0 && isRow(other)) {
                    found.push(['link', stop, other]);
                }
            }
        }
    }
    return found;
}

/* The part of a join that passes a block, as it continues beyond it. */
function joinPath(view, first, last, [kind, a, b]) {
    const [r, s] = [a, b].map((stop) => view.rows.get(stop.route.index));
    if (Math.max(r, s) < first || Math.min(r, s) >= last) {
        return '';
    }
    const y = (row) => AXIS + (row - first) * ROW + ROW / 2;
    const x = (stop) => round(view.scale.inside(stop.start));
    return `M${x(a)} ${y(r)}L${x(kind === 'crew' ? a : b)} ${y(s)}`;
}

function joinPaths(view, first, last, lines) {
    return ['link', 'crew'].map((wanted) => svg('path', {
        class: `join ${wanted}`,
        d: lines.filter(([kind]) => kind === wanted).map((line) =>
            joinPath(view, first, last, line)).join('') }));
}

/* --------------------------------------------------------------- blocks */

function overviewBlock(view, routes, first) {
    const { scale } = view;
    const last = first + routes.length;
    const height = AXIS + routes.length * ROW + 4;
    const node = svg('svg', { class: 'chart-block', width: scale.right + 12,
        height, viewBox: `0 0 ${scale.right + 12} ${height}`,
        'aria-hidden': 'true' });
    node.rows = [first, last];
    node.append(axis(scale, height, view.clockDay),
        ...routes.map((route, i) =>
            routeRow(scale, route, AXIS + i * ROW, view)),
        ...joinPaths(view, first, last, view.joins));
    return node;
}

/** The chart of the view's routes, `width` pixels wide. */
function drawOverview(view, width) {
    const scale = makeScale(timeRange(view), width < 700 ? 92 : 200,
        width - 14);
    view.scale = scale;
    view.rows = new Map(view.routes.map((route, i) => [route.index, i]));
    const lines = joins(view);
    const links = lines.filter(([kind]) => kind === 'link').length;
    const rows = ([, a, b]) => Math.abs(view.rows.get(a.route.index) -
        view.rows.get(b.route.index));
    view.joins = lines.filter((line) => line[0] === 'link'
        ? links <= MOST_LINKS : rows(line) <= MOST_CREW_ROWS);
    const blocks = [];
    for (let i = 0; i < view.routes.length; i += BLOCK_ROWS) {
        blocks.push(overviewBlock(view, view.routes.slice(i, i + BLOCK_ROWS),
            i));
    }
    return blocks;
}

/** Windows of one stop, and what it is joined to, laid over the blocks. */
function markStop(chart, view, stop) {
    chart.querySelectorAll('.mark').forEach((node) => node.remove());
    chart.querySelectorAll('.joined').forEach((node) =>
        node.classList.remove('joined'));
    const find = (s) => chart.querySelector(
        `[data-stop="${s.route.index} ${s.index}"]`);
    const box = stop && find(stop);
    if (!box) {
        return;
    }
    const lines = [];
    for (const other of [...partners(stop), ...linkedStops(stop)]) {
        const node = find(other);
        if (node) {
            node.classList.add('joined');
            lines.push([other.visit === stop.visit ? 'crew' : 'link', stop,
                other]);
        }
    }
    box.classList.add('joined');
    for (const block of chart.querySelectorAll('.chart-block')) {
        block.append(svg('g', { class: 'mark' },
            joinPaths(view, ...block.rows, lines)));
    }
    if (stop.visit) {
        const y = Number(box.getAttribute('y')) + VISIT + 2;
        box.closest('svg').append(svg('g', { class: 'mark' },
            windowBands(view.scale, stop.visit, [y, 2], [y - 1, 4])));
    }
}

/** When the visit may start, and when it is wished: bands [y, height]. */
function windowBands(scale, visit, allowed, preferred) {
    const { from, to } = scale.range;
    const last = (until, end) => until !== null ? until
        : end !== null ? end - visit.duration : to;
    return [
        ...visit.windows.map(([start, until, end]) => band(scale,
            start === null ? from : start, last(until, end), ...allowed,
            { class: 'allowed' })),
        ...visit.preferred.map(([start, end]) => band(scale, start, end,
            ...preferred, { class: 'preferred' })),
    ];
}
