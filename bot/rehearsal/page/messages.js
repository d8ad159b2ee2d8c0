// The messages of one conversation, kept in place while they do not change.

import { h, avatar } from './dom.js';
import { renderBlocks } from './blocks.js';
import { dayName, fullTime, sameDay, timeOf } from './dates.js';
import { menu } from './dialogs.js';
import { emoji } from './emoji.js';
import { mrkdwn } from './mrkdwn.js';
import { page, personOf, working } from './workspace.js';

const list = document.getElementById('messages');
let kept = new Map();
let drawn = '';

export function forgetMessages() {
  kept = new Map();
  drawn = '';
}

export function drawMessages(conversation) {
  const here = `${page.person} ${conversation.id}`;
  const fresh = drawn !== here;
  if (fresh) forgetMessages();
  drawn = here;
  const atEnd = fresh || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const focus = list.contains(document.activeElement) ? { ...document.activeElement.dataset, ts: document.activeElement.closest('[data-ts]')?.dataset.ts } : null;
  const next = new Map();
  const nodes = [];
  let before = null;
  for (const message of conversation.messages) {
    const moment = new Date(message.moment * 1000);
    const newDay = !before || !sameDay(new Date(before.moment * 1000), moment);
    if (newDay) nodes.push(h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(moment))));
    const follows = !newDay && message.blocks[0]?.type !== 'header' && before.user === message.user && !message.subtype && !before.subtype && message.moment - before.moment < 300 && message.only_you === before.only_you && message.thread_ts === before.thread_ts;
    const key = JSON.stringify([message, follows]);
    const old = kept.get(message.ts);
    const node = old?.key === key ? old.node : draw(conversation, message, follows);
    next.set(message.ts, { key, node });
    nodes.push(node);
    before = message;
  }
  kept = next;
  if (!nodes.length) nodes.push(h('p', { class: 'empty' }, conversation.kind === 'im' ? `Messages from ${page.world.app.name} to you come here.` : 'Nothing has been said here yet.'));
  const same = nodes.length === list.children.length && nodes.every((node, i) => node === list.children[i] || (node.className === 'day' && list.children[i].className === 'day' && node.textContent === list.children[i].textContent));
  if (!same) list.replaceChildren(...nodes);
  if (focus?.actionId && !list.contains(document.activeElement)) {
    list.querySelector(`[data-ts="${focus.ts}"] [data-action-id="${CSS.escape(focus.actionId)}"][data-block-id="${CSS.escape(focus.blockId || '')}"]`)?.focus();
  }
  if (atEnd) list.scrollTop = list.scrollHeight;
}

export function showMessage(ts) {
  const node = list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: 'center' });
  node.classList.add('found');
  setTimeout(() => node.classList.remove('found'), 2500);
}

function draw(conversation, message, follows) {
  const moment = new Date(message.moment * 1000);
  const author = personOf(message.user);
  if (message.subtype) return h('p', { class: 'joined', 'data-ts': message.ts }, ...mrkdwn(message.text));
  const surface = { where: { channel: conversation.id, ts: message.ts }, state: message.state, inputs: [] };
  surface.read = () => {
    const values = {};
    for (const input of surface.inputs) (values[input.block] ||= {})[input.action] = input.read();
    return values;
  };
  const time = h('time', { datetime: moment.toISOString(), title: fullTime(moment) }, timeOf(moment));
  const who = h('div', { class: 'who' }, h('strong', {}, author?.name || 'Somebody'), author?.is_bot ? h('span', { class: 'badge' }, 'App') : h('span', { class: 'role' }, author?.role), time, message.edited ? h('span', { class: 'muted' }, '(edited)') : null);
  const shortcuts = message.only_you ? [] : page.world.app.shortcuts.map((one) => ({ label: one.name, detail: page.world.app.name, chosen: () => working(node, 'shortcut', { channel: conversation.id, ts: message.ts, callback_id: one.callback_id }) }));
  const node = h('article', { class: `message${follows ? ' follows' : ''}${message.only_you ? ' only-you' : ''}${message.pinned ? ' pinned' : ''}`, 'data-ts': message.ts, 'data-channel': conversation.id, 'aria-label': `${author?.name || ''}, ${timeOf(moment)}` },
    follows ? h('span', { class: 'gutter' }, time.cloneNode(true)) : avatar(author),
    h('div', { class: 'said' },
      message.only_you ? h('p', { class: 'note' }, '👁 Only visible to you') : null,
      message.thread_ts && message.thread_ts !== message.ts ? h('p', { class: 'note' }, h('a', { href: `#${conversation.id}/${message.thread_ts}` }, '↪ In answer to an earlier message')) : null,
      message.pinned ? h('p', { class: 'note' }, '📌 Pinned') : null,
      follows ? null : who,
      message.blocks.length ? renderBlocks(message.blocks, surface) : message.text ? h('div', { class: 'text' }, ...mrkdwn(message.text)) : null,
      message.files.map(file),
      message.reactions.length ? h('div', { class: 'reactions' }, message.reactions.map((one) => h('span', { class: 'reaction', title: `:${one.name}:` }, emoji(one.name) || `:${one.name}:`, ` ${one.count}`))) : null),
    shortcuts.length ? h('span', { class: 'tools' }, menu('⋯', 'More actions for this message', shortcuts).parentNode) : null);
  return node;
}

function file(one) {
  const address = `/files/${one.id}`;
  const picture = one.mimetype.startsWith('image/') && !one.mimetype.includes('svg');
  const size = one.size < 1000 ? `${one.size} bytes` : one.size < 1e6 ? `${Math.round(one.size / 1000)} kB` : `${(one.size / 1e6).toFixed(1)} MB`;
  return h('div', { class: 'file' },
    picture ? h('img', { src: address, alt: one.alt_txt || one.title, class: 'large' }) : null,
    h('a', { href: address, download: one.name }, h('span', { class: 'sheet', 'aria-hidden': 'true' }, '📄'), h('span', {}, h('strong', {}, one.title), h('small', {}, `${one.pretty_type} · ${size} · Download`))));
}
