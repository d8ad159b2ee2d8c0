// A person's own review file, chosen or dropped, brought in by the command the workspace was started with.

import { h, fill } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { page } from './workspace.js';

const KINDS = /\.(csv|xlsx|json)$/i;
const dialog = document.getElementById('bring');
let busy = false;

export function openBring() {
  const input = h('input', { type: 'file', id: 'bring-file', accept: '.csv,.xlsx,.json', class: 'unseen', onchange: () => bring(input.files[0]) });
  const drop = h('label', { class: 'drop-here', for: 'bring-file' }, h('strong', {}, 'Choose a file'), h('span', {}, ' or drop it here'), h('small', {}, 'CSV, XLSX or JSON. It stays on this computer.'));
  const outcome = h('div', { class: 'outcome', role: 'status' });
  fill(dialog, h('header', {}, h('h2', { id: 'bring-title' }, 'Bring your own review'), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
    h('div', { class: 'content' }, input, drop, outcome),
    h('footer', {}, h('button', { type: 'button', class: 'act', onclick: () => dialog.close() }, 'Close')));
  for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add('over'); });
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove('over'); });
  drop.addEventListener('drop', (event) => bring(event.dataTransfer.files[0]));
  dialog.showModal();
  input.focus();
}

async function bring(file) {
  const outcome = dialog.querySelector('.outcome');
  if (!file || busy) return;
  if (!KINDS.test(file.name)) {
    fill(outcome, h('p', { class: 'error' }, `${file.name} is not a CSV, XLSX or JSON file. Save it as one of these and choose it again.`));
    return;
  }
  busy = true;
  fill(outcome, h('p', { class: 'moving' }, h('span', { class: 'turning', 'aria-hidden': 'true' }), `Reading ${file.name}`));
  const answer = await send(file);
  busy = false;
  fill(outcome,
    h('p', { class: answer.ok ? 'good' : 'error' }, ...mrkdwn(answer.sentence || (answer.ok ? `${file.name} is in.` : 'The file was not brought in.'))),
    answer.output ? h('pre', { tabindex: '0', 'aria-label': 'What the import said' }, h('code', {}, answer.output)) : null);
}

async function send(file) {
  try {
    const answer = await fetch(`/practice/bring?${new URLSearchParams({ name: file.name, as: page.person })}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
    return await answer.json();
  } catch {
    return { ok: false, sentence: 'The practice workspace did not answer. Is it still running?' };
  }
}
