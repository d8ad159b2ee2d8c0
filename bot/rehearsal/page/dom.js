// Builds elements. Text always becomes text nodes, so what people wrote can never become markup.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else if (name === 'value') node.value = value;
    else if (value === true) node.setAttribute(name, '');
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}

const drawn = new WeakMap();

// Draw into `node` only when what it shows is different now, so that no press falls between two drawings.
export function whenChanged(node, shown, draw) {
  const key = JSON.stringify(shown);
  if (drawn.get(node) === key) return;
  drawn.set(node, key);
  draw();
}

let counter = 0;
export const freshId = (prefix) => `${prefix}-${(counter += 1)}`;

const HUES = [4, 28, 95, 150, 190, 215, 250, 285, 325];

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0] || '?')[0] + (words.length > 1 ? words[words.length - 1][0] : '')).toUpperCase();
}

export function avatar(person) {
  if (person?.is_bot) return h('span', { class: 'avatar app', 'aria-hidden': 'true' }, '⚖️');
  const seed = [...(person?.id || '')].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const hue = HUES[seed % HUES.length];
  const node = h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(person?.name || '?'));
  node.style.setProperty('--hue', hue);
  return node;
}
