// Above the messages: the conversation's name, its topic, pins, bookmarks and members; and whether the app is away.

import { h, fill } from './dom.js';
import { menu } from './dialogs.js';
import { mrkdwn } from './mrkdwn.js';
import { visit } from './navigation.js';
import { page, personOf } from './workspace.js';

const box = document.getElementById('heading');
let drawn = '';

const shortly = (text) => (text.length > 70 ? `${text.slice(0, 69)}…` : text) || 'A message';

export function drawHeading(conversation, chooseTab) {
  const key = JSON.stringify([conversation.id, page.tab, conversation.topic, conversation.members, conversation.pins, conversation.bookmarks]);
  if (drawn === key) return;
  drawn = key;
  if (conversation.kind === 'im') {
    const tab = (name, label) => h('button', { type: 'button', role: 'tab', 'aria-selected': String(page.tab === name), onclick: () => chooseTab(name) }, label);
    fill(box, h('h2', {}, page.world.app.name), h('div', { class: 'tabs', role: 'tablist', 'aria-label': page.world.app.name }, tab('home', 'Home'), tab('messages', 'Messages')));
    return;
  }
  const links = conversation.bookmarks.map((one) => h('a', { class: 'bookmark', href: one.link, target: '_blank', rel: 'noopener noreferrer' }, '🔖 ', one.title));
  const pinned = conversation.messages.filter((message) => conversation.pins.includes(message.ts));
  const pins = pinned.map((message) => ({ label: shortly(message.text), chosen: () => visit({ ts: message.ts }) }));
  const members = conversation.members.map(personOf).filter((person) => person && !person.is_bot);
  fill(box, h('h2', {}, conversation.kind === 'private' ? '🔒 ' : '# ', conversation.name),
    h('p', { class: 'muted topic' }, ...mrkdwn(conversation.topic)), links,
    pins.length ? menu(`📌 ${pins.length} pinned`, `${pins.length} pinned`, pins).parentNode : null,
    h('span', { class: 'muted members', title: members.map((person) => person.name).join(', ') }, members.length === 1 ? '1 member' : `${members.length} members`));
}

export function drawOffline() {
  const note = document.getElementById('offline');
  note.hidden = page.screen.connected;
  const name = page.world.app.name;
  note.textContent = page.screen.connected ? '' : `${name} is not connected. You can read and write here; commands and buttons work once it is running.`;
}
