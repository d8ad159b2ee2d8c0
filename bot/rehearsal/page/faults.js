// Faults on demand: each kind with its fields and a button, and those at work with an Undo.

import { h, fill, freshId } from './dom.js';
import { humans, page, toast } from './workspace.js';

const ADDRESS = '/practice/faults';

async function ask(path = '', method = 'GET', body = null) {
  const answer = await fetch(ADDRESS + path, { method, ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}) });
  if (!answer.ok && method === 'GET') throw new Error(String(answer.status));
  return answer.json();
}

// Whether this workspace knows faults at all.
export const faultsKnown = async () => {
  try { return Boolean((await ask()).kinds); } catch { return false; }
};

export async function drawFaults(body) {
  const { kinds, faults, methods } = await ask();
  const title = (kind) => kinds.find((one) => one.kind === kind)?.title || kind;
  fill(body,
    h('section', { class: 'at-work', tabindex: '-1', 'aria-label': 'Faults at work' },
      h('h3', {}, 'At work'),
      faults.length ? h('ul', {}, faults.map((fault) => h('li', {}, h('span', {}, `${title(fault.kind)} `, h('small', { class: 'muted' }, said(fault))), h('button', { type: 'button', class: 'act small', 'aria-label': `Undo: ${title(fault.kind)}`, onclick: () => change(body, `/${encodeURIComponent(fault.id)}`, 'DELETE') }, 'Undo'))))
        : h('p', { class: 'muted' }, 'None. Everything works as it should.'),
      faults.length > 1 ? h('button', { type: 'button', class: 'act small', onclick: () => change(body, '', 'DELETE') }, 'Undo all') : null),
    h('h3', {}, 'Add a fault'),
    kinds.map((kind) => form(kind, methods, body)),
    h('datalist', { id: 'methods' }, ['*', ...methods].map((name) => h('option', { value: name }))));
}

const HIDDEN = ['id', 'kind', 'left'];

function said(fault) {
  const parts = Object.entries(fault).filter(([name, value]) => !HIDDEN.includes(name) && value !== null && value !== '').map(([name, value]) => `${name} ${value}`);
  if (fault.left !== null && fault.left !== undefined) parts.push(`${fault.left} left`);
  return parts.join(', ');
}

async function change(body, path, method, content) {
  const answer = await ask(path, method, content);
  if (!answer.ok) toast(answer.sentence || answer.error, true);
  await drawFaults(body);
  body.querySelector('.at-work').focus();
}

function form(kind, methods, body) {
  const fields = kind.fields.map((field) => ({ field, ...entry(field) }));
  const node = h('form', { class: 'fault', onsubmit: (event) => {
    event.preventDefault();
    change(body, '', 'POST', { kind: kind.kind, ...Object.fromEntries(fields.map(({ field, read }) => [field.name, read()])) });
  } }, h('p', {}, h('strong', {}, kind.title)),
  h('div', { class: 'entries' }, fields.map((one) => one.node), h('button', { type: 'submit', class: 'act small', 'aria-label': `Add: ${kind.title}` }, 'Add')));
  return node;
}

const people = () => humans().map((person) => [person.id, person.name]);
const channels = () => page.world.channels.map((found) => [found.id, `#${found.name}`]);

function entry(field) {
  const id = freshId('fault');
  const input = field.type === 'person' || field.type === 'channel'
    ? h('select', { id }, [...(field.default === '' ? [['', 'Any']] : []), ...(field.type === 'person' ? people() : channels())].map(([value, label]) => h('option', { value }, label)))
    : h('input', { id, ...({ number: { type: 'number', step: 'any' }, flag: { type: 'checkbox' }, method: { type: 'text', list: 'methods' } }[field.type] || { type: 'text' }) });
  if (field.type === 'flag') input.checked = Boolean(field.default);
  else if (field.default !== null && field.default !== undefined) input.value = field.default;
  const reads = { flag: () => input.checked, number: () => (input.value === '' ? null : Number(input.value)) };
  return { node: h('label', { for: id, class: field.type === 'flag' ? 'tick' : '' }, h('span', {}, field.label), input), read: reads[field.type] || (() => input.value) };
}
