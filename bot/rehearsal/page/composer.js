// Where a person writes, and types commands; below the channel and below a thread.

import { completion } from './complete.js';
import { h, fill } from './dom.js';
import { page, working } from './workspace.js';

const drafts = new Map();
const TALLEST = 160;

export function composer(box) {
  let drawn = '';

  function draw(conversation, thread = '') {
    const here = [page.person, conversation.id, thread].join(' ');
    if (drawn === here) return;
    drawn = here;
    const where = conversation.kind === 'im' ? page.world.app.name : `#${conversation.name}`;
    const label = thread ? 'Reply in the thread' : `Message ${where}`;
    const note = h('p', { class: 'error', role: 'alert', hidden: true });
    const input = h('textarea', { rows: '1', 'aria-label': label, placeholder: thread ? 'Reply…' : `Message ${where}, or type / for commands`, 'data-channel': conversation.id, autocomplete: 'off', spellcheck: 'true' });
    const send = h('button', { type: 'submit', class: 'act primary', 'aria-label': 'Send' }, '➤');
    const form = h('form', { onsubmit: (event) => { event.preventDefault(); say(); } }, input, send);
    const offers = completion(input, conversation);
    input.value = drafts.get(here) || '';
    fill(box, note, offers.list, form);
    grow();

    input.addEventListener('input', () => { drafts.set(here, input.value); grow(); note.hidden = true; });
    input.addEventListener('keydown', (event) => {
      if (event.defaultPrevented) return;
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
    });

    function grow() {
      input.style.height = 'auto';
      input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
    }

    async function say() {
      const text = input.value.trim();
      if (!text || send.getAttribute('aria-busy') === 'true') return;
      offers.close();
      const command = text.startsWith('/');
      const body = { channel: conversation.id, text: command ? text : outgoing(text), ...(thread && !command ? { thread_ts: thread } : {}) };
      const answer = await working(send, command ? 'command' : 'say', body);
      if (answer.ok) { input.value = ''; drafts.delete(here); grow(); }
      else { note.textContent = answer.sentence || answer.error; note.hidden = false; }
      if (drawn === here && !document.querySelector('dialog[open]')) input.focus();
    }
  }

  return { draw };
}

// What a person typed, as Slack stores it: escaped, with @names as mentions, the longest name first.
function outgoing(text) {
  let out = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const longest = [...page.world.people].sort((one, other) => other.name.length - one.name.length);
  for (const person of longest) out = out.replaceAll(`@${person.name}`, `<@${person.id}>`);
  return out;
}
