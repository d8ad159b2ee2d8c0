// Above the messages: the conversation's name, its topic, pins, bookmarks and members; and whether the app is away.

import { h, fill, whenChanged } from './dom.js';
import { menu } from './dialogs.js';
import { mrkdwn } from './mrkdwn.js';
import { visit } from './navigation.js';
import { page, personOf } from './workspace.js';

const box = document.getElementById('heading');

const shortly = (text) => (text.length > 70 ? `${text.slice(0, 69)}…` : text) || 'A message';

export function drawHeading(conversation, chooseTab) {
  const { id, topic, members, pins, bookmarks } = conversation;
  whenChanged(box, [id, page.tab, topic, members, pins, bookmarks], () => draw(conversation, chooseTab));
}

function draw(conversation, chooseTab) {
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

let wasHere = false;

// Before the app has come for the first time it is probably starting; after that, something is wrong.
export function drawOffline() {
  const note = document.getElementById('offline');
  const name = page.world.app.name;
  wasHere ||= page.screen.connected;
  note.hidden = page.screen.connected;
  note.classList.toggle('calm', !wasHere);
  const said = wasHere ? `${name} is not connected.` : `${name} is not connected yet; it may be starting.`;
  note.textContent = page.screen.connected ? '' : `${said} You can read and write here; commands and buttons work once it is running.`;
}
