// One message: who said it, its words or blocks, its files, its thread.

import { h, avatar } from './dom.js';
import { renderBlocks } from './blocks.js';
import { dayName, fullTime, sameDay, timeOf } from './dates.js';
import { menu } from './dialogs.js';
import { emoji } from './emoji.js';
import { mrkdwn } from './mrkdwn.js';
import { visit } from './navigation.js';
import { nameOf, page, personOf, working } from './workspace.js';

// A message only for you goes away when you say so; nobody else is told.
const dismissed = new Set(JSON.parse(sessionStorage.getItem('dismissed') || '[]'));
const mark = (message) => `${page.person} ${message.ts}`;
export const isDismissed = (message) => message.only_you && dismissed.has(mark(message));

function dismiss(message, redraw) {
  dismissed.add(mark(message));
  sessionStorage.setItem('dismissed', JSON.stringify([...dismissed]));
  redraw();
}

const isAnswer = (message) => message.thread_ts && message.thread_ts !== message.ts;
const broadcast = (message) => message.subtype === 'thread_broadcast';

// How the message stands in its list: `follows` one of the same breath, has `answers`, and `redraw`s the list.
export function drawMessage(conversation, message, { follows, answers, redraw }) {
  if (message.subtype && !broadcast(message)) return h('p', { class: 'joined', 'data-ts': message.ts }, ...mrkdwn(message.text));
  const moment = new Date(message.moment * 1000);
  const author = personOf(message.user);
  const time = h('time', { datetime: moment.toISOString(), title: fullTime(moment) }, timeOf(moment));
  const who = h('div', { class: 'who' }, h('strong', {}, author?.name || 'Somebody'), author?.is_bot ? h('span', { class: 'badge' }, 'App') : h('span', { class: 'role' }, author?.role), time, message.edited ? h('span', { class: 'muted' }, '(edited)') : null);
  const kind = ['message', follows && 'follows', message.only_you && 'only-you', message.pinned && 'pinned'].filter(Boolean).join(' ');
  const node = h('article', { class: kind, 'data-ts': message.ts, 'data-channel': conversation.id, 'aria-label': `${author?.name || ''}, ${timeOf(moment)}` },
    follows ? h('span', { class: 'gutter' }, time.cloneNode(true)) : avatar(author),
    h('div', { class: 'said' },
      message.only_you ? h('p', { class: 'note' }, '👁 Only visible to you · ', h('button', { type: 'button', class: 'textual', onclick: () => dismiss(message, redraw) }, 'Dismiss')) : null,
      isAnswer(message) && answers ? h('p', { class: 'note' }, '↪ ', h('button', { type: 'button', class: 'textual', onclick: () => visit({ thread: message.thread_ts }) }, broadcast(message) ? 'Answered in a thread' : 'In answer to an earlier message')) : null,
      message.pinned ? h('p', { class: 'note' }, '📌 Pinned') : null,
      follows ? null : who,
      message.blocks.length ? renderBlocks(message.blocks, surfaceOf(conversation, message)) : message.text ? h('div', { class: 'text' }, ...mrkdwn(message.text)) : null,
      message.files.map(file),
      message.reactions.length ? h('div', { class: 'reactions' }, message.reactions.map((one) => h('span', { class: 'reaction', title: `:${one.name}:` }, emoji(one.name) || `:${one.name}:`, ` ${one.count}`))) : null,
      answers?.length ? thread(message, answers) : null),
    tools(conversation, message, answers));
  return node;
}

function surfaceOf(conversation, message) {
  const surface = { where: { channel: conversation.id, ts: message.ts }, state: message.state, inputs: [] };
  surface.read = () => {
    const values = {};
    for (const input of surface.inputs) (values[input.block] ||= {})[input.action] = input.read();
    return values;
  };
  return surface;
}

function thread(message, answers) {
  const last = answers.at(-1);
  const moment = new Date(last.moment * 1000);
  const when = sameDay(moment, new Date(page.screen.now.utc)) ? timeOf(moment) : `${timeOf(moment)}, ${dayName(moment)}`;
  const faces = [...new Set(answers.map((one) => one.user))].slice(-3).map((id) => avatar(personOf(id)));
  return h('button', { type: 'button', class: 'replies', 'data-action-id': 'thread', 'data-block-id': 'thread', onclick: () => visit({ thread: message.ts }) },
    faces, h('strong', {}, answers.length === 1 ? '1 reply' : `${answers.length} replies`), h('span', { class: 'muted' }, `last by ${nameOf(last.user)} at ${when}`));
}

function tools(conversation, message, answers) {
  if (message.only_you) return null;
  const reply = answers && !isAnswer(message) ? h('button', { type: 'button', class: 'quiet', 'aria-label': 'Reply in a thread', title: 'Reply in a thread', onclick: () => visit({ thread: message.ts }) }, '💬') : null;
  const shortcuts = page.world.app.shortcuts.map((one) => ({ label: one.name, detail: page.world.app.name, chosen: () => working(more, 'shortcut', { channel: conversation.id, ts: message.ts, callback_id: one.callback_id }) }));
  const more = shortcuts.length ? menu('⋯', 'More actions for this message', shortcuts) : null;
  return reply || more ? h('span', { class: 'tools' }, reply, more?.parentNode) : null;
}

function file(one) {
  const address = `/files/${one.id}`;
  const picture = one.mimetype.startsWith('image/') && !one.mimetype.includes('svg');
  const size = one.size < 1000 ? `${one.size} bytes` : one.size < 1e6 ? `${Math.round(one.size / 1000)} kB` : `${(one.size / 1e6).toFixed(1)} MB`;
  return h('div', { class: 'file' },
    picture ? h('img', { src: address, alt: one.alt_txt || one.title, class: 'large' }) : null,
    h('a', { href: address, download: one.name }, h('span', { class: 'sheet', 'aria-hidden': 'true' }, '📄'), h('span', {}, h('strong', {}, one.title), h('small', {}, `${one.pretty_type} · ${size} · Download`))));
}
