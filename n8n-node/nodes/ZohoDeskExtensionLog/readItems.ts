import type { IExecuteFunctions } from 'n8n-workflow';
import type { Entry } from '../../../shared/entries/entry.ts';
import type { Secrets } from '../../../shared/ports.ts';
import type { Checked, Problem } from '../../../shared/problem.ts';
import type { Authentication } from './authentication.ts';
import type { DeskPortal, Door } from './door.ts';
import { badItem, type LogResult } from './logResult.ts';
import { readItem } from './readItem.ts';

/** Each entry with the item that asked for it, and the portal that it goes to. */
export type AddressedEntries = ReadonlyMap<Entry, { readonly item: number; readonly portal: DeskPortal }>;

/**
 * The item loop: reads every item, so that all problems are reported at once.
 * @param door where it did not open, the items are still checked, but have no portal
 */
export function readItems(
  context: IExecuteFunctions,
  authentication: Authentication,
  door: Checked<Door>,
  secrets: Secrets,
): { addressed: AddressedEntries; bad: LogResult[] } {
  const addressed = new Map<Entry, { item: number; portal: DeskPortal }>();
  const refused: { item: number; problems: Problem[] }[] = [];
  for (const item of context.getInputData().keys()) {
    const logs = readItem(context, item, authentication, secrets.learn);
    const portal = logs.ok && door.ok ? door.value.portalOf(logs.value) : undefined;
    if (!logs.ok) refused.push({ item, problems: logs.problems });
    else if (portal?.ok === false) refused.push({ item, problems: portal.problems });
    else if (portal?.ok) {
      for (const entry of logs.value.entries) addressed.set(entry, { item, portal: portal.value });
    }
  }
  // Only now are the secrets of all items known.
  const bad = refused.map(({ item, problems }) => badItem(item, secretless(problems, secrets)));
  return { addressed, bad };
}

/** Takes secrets out of problems: one may have been put into the wrong field. */
export function secretless(problems: readonly Problem[], { redact }: Secrets): Problem[] {
  return problems.map(({ input, value, message }) => ({
    input,
    ...(value !== undefined && { value: redact(value) }),
    message: redact(message),
  }));
}
