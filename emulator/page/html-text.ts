const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows exactly it, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

// Only what a browser opens as a page. Punctuation at the end belongs to the sentence around it.
const WEB_ADDRESS = /\bhttps?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/gi;

/** Text as HTML that shows exactly it, its http and https addresses as links. */
export function linkedHtml(text: string): string {
  let html = '';
  let from = 0;
  for (const { 0: address, index } of text.matchAll(WEB_ADDRESS)) {
    html += escapeHtml(text.slice(from, index)) + linkView(address);
    from = index + address.length;
  }
  return html + escapeHtml(text.slice(from));
}

function linkView(address: string): string {
  const protocol = URL.parse(address)?.protocol;
  const shown = escapeHtml(address);
  if (protocol !== 'https:' && protocol !== 'http:') return shown;
  return `<a href="${shown}" target="_blank" rel="noopener noreferrer nofollow">${shown}</a>`;
}

/** `1 log`, `1,200 logs`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
