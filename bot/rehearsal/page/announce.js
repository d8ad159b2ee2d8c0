// Tells a screen reader of new messages: each one shortly, several at once as a number.

import { nameOf, page } from './workspace.js';

const GATHER_MS = 1200;
const LONGEST = 140;
const voice = document.getElementById('news');
let place = '';
let last = 0;
let waiting = [];
let timer = null;

export function announce(conversation) {
  const here = `${page.person} ${conversation.id}`;
  const newest = Number(conversation.messages.at(-1)?.ts || 0);
  if (place !== here) {
    place = here;
    last = newest;
    waiting = [];
    return;
  }
  waiting.push(...conversation.messages.filter((message) => Number(message.ts) > last && message.user !== page.person));
  last = Math.max(last, newest);
  if (waiting.length && !timer) timer = setTimeout(speak, GATHER_MS);
}

function speak() {
  timer = null;
  if (waiting.length === 1) voice.textContent = `${nameOf(waiting[0].user)}: ${waiting[0].text.replace(/[<>*_~`]/g, '').slice(0, LONGEST)}`;
  else if (waiting.length) voice.textContent = `${waiting.length} new messages, the last from ${nameOf(waiting.at(-1).user)}`;
  waiting = [];
}
