// Standard Markdown, as a markdown block holds it, as DOM nodes; and table blocks.

import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { link, richText } from './mrkdwn.js';

const MARKS = [
  [/`([^`\n]+)`/, (found) => h('code', {}, found[1])],
  [/\[([^\]\n]*)\]\(([^)\s]+)\)/, (found) => link(found[2], withEmoji(found[1]))],
  [/\*\*(?!\s)(.+?)\*\*|__(?!\s)(.+?)__/, (found) => h('strong', {}, ...inline(found[1] || found[2]))],
  [/(?<![\w*])\*(?!\s)([^*]+?)\*(?![\w*])|(?<![\w_])_(?!\s)([^_]+?)_(?![\w_])/, (found) => h('em', {}, ...inline(found[1] || found[2]))],
  [/~~(.+?)~~/, (found) => h('s', {}, ...inline(found[1]))],
];

function inline(text) {
  let first = null;
  for (const [pattern, make] of MARKS) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [withEmoji(text)] : [];
  const after = first.found.index + first.found[0].length;
  return [withEmoji(text.slice(0, first.found.index)), first.make(first.found), ...inline(text.slice(after))];
}

const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
const grid = (head, rows) => h('div', { class: 'grid' }, h('table', {},
  h('thead', {}, h('tr', {}, head.map((cell) => h('th', { scope: 'col' }, cell)))),
  h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell) => h('td', {}, cell)))))));

// Each kind: what its lines look like, and what a run of them becomes.
const KINDS = [
  [/^#{1,6}\s/, (lines) => lines.map((line) => h('p', { class: 'title' }, ...inline(line.replace(/^#+\s/, ''))))],
  [/^>\s?/, (lines) => [h('blockquote', {}, lines.flatMap((line, i) => [i ? h('br') : null, ...inline(line.replace(/^>\s?/, ''))]))]],
  [/^\s*[-*+]\s/, (lines) => [h('ul', { class: 'rich' }, lines.map((line) => h('li', {}, ...inline(line.replace(/^\s*[-*+]\s+/, '')))))]],
  [/^\s*\d+[.)]\s/, (lines) => [h('ol', { class: 'rich' }, lines.map((line) => h('li', {}, ...inline(line.replace(/^\s*\d+[.)]\s+/, '')))))]],
  [/^\s*\|.*\|\s*$/, (lines) => [grid(cells(lines[0]).map(inline), lines.slice(/^[\s|:-]+$/.test(lines[1] || '') ? 2 : 1).map((line) => cells(line).map(inline)))]],
  [/^\s*(?:-{3,}|\*{3,})\s*$/, () => [h('hr', { class: 'block' })]],
];
const words = (lines) => [h('p', {}, lines.flatMap((line, i) => [i ? h('br') : null, ...inline(line)]))];
const kindOf = (line) => KINDS.findLast(([pattern]) => pattern.test(line))?.[1] || words;

export function markdown(text) {
  return text.split(/```[\w-]*\n?/).flatMap((part, i) => (i % 2 ? [h('pre', {}, h('code', {}, part.replace(/\n$/, '')))] : blocks(part)));
}

function blocks(text) {
  const out = [];
  let kind = null;
  let lines = [];
  const flush = () => { if (lines.length) out.push(...kind(lines)); lines = []; };
  for (const line of text.split('\n')) {
    const next = line.trim() ? kindOf(line) : null;
    if (next !== kind) flush();
    kind = next;
    if (kind) lines.push(line);
  }
  flush();
  return out;
}

// A table block: rows of raw or rich text, the first of them the heading.
export function table(block) {
  const cell = (one) => (one?.type === 'rich_text' ? richText(one) : [withEmoji(one?.text || '')]);
  const [head, ...rows] = block.rows.map((row) => row.map(cell));
  return grid(head, rows);
}
