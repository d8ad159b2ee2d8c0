// A menu whose options the app names while one types: external_select and multi_external_select.

import { h, fill, freshId } from './dom.js';
import { plain } from './mrkdwn.js';
import { act } from './workspace.js';

const PAUSE_MS = 200;
const labels = new Map();

const remember = (option) => { labels.set(option.value, plain(option.text)); return option.value; };

// The values that a state or an element holds, as plain text remembers their labels.
export function recall(state) {
  for (const option of [state?.selected_option, ...(state?.selected_options || [])]) if (option) remember(option);
}

// `place` is what a suggestion is asked for: where, block_id and action_id.
export function typeahead(element, value, name, changed, place) {
  const several = element.type.startsWith('multi_');
  const least = element.min_query_length ?? 3;
  const id = freshId('found');
  let chosen = [value].flat().filter(Boolean);
  let found = [];
  let at = -1;
  let timer = null;
  const chips = h('span', { class: 'chips' });
  const input = h('input', { ...name, type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-expanded': 'false', autocomplete: 'off', placeholder: plain(element.placeholder) || 'Type to search…' });
  const list = h('div', { class: 'offers below', role: 'listbox', id, hidden: true, 'aria-label': 'Suggestions' });
  const read = () => (several ? chosen : chosen[0] || null);

  function set(next) {
    chosen = next;
    input.value = '';
    show([]);
    drawChips();
    changed(read());
    input.focus();
  }

  function drawChips() {
    fill(chips, chosen.map((one) => h('span', { class: 'chip' }, labels.get(one) || one, h('button', { type: 'button', class: 'quiet', 'aria-label': `Take off ${labels.get(one) || one}`, onclick: () => set(chosen.filter((other) => other !== one)) }, '✕'))));
  }

  function show(options, note = '') {
    found = options;
    at = options.length ? 0 : -1;
    list.hidden = !options.length && !note;
    input.setAttribute('aria-expanded', String(!list.hidden));
    fill(list, note ? h('p', { class: 'muted' }, note) : null, options.map((one, i) => h('div', { role: 'option', id: `${id}-${i}`, onpointerdown: (event) => { event.preventDefault(); take(one); } }, labels.get(one) || one)));
    mark();
  }

  function mark() {
    [...list.querySelectorAll('[role="option"]')].forEach((node, i) => node.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) input.setAttribute('aria-activedescendant', `${id}-${at}`);
    else input.removeAttribute('aria-activedescendant');
  }

  const take = (one) => set(several ? [...chosen.filter((other) => other !== one), one].slice(0, element.max_selected_items || undefined) : [one]);

  async function look() {
    const words = input.value;
    if (words.length < least) { show([], words ? `Type at least ${least} letters.` : ''); return; }
    const answer = await act('suggest', { ...place, value: words });
    if (words !== input.value) return;
    const options = [...(answer.options || []), ...(answer.option_groups || []).flatMap((group) => group.options)];
    show(options.map(remember), options.length ? '' : answer.ok ? 'Nothing fits these words.' : answer.sentence || 'The app did not answer.');
  }

  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, PAUSE_MS); });
  input.addEventListener('focus', () => { if (!least && list.hidden) look(); });
  input.addEventListener('blur', () => show([]));
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { event.preventDefault(); at = (at + step + found.length) % found.length; mark(); }
    if (event.key === 'Enter' && at >= 0) { event.preventDefault(); take(found[at]); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); show([]); }
  });
  drawChips();
  return { node: h('div', { class: 'several search' }, chips, h('span', { class: 'within' }, input, list)), read };
}
