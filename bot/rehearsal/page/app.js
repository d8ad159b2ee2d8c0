// Starts the page: follows the workspace's changes and draws what this person sees.

import { fill, h } from './dom.js';
import { renderBlocks } from './blocks.js';
import { drawComposer } from './composer.js';
import { drawCast, drawClock, drawHeading, drawOffline, drawSidebar } from './frame.js';
import { drawMessages, forgetMessages, showMessage } from './messages.js';
import { drawModal } from './modal.js';
import { act, conversationOf, get, page, toast } from './workspace.js';

const list = document.getElementById('messages');
let homeDrawn = '';
let wanted = '';

function readAddress() {
  const asked = new URLSearchParams(location.search).get('as');
  page.person = page.world.people.some((one) => one.id === asked && !one.is_bot) ? asked : page.world.acting;
  const [place, ts] = decodeURIComponent(location.hash.slice(1)).split('/');
  const [id, tab] = place.split('.');
  page.place = id || page.world.channels[0]?.id || '';
  page.tab = tab === 'home' ? 'home' : 'messages';
  wanted = ts || '';
}

function writeAddress(replace = false) {
  const hash = `#${page.place}${page.tab === 'home' ? '.home' : ''}`;
  history[replace ? 'replaceState' : 'pushState'](null, '', `/?as=${page.person}${hash}`);
}

let drawing = null;
let again = false;

// One look at the screen at a time; changes meanwhile lead to one more.
export function refresh() {
  if (drawing) {
    again = true;
    return drawing;
  }
  drawing = (async () => {
    do {
      again = false;
      try {
        const screen = await get('/practice/screen');
        if (screen.as === page.person) { page.screen = screen; draw(); }
      } catch (error) {
        toast(error.message, true);
      }
    } while (again);
    drawing = null;
  })();
  return drawing;
}

function draw() {
  const conversation = conversationOf(page.place) || page.screen.conversations[0];
  page.place = conversation.id;
  drawClock();
  drawCast(switchTo);
  drawSidebar(go);
  drawOffline();
  drawHeading(conversation, chooseTab);
  const home = conversation.kind === 'im' && page.tab === 'home';
  document.body.classList.toggle('at-home', home);
  if (home) drawHome();
  else {
    homeDrawn = '';
    drawMessages(conversation);
    drawComposer(conversation);
    if (wanted) { showMessage(wanted); wanted = ''; }
    if (conversation.unread && document.visibilityState === 'visible') act('read', { channel: conversation.id });
  }
  drawModal();
}

function drawHome() {
  const view = page.screen.home;
  const key = `${page.person} ${view?.hash} ${JSON.stringify(view?.state)}`;
  if (homeDrawn === key) return;
  homeDrawn = key;
  forgetMessages();
  const surface = { where: { home: true }, state: view?.state, inputs: [] };
  fill(list, h('div', { class: 'home' }, view ? renderBlocks(view.blocks, surface) : h('p', { class: 'empty' }, `${page.world.app.name} has not published a Home tab for you yet.`)));
}

function switchTo(person) {
  if (person === page.person) return;
  const home = conversationOf(page.place)?.kind === 'im';
  page.person = person;
  page.place = home ? `D${person.slice(1)}` : page.place;
  homeDrawn = '';
  writeAddress();
  refresh();
}

function go(id) {
  page.place = id;
  page.tab = 'messages';
  document.body.classList.remove('drawer-open');
  document.getElementById('drawer').setAttribute('aria-expanded', 'false');
  writeAddress();
  draw();
  document.querySelector('#composer textarea')?.focus();
}

function chooseTab(name) {
  page.tab = name;
  writeAddress();
  draw();
  act('open_home', { tab: name });
}

async function begin() {
  page.world = await (await fetch('/practice/world')).json();
  readAddress();
  await refresh();
  writeAddress(true);
  if (page.tab === 'home') act('open_home', { tab: 'home' });
  const stream = new EventSource(`/practice/stream?as=${encodeURIComponent(page.person)}`);
  stream.onmessage = refresh;
  let lost = false;
  stream.onerror = () => { if (!lost) toast('The practice workspace has stopped answering. This page goes on when it is back.', true); lost = true; };
  stream.onopen = () => { lost = false; };
  setInterval(refresh, 30000);
  document.addEventListener('visibilitychange', refresh);
  window.addEventListener('popstate', () => { readAddress(); refresh(); });
  window.addEventListener('hashchange', () => { readAddress(); refresh(); });
  const drawer = document.getElementById('drawer');
  drawer.addEventListener('click', () => drawer.setAttribute('aria-expanded', String(document.body.classList.toggle('drawer-open'))));
  document.getElementById('main').addEventListener('click', () => { document.body.classList.remove('drawer-open'); drawer.setAttribute('aria-expanded', 'false'); });
}

begin();

