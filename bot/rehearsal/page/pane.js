// What opens beside the messages, or over them on a phone: one thing at a time; Escape closes it and focus returns.

const pane = document.getElementById('pane');
let owner = '';
let closed = () => {};
let from = null;

export const holds = (name) => owner === name;

// Show the pane for `name`; `whenClosed` hears of a close that its owner did not ask for. Returns the pane.
export function openPane(name, label, whenClosed) {
  if (owner !== name) {
    const told = owner ? closed : () => {};
    if (!owner) from = document.activeElement;
    owner = name;
    closed = whenClosed;
    pane.replaceChildren();
    told();
  }
  pane.className = name;
  pane.setAttribute('aria-label', label);
  pane.hidden = false;
  return pane;
}

export function closePane(name) {
  if (owner !== name) return;
  const inside = pane.contains(document.activeElement);
  owner = '';
  pane.hidden = true;
  pane.replaceChildren();
  if (inside) backTo(from)?.focus();
  from = null;
}

// The very control may have been drawn anew since.
function backTo(node) {
  if (!node || node.isConnected) return node;
  const { actionId, tool } = node.dataset || {};
  const ts = node.closest?.('[data-ts]')?.dataset.ts;
  return (tool && document.querySelector(`[data-tool="${tool}"]`))
    || (ts && actionId && document.querySelector(`#messages [data-ts="${ts}"] [data-action-id="${CSS.escape(actionId)}"]`))
    || document.querySelector('#composer textarea');
}

pane.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  const told = closed;
  closePane(owner);
  told();
});
