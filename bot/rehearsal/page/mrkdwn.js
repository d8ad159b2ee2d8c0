// Slack's mrkdwn, plain text and rich text, as DOM nodes.

import { h } from './dom.js';
import { withEmoji, emoji } from './emoji.js';
import { slackDate } from './dates.js';
import { conversationOf, nameOf, page, personOf } from './workspace.js';

const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const words = (text) => document.createTextNode(withEmoji(decode(text)));

export const plain = (object) => (object ? (object.emoji === false ? object.text : withEmoji(object.text)) : '');

export function textObject(object) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : lines(plain(object));
}

const lines = (text) => text.split('\n').flatMap((line, i) => (i ? [h('br'), line] : [line]));

export function mrkdwn(text) {
  return text.split(/```/).flatMap((part, i) => {
    if (i % 2) return [h('pre', {}, h('code', {}, decode(part.replace(/^\n|\n$/g, ''))))];
    return part ? paragraphs(i ? part.replace(/^\n/, '') : part) : [];
  });
}

function paragraphs(text) {
  const out = [];
  let quote = null;
  let fresh = true;
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(h('br'));
      else out.push((quote = h('blockquote')));
      quote.append(...inline(quoted[1]));
      fresh = true;
      continue;
    }
    quote = null;
    const item = /^(\s*)([•◦▪–-]|\d+[.)])\s+(.*)$/.exec(line);
    if (item) {
      out.push(h('div', { class: `item depth${Math.min(2, Math.floor(item[1].length / 2))}` }, h('span', {}, item[2]), h('span', {}, ...inline(item[3]))));
      fresh = true;
      continue;
    }
    if (!fresh) out.push(h('br'));
    out.push(...inline(line));
    fresh = false;
  }
  return out;
}

// A space of no width is a space here too: a mark beside it formats nothing.
const MARKS = [
  [/`([^`\n]+)`/, (inner) => h('code', {}, decode(inner))],
  [/<([^<>\n]+)>/, (inner) => reference(inner)],
  [/(?<![\w*])\*(?![\s\u200b])([^*\n]+?)(?<![\s\u200b])\*(?![\w*])/, (inner) => h('strong', {}, ...inline(inner))],
  [/(?<![\w_])_(?![\s\u200b])([^_\n]+?)(?<![\s\u200b])_(?![\w_])/, (inner) => h('em', {}, ...inline(inner))],
  [/(?<![\w~])~(?![\s\u200b])([^~\n]+?)(?<![\s\u200b])~(?![\w~])/, (inner) => h('s', {}, ...inline(inner))],
];

function inline(text) {
  const out = [];
  let rest = text;
  while (rest) {
    let first = null;
    for (const [pattern, make] of MARKS) {
      const match = pattern.exec(rest);
      if (match && (!first || match.index < first.match.index)) first = { match, make };
    }
    if (!first) break;
    if (first.match.index) out.push(words(rest.slice(0, first.match.index)));
    out.push(first.make(first.match[1]));
    rest = rest.slice(first.match.index + first.match[0].length);
  }
  if (rest) out.push(words(rest));
  return out;
}

function reference(inner) {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return channel(target.slice(1), label);
  if (target.startsWith('!date^')) return slackDate(target.slice(6).split('^'), decode(label));
  if (target.startsWith('!subteam^')) return h('span', { class: 'mention' }, decode(label || '@group'));
  if (target.startsWith('!')) return h('span', { class: 'mention all' }, `@${target.slice(1)}`);
  return link(decode(target), label ? withEmoji(decode(label)) : '');
}

function mention(id, label) {
  const known = personOf(id);
  return h('span', { class: id === page.person ? 'mention me' : 'mention' }, `@${known ? known.name : label || id}`);
}

function channel(id, label) {
  const found = conversationOf(id) || page.world.channels.find((one) => one.id === id);
  return h('a', { class: 'mention', href: `#${id}` }, `#${found ? found.name : label || id}`);
}

export function link(address, label) {
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(label || address);
  const inside = /^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(address);
  if (inside) return h('a', { href: `#${inside[1]}/${inside[2]}.${inside[3]}` }, label || 'Go to the message');
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, label || address);
}

export function richText(block) {
  return block.elements.map((part) => {
    if (part.type === 'rich_text_list') {
      const list = h(part.style === 'ordered' ? 'ol' : 'ul', { class: `rich depth${part.indent || 0}`, start: part.offset ? part.offset + 1 : null });
      list.append(...part.elements.map((section) => h('li', {}, ...section.elements.map(rich))));
      return list;
    }
    const tag = { rich_text_preformatted: 'pre', rich_text_quote: 'blockquote' }[part.type] || 'p';
    return h(tag, { class: 'rich' }, ...part.elements.map(rich));
  });
}

function rich(piece) {
  const styled = (node) => {
    const style = piece.style || {};
    for (const [name, tag] of [['code', 'code'], ['strike', 's'], ['italic', 'em'], ['bold', 'strong']]) {
      if (style[name]) node = h(tag, {}, node);
    }
    return node;
  };
  switch (piece.type) {
    case 'text': return styled(h('span', {}, ...lines(piece.text)));
    case 'link': return styled(link(piece.url, piece.text));
    case 'user': return mention(piece.user_id, '');
    case 'channel': return channel(piece.channel_id, '');
    case 'broadcast': return h('span', { class: 'mention all' }, `@${piece.range}`);
    case 'emoji': return document.createTextNode(emoji(piece.name) || `:${piece.name}:`);
    case 'date': return slackDate([String(piece.timestamp), piece.format, piece.url].filter(Boolean), piece.fallback || '');
    default: return document.createTextNode('');
  }
}

