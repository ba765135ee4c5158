/* SPDX-License-Identifier: MIT */
/* Making elements. Texts only ever become text nodes and attributes: nothing
 * in the page is made from a string of markup, and its security policy
 * forbids it. */

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element. Functions among the attributes listen to the event of
 *  that name; null and false leave an attribute or a child out. */
function el(name, attributes, ...children) {
    return furnish(document.createElement(name), attributes, children);
}

/** An SVG element. */
function svg(name, attributes, ...children) {
    return furnish(document.createElementNS(SVG, name), attributes, children);
}

function furnish(node, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) {
        if (typeof value === 'function') {
            node.addEventListener(key, value);
        } else if (value !== null && value !== false && value !== undefined) {
            node.setAttribute(key, value === true ? '' : value);
        }
    }
    for (const child of children.flat(Infinity)) {
        if (child !== null && child !== false && child !== undefined) {
            node.append(child);
        }
    }
    return node;
}

/** An id from the data: in its own direction, whatever it is written in. */
function id(text) {
    return el('bdi', { class: 'id' }, text);
}

/** A table: heads are texts or [text, class], rows are lists of cells. */
function table(heads, rows, attributes) {
    const columns = heads.map((head) => Array.isArray(head) ? head
        : [head, null]);
    return el('table', attributes,
        el('thead', null, el('tr', null, columns.map(([text, kind]) =>
            el('th', { scope: 'col', class: kind }, text)))),
        el('tbody', null, rows.map((cells) => tableRow(cells, columns))));
}

function tableRow(cells, columns) {
    const row = document.createElement('tr');
    cells.forEach((cell, i) => {
        const node = document.createElement('td');
        if (columns[i][1]) {
            node.className = columns[i][1];
        }
        if (Array.isArray(cell)) {
            node.append(...cell);
        } else if (cell !== null && cell !== undefined) {
            node.append(cell);
        }
        row.append(node);
    });
    return row;
}

/** A section with a heading. */
function section(name, ...children) {
    return el('section', { id: name, 'aria-labelledby': `${name}-title` },
        el('h2', { id: `${name}-title` }, say(name)), ...children);
}

/** What floats beside the pointer; one for the whole page. */
const tip = {
    node: null,
    show(lines, x, y) {
        this.node.replaceChildren(...lines.map((line) =>
            el('div', null, line)));
        this.node.hidden = false;
        const wide = document.documentElement.clientWidth;
        const box = this.node.getBoundingClientRect();
        const left = Math.min(x + 14, wide - box.width - 8);
        const above = y + box.height + 24 > window.innerHeight;
        this.node.style.left = `${Math.max(8, left)}px`;
        this.node.style.top = `${above ? y - box.height - 12 : y + 16}px`;
    },
    hide() {
        this.node.hidden = true;
    },
};
