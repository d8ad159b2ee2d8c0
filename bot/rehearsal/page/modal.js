// The modal on top of this person's stack. The browser's own dialog keeps the focus inside.

import { h, fill } from './dom.js';
import { renderBlocks } from './blocks.js';
import { plain } from './mrkdwn.js';
import { page, working, act } from './workspace.js';

const dialog = document.getElementById('modal');
let shown = null;

export function drawModal() {
  const view = page.screen.modals.at(-1);
  if (!view) {
    if (dialog.open) dialog.close();
    shown = null;
    return;
  }
  if (shown && shown.view.id === view.id && shown.view.hash === view.hash) return;
  const same = shown?.view.id === view.id;
  draw(view, same ? shown.surface.read() : {}, {});
}

function draw(view, drafts, errors) {
  const active = document.activeElement;
  const focused = dialog.contains(active) ? { block: active.dataset.blockId, action: active.dataset.actionId } : null;
  const surface = { where: { view_id: view.id }, state: view.state, drafts, errors, inputs: [] };
  surface.read = () => {
    const values = {};
    for (const input of surface.inputs) (values[input.block] ||= {})[input.action] = input.read();
    return values;
  };
  const scroll = shown?.view.id === view.id ? dialog.querySelector('.content')?.scrollTop || 0 : 0;
  shown = { view, surface };
  const submit = view.submit ? h('button', { type: 'submit', class: 'act primary' }, plain(view.submit)) : null;
  const form = h('form', { novalidate: true, onsubmit: (event) => { event.preventDefault(); send(submit); } },
    h('header', {},
      h('h2', { id: 'modal-title' }, h('span', { class: 'avatar app small', 'aria-hidden': 'true' }, '⚖️'), plain(view.title)),
      h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: closeTop }, '✕')),
    h('div', { class: 'content' }, h('p', { class: 'error whole', role: 'alert', hidden: true }), renderBlocks(view.blocks, surface)),
    h('footer', {}, h('button', { type: 'button', class: 'act', onclick: closeTop }, view.close ? plain(view.close) : view.submit ? 'Cancel' : 'Close'), submit));
  fill(dialog, form);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('.content').scrollTop = scroll;
  focusFirst(focused, errors);
}

function focusFirst(focused, errors) {
  const wrong = Object.keys(errors)[0];
  const quoted = (value) => CSS.escape(value);
  const again = focused?.action && dialog.querySelector(`[data-block-id="${quoted(focused.block || '')}"][data-action-id="${quoted(focused.action)}"]`);
  const bad = wrong && dialog.querySelector(`.block[data-block-id="${quoted(wrong)}"] :is(input, textarea, select)`);
  const target = bad || again || dialog.querySelector('[data-first]') || dialog.querySelector('.content :is(input, textarea, select)') || dialog.querySelector('footer .primary, footer button');
  target?.focus();
}

async function send(button) {
  if (!button || button.getAttribute('aria-busy') === 'true') return;
  const { view, surface } = shown;
  const values = surface.read();
  const answer = await working(button, 'submit', { view_id: view.id, values });
  if (answer.ok || shown?.view.id !== view.id) return;
  // What was chosen while the answer was on its way stays.
  if (answer.errors) draw(shown.view, shown.surface.read(), answer.errors);
  else {
    const whole = dialog.querySelector('.error.whole');
    whole.textContent = answer.sentence || answer.error;
    whole.hidden = false;
  }
}

function closeTop() {
  if (shown) act('close', { view_id: shown.view.id });
}

dialog.addEventListener('cancel', (event) => {
  event.preventDefault();
  closeTop();
});

dialog.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    dialog.querySelector('form')?.requestSubmit();
  }
});
