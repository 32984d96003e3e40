import type { IExecuteFunctions } from 'n8n-workflow';
import { GroupLedger } from '../../../shared/grouping/group-ledger.ts';
import type { Secrets } from '../../../shared/ports.ts';

const NAME = 'zohoDeskExtensionLogGroups';

/**
 * The ledger that all runs of all our nodes in one execution share, so that the next batch of a loop
 * goes on where the last one left a group. n8n keeps the flow context with the execution.
 */
export function openExecutionLedger(context: IExecuteFunctions, secrets: Secrets): GroupLedger {
  const kept = context.getContext('flow');
  return GroupLedger.open({
    read: (): unknown => kept[NAME],
    write: (record) => {
      kept[NAME] = { ...record };
    },
    // The execution's own data holds the references already.
    nameOf: (key) => key,
    redact: secrets.redact,
  });
}
