/* SPDX-License-Identifier: MIT */
/* Everything as tables: rounds, stops by carer, visits by client, what is
 * left out, and what the checker says. They are what is printed and what
 * screen readers read; map and chart show nothing that is not here. */

/* Rows put into the page at once, by carer and by client; the rest waits
 * for a button, or for the printer. */
const FIRST_ROWS = 2500;

/** Carer, shift, time and sums of a route. */
function routeTitle(route, level) {
    const { shift } = route;
    return el('div', { class: 'route-title' },
        el(level, null, svg('svg', { class: 'key', width: 12, height: 12,
            'aria-hidden': 'true' }, svg('rect', { width: 12, height: 12,
            rx: 2, fill: route.carer.colour })), ' ', id(route.carer.id)),
        el('p', null, id(shift.id), `, ${date(route.day)}, `,
            `${clock(route.begin, route.day)}–${clock(route.end, route.day)}`,
            shift.mode ? [', ', modeText(shift.mode)] : '',
            `. ${say('summary', sayCount('nVisits', route.visits),
                span(route.travel), kilometres(route.metres),
                span(route.waiting))}`,
            route.overtime > 0
                ? `, ${say('over', span(route.overtime))}` : '', '.'));
}

/** The name of a mode in the page's language; a mode of the file's own
 *  stays as it is. */
function modeText(mode) {
    return Object.hasOwn(words.modes, mode) ? words.modes[mode]
        : [say('byMode', ''), id(mode)];
}

function minutes(seconds) {
    const value = Math.round(seconds / 60);
    return value === 0 ? '' : number(value);
}

/* ------------------------------------------------------------- by carer */

function stopRow(stop, n) {
    const { day } = stop.route;
    const { visit } = stop;
    return [visit ? String(n) : '',
        clock(stop.arrival, day), clock(stop.start, day),
        clock(stop.end, day),
        visit ? id(visit.client.id) : el('em', null, stopName(stop)),
        visit ? id(visit.id) : '',
        minutes(stop.travel), minutes(stop.waiting),
        visit ? windowText(visit.preferred.length > 0 ? visit.preferred
            : visit.windows, day) : '',
        stopNote(stop)];
}

/* The first note is that of time, if there is one. */
function stopNote(stop) {
    const notes = stopNotes(stop);
    const kind = stop.late > 0 ? 'is-late' : stop.early > 0 ? 'is-early'
        : null;
    if (kind === null) {
        return notes.join('; ');
    }
    const [time, ...others] = notes;
    return [el('span', { class: kind }, time),
        others.map((note) => `; ${note}`).join('')];
}

function routeSection(route, view) {
    let n = 0;
    const rows = [];
    for (const stop of route.stops) {
        n += stop.visit ? 1 : 0;
        if (view.isShown(stop)) {
            rows.push(stopRow(stop, n));
        }
    }
    if (view.isWholeDay && !view.isSearch && route.shift.to) {
        rows.push(['', clock(route.end, route.day), '', '',
            el('em', null, `${say('home')}: `, id(route.shift.to.id)), '',
            minutes(route.home), '', '',
            route.isHomeEstimated ? say('estimated') : '']);
    }
    const node = el('article', { class: 'route',
        'data-route': route.index }, routeTitle(route, 'h3'),
        table([['#', 'number'], [say('arrival'), 'clock'],
            [say('begins'), 'clock'], [say('ends'), 'clock'],
            say('client'), capital(say('visit')), [say('drive'), 'number'],
            [say('wait'), 'number'], [say('wished'), 'clock'],
            [say('note'), 'wide']], rows, { class: 'stops' }));
    /* What is below the screen is laid out when it is scrolled to. */
    node.style.containIntrinsicSize = `auto ${31 * rows.length + 100}px`;
    return node;
}

/** As many sections as FIRST_ROWS allow, then a button for the others. */
function inPortions(things, make, rowsOf) {
    const box = el('div', { class: 'portions' });
    let next = 0;
    const rest = el('button', { type: 'button', class: 'more' });
    const add = (most) => {
        const nodes = [];
        for (let rows = 0; next < things.length && rows < most; next++) {
            rows += rowsOf(things[next]);
            nodes.push(make(things[next]));
        }
        rest.remove();
        box.append(...nodes);
        if (next < things.length) {
            rest.textContent = say('more', number(things.length - next));
            box.append(rest);
        }
    };
    rest.addEventListener('click', () => add(FIRST_ROWS));
    box.addAll = () => add(Infinity);
    add(FIRST_ROWS);
    return box;
}

function carerLists(view) {
    return inPortions(view.routes, (route) => routeSection(route, view),
        (route) => route.stops.length);
}

/* ------------------------------------------------------------ by client */

function clientRows(client, view) {
    const rows = [];
    for (const visit of client.visits) {
        const shown = visit.stops.filter((stop) => view.isShown(stop) &&
            view.shown.has(stop.route));
        if (shown.length > 0) {
            rows.push({ visit, stops: shown, start: shown[0].start });
        } else if (visit.isLeftOut && !view.isOneCarer) {
            rows.push({ visit, stops: [], start: Infinity });
        }
    }
    return rows.sort((a, b) => a.start - b.start);
}

