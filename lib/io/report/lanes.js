/* SPDX-License-Identifier: MIT */
/* The time chart of one route: a lane for each stop, so that windows, the
 * drive before and what the visit is joined to have room. */

const LANE = 24;

function drawLanes(route, view, width) {
    const scale = makeScale(timeRange({ ...view, routes: [route] }),
        width < 700 ? 110 : 230, width - 14);
    const stops = route.stops.filter((stop) => view.isInHours(stop));
    const height = AXIS + (stops.length + 1) * LANE + 4;
    const node = svg('svg', { class: 'chart-block lanes',
        width: scale.right + 12, height,
        viewBox: `0 0 ${scale.right + 12} ${height}`, 'aria-hidden': 'true' });
    const { shift } = route;
    const ground = height - AXIS;
    node.append(svg('g', {},
        band(scale, shift.start, shift.end, AXIS, ground, { class: 'shift' }),
        band(scale, shift.end, route.end, AXIS, ground,
            { class: 'overtime' })),
    axis(scale, height, route.day),
    ...stops.map((stop, i) => lane(scale, stop, AXIS + i * LANE, view)),
    homeLane(scale, route, AXIS + stops.length * LANE));
    return el('div', { class: 'lanes-frame' }, routeTitle(route, 'h3'), node);
}

function lane(scale, stop, y, view) {
    const middle = y + LANE / 2;
    const drive = `M${round(scale.inside(stop.arrival - stop.travel))} ` +
        `${middle}H${round(scale.inside(stop.arrival))}`;
    return svg('g', { class: 'lane' },
        stop.visit && windowBands(scale, stop.visit, [y + 4, LANE - 8],
            [y + 4, LANE - 8]),
        svg('path', { class: 'travel', d: drive }),
        stopMarks(scale, stop, middle, view),
        svg('text', { class: 'row-name', x: 2, y: middle + 4 },
            scale.left > 150 ? `${clock(stop.start, stop.route.day)}  ` : '',
            shorten(stopName(stop), scale.left > 150 ? 22 : 13)),
        laneNote(scale, stop, middle));
}

/* What there is to say, behind the box or, near the edge, before it. */
function laneNote(scale, stop, middle) {
    const text = stopNotes(stop).join(', ');
    if (text === '') {
        return null;
    }
    const isLate = scale.x(stop.end) > scale.right - 180;
    return svg('text', { class: 'lane-note', y: middle + 4,
        x: isLate ? scale.inside(stop.start - stop.setup - stop.waiting) - 6
            : scale.inside(stop.end) + 6,
        'text-anchor': isLate ? 'end' : 'start' }, text);
}

function homeLane(scale, route, y) {
    const middle = y + LANE / 2;
    return svg('g', { class: 'lane' },
        svg('path', { class: 'travel', d: `M${round(scale.inside(route.end -
            route.home))} ${middle}H${round(scale.inside(route.end))}` }),
        svg('text', { class: 'row-name', x: 2, y: middle + 4 },
            scale.left > 150 ? `${clock(route.end, route.day)}  ` : '',
            route.shift.to ? `${say('home')} ${route.shift.to.id}`
                : say('ends')));
}

/** What a stop is called: the client, the task or the break. */
function stopName(stop) {
    if (stop.visit) {
        return stop.visit.client.id;
    }
    return stop.label || say(stop.kind === 'break' ? 'pause' : 'activity');
}

/** Late, early, together with whom, linked to what. */
function stopNotes(stop) {
    const notes = [];
    if (stop.late > 0) {
        notes.push(say('lateBy', span(stop.late)));
    }
    if (stop.early > 0) {
        notes.push(say('earlyBy', span(stop.early)));
    }
    const others = partners(stop);
    if (others.length > 0) {
        notes.push(say('together', others.map((other) =>
            other.route.carer.id).join(', ')));
    }
    for (const other of linkedStops(stop)) {
        if (other.part === 0) {
            notes.push(say('linkedTo',
                other.visit.client === stop.visit.client ? other.visit.id
                    : other.visit.client.id,
                clock(other.start, stop.route.day), other.route.carer.id));
        }
    }
    if (stop.isEstimated) {
        notes.push(say('estimated'));
    }
    return notes;
}

/** Lines for the tip beside the pointer. */
function describeStop(stop) {
    const { route } = stop;
    const lines = [
        [el('strong', null, id(stopName(stop))), ' ',
            stop.visit ? id(stop.visit.id) : ''],
        `${clock(stop.start, route.day)}–${clock(stop.end, route.day)}  ` +
            `(${say('arrival').toLowerCase()} ` +
            `${clock(stop.arrival, route.day)}, ${say('travel')} ` +
            `${span(stop.travel)})`,
        [`${say('carer')}: `, id(route.carer.id)],
    ];
    if (stop.waiting >= 30) {
        lines.push(`${say('waiting')} ${span(stop.waiting)}`);
    }
    if (stop.visit) {
        lines.push(`${say('wished')}: ${windowText(stop.visit.preferred,
            route.day)}`);
        lines.push(`${say('allowed')}: ${windowText(stop.visit.windows,
            route.day)}`);
        if (stop.visit.skills.length > 0) {
            lines.push([`${say('need')}: `, skillList(stop.visit)]);
        }
    }
    return lines.concat(stopNotes(stop));
}

/** What a visit asks for, with levels above one: holding the skill at all
 *  is what the lowest means. */
function skillList(visit) {
    return visit.skills.map((skill, i) => [i > 0 ? ', ' : '', id(skill.id),
        skill.level <= 1 ? '' : ` ${skill.level}`]);
}

/** 08:00–10:00, 12:00–13:00; bounds that are not given in words. */
function windowText(windows, day) {
    if (windows.length === 0) {
        return say('anyTime');
    }
    return windows.map(([start, until, end]) => {
        const last = until === null ? end : until;
        if (start !== null && last !== null && last !== undefined) {
            return `${clock(start, day)}–${clock(last, day)}`;
        }
        return start !== null ? say('earliest', clock(start, day))
            : last !== null ? say('latest', clock(last, day))
                : say('anyTime');
    }).join(', ');
}
