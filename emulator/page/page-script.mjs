/* global document, DOMParser, EventSource, fetch, location, Node */

// Keeps the page as the server would render it now. What the reader opened stays open, what did not change is
// not touched.

const announcer = document.querySelector('#arrivals');
const connection = document.querySelector('#connection');
let arrived = [];
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
    morph(document.querySelector('#portal'), page.querySelector('#portal'));
    announce(news);
  } catch {
    // The emulator is gone; the event stream says so and refreshes when it is back.
  }
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
  const isReaders = (name) => (name === 'open' && kept.nodeName === 'DETAILS') || name === 'data-new';
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
  arrived.push(JSON.parse(data));
  void refresh();
});

// "expires in" counts down on its own.
setInterval(() => void refresh(), 30_000);