function clientTable({ client, rows }) {
    const first = rows.find((row) => row.stops.length > 0);
    const day = first ? first.stops[0].route.day : undefined;
    const carers = new Set(rows.flatMap((row) =>
        row.stops.map((stop) => stop.route.carer)));
    const body = el('tbody', null, el('tr', { class: 'client-name' },
        el('th', { scope: 'rowgroup', colspan: 6 }, id(client.id),
            el('span', { class: 'note' },
                ` ${sayCount('nVisits', rows.length)}, ` +
                sayCount('nCarers', carers.size)))));
    const kinds = ['clock', 'clock', null, null, 'clock', 'wide'].map((k) =>
        ['', k]);
    for (const { visit, stops } of rows) {
        const [stop] = stops;
        const who = stops.flatMap((s, i) =>
            [i > 0 ? ', ' : '', id(s.route.carer.id)]);
        body.append(tableRow(stop
            ? [(day !== stop.route.day ? `${date(stop.route.day)} ` : '') +
                clock(stop.start, stop.route.day),
            clock(stop.end, stop.route.day), id(visit.id), who,
            windowText(visit.preferred.length > 0 ? visit.preferred
                : visit.windows, stop.route.day), stopNote(stop)]
            : ['', '', id(visit.id),
                el('strong', { class: 'is-late' }, say('notServed')),
                windowText(visit.preferred.length > 0 ? visit.preferred
                    : visit.windows), ''], kinds));
    }
    return body;
}

function clientLists(plan, view) {
    const clients = plan.clients.filter((client) =>
        view.isClientShown(client)).map((client) =>
        ({ client, rows: clientRows(client, view) }))
        .filter(({ rows }) => rows.length > 0);
    view.nClients = clients.length;
    const heads = [[say('begins'), 'clock'], [say('ends'), 'clock'],
        [capital(say('visit'))], [say('carers')], [say('wished'), 'clock'],
        [say('note'), 'wide']];
    const whole = table(heads, [], { class: 'clients' });
    whole.tBodies[0].remove();
    const box = inPortions(clients, clientTable, ({ rows }) =>
        rows.length + 1);
    /* The portions are the table's bodies; the button stands below. */
    return portionsInTable(whole, box);
}

function portionsInTable(whole, box) {
    const gather = () => {
        whole.append(...box.querySelectorAll(':scope > tbody'));
    };
    const frame = el('div', null, whole, box);
    gather();
    box.addEventListener('click', gather);
    frame.addAll = () => {
        box.addAll();
        gather();
    };
    return frame;
}

/* ------------------------------------------------------------- left out */

function reasonLine(plan, [code, shifts, amount, named]) {
    const extra = [];
    if (code === 'window' && amount > 0) {
        extra.push(say('nearest', span(plan.seconds(amount))));
    } else if ((code === 'load' || code === 'skill') && amount > 0) {
        extra.push(say('missing', number(amount)));
    }
    const line = el('li', null, code === 'no_shift' ? words.reason[code]
        : say('reasonShifts', sayCount('nShifts', shifts),
            words.reason[code] || code),
    extra.length > 0 ? ` (${extra.join(', ')})` : '');
    if (shifts <= named.length && code !== 'no_shift') {
        line.append(': ', ...named.flatMap((index, i) => [i > 0 ? ', ' : '',
            id(plan.shifts[index].id)]));
    }
    return line;
}

function leftOutTable(plan, view) {
    const rows = plan.unserved.filter(({ visit }) =>
        view.isClientShown(visit.client));
    if (plan.unserved.length === 0) {
        return el('p', { class: 'good' }, say('leftOutNone'));
    }
    const helps = rows.some((row) => row.notes.length > 0);
    const day = plan.days.length === 1 ? plan.days[0] : undefined;
    const heads = [say('client'), capital(say('visit')),
        [say('priority'), 'number'], [say('duration'), 'number'],
        [say('allowed'), 'clock'], say('need'), [say('reasons'), 'wide']];
    if (helps) {
        heads.push([say('relaxations'), 'wide']);
    }
    return table(heads, rows.map(({ visit, reasons, notes }) => [
        id(visit.client.id), id(visit.id),
        visit.priority === 0 ? say('optional') : String(visit.priority),
        span(visit.duration), windowText(visit.windows, day),
        skillList(visit).flat(),
        el('ul', { class: 'reasons' }, reasons.map((reason) =>
            reasonLine(plan, reason))),
        ...(helps ? [el('ul', { class: 'reasons' }, notes.map((text) =>
            el('li', null, text)))] : []),
    ]), { class: 'left-out' });
}

/* ---------------------------------------------------------------- check */

const TIME_CRITERIA = new Set(['travel_time', 'waiting', 'early', 'late',
    'max_late', 'overtime', 'idle', 'max_idle', 'workload_spread',
    'workload_deviation', 'shifted_start']);

function checkSection(plan) {
    const { data } = plan;
    const amount = (name, value) => TIME_CRITERIA.has(name)
        ? hoursMinutes(plan.seconds(Number(value)))
        : name === 'travel_distance' ? kilometres(Number(value))
            : number(Number(value));
    return section('checks',
        data.broken === 0 ? el('p', { class: 'good' }, say('rulesFine'))
            : el('p', { class: 'bad' }, sayCount('rulesBroken', data.broken)),
        data.violations.length > 0 ? table([say('rule'), say('sentence')],
            data.violations.map((row) => row.map(id)), null) : null,
        data.warnings.length > 0 ? el('details', null,
            el('summary', null, `${say('warnings')} (` +
                `${number(data.warnings.length)})`),
            table([say('code'), say('sentence')],
                data.warnings.map((row) => row.map(id)), null)) : null,
        el('details', null, el('summary', null, say('price')),
            table([say('criterion'), [say('amount'), 'number'],
                [say('cost'), 'number']],
            data.cost.map(([name, value, cost]) => [name,
                amount(name, value), number(Number(cost))]),
            { class: 'narrow' })));
}
