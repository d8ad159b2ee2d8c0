// What is around the messages: the clock, the cast, the sidebar and the heading.

import { h, fill, avatar } from './dom.js';
import { clockText } from './dates.js';
import { mrkdwn } from './mrkdwn.js';
import { page, personOf, toast, working, zone } from './workspace.js';

let clockDrawn = false;

export function drawClock() {
  const box = document.getElementById('clock');
  if (!clockDrawn) {
    clockDrawn = true;
    const move = (label, to) => h('button', { type: 'button', class: 'act small', onclick: (event) => working(event.currentTarget, 'clock', { to }) }, label);
    const others = h('button', { type: 'button', class: 'act small primary', onclick: letOthersAct }, 'Let the others act');
    fill(box, h('time', { id: 'moment' }), move('Next morning', 'next morning'), move('Next check-in', 'next check-in'), others);
  }
  const shown = document.getElementById('moment');
  const now = page.screen.now;
  shown.textContent = clockText(new Date(now.utc), zone());
  shown.title = `The rehearsal's date and time where ${personOf(page.person).name} is`;
  shown.setAttribute('datetime', now.utc);
}

async function letOthersAct(event) {
  const answer = await working(event.currentTarget, 'others');
  if (answer.ok) toast(answer.sentences.length ? answer.sentences.join('\n') : 'Nobody has anything to press right now.');
}

export function drawCast(switchTo) {
  const box = document.getElementById('cast');
  const people = page.world.people.filter((person) => !person.is_bot);
  const attention = page.screen.waiting || {};
  const me = personOf(page.person);
  const nodes = people.map((person) => {
    const mine = person.id === page.person;
    const waits = attention[person.id] && !mine;
    return h('button', { type: 'button', class: 'actor', 'aria-pressed': String(mine), 'data-person': person.id, title: `${person.name}, ${person.title}`, 'aria-label': `Act as ${person.name} (${person.role})${waits ? ', has unread messages' : ''}`, onclick: () => switchTo(person.id) },
      avatar(person), h('span', { class: 'naming' }, h('strong', {}, mine ? person.name : person.name.split(' ')[0]), h('small', {}, person.role)), waits ? h('span', { class: 'dot', 'aria-hidden': 'true' }) : null);
  });
  const active = document.activeElement?.dataset?.person;
  fill(box, h('span', { class: 'label' }, 'You are'), nodes);
  if (active) box.querySelector(`[data-person="${active}"]`)?.focus();
  document.title = `${me.name} · ${page.world.team.name} (practice)`;
}

export function drawSidebar(go) {
  const nav = document.getElementById('sidebar');
  const entry = (id, label, options = {}) => h('a', {
    class: `place${options.unread ? ' unread' : ''}`, href: `#${id}`, 'data-channel': id, 'aria-current': options.current ? 'page' : null,
    onclick: (event) => { event.preventDefault(); go(id); },
  }, options.face || h('span', { class: 'sign', 'aria-hidden': 'true' }, options.sign), h('span', { class: 'name' }, label),
  options.unread ? h('span', { class: options.calls ? 'count calls' : 'count', 'aria-label': `${options.unread} unread` }, String(options.unread)) : null);
  const channels = page.screen.conversations.filter((found) => found.kind !== 'im');
  const direct = page.screen.conversations.find((found) => found.kind === 'im');
  const bot = personOf(page.world.app.bot_user);
  const active = document.activeElement?.closest?.('#sidebar')?.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
  fill(nav,
    h('h1', {}, page.world.team.name, h('small', {}, 'practice workspace')),
    h('h2', {}, 'Channels'),
    channels.map((found) => entry(found.id, found.name, { sign: found.kind === 'private' ? '🔒' : '#', unread: found.unread, calls: found.calls, current: page.place === found.id })),
    h('h2', {}, 'Apps'),
    direct ? entry(direct.id, page.world.app.name, { face: avatar(bot), unread: direct.unread, calls: true, current: page.place === direct.id }) : null,
    h('p', { class: 'state' }, h('span', { class: page.screen.connected ? 'light on' : 'light', 'aria-hidden': 'true' }), `${page.world.app.name} is ${page.screen.connected ? '' : 'not '}connected`));
  if (active) nav.querySelector(`[data-channel="${active}"]`)?.focus();
}

export function drawHeading(conversation, chooseTab) {
  const box = document.getElementById('heading');
  const links = conversation.bookmarks.map((one) => h('a', { class: 'bookmark', href: one.link, target: '_blank', rel: 'noopener noreferrer' }, '🔖 ', one.title));
  if (conversation.kind === 'im') {
    const tab = (name, label) => h('button', { type: 'button', role: 'tab', 'aria-selected': String(page.tab === name), onclick: () => chooseTab(name) }, label);
    fill(box, h('h2', {}, page.world.app.name), h('div', { class: 'tabs', role: 'tablist', 'aria-label': page.world.app.name }, tab('home', 'Home'), tab('messages', 'Messages')));
    return;
  }
  const members = conversation.members.map((id) => personOf(id)?.name).filter(Boolean);
  fill(box, h('h2', {}, conversation.kind === 'private' ? '🔒 ' : '# ', conversation.name), h('p', { class: 'muted topic' }, ...mrkdwn(conversation.topic)), links,
    h('span', { class: 'muted members', title: members.join(', ') }, `${members.length} members`));
}

export function drawOffline() {
  const box = document.getElementById('offline');
  box.hidden = page.screen.connected;
  box.textContent = page.screen.connected ? '' : `${page.world.app.name} is not connected. You can read and write here; commands and buttons work once it is running.`;
}

