// A file field of a modal: the file goes to the workspace when it is chosen, and its id is what the field holds.

import { h, fill } from './dom.js';
import { page } from './workspace.js';

const names = new Map();

export function upload(element, value, name, changed, place) {
  let held = [...(value || [])];
  const most = element.max_files || 10;
  const kinds = (element.filetypes || []).map((kind) => `.${kind}`).join(',');
  const input = h('input', { ...name, type: 'file', multiple: most > 1, accept: kinds || null, onchange: send });
  const chips = h('span', { class: 'chips' });
  const note = h('p', { class: 'error', role: 'alert', hidden: true });

  function set(next) {
    held = next;
    fill(chips, held.map((id) => h('span', { class: 'chip' }, `📎 ${names.get(id) || id}`, h('button', { type: 'button', class: 'quiet', 'aria-label': `Take off ${names.get(id) || id}`, onclick: () => { set(held.filter((other) => other !== id)); changed(held); } }, '✕'))));
  }

  async function send() {
    note.hidden = true;
    input.setAttribute('aria-busy', 'true');
    for (const file of input.files) {
      const answer = await post(file, place);
      if (answer.ok) { names.set(answer.file.id, file.name); set([...held, answer.file.id].slice(-most)); }
      else { note.textContent = answer.sentence || answer.error; note.hidden = false; }
    }
    input.removeAttribute('aria-busy');
    input.value = '';
    changed(held);
  }

  set(held);
  return { node: h('div', { class: 'several' }, chips, input, note), read: () => held };
}

async function post(file, place) {
  const body = new FormData();
  for (const [key, one] of Object.entries({ as: page.person, ...place })) body.append(key, one);
  body.append('file', file, file.name);
  try {
    return await (await fetch('/practice/upload', { method: 'POST', body })).json();
  } catch {
    return { ok: false, sentence: `${file.name} could not be sent to the practice workspace.` };
  }
}
