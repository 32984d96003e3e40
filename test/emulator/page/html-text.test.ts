import { expect, test } from '@jest/globals';
import { linkedHtml } from '../../../emulator/page/html-text.ts';

const link = (address: string) =>
  `<a href="${address}" target="_blank" rel="noopener noreferrer nofollow">${address}</a>`;

test.each([
  ['See https://example.com/runs/9001.', `See ${link('https://example.com/runs/9001')}.`],
  ['(http://example.com/a?b=1&c=2)', `(${link('http://example.com/a?b=1&amp;c=2')})`],
  ['https://example.com/" onclick="alert(1)', `${link('https://example.com/')}&quot; onclick=&quot;alert(1)`],
  ['javascript:alert(1) and data:text/html,x', 'javascript:alert(1) and data:text/html,x'],
  ['file:///etc/passwd, ftp://example.com/x', 'file:///etc/passwd, ftp://example.com/x'],
  ['https://', 'https://'],
  ['<b>no</b> address', '&lt;b&gt;no&lt;/b&gt; address'],
])('%j', (text, html) => {
  expect(linkedHtml(text)).toBe(html);
});
