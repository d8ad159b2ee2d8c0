// For the curious: what the app asked and was told, and faults to try it with.

import { h, fill } from './dom.js';
import { drawFaults, faultsKnown } from './faults.js';
import { closePane, holds, openPane } from './pane.js';
import { forgetRequests, requests } from './requests.js';

const EVERY_MS = 2000;
let tab = 'requests';
let timer = null;
let waiting = false;

export async function toggleDeveloper() {
  if (holds('developer')) { leave(); return; }
  const pane = openPane('developer', 'Developer', stop);
  const withFaults = await faultsKnown();
  const body = h('div', { class: 'panel', id: 'developer-panel', role: 'tabpanel', 'aria-labelledby': 'tab-requests' });
  const choose = (name) => { tab = name; forgetRequests(); head(); show(body); };
  const one = (name, label) => h('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'developer-panel', 'aria-selected': String(tab === name), onclick: () => { choose(name); pane.querySelector(`#tab-${name}`).focus(); } }, label);
  if (!withFaults) tab = 'requests';
  const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Developer', onkeydown: (event) => {
    if (['ArrowLeft', 'ArrowRight'].includes(event.key)) tabs.querySelector('[aria-selected="false"]')?.click();
  } });
  const head = () => { fill(tabs, one('requests', 'Requests'), withFaults ? one('faults', 'Faults') : null); body.setAttribute('aria-labelledby', `tab-${tab}`); };
  head();
  fill(pane, h('header', {}, h('h2', {}, 'Developer'), tabs, h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the developer panel', onclick: leave }, '✕')), body);
  show(body);
  tabs.querySelector('[aria-selected="true"]').focus();
  timer = setInterval(developerChanged, EVERY_MS);
}

function show(body) {
  fill(body);
  if (tab === 'requests') requests(body);
  else drawFaults(body);
}

function stop() {
  clearInterval(timer);
  timer = null;
  forgetRequests();
}

function leave() {
  stop();
  closePane('developer');
}

// Called after every change of the workspace: at most one look at a time.
export async function developerChanged() {
  if (!timer || tab !== 'requests' || waiting) return;
  waiting = true;
  await requests(document.getElementById('developer-panel'));
  waiting = false;
}
