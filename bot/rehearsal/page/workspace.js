// What the page knows: the world, this person's screen, and how to ask the workspace for things.

// `channel` is the channel looked at last, `wanted` a message to show, `earlier` how many more messages were asked for.
export const page = { world: null, screen: null, person: '', place: '', channel: '', tab: 'messages', thread: '', wanted: '', earlier: 0 };

export const personOf = (id) => page.world.people.find((person) => person.id === id);
export const nameOf = (id) => personOf(id)?.name || id;
export const conversationOf = (id) => page.screen?.conversations.find((found) => found.id === id);
export const zone = () => personOf(page.person)?.time_zone || page.world.team.time_zone;

export const humans = () => page.world.people.filter((person) => !person.is_bot);
export const firstName = (person) => person.name.split(' ')[0];

export async function get(path, asked = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams({ as: page.person, ...asked })}`);
  if (!answer.ok) throw new Error('The practice workspace did not answer.');
  return answer.json();
}

export async function act(gesture, body = {}) {
  try {
    const answer = await fetch(`/practice/${gesture}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: page.person, ...body }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: 'unreachable', sentence: 'The practice workspace itself has stopped. Start it again.' };
  }
}

export function toast(sentence, bad = false) {
  const box = document.getElementById('toasts');
  const note = document.createElement('div');
  note.className = bad ? 'toast bad' : 'toast';
  note.setAttribute('role', bad ? 'alert' : 'note');
  const words = document.createElement('span');
  words.textContent = sentence;
  const close = document.createElement('button');
  close.className = 'quiet';
  close.setAttribute('aria-label', 'Dismiss');
  close.textContent = '✕';
  close.addEventListener('click', () => note.remove());
  note.append(words, close);
  box.append(note);
  setTimeout(() => note.remove(), bad ? 12000 : 7000);
}

export function report(answer) {
  if (!answer.ok && answer.error !== 'errors') toast([answer.sentence || answer.error, ...(answer.messages || [])].join('\n'), true);
  return answer;
}

// Runs one gesture while its control shows that it is working.
export async function working(control, gesture, body) {
  control.setAttribute('aria-busy', 'true');
  control.classList.add('working');
  try {
    return report(await act(gesture, body));
  } finally {
    control.removeAttribute('aria-busy');
    control.classList.remove('working');
  }
}
