// Where a person writes, and types commands.

import { h, fill } from './dom.js';
import { page, working } from './workspace.js';

const box = document.getElementById('composer');
const drafts = new Map();
let drawn = '';

export function drawComposer(conversation) {
  const here = `${page.person} ${conversation.id}`;
  if (drawn === here) return;
  drawn = here;
  const where = conversation.kind === 'im' ? page.world.app.name : `#${conversation.name}`;
  const note = h('p', { class: 'error', role: 'alert', hidden: true });
  const commands = h('ul', { class: 'commands', hidden: true, 'aria-label': 'Commands' });
  const input = h('textarea', { rows: '1', 'aria-label': `Message ${where}`, placeholder: `Message ${where}, or type / for commands`, 'data-channel': conversation.id, autocomplete: 'off', spellcheck: 'true' });
  const send = h('button', { type: 'submit', class: 'act primary', 'aria-label': 'Send' }, '➤');
  const form = h('form', { onsubmit: (event) => { event.preventDefault(); say(); } }, input, send);
  input.value = drafts.get(here) || '';
  fill(box, note, commands, form);

  input.addEventListener('input', () => { drafts.set(here, input.value); grow(); hint(); note.hidden = true; });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
    if (event.key === 'Escape') commands.hidden = true;
  });

  function grow() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  }

  function hint() {
    const typed = input.value;
    const offered = typed.startsWith('/') && !typed.includes('\n') ? page.world.app.commands.filter((one) => one.command.startsWith(typed.split(' ')[0])) : [];
    commands.hidden = !offered.length;
    fill(commands, offered.flatMap((one) => [
      h('li', { class: 'muted' }, h('strong', {}, one.command), ` ${one.description}`),
      ...words(one).map((word) => h('li', {}, h('button', { type: 'button', onclick: () => { input.value = `${one.command} ${word}`; commands.hidden = true; say(); } }, `${one.command} ${word}`))),
    ]));
  }

  async function say() {
    const text = input.value.trim();
    if (!text || send.getAttribute('aria-busy') === 'true') return;
    commands.hidden = true;
    const command = text.startsWith('/');
    const answer = await working(send, command ? 'command' : 'say', { channel: conversation.id, text: command ? text : outgoing(text) });
    if (answer.ok) { input.value = ''; drafts.delete(here); grow(); }
    else { note.textContent = answer.sentence || answer.error; note.hidden = false; }
    if (drawn === here) input.focus();
  }
}

const words = (one) => (one.usage_hint || '').split('|').map((word) => word.trim()).filter((word) => /^[a-z]+$/.test(word));

// What a person typed, as Slack stores it: escaped, with @names as mentions.
function outgoing(text) {
  let out = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  for (const person of page.world.people) out = out.replaceAll(`@${person.name}`, `<@${person.id}>`);
  return out;
}

