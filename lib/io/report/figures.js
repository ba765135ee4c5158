/* SPDX-License-Identifier: MIT */
/* Key figures: the few that matter most as cards, all of them as a table,
 * with bars when there is a plan to compare with. */

/* [name, how it is written, what is better: 1 more, -1 less, 0 neither] */
const FIGURES = [
    ['served', 'count', 1], ['left_out', 'count', -1],
    ['left_out_optional', 'count', -1], ['shifts_used', 'count', 0],
    ['duty', 'time', 0], ['service', 'time', 0], ['travel', 'time', -1],
    ['waiting', 'time', -1], ['overtime', 'time', -1],
    ['distance', 'metres', -1], ['client_share', 'share', 1],
    ['travel_share', 'share', -1], ['on_time_share', 'share', 1],
    ['carers_per_client', 'ratio', -1],
    ['max_carers_per_client', 'count', -1], ['max_heavy', 'count', -1],
];
const CARDS = ['served', 'travel', 'client_share', 'on_time_share',
    'overtime'];

function writeFigure(plan, kind, value) {
    switch (kind) {
    case 'time':
        return hoursMinutes(plan.seconds(value));
    case 'metres':
        return kilometres(value);
    case 'share':
        return say('percent', number(value / 10, 1));
    case 'ratio':
        return number(value / 1000, 2);
    default:
        return number(value);
    }
}

/* "−12,3 %", of shares the difference in points, of counts the difference:
 * from 2 to 5 visits is not "150 %". */
function writeChange(kind, before, after) {
    if (kind === 'share') {
        return say('points', signed((after - before) / 10));
    }
    if (kind === 'count') {
        return signed(after - before, 0);
    }
    return before === 0 ? signed(after, 0)
        : say('percent', signed(100 * (after - before) / before));
}

function signed(value, decimals = 1) {
    const text = number(value, decimals);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** "better", "worse", "same" or nothing at all. */
function judgeChange(better, before, after) {
    const change = Math.sign(after - before) * better;
    return after === before ? 'same'
        : change > 0 ? 'better' : change < 0 ? 'worse' : null;
}

function figuresSection(plan) {
    const before = plan.data.before;
    return section('figures', cards(plan),
        el('details', { class: 'all-figures' },
            el('summary', null, say('allFigures')),
            before ? comparison(plan, before) : listing(plan)),
        el('p', { class: 'note' },
            say(before ? 'figuresNote' : 'figuresNoteAlone')));
}

function cards(plan) {
    const { kpis, before } = plan.data;
    return el('ul', { class: 'cards' }, CARDS.map((name) => {
        const [, kind, better] = FIGURES.find((row) => row[0] === name);
        const text = name === 'served'
            ? say('of', number(kpis.served), number(kpis.visits))
            : writeFigure(plan, kind, kpis[name]);
        const verdict = before && judgeChange(better, before[name],
            kpis[name]);
        return el('li', { class: 'card' },
            el('span', { class: 'card-name' }, words.kpi[name]),
            el('span', { class: 'card-value' }, text),
            before && el('span', { class: `card-before ${verdict || ''}` },
                say('beforeIs', writeFigure(plan, kind, before[name])),
                verdict && verdict !== 'same' && ` (${say(verdict)})`),
            before && bars(before[name], kpis[name], kind === 'share'
                ? 1000 : name === 'served' ? kpis.visits : 0));
    }));
}

function listing(plan) {
    return table([say('figure'), [say('value'), 'number']],
        FIGURES.map(([name, kind]) => [words.kpi[name],
            writeFigure(plan, kind, plan.data.kpis[name])]),
        { class: 'figures narrow' });
}

function comparison(plan, before) {
    const after = plan.data.kpis;
    const rows = FIGURES.map(([name, kind, better]) => {
        const verdict = judgeChange(better, before[name], after[name]);
        return [words.kpi[name], writeFigure(plan, kind, before[name]),
            writeFigure(plan, kind, after[name]),
            el('span', { class: verdict },
                writeChange(kind, before[name], after[name])),
            verdict && el('span', { class: verdict }, say(verdict)),
            bars(before[name], after[name], kind === 'share' ? 1000 : 0)];
    });
    return table([say('figure'), [say('before'), 'number'],
        [say('after'), 'number'], [say('change'), 'number'], say('verdict'),
        [say('bars'), 'bars']], rows, { class: 'figures' });
}

/* Two bars on one scale; `full` is the whole of it, 0 the longer of them. */
function bars(before, after, full) {
    const most = full || Math.max(before, after, 1);
    const bar = (value, kind, y) => svg('rect', { class: kind, x: 0, y,
        height: 6, rx: 2, width: Math.max(value > 0 ? 1 : 0,
            200 * value / most) });
    return svg('svg', { class: 'bar', viewBox: '0 0 200 15', width: 200,
        height: 15, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    bar(before, 'bar-before', 0), bar(after, 'bar-after', 8));
}
