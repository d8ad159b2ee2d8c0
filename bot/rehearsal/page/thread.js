// The thread pane: a message, its replies, and a place to write one more.

import { composer } from './composer.js';
import { h } from './dom.js';
import { messageList } from './messages.js';
import { visit } from './navigation.js';
import { closePane, holds, openPane } from './pane.js';
import { page } from './workspace.js';

let open = '';
let list = null;
let writing = null;

const leave = () => visit({ thread: '' });

// `parts` is what messages.split made of the conversation; without a conversation there is no thread to show.
export function drawThread(conversation, parts) {
  const root = conversation?.messages.find((message) => message.ts === page.thread);
  if (!root) {
    page.thread = '';
    open = '';
    closePane('thread');
    return;
  }
  const here = `${page.person} ${conversation.id} ${page.thread}`;
  if (open !== here || !holds('thread')) build(conversation);
  const fresh = open !== here;
  open = here;
  list.draw(conversation, [root, ...(parts.replies.get(root.ts) || [])], new Map());
  if (page.wanted) list.show(page.wanted);
  writing.draw(conversation, page.thread);
  if (fresh) document.querySelector('#pane textarea')?.focus();
}

function build(conversation) {
  const pane = openPane('thread', 'Thread', () => { if (page.thread) leave(); });
  const box = h('section', { class: 'messages', tabindex: '0', 'aria-label': 'Messages of the thread' });
  const foot = h('div', { class: 'composer' });
  const where = conversation.kind === 'im' ? page.world.app.name : `#${conversation.name}`;
  pane.replaceChildren(
    h('header', {}, h('h2', {}, 'Thread ', h('small', { class: 'muted' }, where)), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the thread', onclick: () => { closePane('thread'); leave(); } }, '✕')), box, foot);
  list = messageList(box, { threads: false });
  writing = composer(foot);
}
