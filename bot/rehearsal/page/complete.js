// Offers commands after "/" and people after "@" while somebody types; arrows choose, Enter or Tab takes, Escape leaves.

import { h, fill, freshId } from './dom.js';
import { page, personOf } from './workspace.js';

const words = (command) => (command.usage_hint || '').split('|').map((word) => word.trim()).filter((word) => /^[a-z-]+/.test(word));
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// An offer is what would be written instead of the last `length` characters, and how it reads.
function commands(typed) {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const offer = (text, detail) => ({ text, length: typed.length, name: text.trim(), detail });
  const all = page.world.app.commands.flatMap((one) => [
    offer(`${one.command} `, [one.description, one.usage_hint].filter(Boolean).join(' · ')),
    ...words(one).map((word) => offer(`${one.command} ${word.split(' ')[0]}`, '')),
  ]);
  return all.filter((one) => one.name.startsWith(typed.trimEnd()) && one.name !== typed.trimEnd());
}

const isCommand = (typed) => page.world.app.commands.some((one) => `${typed} `.startsWith(`${one.command} `));

function people(typed, conversation) {
  const found = /(?:^|\s)@([\p{L}\p{M}'’. -]{0,40})$/u.exec(typed);
  if (!found) return [];
  const asked = folded(found[1]);
  const fits = (person) => folded(person.name).startsWith(asked) || folded(person.name).split(/\s+/).some((word) => word.startsWith(asked));
  return conversation.members.map(personOf)
    .filter((person) => person && fits(person) && folded(person.name) !== asked)
    .slice(0, 8)
    .map((person) => ({ text: `@${person.name} `, length: found[1].length + 1, name: person.name, detail: person.role }));
}

export function completion(input, conversation) {
  const id = freshId('offers');
  const list = h('div', { class: 'offers', role: 'listbox', id, hidden: true, 'aria-label': 'Suggestions' });
  let offers = [];
  let at = -1;
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', id);

  function close() {
    offers = [];
    draw();
  }

  function draw() {
    list.hidden = !offers.length;
    fill(list, offers.map((one, i) => h('div', { role: 'option', id: `${id}-${i}`, 'aria-selected': String(i === at), onpointerdown: (event) => { event.preventDefault(); take(one); } }, h('strong', {}, one.name), ' ', h('span', { class: 'muted' }, one.detail))));
    if (at >= 0 && offers.length) {
      input.setAttribute('aria-activedescendant', `${id}-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function look() {
    const typed = input.value.slice(0, input.selectionStart);
    offers = [...commands(typed), ...people(typed, conversation)];
    // Words after a command are only suggestions: Enter sends what stands there until one is chosen.
    at = offers.length && !isCommand(typed) ? 0 : -1;
    draw();
  }

  function take(offer) {
    const caret = input.selectionStart;
    input.setRangeText(offer.text, caret - offer.length, caret, 'end');
    input.focus();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (offer.text.trimEnd() === offer.text) close();
  }

  input.addEventListener('input', look);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); at = at < 0 && step < 0 ? offers.length - 1 : (at + step + offers.length) % offers.length; draw(); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close(); }
    if ((event.key === 'Enter' && !event.shiftKey && at >= 0) || event.key === 'Tab') { event.preventDefault(); take(offers[Math.max(at, 0)]); }
  });
  return { list, close };
}
