/* SPDX-License-Identifier: MIT */
/* Numbers, spans, clocks and dates in the page's language. Time is seconds
 * from the problem's origin; the wall clock comes from the list of offsets
 * in the data, so neither the machine's zone nor its language plays a part. */

const DAY = 86400;
const HOUR = 3600;

const civil = { origin: null, offsets: [] };

/** 1 234,5 or 1,234.5 */
function number(value, decimals = 0) {
    const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.thousands);
    const isZero = !/[1-9]/.test(whole + (part || ''));
    return (value < 0 && !isZero ? '\u2212' : '') + grouped +
        (part ? words.decimal + part : '');
}

/** A span in minutes, with hours from sixty on. */
function span(seconds) {
    const all = Math.round(seconds / 60);
    if (all === 0 && seconds > 0) {
        return say('minutes', '<\u00a01');
    }
    const hours = Math.floor(all / 60);
    const minutes = all % 60;
    if (hours === 0) {
        return say('minutes', minutes);
    }
    return minutes === 0 ? say('hours', number(hours))
        : say('hoursMinutes', number(hours), minutes);
}

/** 103:31 */
function hoursMinutes(seconds) {
    const all = Math.round(Math.abs(seconds) / 60);
    return (seconds < 0 && all > 0 ? '\u2212' : '') +
        number(Math.floor(all / 60)) + ':' + two(all % 60);
}

function kilometres(metres) {
    return say('kilometres', number(metres / 1000, 1));
}

function two(value) {
    return String(value).padStart(2, '0');
}

/** Seconds that the wall clock shows since the first midnight of 1970, or
 *  since the origin when the problem names none. */
function wall(seconds) {
    if (civil.origin === null) {
        return seconds;
    }
    let ahead = 0;
    for (const [from, offset] of civil.offsets) {
        if (from > seconds && from !== civil.offsets[0][0]) {
            break;
        }
        ahead = offset;
    }
    return civil.origin + seconds + ahead;
}

/** The number of the local day. */
function dayOf(seconds) {
    return Math.floor(wall(seconds) / DAY);
}

/** 08:05, cut to the minute; on a day after `day` with the difference. */
function clock(seconds, day) {
    const at = Math.floor(wall(seconds) / 60);
    const minute = ((at % 1440) + 1440) % 1440;
    const text = two(Math.floor(minute / 60)) + ':' + two(minute % 60);
    const later = day === undefined ? 0 : dayOf(seconds) - day;
    return later === 0 ? text
        : text + (later > 0 ? '+' : '\u2212') + Math.abs(later);
}

/** mandag 2. februar 2026 */
function date(day) {
    if (civil.origin === null) {
        return say('dayNumber', day + 1);
    }
    const at = new Date(day * DAY * 1000);
    return say('date', words.weekdays[(at.getUTCDay() + 6) % 7],
        at.getUTCDate(), words.months[at.getUTCMonth()], at.getUTCFullYear());
}

/** A text that begins a sentence or a line. */
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
