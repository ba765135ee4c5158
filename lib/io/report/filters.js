/* SPDX-License-Identifier: MIT */
/* What is picked (day, carer, client, hours), and the view of the plan that
 * follows from it: which routes, which of their stops. */

function makeFilters(plan, changed) {
    const filters = {
        plan, changed,
        day: plan.days.length > 1 ? plan.days[0] : null,
        carer: null, client: '', from: null, to: null,
    };
    const field = (key, control) => el('label', { class: `field ${key}` },
        el('span', null, say(key)), control);
    filters.controls = {
        day: el('select', { id: 'filter-day' },
            plan.days.map((day) => el('option', { value: day },
                capital(date(day)))),
            el('option', { value: '' }, say('allDays'))),
        carer: el('select', { id: 'filter-carer' }),
        client: el('input', { id: 'filter-client', type: 'search',
            placeholder: say('clientHint'), autocomplete: 'off',
            spellcheck: 'false' }),
        from: el('select', { id: 'filter-from' }),
        to: el('select', { id: 'filter-to' }),
    };
    const { controls } = filters;
    filters.count = el('p', { class: 'count', 'aria-live': 'polite' });
    filters.node = el('form', { class: 'filters',
        'aria-label': say('filters'), submit: (e) => e.preventDefault() },
    plan.days.length > 1 ? field('day', controls.day) : null,
    field('carer', controls.carer), field('client', controls.client),
    field('from', controls.from), field('to', controls.to),
    el('button', { type: 'button', class: 'reset',
        click: () => resetFilters(filters) }, say('reset')),
    filters.count);
    listenToFilters(filters);
    listCarers(filters);
    listHours(filters);
    return filters;
}

function listenToFilters(filters) {
    const { controls, plan } = filters;
    const listen = (name, event, act) =>
        controls[name].addEventListener(event, () => {
            act(controls[name].value);
            filters.changed();
        });
    listen('day', 'change', (value) => {
        filters.day = value === '' ? null : Number(value);
        filters.from = filters.to = null;
        listCarers(filters);
        listHours(filters);
    });
    listen('carer', 'change', (value) => {
        filters.carer = value === '' ? null : plan.carers[Number(value)];
    });
    listen('client', 'input', (value) => {
        filters.client = value.trim().toLowerCase();
    });
    for (const name of ['from', 'to']) {
        listen(name, 'change', (value) => {
            filters[name] = value === '' ? null : Number(value);
        });
    }
}

/** Shows one carer; the same one again shows everybody. */
function pickCarer(filters, carer) {
    filters.carer = filters.carer === carer ? null : carer;
    filters.controls.carer.value = filters.carer === null ? ''
        : filters.carer.index;
    filters.changed();
}

function resetFilters(filters) {
    const { controls } = filters;
    filters.carer = filters.from = filters.to = null;
    filters.client = '';
    for (const name of ['carer', 'client', 'from', 'to']) {
        controls[name].value = '';
    }
    filters.changed();
}

function isOnDay(filters, route) {
    return filters.day === null || route.day === filters.day;
}

function listCarers(filters) {
    const { carer } = filters.controls;
    const busy = filters.plan.carers.filter((one) =>
        one.routes.some((route) => isOnDay(filters, route)));
    carer.replaceChildren(el('option', { value: '' }, say('allCarers')),
        ...busy.map((one) => el('option', { value: one.index }, one.id)));
    if (filters.carer !== null && busy.includes(filters.carer)) {
        carer.value = filters.carer.index;
    } else {
        filters.carer = null;
    }
}

/* Full hours of the day picked; with several days there is nothing to pick
 * from. */
function listHours(filters) {
    const { from, to } = filters.controls;
    const routes = filters.plan.routes.filter((r) => isOnDay(filters, r));
    const isOne = new Set(routes.map((route) => route.day)).size <= 1;
    const range = isOne && routes.length > 0
        ? timeRange({ routes, from: null, to: null }) : { from: 0, to: -1 };
    const hours = [];
    for (let t = range.from; t <= range.to; t += HOUR) {
        hours.push(t);
    }
    const day = routes.length > 0 ? routes[0].day : 0;
    const options = (times, otherwise) => [
        el('option', { value: '' }, say(otherwise)),
        ...times.map((t) => el('option', { value: t }, clock(t, day)))];
    from.replaceChildren(...options(hours.slice(0, -1), 'start'));
    to.replaceChildren(...options(hours.slice(1), 'finish'));
    from.disabled = to.disabled = !isOne;
}

/** The plan through the filters. */
function makeView(filters) {
    const { plan, from, to, client, carer } = filters;
    const hasClient = client !== '';
    const isClientShown = (one) => !hasClient ||
        one.id.toLowerCase().includes(client);
    const isInHours = (stop) => (to === null || stop.start < to) &&
        (from === null || stop.end > from);
    const isShown = (stop) => isInHours(stop) && (!hasClient ||
        (stop.visit !== null && isClientShown(stop.visit.client)));
    const listed = plan.routes.filter((route) => isOnDay(filters, route) &&
        ((!hasClient && from === null && to === null) ||
            route.stops.some(isShown)));
    const routes = carer === null ? listed
        : listed.filter((route) => route.carer === carer);
    return {
        plan, listed, routes, from, to, isClientShown, isInHours, isShown,
        shown: new Set(routes),
        isOnDay: (route) => isOnDay(filters, route),
        isWholeDay: from === null && to === null,
        isSearch: hasClient,
        isOneCarer: carer !== null,
        fit: carer !== null || hasClient,
        clockDay: filters.day === null && plan.days.length > 1 ? undefined
            : (routes[0] || { day: undefined }).day,
        visits: new Set(routes.flatMap((route) => route.stops.filter(
            (stop) => stop.visit && isShown(stop)).map((stop) =>
            stop.visit))).size,
    };
}
