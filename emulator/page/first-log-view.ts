import type { Desk } from '../desk/desk.ts';
import { escapeHtml } from './html-text.ts';
import { posixCommands, powerShellCommands } from './shell-commands.ts';

/** What an empty page says: how to write the first log. The script opens the shell of the reader's system. */
export function firstLogView(desk: Desk): string {
  return `<section class="empty" aria-labelledby="empty-title">
<h2 id="empty-title">No logs yet</h2>
<p>This is where a help desk’s administrators read what an extension did. Paste this into a terminal to write the first log:</p>
${commandsView('posix', 'Linux and macOS', posixCommands(desk), true)}
${commandsView('powershell', 'Windows PowerShell', powerShellCommands(desk), false)}
<p>Or point the Action or the n8n node at <code>${escapeHtml(desk.url)}</code>.</p>
</section>`;
}

function commandsView(id: string, shell: string, commands: string, isOpen: boolean): string {
  return `<details class="commands" name="shell" id="shell-${id}"${isOpen ? ' open' : ''}>
<summary>${shell}</summary>
<div class="snippet"><button type="button" class="copy" data-copies="commands-${id}" hidden>Copy</button>
<pre tabindex="0" role="region" aria-label="Commands for ${shell} that send a log"><code id="commands-${id}">${escapeHtml(commands)}</code></pre></div>
</details>`;
}
