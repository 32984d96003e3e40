import { expect } from '@jest/globals';
import type { Outcome } from '../../../../shared/delivery/outcome.ts';
import { isHeading, LOGS_PER_PART } from '../../../../shared/grouping/part.ts';
import { EXTENSION_SECRET, keyOf, type JobResult, type PortalEntries } from './job.ts';
import { wireKey, type DeskLog, type SimulatedPortal } from './simulated-portal.ts';
import type { SimulatedZoho } from './simulated-zoho.ts';

/** All that must hold after a job, whatever failed in it. `before`: how many logs each portal had. */
export function allHolds(zoho: SimulatedZoho, job: JobResult, before: ReadonlyMap<SimulatedPortal, number>) {
  const { report, planned, terms } = job;
  for (const { portal, plan, refused, entries } of planned) {
    const recorded = portal.logs.slice(before.get(portal) ?? 0);
    const outcomes = report.outcomes.filter(({ log }) => log.title.includes(portal.mark));
    everyEntryIsPlannedOrRefused(entries, plan.logs, refused);
    expect(outcomes.map(({ log }) => log)).toEqual(plan.logs);
    for (const outcome of outcomes) saysWhatDeskHas(outcome, recorded);
    if (terms.mode === 'at-most-once') nothingTwice(recorded);
    neverMoreThanTen(portal);
    inOrderWithinParts(plan.logs, recorded);
    parentsAgree(job, portal, recorded);
  }
  const inParts = report.parts.flatMap(({ outcomes }) => outcomes).filter(({ log }) => !isHeading(log));
  expect(new Set(inParts)).toEqual(new Set(report.outcomes));
  withinLimits(zoho, job);
  nothingStrays(zoho);
  noSecretIn(job, zoho);
}

export function logCounts(zoho: SimulatedZoho): Map<SimulatedPortal, number> {
  return new Map(zoho.portals.map((portal) => [portal, portal.logs.length]));
}

function everyEntryIsPlannedOrRefused(
  entries: PortalEntries['entries'],
  logs: JobResult['planned'][number]['plan']['logs'],
  refused: JobResult['planned'][number]['refused'],
) {
  const told = [...logs, ...refused].flatMap((of) => of.entries);
  expect(told).toHaveLength(entries.length);
  expect(new Set(told)).toEqual(new Set(entries));
  for (const log of logs.filter((each) => each.entries.length > 1)) {
    expect(log.entries.filter(({ isParent }) => isParent)).toEqual([]);
    // Nothing that failed is hidden in a success.
    if (log.entries.some(({ status }) => status === 'failure')) expect(log.status).toBe('failure');
  }
}

/** Recorded is recorded, and what cannot be recorded is not. */
function saysWhatDeskHas(outcome: Outcome, recorded: readonly DeskLog[]) {
  const { title, installationId } = outcome.log;
  const copies = recorded.filter((log) => log.title === title);
  if (outcome.kind === 'recorded') {
    const { logId } = outcome.answer;
    expect(copies).toContainEqual({ logId, title, installationId, reference: outcome.part.wireReference });
    return;
  }
  expect(outcome.reason).toBe(outcome.reason.trim());
  expect(outcome.reason).not.toBe('');
  if (!outcome.mayBeRecorded) expect(copies).toEqual([]);
}

function nothingTwice(recorded: readonly DeskLog[]) {
  const seen = recorded.map((log) => wireKey(log) + log.title);
  expect(new Set(seen).size).toBe(seen.length);
  const own = recorded.filter(({ title }) => !title.includes('(part ')).map(({ title }) => title);
  expect(new Set(own).size).toBe(own.length);
}

/** No wire reference ever receives more than ten logs, lost attempts included, over all jobs. */
function neverMoreThanTen(portal: SimulatedPortal) {
  for (const [key, count] of portal.possibleLogs) {
    if (!key.endsWith('null]')) expect([key, Math.min(count, LOGS_PER_PART)]).toEqual([key, count]);
  }
}

/** First copies are in order, a heading before all others, and no group writes into another's part. */
function inOrderWithinParts(
  logs: readonly { title: string; reference?: string }[],
  recorded: readonly DeskLog[],
) {
  const positions = new Map(logs.map(({ title }, index) => [title, index]));
  for (const [key, inPart] of Map.groupBy(recorded, wireKey)) {
    if (key.endsWith('null]')) continue;
    const firsts = [...new Set(inPart.map(({ title }) => title))].map((title) => positions.get(title) ?? -1);
    expect([key, firsts]).toEqual([key, [...firsts].sort((one, other) => one - other)]);
    const groups = firsts.flatMap((at) => logs[at]?.reference ?? []);
    expect(new Set(groups).size).toBeLessThanOrEqual(1);
  }
}

/** The parent that Desk shows is the first that the report has for the part. */
function parentsAgree({ report }: JobResult, portal: SimulatedPortal, recorded: readonly DeskLog[]) {
  for (const { address, installationId, outcomes, portal: key } of report.parts) {
    const { wireReference: reference } = address;
    if (key !== keyOf(portal) || reference === undefined) continue;
    const first = recorded.find((log) => wireKey(log) === wireKey({ installationId, reference }));
    const titles = outcomes.map(({ log }) => log.title);
    const certain = outcomes.find(({ kind }) => kind === 'recorded');
    // A log may have left copies here and been recorded in a further part: then it is not an outcome of this one.
    if (first === undefined || certain === undefined || !titles.includes(first.title)) continue;
    expect(titles.indexOf(first.title)).toBeLessThanOrEqual(titles.indexOf(certain.log.title));
  }
}

function withinLimits(zoho: SimulatedZoho, { terms, tookMs }: JobResult) {
  for (const portal of zoho.portals) expect(portal.mostInFlight).toBeLessThanOrEqual(terms.concurrency);
  expect(zoho.mostInFlight).toBeLessThanOrEqual(100);
  expect(tookMs).toBeLessThanOrEqual(Math.min(terms.allowedMs, terms.cancelledAfterMs ?? Infinity));
  expect(zoho.arrivedTooLate).toBe(0);
}

/** Nothing that belongs to one portal is in a request to another. */
function nothingStrays({ requests, portals }: SimulatedZoho) {
  const owners = new Map(
    portals.flatMap((portal) => [[portal.orgId, portal] as const, [portal.mark, portal]]),
  );
  for (const { portal, text } of requests) {
    const found = text.match(/portal-\d{4}-|7\d{4}00000/g) ?? [];
    const strangers = found.filter((mark) => owners.get(mark) !== portal);
    expect([portal.mark, strangers]).toEqual([portal.mark, []]);
  }
}

function noSecretIn({ report, journal }: JobResult, { portals }: SimulatedZoho) {
  const text = JSON.stringify([report.outcomes.filter(({ kind }) => kind === 'undelivered'), journal]);
  expect(text).not.toContain(EXTENSION_SECRET);
  // Each portal's tokens and contexts hold these words behind its mark.
  for (const { mark } of portals) expect(text).not.toMatch(new RegExp(`${mark}(refresh-)?token|/context`));
}
