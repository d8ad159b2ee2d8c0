// Blocks, as they look in a message, a modal or the Home tab.

import { h, freshId } from './dom.js';
import { choice, held } from './choices.js';
import { confirmed, menu } from './dialogs.js';
import { markdown, table } from './markdown.js';
import { plain, richText, textObject } from './mrkdwn.js';
import { recall } from './typeahead.js';
import { working } from './workspace.js';

// `surface` says where the blocks are: {where: what a click sends, state, drafts (a modal's), errors (a modal's)}.
export function renderBlocks(blocks, surface) {
  return blocks.map((block) => {
    const node = (DRAW[block.type] || unknown)(block, surface);
    node.classList.add('block', `is-${block.type}`);
    node.dataset.blockId = block.block_id;
    return node;
  });
}

const DRAW = {
  divider: () => h('hr'),
  header: (block) => h('h3', {}, plain(block.text)),
  rich_text: (block) => h('div', {}, ...richText(block)),
  markdown: (block) => h('div', {}, ...markdown(block.text)),
  table: (block) => h('div', {}, table(block)),
  context: (block) => h('div', {}, block.elements.map((one) => (one.type === 'image' ? picture(one, 'thumb') : h('span', {}, ...textObject(one))))),
  image: (block) => h('figure', {}, block.title ? h('figcaption', {}, plain(block.title)) : null, picture(block, 'large')),
  actions: (block, surface) => h('div', {}, block.elements.map((element) => control(element, block, surface))),
  section: (block, surface) => h('div', {},
    h('div', { class: 'body' },
      block.text ? h('div', { class: 'text' }, ...textObject(block.text)) : null,
      block.fields ? h('div', { class: 'fields' }, block.fields.map((field) => h('div', {}, ...textObject(field)))) : null),
    block.accessory ? h('div', { class: 'accessory' }, block.accessory.type === 'image' ? picture(block.accessory, 'side') : control(block.accessory, block, surface)) : null),
  input: (block, surface) => field(block, surface),
};

const unknown = (block) => h('p', { class: 'muted' }, `A block of type ${block.type}.`);

function picture(one, size) {
  const address = one.slack_file ? `/files/${one.slack_file.id || String(one.slack_file.url).split('/').pop()}` : one.image_url;
  const inside = address.startsWith('/') || address.startsWith(`${location.origin}/`);
  if (inside) return h('img', { src: address, alt: one.alt_text, class: size });
  return h('span', { class: `elsewhere ${size}`, role: 'img', 'aria-label': one.alt_text, title: 'Pictures from elsewhere are not fetched here' }, '🖼️ ', one.alt_text);
}

function stateOf(element, block, surface) {
  const state = surface.state?.values?.[block.block_id]?.[element.action_id];
  recall(state);
  return state;
}

const placeOf = (element, block, surface) => ({ ...surface.where, block_id: block.block_id, action_id: element.action_id });
const marks = (element, block) => ({ 'data-action-id': element.action_id, 'data-block-id': block.block_id });

async function dispatch(node, element, block, surface, selected) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  const values = surface.read ? surface.read() : undefined;
  await working(node, 'click', { ...surface.where, block_id: block.block_id, action_id: element.action_id, selected, values });
}

function control(element, block, surface) {
  if (element.type === 'button') return button(element, block, surface);
  if (element.type === 'overflow') {
    const items = element.options.map((option) => ({ label: plain(option.text), detail: plain(option.description), chosen: () => {
      if (option.url) window.open(option.url, '_blank', 'noopener');
      dispatch(opener, element, block, surface, option.value);
    } }));
    const opener = menu('⋯', 'More actions', items, marks(element, block));
    return opener.parentNode;
  }
  const label = plain(element.placeholder) || plain(block.text) || 'Choose';
  const value = held(stateOf(element, block, surface));
  const made = choice(element, value, { ...marks(element, block), 'aria-label': label }, (selected) => dispatch(made.node, element, block, surface, selected), placeOf(element, block, surface));
  surface.inputs?.push({ block: block.block_id, action: element.action_id, read: made.read });
  return made.node;
}

function button(element, block, surface) {
  const label = plain(element.text);
  const node = h('button', {
    type: 'button', class: `act ${element.style || ''}`, 'aria-label': element.accessibility_label || null, ...marks(element, block),
    onclick: () => {
      if (element.url && /^https?:/.test(element.url)) window.open(element.url, '_blank', 'noopener');
      if (node.getAttribute('aria-busy') !== 'true') dispatch(node, element, block, surface);
    },
  }, label);
  return node;
}

function field(block, surface) {
  const element = block.element;
  const id = freshId('field');
  const hint = block.hint ? h('p', { class: 'hint', id: `${id}-hint` }, plain(block.hint)) : null;
  const error = surface.errors?.[block.block_id];
  const grouped = ['checkboxes', 'radio_buttons'].includes(element.type);
  const name = {
    id: grouped ? null : id, 'data-block-id': block.block_id, 'data-action-id': element.action_id,
    'aria-labelledby': grouped || element.type.startsWith('multi_') ? `${id}-label` : null,
    'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || null,
    'aria-invalid': error ? 'true' : null, 'aria-required': block.optional ? null : 'true',
  };
  const draft = surface.drafts?.[block.block_id]?.[element.action_id];
  const value = draft !== undefined ? draft : held(stateOf(element, block, surface));
  const made = choice(element, value, name, (selected, event) => {
    if (block.dispatch_action) { event?.preventDefault(); dispatch(made.node, element, block, surface, selected); }
  }, placeOf(element, block, surface));
  if (element.focus_on_load) made.node.dataset.first = 'true';
  surface.inputs?.push({ block: block.block_id, action: element.action_id, read: made.read });
  const most = element.type === 'plain_text_input' && element.max_length;
  return h('div', { class: error ? 'field wrong' : 'field' },
    h(grouped ? 'span' : 'label', { for: grouped ? null : id, id: `${id}-label`, class: 'label' }, plain(block.label), block.optional ? h('span', { class: 'muted' }, ' (optional)') : null),
    made.node, error ? h('p', { class: 'error', id: `${id}-error`, role: 'alert' }, error) : null, hint, most ? counter(made.node, most) : null);
}

function counter(node, most) {
  const shown = h('span', { class: 'counter', 'aria-hidden': 'true' });
  const draw = () => { shown.textContent = node.value.length > most * 0.8 ? `${most - node.value.length} left` : ''; };
  node.addEventListener('input', draw);
  draw();
  return shown;
}

