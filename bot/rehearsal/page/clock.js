// The rehearsal's clock: it shows whose zone it speaks in, moves on request, and tells what happened on the way.

import { h, fill, whenChanged } from './dom.js';
import { clockText, fullTime, momentText, shortClock } from './dates.js';
import { menu } from './dialogs.js';
import { visit } from './navigation.js';
import { act, firstName, nameOf, page, personOf, report, toast, working, zone } from './workspace.js';

const MOVES = [
  ['next morning', 'Next morning', '8 o’clock on the next weekday'],
  ['next check-in', 'Next check-in', 'The next moment somebody is asked'],
  ['a week later', 'A week later', 'Everything due on the way happens'],
];
const box = document.getElementById('clock');
const summary = document.getElementById('journey');
let opener = null;
let moving = '';

const place = () => zone().split('/').pop().replaceAll('_', ' ');

export function drawClock() {
  if (!opener) build();
  const now = new Date(page.screen.now.utc);
  const me = personOf(page.person);
  const said = clockText(now, zone());
  whenChanged(opener, [said, me.id], () => drawOpener(now, said, me));
  if (moving) drawMoving();
}

function drawOpener(now, said, me) {
  opener.setAttribute('aria-label', `Move the clock. It is ${said} where ${me.name} is, in ${place()}`);
  opener.title = `The rehearsal’s time where ${me.name} is`;
  fill(opener, h('span', { class: 'hands', 'aria-hidden': 'true' }, '🕐'),
    h('span', { class: 'telling' },
      h('time', { id: 'moment', class: 'long', datetime: page.screen.now.utc }, said),
      h('time', { class: 'short', datetime: page.screen.now.utc }, shortClock(now)),
      h('small', {}, place(), h('span', { class: 'long' }, `, where ${firstName(me)} is`))),
    h('span', { class: 'arrow', 'aria-hidden': 'true' }, '▾'));
}

function build() {
  opener = menu('', 'Move the clock', MOVES.map(([to, label, detail]) => ({ label, detail, chosen: () => move(to, label) })));
  const others = h('button', { type: 'button', class: 'act small primary', 'aria-label': 'Let the others act', title: 'Your colleagues join, vote and accept', onclick: letOthersAct },
    h('span', { class: 'long' }, 'Let the others act'), h('span', { class: 'short' }, 'Others act'));
  fill(box, opener.parentNode, others);
}

async function letOthersAct(event) {
  const answer = await working(event.currentTarget, 'others', { channel: page.channel });
  if (answer.ok) toast(answer.sentences.length ? answer.sentences.join('\n') : 'Nobody has anything to press right now.');
}

async function move(to, label) {
  if (moving) return;
  moving = label;
  drawMoving();
  const answer = report(await act('clock', { to }));
  moving = '';
  if (answer.ok) tell(answer);
  else close();
  opener.focus();
}

function drawMoving() {
  summary.hidden = false;
  summary.setAttribute('aria-busy', 'true');
  fill(summary, h('p', { class: 'moving' }, h('span', { class: 'turning', 'aria-hidden': 'true' }), `${moving}: it is ${momentText(new Date(page.screen.now.utc))}. What is due on the way is being sent.`));
}

function close() {
  summary.hidden = true;
  summary.removeAttribute('aria-busy');
  fill(summary);
}

// Messages that say the same at one stop are one line, with a link for each receiver.
function grouped(messages) {
  const lines = new Map();
  for (const message of messages) lines.set(message.text, [...(lines.get(message.text) || []), message]);
  return [...lines];
}

const receiver = (message) => (message.person ? nameOf(message.person) : message.name);

function line([text, messages]) {
  const links = messages.map((message) => h('a', { href: `#${message.channel}/${message.ts}`, onclick: (event) => { event.preventDefault(); visit({ person: message.person || undefined, place: message.channel, ts: message.ts }); } }, receiver(message)));
  return h('li', {}, `${page.world.app.name} to `, links.flatMap((link, i) => (i ? [', ', link] : [link])), ': ', h('q', {}, text));
}

function tell(answer) {
  summary.removeAttribute('aria-busy');
  const stops = (answer.stops || []).filter((stop) => stop.messages.length);
  const reached = momentText(new Date(answer.now));
  fill(summary,
    h('header', {}, h('h3', {}, `It is ${reached} now`), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss what happened on the way', onclick: () => { close(); opener.focus(); } }, '✕')),
    stops.length
      ? h('ol', {}, stops.map((stop) => h('li', {}, h('time', { datetime: stop.moment, title: fullTime(new Date(stop.moment)) }, momentText(new Date(stop.moment))), h('ul', {}, grouped(stop.messages).map(line)))))
      : h('p', { class: 'muted' }, 'Nothing was sent on the way.'),
    answer.skipped ? h('p', { class: 'muted' }, 'The way was long: after twenty stops the clock went straight to its end, and what was due by then was sent together.') : null);
}
