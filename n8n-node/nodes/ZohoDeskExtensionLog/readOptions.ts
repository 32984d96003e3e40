import type { IExecuteFunctions } from 'n8n-workflow';
import {
  DELIVERY_DEFAULTS,
  deliveryOptionSchemas,
  type DeliveryOptions,
} from '../../../shared/delivery/delivery-options.ts';
import { check, type Checked } from '../../../shared/problem.ts';

/** Reads the options, which hold for all items, with the first item's expressions. */
export function readOptions(context: IExecuteFunctions): Checked<DeliveryOptions> {
  const given = readGiven(context);
  if (!given.ok) return given;
  // The panel offers valid values only; an expression may give anything.
  const values = { ...DELIVERY_DEFAULTS, ...given.value };
  const overflow = check(deliveryOptionSchemas.overflow, values.overflow, 'Overflow');
  const delivery = check(deliveryOptionSchemas.delivery, values.delivery, 'Delivery');
  const concurrency = check(deliveryOptionSchemas.concurrency, values.concurrency, 'Concurrency');
  const timeoutSeconds = check(
    deliveryOptionSchemas.timeoutSeconds,
    values.timeoutSeconds,
    'Timeout (Seconds)',
  );
  if (overflow.ok && delivery.ok && concurrency.ok && timeoutSeconds.ok) {
    const options = {
      overflow: overflow.value,
      delivery: delivery.value,
      concurrency: concurrency.value,
      timeoutSeconds: timeoutSeconds.value,
    };
    return { ok: true, value: options };
  }
  const checked = [overflow, delivery, concurrency, timeoutSeconds];
  return { ok: false, problems: checked.flatMap((option) => (option.ok ? [] : option.problems)) };
}

function readGiven(context: IExecuteFunctions): Checked<Partial<DeliveryOptions>> {
  try {
    return { ok: true, value: context.getNodeParameter('options', 0, {}) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `cannot be evaluated: ${reason}. Correct its expression.`;
    return { ok: false, problems: [{ input: 'Options', message }] };
  }
}
