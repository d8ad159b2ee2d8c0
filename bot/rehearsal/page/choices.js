// Inputs: each is a node plus a way to read what it holds, in the plain form the workspace understands.

import { fromField, toField } from './dates.js';
import { h, freshId } from './dom.js';
import { plain, textObject } from './mrkdwn.js';
import { typeahead } from './typeahead.js';
import { upload } from './upload.js';
import { page } from './workspace.js';

// What Slack's state says an element holds, in plain form.
export function held(state) {
  if (!state) return null;
  const value = Object.entries(state).find(([key]) => key !== 'type')?.[1];
  if (Array.isArray(value)) return value.map((one) => (one && typeof one === 'object' ? one.value ?? one.id : one));
  return value && typeof value === 'object' ? value.value : (value ?? null);
}

const groupsOf = (element) => element.option_groups || [{ label: null, options: element.options || [] }];
const people = () => page.world.people.filter((person) => !person.is_bot);
const person = (one) => ({ value: one.id, label: one.role ? `${one.name} (${one.role})` : one.name });

function offered(element) {
  if (element.type.endsWith('users_select')) return [{ label: '', options: people().map(person) }];
  if (element.type.endsWith('channels_select') || element.type.endsWith('conversations_select')) {
    const kinds = element.filter?.include;
    const channels = page.screen.conversations.filter((found) => found.kind !== 'im' && (!kinds || kinds.includes(found.kind)));
    const groups = [{ label: '', options: channels.map((found) => ({ value: found.id, label: `#${found.name}` })) }];
    return groups;
  }
  return groupsOf(element).map((group) => ({
    label: plain(group.label),
    options: group.options.map((option) => ({ value: option.value, label: plain(option.text) })),
  }));
}

function optionNodes(element, skip = []) {
  return offered(element).flatMap((group) => {
    const nodes = group.options.filter((one) => !skip.includes(one.value)).map((one) => h('option', { value: one.value }, one.label));
    return group.label ? [h('optgroup', { label: group.label }, nodes)] : nodes;
  });
}

const labelOf = (element, value) => offered(element).flatMap((group) => group.options).find((one) => one.value === value)?.label || value;

function select(element, value, name, changed) {
  const node = h('select', { ...name, onchange: () => changed(node.value || null) }, h('option', { value: '' }, plain(element.placeholder) || 'Choose…'), optionNodes(element));
  node.value = value || '';
  return { node, read: () => node.value || null };
}

function multiSelect(element, value, name, changed) {
  let chosen = [...(value || [])];
  const box = h('div', { class: 'several' });
  const draw = (focus) => {
    const full = element.max_selected_items && chosen.length >= element.max_selected_items;
    const adding = h('select', { ...name, disabled: full || null, onchange: () => { if (adding.value) set([...chosen, adding.value]); } },
      h('option', { value: '' }, full ? `At most ${element.max_selected_items}` : plain(element.placeholder) || 'Add…'), optionNodes(element, chosen));
    const chips = chosen.map((one) => h('span', { class: 'chip' }, labelOf(element, one),
      h('button', { type: 'button', class: 'quiet', 'aria-label': `Take off ${labelOf(element, one)}`, onclick: () => set(chosen.filter((other) => other !== one)) }, '✕')));
    box.replaceChildren(...chips, adding);
    if (focus) adding.focus();
  };
  const set = (next) => { chosen = next; draw(true); changed(chosen); };
  draw(false);
  return { node: box, read: () => chosen };
}

function picker(type, value, name, changed) {
  const node = h('input', { type, ...name, value: value || '', onchange: () => changed(node.value || null) });
  return { node, read: () => node.value || null };
}

function ticks(element, value, name, changed) {
  const kind = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const group = freshId('choice');
  const now = Array.isArray(value) ? value : [value];
  const read = () => {
    const on = [...box.querySelectorAll('input:checked')].map((input) => input.value);
    return kind === 'checkbox' ? on : on[0] || null;
  };
  const box = h('div', { class: 'ticks', role: kind === 'radio' ? 'radiogroup' : 'group', ...name },
    element.options.map((option) => h('label', { class: 'tick' },
      h('input', { type: kind, name: group, value: option.value, checked: now.includes(option.value), onchange: () => changed(read()) }),
      h('span', {}, ...textObject(option.text), option.description ? h('small', {}, ...textObject(option.description)) : null))));
  return { node: box, read };
}

function typed(element, value, name, changed) {
  const shared = { ...name, placeholder: plain(element.placeholder) || null, maxlength: element.max_length || null };
  const node = element.multiline
    ? h('textarea', { ...shared, rows: '4' })
    : h('input', { ...shared, type: { email_text_input: 'email', url_text_input: 'url' }[element.type] || 'text', inputmode: element.type === 'number_input' ? 'decimal' : null });
  node.value = value ?? '';
  const when = element.dispatch_action_config?.trigger_actions_on || ['on_enter_pressed'];
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !element.multiline && when.includes('on_enter_pressed')) changed(node.value, event);
  });
  if (when.includes('on_character_entered')) node.addEventListener('input', () => changed(node.value));
  return { node, read: () => node.value };
}

function moment(value, name, changed) {
  const node = h('input', { type: 'datetime-local', ...name, value: value ? toField(value) : '', onchange: () => changed(read()) });
  const read = () => (node.value ? fromField(node.value) : null);
  return { node, read };
}

// An input for `element` holding `value`. `name` has its labelling attributes; `changed(plain)` hears each choice;
// `place` says where it stands: what a suggestion or an upload names.
export function choice(element, value, name, changed, place) {
  const kind = element.type;
  if (kind === 'datepicker') return picker('date', value, name, changed);
  if (kind === 'timepicker') return picker('time', value, name, changed);
  if (kind === 'datetimepicker') return moment(value, name, changed);
  if (kind === 'checkboxes' || kind === 'radio_buttons') return ticks(element, value, name, changed);
  if (kind.endsWith('external_select')) return typeahead(element, value, name, changed, place);
  if (kind === 'file_input') return upload(element, value, name, changed, place);
  if (kind.startsWith('multi_')) return multiSelect(element, value, name, changed);
  if (kind.endsWith('_select')) return select(element, value, name, changed);
  return typed(element, value, name, changed);
}
