// The sidebar: channels, the app's direct message, and at its foot what belongs to the rehearsal itself.

import { openBring } from './bring.js';
import { toggleDeveloper } from './developer.js';
import { h, fill, avatar, whenChanged } from './dom.js';
import { toggleGuide } from './guide.js';
import { openDrawer, visit } from './navigation.js';
import { page, personOf } from './workspace.js';

const nav = document.getElementById('sidebar');

function entry(found, label, face) {
  const calls = found.calls || found.kind === 'im';
  return h('a', {
    class: `place${found.unread ? ' unread' : ''}`, href: `#${found.id}`, 'data-channel': found.id, 'aria-current': page.place === found.id ? 'page' : null,
    onclick: (event) => { event.preventDefault(); visit({ place: found.id }); },
  }, face, h('span', { class: 'name' }, label),
  found.unread ? h('span', { class: calls ? 'count calls' : 'count', 'aria-label': `${found.unread} unread` }, String(found.unread)) : null);
}

const sign = (text) => h('span', { class: 'sign', 'aria-hidden': 'true' }, text);
const tool = (name, face, label, pressed) => h('button', { type: 'button', class: 'place tool', 'data-tool': name, onclick: () => { openDrawer(false); pressed(); } }, sign(face), h('span', { class: 'name' }, label));

export function drawSidebar() {
  const shown = page.screen.conversations.map((found) => [found.id, found.name, found.unread, found.calls]);
  whenChanged(nav, [page.person, page.place, shown, page.screen.connected], draw);
}

function draw() {
  const channels = page.screen.conversations.filter((found) => found.kind !== 'im');
  const direct = page.screen.conversations.find((found) => found.kind === 'im');
  const active = nav.contains(document.activeElement) ? { ...document.activeElement.dataset } : {};
  fill(nav,
    h('h1', {}, page.world.team.name, h('small', {}, 'practice workspace')),
    h('h2', {}, 'Channels'),
    channels.map((found) => entry(found, found.name, sign(found.kind === 'private' ? '🔒' : '#'))),
    h('h2', {}, 'Apps'),
    direct ? entry(direct, page.world.app.name, avatar(personOf(page.world.app.bot_user))) : null,
    h('div', { class: 'foot' },
      page.world.guide?.length ? tool('guide', '🧭', 'Guide', toggleGuide) : null,
      page.world.bring ? tool('bring', '📥', 'Bring your own review', openBring) : null,
      tool('developer', '🛠', 'Developer', toggleDeveloper),
      h('p', { class: 'state' }, h('span', { class: page.screen.connected ? 'light on' : 'light', 'aria-hidden': 'true' }), `${page.world.app.name} is ${page.screen.connected ? '' : 'not '}connected`)));
  if (active.channel) nav.querySelector(`[data-channel="${active.channel}"]`)?.focus();
  if (active.tool) nav.querySelector(`[data-tool="${active.tool}"]`)?.focus();
}
