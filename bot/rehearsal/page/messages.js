// A list of messages, kept in place while they do not change; the channel's and the thread's are both one.

import { h, fill } from './dom.js';
import { dayName, sameDay } from './dates.js';
import { drawMessage, isDismissed } from './message.js';
import { page } from './workspace.js';

const SAME_BREATH = 300;
const NEAR_END = 80;

// What belongs in the channel, and the replies by the message they answer. A reply without its message stays in sight.
export function split(messages) {
  const known = new Set(messages.map((message) => message.ts));
  const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts && known.has(message.thread_ts);
  const replies = new Map();
  for (const message of messages.filter(isReply)) replies.set(message.thread_ts, [...(replies.get(message.thread_ts) || []), message]);
  return { channel: messages.filter((message) => !isReply(message) || message.subtype === 'thread_broadcast'), replies };
}

const goesOn = (before, message) => before && message.blocks[0]?.type !== 'header' && before.user === message.user
  && !message.subtype && !before.subtype && message.moment - before.moment < SAME_BREATH
  && message.only_you === before.only_you && message.thread_ts === before.thread_ts;

// `threads` says whether a message shows how many answered it.
export function messageList(box, { threads }) {
  let kept = new Map();
  let drawn = '';
  let first = '';
  let newFrom = Infinity;

  function forget() {
    kept = new Map();
    drawn = '';
  }

  // Messages that came while nobody looked stand under a line that says "New".
  function markNew(conversation, fresh) {
    if (fresh) newFrom = Infinity;
    if (newFrom === Infinity && conversation.unread && (fresh || document.visibilityState === 'hidden')) newFrom = Number(conversation.read);
  }

  function draw(conversation, messages, replies, showEarlier = null) {
    const here = `${page.person} ${conversation.id} ${threads ? '' : page.thread}`;
    const fresh = drawn !== here;
    if (fresh) forget();
    drawn = here;
    markNew(conversation, fresh);
    const atEnd = fresh || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    const fromEnd = box.scrollHeight - box.scrollTop;
    const focus = box.contains(document.activeElement) ? { ...document.activeElement.dataset, ts: document.activeElement.closest('[data-ts]')?.dataset.ts } : null;
    const next = new Map();
    const nodes = [];
    let before = null;
    for (const message of messages.filter((one) => !isDismissed(one))) {
      const moment = new Date(message.moment * 1000);
      const newDay = !before || !sameDay(new Date(before.moment * 1000), moment);
      const isNew = before && Number(before.ts) <= newFrom && Number(message.ts) > newFrom && message.user !== page.person;
      if (newDay) nodes.push(h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(moment))));
      if (isNew) nodes.push(h('div', { class: 'day fresh', role: 'separator' }, h('span', {}, 'New')));
      const follows = Boolean(!newDay && !isNew && goesOn(before, message));
      const answers = threads ? replies.get(message.ts) || [] : null;
      const key = JSON.stringify([message, follows, answers?.length, answers?.at(-1)?.ts]);
      const old = kept.get(message.ts);
      const node = old?.key === key ? old.node : drawMessage(conversation, message, { follows, answers, redraw: () => draw(conversation, messages, replies, showEarlier) });
      next.set(message.ts, { key, node });
      nodes.push(node);
      before = message;
    }
    kept = next;
    if (showEarlier) nodes.unshift(h('button', { type: 'button', class: 'act small earlier', onclick: showEarlier }, 'Show earlier messages'));
    if (!before && threads) nodes.push(empty(conversation));
    if (!same(nodes)) fill(box, nodes);
    if (focus?.actionId && !box.contains(document.activeElement)) {
      box.querySelector(`[data-ts="${focus.ts}"] [data-action-id="${CSS.escape(focus.actionId)}"][data-block-id="${CSS.escape(focus.blockId || '')}"]`)?.focus();
    }
    const line = fresh && box.querySelector('.fresh');
    if (line) line.scrollIntoView({ block: 'center' });
    else if (atEnd) box.scrollTop = box.scrollHeight;
    else if (messages[0]?.ts !== first) box.scrollTop = box.scrollHeight - fromEnd;
    first = messages[0]?.ts;
  }

  const plainLine = (node) => node.className.startsWith('day') || node.className.includes('earlier');
  const same = (nodes) => nodes.length === box.children.length && nodes.every((node, i) => node === box.children[i] || (plainLine(node) && box.children[i].className === node.className && node.textContent === box.children[i].textContent));

  function show(ts) {
    const node = box.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('found');
    setTimeout(() => node.classList.remove('found'), 2500);
  }

  return { draw, forget, show };
}

const empty = (conversation) => h('p', { class: 'empty' }, conversation.kind === 'im' ? `Messages from ${page.world.app.name} to you come here.` : 'Nothing has been said here yet.');
