/* SPDX-License-Identifier: MIT */
/* Every text of the page, in both languages. {0}, {1} are filled in by
 * say(); a list is one thing, and several. */

const WORDS = {
    nb: {
        title: 'Runder',
        decimal: ',', thousands: '\u00a0',
        weekdays: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag',
            'lørdag', 'søndag'],
        months: ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli',
            'august', 'september', 'oktober', 'november', 'desember'],
        date: '{0} {1}. {2} {3}', dayNumber: 'dag {0}',
        hours: '{0} t', minutes: '{0} min', hoursMinutes: '{0} t {1} min',
        kilometres: '{0} km', percent: '{0} %', points: '{0} pp',
        print: 'Skriv ut', madeBy: 'Laget med Runde {0}',
        nVisits: ['{0} besøk', '{0} besøk'],
        nRounds: ['{0} runde', '{0} runder'],
        nCarers: ['{0} pleier', '{0} pleiere'],
        nShifts: ['{0} vakt', '{0} vakter'],

        filters: 'Utvalg', day: 'Dag', allDays: 'Alle dager',
        carer: 'Pleier', allCarers: 'Alle pleiere',
        client: 'Bruker', clientHint: 'del av id',
        from: 'Fra', to: 'Til', start: 'start', finish: 'slutt',
        reset: 'Vis alt', shown: 'Viser {0} og {1}.',
        nothing: 'Ingen runder passer til utvalget.',

        figures: 'Nøkkeltall', figure: 'Nøkkeltall', before: 'Før',
        after: 'Nå', change: 'Endring', bars: 'Før og nå',
        allFigures: 'Alle nøkkeltall', verdict: 'Vurdering',
        value: 'Verdi', better: 'bedre', worse: 'dårligere', same: 'likt',
        beforeIs: 'før: {0}', of: '{0} av {1}',
        figuresNote: 'Tallene er regnet ut på nytt fra besøk og plan. ' +
            '«Før» er planen det sammenlignes med.',
        figuresNoteAlone: 'Tallene er regnet ut på nytt fra besøk og plan.',
        kpi: {
            served: 'Besøk utført', left_out: 'Utelatt, må-besøk',
            left_out_optional: 'Utelatt, kan-besøk',
            shifts_used: 'Vakter i bruk', duty: 'Arbeidstid',
            service: 'Tid hos brukere', travel: 'Kjøretid',
            distance: 'Kjørelengde', waiting: 'Ventetid',
            overtime: 'Overtid', client_share: 'Brukertid av arbeidstid',
            travel_share: 'Kjøring av arbeidstid',
            on_time_share: 'I ønsket tidsrom',
            carers_per_client: 'Pleiere per bruker, snitt',
            max_carers_per_client: 'Pleiere per bruker, flest',
            max_heavy: 'Tunge besøk på én pleier, flest',
        },

        map: 'Kart', mapLabel: 'Kart over rundene. Piltaster flytter, ' +
            'pluss og minus endrer målestokk.',
        zoomIn: 'Zoom inn', zoomOut: 'Zoom ut', zoomAll: 'Hele kartet',
        noMap: 'Ingen av stedene har koordinater.',
        straight: 'Rette linjer mellom stedene, ikke veier.',
        mapHint: 'Velg en runde i kartet eller listen. Ctrl + hjul zoomer.',
        north: 'N ↑',
        time: 'Tid',

        chart: 'Tidslinje',
        chartLabel: 'Tidslinje. Piltaster går fra stopp til stopp, Enter ' +
            'velger pleieren. Det samme står i listene under.',
        chartHint: 'Pek på et besøk for å se tidsrom og koblinger. Velg en ' +
            'pleier for å se runden stopp for stopp.',
        allHours: 'Vis alle timer: {0} går utenfor',
        usualHours: 'Vis bare de vanlige timene',
        legend: 'Tegnforklaring', visit: 'besøk', visits: 'Besøk',
        lateVisit: 'etter ønsket tid', earlyVisit: 'før ønsket tid',
        travel: 'kjøring', waiting: 'venting', setup: 'forberedelse',
        pause: 'pause', activity: 'fast oppgave', shift: 'vakt',
        overtime: 'overtid', crew: 'flere sammen', linked: 'koblede besøk',
        window: 'tillatt start', preferred: 'ønsket tidsrom',
        home: 'tilbake', byMode: 'med {0}',
        modes: { car: 'med bil', bicycle: 'på sykkel', walk: 'til fots' },

        byCarer: 'Per pleier', byClient: 'Per bruker',
        stop: 'Stopp', arrival: 'Ankomst', begins: 'Start', ends: 'Slutt',
        drive: 'Kjøring', wait: 'Vent', note: 'Merknad', wished: 'Ønsket',
        allowed: 'Tillatt start', carers: 'Pleiere', need: 'Krever',
        together: 'sammen med {0}',
        lateBy: '{0} for sent', earlyBy: '{0} for tidlig',
        linkedTo: 'koblet til {0} kl. {1} ({2})', estimated: 'kjøretid anslått',
        summary: '{0}, kjøring {1} ({2}), venting {3}',
        over: 'overtid {0}', more: 'Vis {0} til', notServed: 'utelatt',
        anyTime: 'når som helst', earliest: 'fra {0}', latest: 'til {0}',

        leftOut: 'Utelatt', leftOutNone: 'Alle besøk er med i planen.',
        priority: 'Prioritet', optional: 'kan-besøk', duration: 'Varighet',
        reasons: 'Hvorfor ikke', relaxations: 'Hva som ville hjelpe',
        reasonShifts: '{0}: {1}',
        reason: {
            no_shift: 'det finnes ingen vakt',
            pinned: 'besøket er låst til en annen vakt',
            carer: 'pleieren er utelukket eller ikke blant de påkrevde',
            skill: 'pleieren mangler kompetanse eller nivå',
            unreachable: 'det går ingen vei dit og tilbake',
            window: 'vakt og tidsrom møtes ikke',
            absence: 'bare mulig mens brukeren er borte',
            load: 'grensen for en belastning er nådd',
            linked_carer: 'et koblet besøk krever samme eller en annen ' +
                'pleier',
            rest: 'hviletiden ville bli for kort',
            hours: 'arbeidstiden ville bli for lang',
            link: 'avstanden i tid til andre besøk passer ikke',
            no_time: 'ingen ledig tid i runden er lang nok',
            crew: 'for få pleiere passer samtidig',
            limit: 'passer, men en fast grense ville bli overskredet',
            price: 'passer, men er billigere å utelate',
            search: 'passer, men søket stoppet før det kom med',
        },
        nearest: 'nærmest: {0}', missing: 'mangler {0}',

        checks: 'Kontroll', rulesFine: 'Planen bryter ingen regler.',
        rulesBroken: ['Planen bryter {0} regel.',
            'Planen bryter {0} regler.'],
        rule: 'Regel', sentence: 'Hva (engelsk)', code: 'Kode',
        warnings: 'Varsler om besøksfilen', price: 'Pris per kriterium',
        criterion: 'Kriterium', amount: 'Mengde', cost: 'Pris',
        privacy: 'Siden inneholder ider og posisjoner. Den henter ' +
            'ingenting og sender ingenting.',
    },
    en: {
        title: 'Rounds',
        decimal: '.', thousands: ',',
        weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday',
            'Saturday', 'Sunday'],
        months: ['January', 'February', 'March', 'April', 'May', 'June',
            'July', 'August', 'September', 'October', 'November',
            'December'],
        date: '{0} {1} {2} {3}', dayNumber: 'day {0}',
        hours: '{0} h', minutes: '{0} min', hoursMinutes: '{0} h {1} min',
        kilometres: '{0} km', percent: '{0} %', points: '{0} pp',
        print: 'Print', madeBy: 'Made with Runde {0}',
        nVisits: ['{0} visit', '{0} visits'],
        nRounds: ['{0} round', '{0} rounds'],
        nCarers: ['{0} carer', '{0} carers'],
        nShifts: ['{0} shift', '{0} shifts'],

        filters: 'Selection', day: 'Day', allDays: 'All days',
        carer: 'Carer', allCarers: 'All carers',
        client: 'Client', clientHint: 'part of the id',
        from: 'From', to: 'To', start: 'start', finish: 'end',
        reset: 'Show all', shown: '{0} and {1} shown.',
        nothing: 'No round fits the selection.',

        figures: 'Key figures', figure: 'Key figure', before: 'Before',
        after: 'Now', change: 'Change', bars: 'Before and now',
        allFigures: 'All key figures', verdict: 'Verdict',
        value: 'Value', better: 'better', worse: 'worse', same: 'same',
        beforeIs: 'before: {0}', of: '{0} of {1}',
        figuresNote: 'All figures are computed again from visits and plan. ' +
            '“Before” is the plan compared with.',
        figuresNoteAlone: 'All figures are computed again from visits and ' +
            'plan.',
        kpi: {
            served: 'Visits served', left_out: 'Left out, mandatory',
            left_out_optional: 'Left out, optional',
            shifts_used: 'Shifts used', duty: 'Working time',
            service: 'Time with clients', travel: 'Driving',
            distance: 'Distance', waiting: 'Waiting', overtime: 'Overtime',
            client_share: 'With clients, of working time',
            travel_share: 'Driving, of working time',
            on_time_share: 'In the wished window',
            carers_per_client: 'Carers per client, mean',
            max_carers_per_client: 'Carers per client, most',
            max_heavy: 'Heavy visits on one carer, most',
        },

        map: 'Map', mapLabel: 'Map of the rounds. Arrow keys move it, plus ' +
            'and minus change the scale.',
        zoomIn: 'Zoom in', zoomOut: 'Zoom out', zoomAll: 'Whole map',
        noMap: 'None of the places has coordinates.',
        straight: 'Straight lines between places, not roads.',
        mapHint: 'Pick a round on the map or in the list. Ctrl + wheel ' +
            'zooms.',
        north: 'N ↑',
        time: 'Time',

        chart: 'Time chart',
        chartLabel: 'Time chart. Arrow keys go from stop to stop, Enter ' +
            'picks the carer. The lists below hold the same.',
        chartHint: 'Point at a visit to see its windows and links. Pick a ' +
            'carer to see the round stop by stop.',
        allHours: 'Show all hours: {0} outside these',
        usualHours: 'Show the usual hours only',
        legend: 'Legend', visit: 'visit', visits: 'Visits',
        lateVisit: 'after the wished time', earlyVisit: 'before it',
        travel: 'driving', waiting: 'waiting', setup: 'setup',
        pause: 'break', activity: 'fixed task', shift: 'shift',
        overtime: 'overtime', crew: 'several together',
        linked: 'linked visits',
        window: 'allowed start', preferred: 'wished window',
        home: 'back', byMode: 'by {0}',
        modes: { car: 'by car', bicycle: 'by bicycle', walk: 'on foot' },

        byCarer: 'By carer', byClient: 'By client',
        stop: 'Stop', arrival: 'Arrival', begins: 'Start', ends: 'End',
        drive: 'Drive', wait: 'Wait', note: 'Note', wished: 'Wished',
        allowed: 'Allowed start', carers: 'Carers', need: 'Needs',
        together: 'together with {0}',
        lateBy: '{0} late', earlyBy: '{0} early',
        linkedTo: 'linked to {0} at {1} ({2})',
        estimated: 'driving time estimated',
        summary: '{0}, driving {1} ({2}), waiting {3}',
        over: 'overtime {0}', more: 'Show {0} more', notServed: 'left out',
        anyTime: 'any time', earliest: 'from {0}', latest: 'until {0}',

        leftOut: 'Left out', leftOutNone: 'Every visit is in the plan.',
        priority: 'Priority', optional: 'optional', duration: 'Duration',
        reasons: 'Why not', relaxations: 'What would help',
        reasonShifts: '{0}: {1}',
        reason: {
            no_shift: 'there is no shift at all',
            pinned: 'the visit is pinned to another shift',
            carer: 'the carer is ruled out, or not among the required',
            skill: 'the carer lacks a skill or its level',
            unreachable: 'no road leads there and back',
            window: 'shift and time windows do not meet',
            absence: 'possible only while the client is away',
            load: 'the most of a load is reached',
            linked_carer: 'a linked visit asks for the same carer, or for ' +
                'another one',
            rest: 'the rest would be too short',
            hours: 'the carer would work too long',
            link: 'the gaps to other visits do not fit',
            no_time: 'no gap in the round is long enough',
            crew: 'too few carers fit at the same time',
            limit: 'it fits, but a hard limit would be exceeded',
            price: 'it fits, but leaving it out is cheaper',
            search: 'it fits, but the search ended before it did',
        },
        nearest: 'nearest: {0}', missing: '{0} missing',

        checks: 'Check', rulesFine: 'The plan breaks no rule.',
        rulesBroken: ['The plan breaks {0} rule.',
            'The plan breaks {0} rules.'],
        rule: 'Rule', sentence: 'What', code: 'Code',
        warnings: 'Warnings about the visit file',
        price: 'Price by criterion',
        criterion: 'Criterion', amount: 'Amount', cost: 'Cost',
        privacy: 'The page holds ids and positions. It fetches nothing and ' +
            'sends nothing.',
    },
};

let words = WORDS.nb;

/** The text of a key with its gaps filled. */
function say(key, ...values) {
    return fill(words[key], values);
}

/** As say() for a text with a form for one and a form for several. */
function sayCount(key, count) {
    return fill(words[key][count === 1 ? 0 : 1], [number(count)]);
}

function fill(text, values) {
    return text.replace(/\{(\d)\}/g, (_, index) => values[index]);
}
