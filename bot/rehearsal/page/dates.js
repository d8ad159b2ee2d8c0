// Moments as a person in their own time zone reads them; "today" is the rehearsal's today.

import { h } from './dom.js';
import { page, zone } from './workspace.js';

const show = (moment, options, timeZone = zone()) => new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(moment);
const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' };
const dayOf = (moment) => show(moment, DAY);
const rehearsalNow = () => new Date(page.screen.now.utc);

function pretty(moment, otherwise) {
  const day = 86400000;
  const near = [[0, 'today'], [1, 'tomorrow'], [-1, 'yesterday']];
  const found = near.find(([offset]) => dayOf(new Date(rehearsalNow().getTime() + offset * day)) === dayOf(moment));
  return found ? found[1] : otherwise;
}

const sentenceCase = (text) => text[0].toUpperCase() + text.slice(1);

export const dayName = (moment) => sentenceCase(pretty(moment, show(moment, { weekday: 'long', month: 'long', day: 'numeric' })));
export const sameDay = (one, other) => dayOf(one) === dayOf(other);
export const timeOf = (moment) => show(moment, { hour: 'numeric', minute: '2-digit' });
export const fullTime = (moment) => show(moment, { dateStyle: 'full', timeStyle: 'short' });
export const clockText = (moment, timeZone) => show(moment, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }, timeZone);

export const shortClock = (moment) => show(moment, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
export const momentText = (moment) => show(moment, { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });

// What a date and time field holds for a moment, in the person's zone, and back (both seconds since 1970).
export function toField(seconds) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone: zone(), ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .formatToParts(new Date(seconds * 1000)).map((part) => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

export function fromField(text) {
  const wall = Date.parse(`${text}Z`) / 1000;
  const ahead = (seconds) => Date.parse(`${toField(seconds)}Z`) / 1000 - seconds;
  return wall - ahead(wall - ahead(wall));
}

// <!date^seconds^format^link|fallback>, as Slack's reference of message formatting lists the tokens.
export function slackDate([seconds, format, address], fallback) {
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime()) || !format) return document.createTextNode(fallback);
  const long = show(moment, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
  const middle = show(moment, { month: 'long', day: 'numeric', year: 'numeric' });
  const short = show(moment, { month: 'short', day: 'numeric', year: 'numeric' });
  const tokens = {
    date_num: show(moment, DAY), date: middle, date_short: short, date_long: long,
    date_slash: show(moment, DAY), date_pretty: pretty(moment, middle), date_short_pretty: pretty(moment, short),
    date_long_pretty: pretty(moment, long), day_divider_pretty: pretty(moment, long), date_long_full: long,
    time: timeOf(moment), time_secs: show(moment, { hour: 'numeric', minute: '2-digit', second: '2-digit' }), ago: short,
  };
  const text = format.replace(/\{(\w+)\}/g, (whole, name) => tokens[name] ?? whole);
  const shown = text ? sentenceAtStart(format, text) : fallback;
  const node = h('time', { datetime: moment.toISOString(), title: fullTime(moment) }, shown);
  return address && /^https?:/.test(address) ? h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, node) : node;
}

const sentenceAtStart = (format, text) => (format.startsWith('{') && format.includes('_pretty}') ? sentenceCase(text) : text);
