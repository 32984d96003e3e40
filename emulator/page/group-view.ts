import { escapeHtml } from './html-text.ts';
import { expiryOf, type Group, LOGS_PER_REFERENCE, type RecordedLog } from '../logs/log-store.ts';
import { dayAndTime, span, timeOfDay } from './time-text.ts';

/** One parent log as a line that opens to its facts, its description and its sub-logs in order. */
export function groupView({ parent, subLogs }: Group, isOpen: boolean, now: number): string {
  const count = subLogs.length + 1;
  return `<li class="group" id="log-${parent.logId}">
<details${isOpen ? ' open' : ''}>
<summary>
<span class="headline">
<h2 class="title">${titleView(parent.title)}</h2>
<span class="byline">${escapeHtml(parent.extensionName)}${referenceView(parent.reference)}</span>
</span>
<span class="fill"><span class="bars" aria-hidden="true">${barsView(count)}</span><span class="count">${count} of ${LOGS_PER_REFERENCE}</span></span>
<span class="when"><time datetime="${parent.logTime}">${dayAndTime(parent.logTime)}</time><span class="expiry">expires in ${span(expiryOf(parent) - now)}</span></span>
</summary>
<div class="inside">
${descriptionView(parent)}
${subLogsView(subLogs, parent)}
${factsView(parent)}
</div>
</details>
</li>`;
}

// Outcome first, then what and how long: the first part of "Failed · Smoke tests · 48 s" carries the weight.
function titleView(title: string): string {
  const [lead = '', ...rest] = title.split(' · ');
  const tail = rest
    .map((part) => ` <span class="dot">·</span> <span class="part">${escapeHtml(part)}</span>`)
    .join('');
  return tail === '' ? escapeHtml(title) : `<span class="lead">${escapeHtml(lead)}</span>${tail}`;
}

function referenceView(reference: string | null): string {
  return reference === null
    ? ' <span class="dot">·</span> no reference'
    : ` <span class="dot">·</span> <code>${escapeHtml(reference)}</code>`;
}

function barsView(count: number): string {
  return Array.from({ length: LOGS_PER_REFERENCE }, (_, at) => (at < count ? '<b></b>' : '<i></i>')).join('');
}

/** A description that only repeats its title is not shown twice. */
function descriptionView({ title, description }: RecordedLog): string {
  const isNew = description.trim() !== '' && description.trim() !== title.trim();
  return isNew ? `<p class="description">${escapeHtml(description)}</p>` : '';
}

function subLogsView(subLogs: readonly RecordedLog[], parent: RecordedLog): string {
  if (subLogs.length === 0) return '<p class="none">No sub-logs.</p>';
  return `<ol class="sub-logs">${subLogs.map((log) => subLogView(log, parent)).join('\n')}</ol>`;
}

function subLogView(log: RecordedLog, parent: RecordedLog): string {
  const sameDay = log.logTime.slice(0, 10) === parent.logTime.slice(0, 10);
  const time = sameDay ? timeOfDay(log.logTime) : dayAndTime(log.logTime);
  const elsewhere =
    log.installationId === parent.installationId
      ? ''
      : `<p class="byline">installation <code>${escapeHtml(log.installationId)}</code></p>`;
  return `<li class="sub-log" id="log-${log.logId}"><h3 class="title">${titleView(log.title)}</h3>
<time datetime="${log.logTime}">${time}</time>${descriptionView(log)}${elsewhere}</li>`;
}

function factsView(parent: RecordedLog): string {
  const facts: [string, string][] = [
    ['Extension', escapeHtml(parent.extensionName)],
    ['Installation', `<code>${escapeHtml(parent.installationId)}</code>`],
    ['Reference', parent.reference === null ? 'none' : `<code>${escapeHtml(parent.reference)}</code>`],
    ['Log id', `<code>${parent.logId}</code>`],
  ];
  const rows = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return `<dl class="facts">${rows.join('')}</dl>`;
}
