// A small guide through one short session for a newcomer, one step at a time, above the messages.

import { h, fill, whenChanged } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { page } from './workspace.js';

const box = document.getElementById('guide');
const key = () => `guide of ${page.world.team.id} ${page.world.began || ''}`;

// What is kept: the step (from 0) and whether the guide was put away.
function kept() {
  try { return { step: 0, away: false, ...JSON.parse(localStorage.getItem(key()) || '{}') }; } catch { return { step: 0, away: false }; }
}

function keep(change) {
  localStorage.setItem(key(), JSON.stringify({ ...kept(), ...change }));
  drawGuide();
}

export function drawGuide() {
  const steps = page.world.guide || [];
  const { step, away } = kept();
  const at = Math.min(step, steps.length - 1);
  const shown = steps.length && !away;
  whenChanged(box, [shown, at, steps.length], () => draw(steps, at, shown));
}

function draw(steps, at, shown) {
  box.hidden = !shown;
  if (!shown) { fill(box); return; }
  const active = box.contains(document.activeElement) ? document.activeElement.textContent : '';
  const last = at === steps.length - 1;
  const press = (label, change, kind = '') => h('button', { type: 'button', class: `act small ${kind}`, onclick: () => keep(change) }, label);
  fill(box,
    h('div', { class: 'words' },
      h('h3', {}, h('small', {}, `Guide, step ${at + 1} of ${steps.length}`), steps[at].title),
      h('div', {}, ...mrkdwn(steps[at].text))),
    h('div', { class: 'steps' },
      at ? press('Back', { step: at - 1 }) : null,
      last ? press('Finish', { away: true, step: 0 }, 'primary') : press('Next', { step: at + 1 }, 'primary'),
      last ? null : h('button', { type: 'button', class: 'quiet', onclick: () => keep({ away: true }) }, 'Dismiss')));
  if (active) ([...box.querySelectorAll('button')].find((one) => one.textContent === active) || box.querySelector('.primary')).focus();
}

export function toggleGuide() {
  keep({ away: !kept().away });
  box.querySelector('.primary')?.focus();
}
