// The request log: newest first, narrowed by words or to failures, each row opening to what was sent and answered.

import { h, fill } from './dom.js';
import { fullTime } from './dates.js';
import { get } from './workspace.js';

const LIMIT = 200;
const KEPT = 500;
let entries = [];
let words = '';
let failures = false;
let list = null;

export function forgetRequests() {
  entries = [];
  list = null;
}

// Bring the log in `body` up to date; the first call builds it.
export async function requests(body) {
  if (!list) build(body);
  const mine = list;
  try {
    const answer = await get('/practice/log', { after: entries[0]?.number || 0, limit: LIMIT });
    const known = entries[0]?.number || 0;
    const fresh = answer.entries.filter((entry) => entry.number > known);
    if (mine !== list) return;
    entries = [...fresh, ...entries].slice(0, KEPT);
    mine.prepend(...fresh.map(row));
    while (mine.children.length > KEPT) mine.lastChild.remove();
    narrow();
  } catch {
    mine.dataset.empty = 'The log could not be read.';
  }
}

function build(body) {
  list = h('div', { class: 'log', 'data-empty': 'Nothing yet. What the app asks and is told comes here.' });
  const search = h('input', { type: 'search', placeholder: 'Method, channel, words…', 'aria-label': 'Show requests that contain', value: words, oninput: () => { words = search.value; narrow(); } });
  const tick = h('input', { type: 'checkbox', checked: failures, onchange: () => { failures = tick.checked; narrow(); } });
  fill(body, h('div', { class: 'sieve' }, search, h('label', { class: 'tick' }, tick, 'Failures only')), list);
}

function narrow() {
  const asked = words.trim().toLowerCase();
  for (const node of list.children) node.hidden = (failures && !node.classList.contains('bad')) || (asked && !node.dataset.text.includes(asked));
  list.classList.toggle('none', ![...list.children].some((node) => !node.hidden));
}

const clock = (at) => new Date(at).toLocaleTimeString('en-US', { hour12: false });
const json = (label, value) => h('div', {}, h('h4', {}, label), h('pre', { tabindex: '0', 'aria-label': label }, h('code', {}, JSON.stringify(value, null, 2))));

function row(entry) {
  const out = entry.direction === 'to_app';
  const node = h('details', { class: entry.ok ? 'call' : 'call bad', 'data-text': JSON.stringify([entry.name, entry.error, entry.note, entry.request, entry.answer]).toLowerCase(), ontoggle: () => { if (node.open && node.children.length === 1) node.append(inside(entry)); } },
    h('summary', {},
      h('span', { class: 'way', 'aria-label': out ? 'To the app' : 'From the app', title: out ? 'To the app' : 'From the app' }, out ? '→' : '←'),
      h('span', { class: 'name' }, entry.name, entry.note ? h('small', { class: 'muted' }, ` ${entry.note}`) : null),
      h('span', { class: 'outcome' }, entry.ok ? 'ok' : entry.error || entry.status || 'failed'),
      h('span', { class: 'muted took' }, `${Math.round(entry.took_ms)} ms`)));
  return node;
}

const inside = (entry) => h('div', { class: 'inside' },
  h('p', { class: 'muted' }, h('time', { datetime: entry.at, title: fullTime(new Date(entry.at)) }, `At ${clock(entry.at)} in real time`), entry.status ? `, status ${entry.status}` : '', `, ${entry.took_ms} ms`),
  json('Request', entry.request), json('Answer', entry.answer));
