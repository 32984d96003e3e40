/* global document, DOMParser, EventSource, fetch, FormData, getSelection, history, location, navigator, Node, URLSearchParams */

// Keeps the page as the server would render it now. What the reader opened stays open, what did not change is
// not touched.

const announcer = document.querySelector('#arrivals');
const connection = document.querySelector('#connection');
let arrived = [];
const REST_MS = 200;
let isRefreshing = false;
let isStale = false;

async function refresh() {
  if (isRefreshing) {
    isStale = true;
    return;
  }
  isRefreshing = true;
  const news = arrived;
  arrived = [];
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const selector of ['h1', '#portal'])
      morph(document.querySelector(selector), page.querySelector(selector));
    prepare();
    announce(news);
  } catch {
    // The emulator is gone; the event stream says so and refreshes when it is back.
  }
  // Many logs at once are shown a few times a second, so that the page stays usable meanwhile.
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  isRefreshing = false;
  if (isStale) {
    isStale = false;
    await refresh();
  }
}

function announce(news) {
  if (news.length === 1) announcer.textContent = `New log: ${news[0].title}`;
  if (news.length > 1) announcer.textContent = `${news.length} new logs`;
}

function morph(kept, wanted) {
  if (kept.nodeType !== Node.ELEMENT_NODE) {
    if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue;
    return;
  }
  const isReaders = (name) =>
    (name === 'open' && kept.nodeName === 'DETAILS') || name === 'data-new' || name === 'hidden';
  for (const { name } of [...kept.attributes])
    if (!wanted.hasAttribute(name) && !isReaders(name)) kept.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (kept.getAttribute(name) !== value && !isReaders(name)) kept.setAttribute(name, value);
  morphChildren(kept, wanted);
}

function morphChildren(kept, wanted) {
  const byId = new Map([...kept.children].filter((child) => child.id).map((child) => [child.id, child]));
  let next = kept.firstChild;
  for (const child of [...wanted.childNodes]) {
    const match = child.id ? byId.get(child.id) : isAlike(next, child) ? next : undefined;
    if (match === undefined) kept.insertBefore(marked(document.importNode(child, true)), next);
    else {
      if (match === next) next = next.nextSibling;
      else kept.insertBefore(match, next);
      morph(match, child);
    }
  }
  while (next !== null) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function isAlike(node, other) {
  return node !== null && !node.id && node.nodeType === other.nodeType && node.nodeName === other.nodeName;
}

function marked(node) {
  if (node.id?.startsWith('log-')) node.setAttribute('data-new', '');
  return node;
}

function show(state, text) {
  connection.hidden = false;
  connection.dataset.state = state;
  if (connection.textContent !== text) connection.textContent = text;
}

const events = new EventSource('/__emulator/events');
events.addEventListener('open', () => {
  show('live', 'Live');
  void refresh();
});
events.addEventListener('error', () => show('gone', 'Emulator stopped'));
events.addEventListener('change', () => void refresh());
events.addEventListener('log', ({ data }) => {
  const log = JSON.parse(data);
  const { portal } = document.querySelector('#portal').dataset;
  if (portal !== undefined && portal !== log.orgId) return;
  arrived.push(log);
  void refresh();
});

// "expires in" counts down on its own.
setInterval(() => void refresh(), 30_000);

// What is typed or chosen in a filter is shown at once, and the address keeps it.
function filter(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value !== '');
  const query = new URLSearchParams(fields).toString();
  history.replaceState(null, '', query === '' ? '/' : `/?${query}`);
  void refresh();
}

document.addEventListener('input', ({ target }) => {
  const form = target.closest('form.filter');
  if (form !== null) filter(form);
});
document.addEventListener('submit', (event) => {
  if (!event.target.matches('form.filter')) return;
  event.preventDefault();
  filter(event.target);
});
document.addEventListener('change', ({ target }) => {
  target.closest('form.choice')?.requestSubmit();
});

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button.copy');
  if (button !== null) void copy(button);
});

async function copy(button) {
  const code = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    // No clipboard without https, but on this computer's own address. What is selected can be copied by hand.
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => (button.textContent = 'Copy'), 2_000);
}

// Buttons that need the script, and the commands for the reader's own system.
function prepare() {
  for (const button of document.querySelectorAll('button.copy[hidden]')) button.hidden = false;
}

prepare();
const windowsCommands = document.querySelector('#shell-powershell');
if (windowsCommands !== null && navigator.userAgent.includes('Windows')) {
  windowsCommands.open = true;
  document.querySelector('#shell-posix').open = false;
}
