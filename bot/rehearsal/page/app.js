// Starts the page: follows the workspace's changes and draws what this person sees.

import { announce } from './announce.js';
import { renderBlocks } from './blocks.js';
import { drawClock } from './clock.js';
import { composer } from './composer.js';
import { developerChanged } from './developer.js';
import { fill, h } from './dom.js';
import { drawGuide } from './guide.js';
import { drawHeading, drawOffline } from './heading.js';
import { messageList, split } from './messages.js';
import { drawModal } from './modal.js';
import { openDrawer, readAddress, visit, whenMoved, writeAddress } from './navigation.js';
import { drawPeople } from './people.js';
import { drawSidebar } from './sidebar.js';
import { drawThread } from './thread.js';
import { act, conversationOf, get, page, toast } from './workspace.js';

const PAGE_OF_MESSAGES = 200;
const main = document.getElementById('messages');
const channel = messageList(main, { threads: true });
const writing = composer(document.getElementById('composer'));
let homeDrawn = '';
let drawing = null;
let again = false;

// One look at the screen at a time; changes meanwhile lead to one more.
function refresh() {
  if (drawing) {
    again = true;
    return drawing;
  }
  drawing = (async () => {
    do {
      again = false;
      try {
        const screen = await get('/practice/screen', { shown: PAGE_OF_MESSAGES + page.earlier });
        if (screen.as === page.person) { page.screen = screen; draw(); }
        else again = true;
      } catch (error) {
        if (!lost) toast(error.message, true);
      }
    } while (again);
    drawing = null;
  })();
  return drawing;
}

function draw() {
  const conversation = conversationOf(page.place) || page.screen.conversations[0];
  page.place = conversation.id;
  const own = page.screen.conversations.filter((found) => found.kind !== 'im');
  if (conversation.kind !== 'im') page.channel = conversation.id;
  else if (!own.some((found) => found.id === page.channel)) page.channel = own[0]?.id || '';
  drawClock();
  drawPeople();
  drawSidebar();
  drawOffline();
  drawHeading(conversation, chooseTab);
  drawGuide();
  const home = conversation.kind === 'im' && page.tab === 'home';
  document.body.classList.toggle('at-home', home);
  if (home) drawHome();
  else drawConversation(conversation);
  drawModal();
  developerChanged();
}

function drawConversation(conversation) {
  homeDrawn = '';
  const parts = split(conversation.messages);
  const inThread = page.wanted && [...parts.replies].find(([, replies]) => replies.some((reply) => reply.ts === page.wanted));
  if (inThread) page.thread = inThread[0];
  channel.draw(conversation, parts.channel, parts.replies, conversation.earlier ? showEarlier : null);
  writing.draw(conversation);
  drawThread(conversation, parts);
  announce(conversation);
  if (page.wanted) {
    channel.show(page.wanted);
    page.wanted = '';
  }
  if (conversation.unread && document.visibilityState === 'visible') act('read', { channel: conversation.id });
}

function showEarlier() {
  page.earlier += PAGE_OF_MESSAGES;
  return refresh();
}

function drawHome() {
  const view = page.screen.home;
  const key = `${page.person} ${view?.hash} ${JSON.stringify(view?.state)}`;
  drawThread(null);
  if (homeDrawn === key) return;
  homeDrawn = key;
  channel.forget();
  const surface = { where: { home: true }, state: view?.state, inputs: [] };
  fill(main, h('div', { class: 'home' }, view ? renderBlocks(view.blocks, surface) : h('p', { class: 'empty' }, `${page.world.app.name} has not published a Home tab for you yet.`)));
}

function chooseTab(name) {
  visit({ tab: name });
  act('open_home', { tab: name });
}

let lost = false;

// The browser tries a lost stream again by itself, unless the answer was an error.
function listen() {
  const stream = new EventSource(`/practice/stream?as=${encodeURIComponent(page.person)}`);
  stream.onmessage = refresh;
  stream.onopen = async () => {
    if (!lost) return;
    lost = false;
    page.world = await get('/practice/world');
    toast('The practice workspace is back.');
    refresh();
  };
  stream.onerror = () => {
    if (!lost) toast('The practice workspace has stopped answering. This page goes on when it is back.', true);
    lost = true;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

async function begin() {
  page.world = await get('/practice/world');
  readAddress();
  await refresh();
  writeAddress(true);
  if (page.tab === 'home') act('open_home', { tab: 'home' });
  listen();
  whenMoved(async ({ another, elsewhere }) => {
    if (another) await refresh();
    else { draw(); refresh(); }
    if (elsewhere && matchMedia('(hover: hover)').matches) document.querySelector('#composer textarea')?.focus();
  });
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
  setInterval(refresh, 30000);
  document.addEventListener('visibilitychange', refresh);
  window.addEventListener('popstate', () => { readAddress(); refresh(); });
  document.getElementById('drawer').addEventListener('click', () => openDrawer(!document.body.classList.contains('drawer-open')));
  document.getElementById('main').addEventListener('click', () => openDrawer(false));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && document.body.classList.contains('drawer-open')) { openDrawer(false); document.getElementById('drawer').focus(); } });
}

begin();
