import type { Report, Undelivered } from './delivery/outcome.ts';

/** One line of an undelivered file; as an entry, it can be given back to be logged again. */
export interface UndeliveredLog {
  readonly reference?: string;
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  readonly reason: string;
  readonly mayBeRecorded: boolean;
}

/**
 * What a report says was not delivered, ready to be logged again: a log of a group of which nothing
 * was sent goes back under the group's reference, to be split anew; one of a group that Desk has a
 * piece of goes back to the part that it was meant for, so that no part is filled beyond ten.
 */
export function undeliveredLogs({ outcomes, parts }: Report): UndeliveredLog[] {
  const begun = new Set(
    parts.filter(({ outcomes: sent }) => sent.some(mayStandInDesk)).map((part) => groupKey(part)),
  );
  return outcomes.flatMap((outcome): UndeliveredLog[] => {
    if (outcome.kind === 'recorded') return [];
    const { title, description, installationId, reference: ofGroup } = outcome.log;
    const hasBegun = begun.has(groupKey({ installationId, reference: ofGroup }));
    const reference = hasBegun ? outcome.place.wireReference : ofGroup;
    return [
      {
        ...(reference !== undefined && { reference }),
        title,
        description,
        installationId,
        reason: outcome.reason,
        mayBeRecorded: outcome.mayBeRecorded,
      },
    ];
  });
}

function mayStandInDesk(outcome: Report['parts'][number]['outcomes'][number]): boolean {
  return outcome.kind === 'recorded' || (outcome satisfies Undelivered<unknown>).mayBeRecorded;
}

function groupKey({
  installationId,
  reference,
}: {
  installationId: string;
  reference?: string | undefined;
}): string {
  return JSON.stringify([installationId, reference]);
}
