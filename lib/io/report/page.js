/* SPDX-License-Identifier: MIT */
/* The page: reads the data, builds the sections once, and draws map, chart
 * and lists again whenever the filters change. The lists follow a moment
 * later, so that what is on the screen first is there first. */

const PRINT_WIDTH = 1040;

function start() {
    const data = JSON.parse(document.getElementById('data').textContent);
    words = WORDS[data.language];
    const plan = readPlan(data);
    const page = { plan, width: null, later: 0, isAllHours: false };
    page.filters = makeFilters(plan, () => refresh(page));
    page.map = makeMap(plan, (carer) => pickCarer(page.filters, carer));
    page.rounds = el('div', { class: 'rounds' });
    page.chart = makeChart(page);
    page.hours = el('button', { type: 'button', class: 'hours screen',
        hidden: true, click: () => {
            page.isAllHours = !page.isAllHours;
            drawChart(page);
        } });
    page.leftOut = el('div');
    page.byCarer = el('div');
    page.byClient = el('div');
    build(page);
    refresh(page);
    listenToWindow(page);
}

function build(page) {
    const { plan } = page;
    const { data } = plan;
    const heading = data.title || say('title');
    const days = plan.days.length === 0 ? ''
        : plan.days.length === 1 ? date(plan.days[0])
            : `${date(plan.days[0])} – ${date(plan.days.at(-1))}`;
    document.title = days ? `${heading}, ${days}` : heading;
    tip.node = el('div', { class: 'tip', role: 'status', hidden: true });
    const mapNotes = [say('mapHint'),
        plan.roads.size === 0 ? say('straight') : ''].join(' ');
    document.body.append(
        el('header', { class: 'top' },
            el('div', null, el('h1', null, el('bdi', null, heading)),
                el('p', null, capital(days))),
            el('button', { type: 'button', class: 'print',
                click: () => window.print() }, say('print'))),
        page.filters.node,
        el('main', null,
            figuresSection(plan),
            section('map', el('div', { class: 'map-and-rounds' },
                page.map.node, page.rounds),
            el('p', { class: 'note screen' }, mapNotes)),
            section('chart', legend(), page.hours, page.chart,
                el('p', { class: 'note screen' }, say('chartHint'))),
            section('leftOut', page.leftOut),
            section('byCarer', page.byCarer),
            section('byClient', page.byClient),
            checkSection(plan)),
        el('footer', null, el('p', null, say('privacy')),
            el('p', null, say('madeBy', data.version))),
        tip.node);
}

/* --------------------------------------------------------------- drawing */

function refresh(page) {
    const view = makeView(page.filters);
    page.view = view;
    page.filters.count.textContent = view.routes.length === 0
        ? say('nothing')
        : say('shown', sayCount('nRounds', view.routes.length),
            sayCount('nVisits', view.visits));
    page.map.update(view);
    drawRounds(page, view);
    drawChart(page);
    clearTimeout(page.later);
    page.later = setTimeout(() => refreshLists(page), 0);
}

function refreshLists(page) {
    const { plan, view } = page;
    clearTimeout(page.later);
    page.later = 0;
    page.lists = [carerLists(view), clientLists(plan, view)];
    page.leftOut.replaceChildren(leftOutTable(plan, view));
    page.byCarer.replaceChildren(page.lists[0]);
    page.byClient.replaceChildren(page.lists[1]);
    if (!page.isReady) {
        page.isReady = true;
        performance.mark('ready');
    }
}

/* The list beside the map: a button for every route. */
function drawRounds(page, view) {
    page.rounds.replaceChildren(table(
        [say('carer'), [say('time'), 'clock'], [say('visits'), 'number'],
            [say('drive'), 'number']],
        view.listed.map((route) => [
            el('button', { type: 'button', class: 'pick',
                'aria-pressed': String(view.isOneCarer &&
                    view.shown.has(route)),
                click: () => pickCarer(page.filters, route.carer) },
            svg('svg', { class: 'key', width: 12, height: 12,
                'aria-hidden': 'true' }, svg('rect', { width: 12,
                height: 12, rx: 2, fill: route.carer.colour })),
            id(route.carer.id)),
            `${clock(route.begin)}–${clock(route.end)}`,
            String(route.visits), hoursMinutes(route.travel)]),
        { class: 'rounds-table' }));
}

function makeChart(page) {
    const chart = el('div', { class: 'chart', tabindex: 0, role: 'group',
        'aria-label': say('chartLabel') });
    const stopAt = (target) => {
        const mark = target.closest && target.closest('[data-stop]');
        if (!mark) {
            return null;
        }
        const [route, stop] = mark.dataset.stop.split(' ').map(Number);
        return page.plan.routes.find((r) => r.index === route).stops[stop];
    };
    chart.addEventListener('pointermove', (event) => {
        const stop = stopAt(event.target);
        if (stop !== page.marked) {
            page.marked = stop;
            markStop(chart, page.view, page.isLanes ? null : stop);
        }
        if (stop) {
            tip.show(describeStop(stop), event.clientX, event.clientY);
        } else {
            tip.hide();
        }
    });
    chart.addEventListener('pointerleave', () => {
        page.marked = null;
        markStop(chart, page.view, null);
        tip.hide();
    });
    chart.addEventListener('click', (event) => {
        const row = event.target.closest('[data-route]');
        if (row && !page.isLanes) {
            pickCarer(page.filters, page.plan.routes.find((route) =>
                route.index === Number(row.dataset.route)).carer);
        }
    });
    chart.addEventListener('keydown', (event) => chartKey(page, event));
    chart.addEventListener('blur', () => tip.hide());
    return chart;
}

