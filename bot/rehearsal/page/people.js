// The people one can be: those of the channel in a strip, everybody in a sheet; one press changes person.

import { h, fill, avatar, whenChanged } from './dom.js';
import { conversationOf, firstName, humans, page, personOf } from './workspace.js';
import { visit } from './navigation.js';

const strip = document.getElementById('cast');
const badge = document.getElementById('me');
const sheet = document.getElementById('people');

const waits = (person) => person.id !== page.person && Boolean(page.screen.waiting?.[person.id]);
const dot = () => h('span', { class: 'dot', 'aria-hidden': 'true' });

const naming = (person, full, mine) => h('span', { class: 'naming' },
  h('strong', {}, full || mine ? person.name : firstName(person), full ? h('small', {}, ` ${person.role}`) : null),
  h('small', {}, full ? person.title : person.role));

function actor(person, full) {
  const mine = person.id === page.person;
  return h('button', {
    type: 'button', class: 'actor', 'aria-pressed': String(mine), 'data-person': person.id, title: [person.name, person.title].filter(Boolean).join(', '),
    'aria-label': `Act as ${person.name} (${person.role})${waits(person) ? ', has unread messages' : ''}`,
    onclick: () => { sheet.close(); if (!mine) visit({ person: person.id }); },
  }, avatar(person), naming(person, full, mine), waits(person) ? dot() : null);
}

// As many people as the strip names legibly; in a larger channel the others are a click away.
const MOST_HERE = 8;

// The first people of the channel looked at last, the acting person always among them, and everybody else.
function sides() {
  const members = conversationOf(page.channel)?.members || [];
  const others = humans().filter((person) => members.includes(person.id) && person.id !== page.person).slice(0, MOST_HERE - 1);
  const here = humans().filter((person) => others.includes(person) || person.id === page.person);
  return { here, elsewhere: humans().filter((person) => !here.includes(person)) };
}

export function drawPeople() {
  const { here, elsewhere } = sides();
  const told = (people) => people.map((person) => [person.id, waits(person)]);
  whenChanged(strip, [page.person, page.channel, told(here), told(elsewhere)], () => draw(here, elsewhere));
}

function draw(here, elsewhere) {
  const me = personOf(page.person);
  const active = document.activeElement?.dataset?.person;
  const more = h('button', { type: 'button', class: 'actor more-people', 'aria-haspopup': 'dialog', onclick: openSheet },
    'More people', elsewhere.some(waits) ? dot() : null);
  fill(strip, h('span', { class: 'label' }, 'You are'), here.map((person) => actor(person, false)), elsewhere.length ? more : null);
  if (active && !sheet.open) strip.querySelector(`[data-person="${active}"]`)?.focus();
  badge.setAttribute('aria-label', `You are ${me.name} (${me.role}). Be somebody else`);
  fill(badge, avatar(me), humans().some(waits) ? dot() : null);
  document.title = `${me.name} · ${page.world.team.name} (practice)`;
  if (sheet.open) fillSheet();
}

function fillSheet() {
  const { here, elsewhere } = sides();
  const name = conversationOf(page.channel)?.name;
  const active = document.activeElement?.dataset?.person;
  fill(sheet, h('header', {}, h('h2', { id: 'people-title' }, 'Who would you like to be?'), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => sheet.close() }, '✕')),
    h('div', { class: 'content' },
      h('h3', {}, name ? `In #${name}` : 'You'), h('div', { class: 'faces' }, here.map((person) => actor(person, true))),
      elsewhere.length ? [h('h3', {}, 'Everybody else'), h('div', { class: 'faces' }, elsewhere.map((person) => actor(person, true)))] : null));
  if (active) sheet.querySelector(`[data-person="${active}"]`)?.focus();
}

function openSheet() {
  fillSheet();
  sheet.showModal();
  sheet.querySelector('[aria-pressed="true"]')?.focus();
}

badge.addEventListener('click', openSheet);
sheet.addEventListener('click', (event) => { if (event.target === sheet) sheet.close(); });
