// Where the page is: the person, the conversation, its tab, its thread and a message to show; kept in the address.

import { conversationOf, page } from './workspace.js';

let follow = () => {};

export const whenMoved = (listener) => { follow = listener; };
export const direct = (person) => `D${person.slice(1)}`;

export function readAddress() {
  const asked = new URLSearchParams(location.search).get('as');
  page.person = page.world.people.some((one) => one.id === asked && !one.is_bot) ? asked : page.world.acting;
  const [place, ts] = decodeURIComponent(location.hash.slice(1)).split('/');
  const [id, tab] = place.split('.');
  page.place = id || page.world.channels[0]?.id || '';
  page.tab = tab === 'home' ? 'home' : 'messages';
  page.thread = '';
  page.wanted = ts || '';
}

export function writeAddress(replace = false) {
  const hash = `#${page.place}${page.tab === 'home' ? '.home' : ''}`;
  history[replace ? 'replaceState' : 'pushState'](null, '', `/?as=${page.person}${hash}`);
}

// The sidebar, which on a phone lies over the messages.
export function openDrawer(open) {
  document.body.classList.toggle('drawer-open', open);
  document.getElementById('drawer').setAttribute('aria-expanded', String(open));
}

// Go somewhere: {person, place, tab, thread, ts}. What is left out stays; another place closes the thread.
export function visit(to) {
  const another = Boolean(to.person && to.person !== page.person);
  if (another && !to.place && conversationOf(page.place)?.kind === 'im') to = { place: direct(to.person), tab: page.tab, ...to };
  const elsewhere = another || Boolean(to.place && to.place !== page.place);
  if (elsewhere) Object.assign(page, { thread: '', tab: 'messages', earlier: 0 });
  page.person = to.person || page.person;
  page.place = to.place || page.place;
  page.tab = to.tab || (to.place ? 'messages' : page.tab);
  page.thread = to.thread ?? page.thread;
  page.wanted = to.ts || '';
  openDrawer(false);
  writeAddress();
  return follow({ another, elsewhere });
}