/* One route is drawn stop by stop, more of them a row each. */
function drawChart(page) {
    const { view, chart } = page;
    const width = page.width || Math.max(560, chart.clientWidth || 1000);
    page.isLanes = view.isOneCarer && view.routes.length <= 7;
    page.marked = null;
    tip.hide();
    if (view.routes.length === 0) {
        chart.replaceChildren(el('p', { class: 'empty' }, say('nothing')));
    } else if (page.isLanes) {
        chart.replaceChildren(...view.routes.map((route) =>
            drawLanes(route, view, width)));
    } else {
        /* On paper there is no button. */
        view.isAllHours = page.isAllHours || page.width !== null ||
            !view.isWholeDay;
        chart.replaceChildren(...drawOverview(view, width));
    }
    nameHours(page);
}

/* The button for the hours that few rows reach. */
function nameHours(page) {
    const { view, hours } = page;
    const { beyond } = page.isLanes || view.routes.length === 0
        || !view.isWholeDay ? { beyond: 0 }
        : timeRange({ ...view, isAllHours: false });
    hours.hidden = beyond === 0;
    hours.textContent = page.isAllHours ? say('usualHours')
        : say('allHours', sayCount('nRounds', beyond));
}

/* Arrow keys: along the row, and to the stop of the row above or below that
 * is nearest in time. */
function chartKey(page, event) {
    const { routes } = page.view;
    const here = page.marked || (routes[0] || { stops: [null] }).stops[0];
    if (!here || page.isLanes) {
        return;
    }
    const row = routes.indexOf(here.route);
    const beside = (route) => route && route.stops.reduce((best, stop) =>
        Math.abs(stop.start - here.start) < Math.abs(best.start - here.start)
            ? stop : best);
    const next = {
        ArrowRight: () => here.route.stops[here.index + 1],
        ArrowLeft: () => here.route.stops[here.index - 1],
        ArrowDown: () => beside(routes[row + 1]),
        ArrowUp: () => beside(routes[row - 1]),
    }[event.key];
    if (event.key === 'Enter') {
        pickCarer(page.filters, here.route.carer);
    } else if (next) {
        event.preventDefault();
        page.marked = page.marked ? next() || here : here;
        showMarked(page);
    }
}

function showMarked(page) {
    const { chart, marked } = page;
    markStop(chart, page.view, marked);
    const box = chart.querySelector(
        `[data-stop="${marked.route.index} ${marked.index}"]`);
    if (box) {
        box.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const { left, bottom } = box.getBoundingClientRect();
        tip.show(describeStop(marked), left, bottom);
    }
}

/* A line of samples, drawn with the marks of the chart. */
function legend() {
    const sample = (name, ...marks) => el('li', null,
        svg('svg', { width: 34, height: 20, 'aria-hidden': 'true' }, marks),
        say(name));
    const box = (kind, y, height) => svg('rect', { class: kind, x: 3, y,
        width: 28, height, rx: 2 });
    return el('ul', { class: 'legend', 'aria-label': say('legend') },
        sample('visit', box('stop visit', 2, 16)),
        sample('lateVisit', box('stop visit late', 4, 16),
            svg('path', { class: 'late-mark', d: 'M3 0h8l-4 6z' })),
        sample('earlyVisit', box('stop visit early', 0, 16),
            svg('path', { class: 'early-mark', d: 'M3 20h8l-4 -6z' })),
        sample('travel', svg('path', { class: 'travel', d: 'M3 10H31' })),
        sample('setup', box('setup', 6, 8)),
        sample('waiting', box('waiting', 6, 8)),
        sample('pause', box('stop break', 5, 10)),
        sample('activity', box('stop activity', 5, 10)),
        sample('shift', box('shift', 0, 20)),
        sample('overtime', box('overtime', 0, 20)),
        sample('crew', svg('path', { class: 'join crew', d: 'M17 0V20' })),
        sample('linked', svg('path', { class: 'join link',
            d: 'M8 0L26 20' })),
        sample('window', box('allowed', 7, 6)),
        sample('preferred', box('preferred', 7, 6)));
}

/* ---------------------------------------------------------------- window */

function listenToWindow(page) {
    let timer = 0;
    let known = window.innerWidth;
    window.addEventListener('resize', () => {
        /* Scrolling on a tablet changes the height only. */
        if (window.innerWidth !== known) {
            known = window.innerWidth;
            clearTimeout(timer);
            timer = setTimeout(() => {
                drawChart(page);
                page.map.update(page.view);
            }, 120);
        }
    });
    window.addEventListener('beforeprint', () => {
        page.width = PRINT_WIDTH;
        if (page.later !== 0) {
            refreshLists(page);
        }
        page.lists.forEach((list) => list.addAll());
        document.querySelector('.all-figures').open = true;
        drawChart(page);
    });
    window.addEventListener('afterprint', () => {
        page.width = null;
        drawChart(page);
    });
    window.addEventListener('scroll', () => tip.hide(), { passive: true });
}

start();
