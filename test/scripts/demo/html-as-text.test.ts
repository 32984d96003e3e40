import { expect, test } from '@jest/globals';
import { htmlAsText } from '../../../scripts/demo/html-as-text.ts';

test('shows a heading, a paragraph and a table as lines and columns', () => {
  const html = `<h3>❌ Release: failed</h3>
<p><b>2 logs recorded</b> · a &amp; b &lt;c&gt;</p>
<table><tr><th>Log</th><th>Delivery</th></tr>
<tr><td colspan="2">Reference <code>run-1</code></td></tr>
<tr><td>&nbsp;&nbsp;✅ Build</td><td><code>4001</code> · 2 ms</td></tr>
<tr><td>Acme<br>installation <code>9</code></td><td>⚠️ 0 of 2</td></tr>
</table>
`;
  expect(htmlAsText(html)).toBe(`❌ Release: failed

2 logs recorded · a & b <c>
Log         Delivery
Reference run-1
  ✅ Build  4001 · 2 ms
Acme        ⚠️ 0 of 2
    installation 9`);
});
