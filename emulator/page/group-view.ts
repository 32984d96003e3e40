import { expiryOf, LOGS_PER_REFERENCE, type Group, type RecordedLog } from '../logs/log-store.ts';
import { counted, escapeHtml, linkedHtml } from './html-text.ts';
import { outcomeOf, signView } from './outcome.ts';
import { isFiltered, type PageAddress } from './page-address.ts';
import { failuresOf, isSought, logsOf, outcomeOfGroup, type ShownGroup } from './shown-groups.ts';
import { dayAndTime, span, timeOfDay } from './time-text.ts';

/** One group as a line that opens to what failed in it, its description, its sub-logs in order, and its facts. */
export function groupView(group: ShownGroup, address: PageAddress, now: number): string {
  const [{ parent }] = group.parts;
  const failures = failuresOf(group);
  return `<li class="group" id="log-${parent.logId}">
<details${address.isOpen ? ' open' : ''}>
<summary>
<span class="headline">
<span class="heading">${signView(outcomeOfGroup(group))}<h2 class="title" dir="auto">${titleView(parent.title)}</h2></span>
<span class="byline">${failures.length === 0 ? '' : `<span class="failed-count">${failures.length} failed</span> <span class="dot">·</span> `}${escapeHtml(parent.extensionName)}${referenceView(parent.reference)}</span>
</span>
${fillView(group)}
<span class="when"><time datetime="${parent.logTime}">${dayAndTime(parent.logTime)}</time><span class="expiry">expires in ${span(expiryOf(parent) - now)}</span></span>
</summary>
<div class="inside">
${failuresView(failures)}
${descriptionView(parent)}
${group.parts.map((part, index) => partView(part, index + 1, group, address)).join('\n')}
${factsView(group)}
</div>
</details>
</li>`;
}

// Outcome first, then what and how long: the first part of "Failed · Smoke tests · 48 s" carries the weight. It is not
// a `bdi`, because it decides the direction of the whole.
function titleView(title: string): string {
  const [lead = '', ...rest] = title.split(' · ');
  const tail = rest
    .map((part) => ` <span class="dot">·</span> <bdi class="part">${escapeHtml(part)}</bdi>`)
    .join('');
  const outcome = outcomeOf(lead);
  const color = outcome === undefined ? '' : ` data-outcome="${outcome}"`;
  return tail === '' ? escapeHtml(title) : `<span class="lead"${color}>${escapeHtml(lead)}</span>${tail}`;
}

function referenceView(reference: string | null): string {
  return reference === null
    ? ' <span class="dot">·</span> no reference'
    : ` <span class="dot">·</span> <code dir="auto">${escapeHtml(reference)}</code>`;
}

/** How full a reference is; of a group of several parts, how many logs they are together. */
function fillView(group: ShownGroup): string {
  const count = logsOf(group).length;
  if (group.parts.length > 1)
    return `<span class="fill"><span class="count">${counted(count, 'log')} in ${group.parts.length} parts</span></span>`;
  const bars = Array.from({ length: LOGS_PER_REFERENCE }, (_, at) => (at < count ? '<b></b>' : '<i></i>'));
  return `<span class="fill"><span class="bars" aria-hidden="true">${bars.join('')}</span><span class="count">${count} of ${LOGS_PER_REFERENCE}</span></span>`;
}

/** What a reader looks for first, wherever in the group it stands. */
function failuresView(failures: readonly RecordedLog[]): string {
  if (failures.length === 0) return '';
  const items = failures.map(
    ({ logId, title }) => `<li><a href="#log-${logId}" dir="auto">${escapeHtml(title)}</a></li>`,
  );
  return `<section class="failures" aria-label="What failed"><ul>${items.join('')}</ul></section>`;
}

/** A description that only repeats its title is not shown twice. */
function descriptionView({ title, description }: RecordedLog): string {
  const isNew = description.trim() !== '' && description.trim() !== title.trim();
  return isNew ? `<p class="description" dir="auto">${linkedHtml(description)}</p>` : '';
}

function partView(
  { parent, subLogs }: Group,
  number: number,
  group: ShownGroup,
  address: PageAddress,
): string {
  const heading =
    number === 1
      ? ''
      : `<p class="part-heading" id="log-${parent.logId}">Part ${number}${referenceView(parent.reference)}</p>`;
  if (subLogs.length === 0) return group.parts.length === 1 ? '<p class="none">No sub-logs.</p>' : heading;
  const items = subLogs.map((log) => subLogView(log, parent, address));
  return `${heading}<ol class="sub-logs">${items.join('\n')}</ol>`;
}

function subLogView(log: RecordedLog, parent: RecordedLog, address: PageAddress): string {
  const sameDay = log.logTime.slice(0, 10) === parent.logTime.slice(0, 10);
  const time = sameDay ? timeOfDay(log.logTime) : dayAndTime(log.logTime);
  const elsewhere =
    log.installationId === parent.installationId
      ? ''
      : `<p class="byline">installation <code>${escapeHtml(log.installationId)}</code></p>`;
  const sought = isFiltered(address) && isSought(log, address) ? ' data-sought' : '';
  return `<li class="sub-log" id="log-${log.logId}"${sought}>${signView(outcomeOf(log.title))}<h3 class="title" dir="auto">${titleView(log.title)}</h3>
<time datetime="${log.logTime}">${time}</time>${descriptionView(log)}${elsewhere}</li>`;
}

function factsView({ parts: [{ parent }] }: ShownGroup): string {
  const facts: [string, string][] = [
    ['Extension', escapeHtml(parent.extensionName)],
    ['Installation', `<code>${escapeHtml(parent.installationId)}</code>`],
    [
      'Reference',
      parent.reference === null ? 'none' : `<code dir="auto">${escapeHtml(parent.reference)}</code>`,
    ],
    ['Log id', `<code>${parent.logId}</code>`],
  ];
  const rows = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return `<dl class="facts">${rows.join('')}</dl>`;
}
