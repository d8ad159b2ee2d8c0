// Small dialogs: a question before a step that cannot be taken back, and a menu that drops down.

import { h, fill, freshId } from './dom.js';
import { plain, textObject } from './mrkdwn.js';

export function confirmed(confirm) {
  const dialog = document.getElementById('confirm');
  return new Promise((resolve) => {
    let answer = false;
    const close = (value) => { answer = value; dialog.close(); };
    fill(dialog,
      h('h2', { id: 'confirm-title' }, plain(confirm.title)),
      h('div', { class: 'words' }, ...textObject(confirm.text)),
      h('footer', {},
        h('button', { type: 'button', class: 'act', onclick: () => close(false) }, plain(confirm.deny)),
        h('button', { type: 'button', class: `act ${confirm.style || 'primary'}`, autofocus: true, onclick: () => close(true) }, plain(confirm.confirm))));
    dialog.addEventListener('close', () => resolve(answer), { once: true });
    dialog.showModal();
  });
}

// A button that opens a menu; returns the button, inside its wrapper. `items`: {label, detail, chosen}.
export function menu(face, label, items, attributes = {}) {
  const id = freshId('menu');
  const list = h('div', { class: 'drop', role: 'menu', id, hidden: true, 'aria-label': label },
    items.map((item) => h('button', { type: 'button', role: 'menuitem', onclick: () => { show(false); item.chosen(); } }, item.label, item.detail ? h('small', {}, item.detail) : null)));
  const opener = h('button', { type: 'button', class: 'quiet more', 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': id, onclick: () => show(list.hidden), ...attributes }, face);
  const wrapper = h('span', { class: 'menu' }, opener, list);
  const outside = (event) => { if (!wrapper.contains(event.target)) show(false); };
  function show(open) {
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    document[open ? 'addEventListener' : 'removeEventListener']('pointerdown', outside);
    if (open) list.firstElementChild?.focus();
  }
  wrapper.addEventListener('keydown', (event) => {
    const entries = [...list.children];
    const at = entries.indexOf(document.activeElement);
    if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); event.stopPropagation(); show(false); opener.focus(); }
    if (event.key === 'ArrowDown' && !list.hidden) { event.preventDefault(); entries[(at + 1) % entries.length].focus(); }
    if (event.key === 'ArrowUp' && !list.hidden) { event.preventDefault(); entries[(at - 1 + entries.length) % entries.length].focus(); }
  });
  return opener;
}
