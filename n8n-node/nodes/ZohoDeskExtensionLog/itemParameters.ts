import type { IExecuteFunctions } from 'n8n-workflow';
import { oneOf } from '../../../shared/delivery/delivery-options.ts';
import { check, shownValue, type Problem } from '../../../shared/problem.ts';
import { isGroup } from './operation.ts';

/** The node's parameters that an item fills in, as the panel shows them. */
export const FIELD_NAMES = {
  orgId: 'Organization ID',
  securityContext: 'Security Context',
  installationId: 'Installation ID',
  title: 'Title',
  description: 'Description',
  reference: 'Reference',
  specifyLogs: 'Specify Sub-Logs',
  logs: 'Sub-Logs',
  logsJson: 'Sub-Logs (JSON)',
} as const;

/** One of them. */
export type Field = keyof typeof FIELD_NAMES;

/** Parameters that take a text. */
export type TextField = Exclude<Field, 'specifyLogs' | 'logs' | 'logsJson'>;

const HOW_TO_SPECIFY = oneOf(['fields', 'json']);

const ARRAY_REMEDY = 'Write one such as ["Checked", "Sent"], or an expression that gives one.';

/** The sub-logs of an item, as they were given, and the parameter that they came in. */
export interface GivenSubLogs {
  readonly field: 'logs' | 'logsJson';
  readonly list: readonly unknown[];
}

/** Evaluates the parameters for one item and collects what is wrong with them. Never throws. */
export class ItemParameters {
  readonly problems: Problem[] = [];
  readonly #context: IExecuteFunctions;
  readonly #index: number;

  constructor(context: IExecuteFunctions, index: number) {
    this.#context = context;
    this.#index = index;
  }

  /** Whether the item asks for a parent with sub-logs. */
  isGroup(): boolean {
    return isGroup(this.#context, this.#index);
  }

  refuse(field: Field, message: string): void {
    this.#report({ input: FIELD_NAMES[field], message });
  }

  /** A text parameter; undefined when it is empty. */
  text(field: TextField): string | undefined {
    return this.#asText(FIELD_NAMES[field], this.#read(field));
  }

  subLogs(): GivenSubLogs {
    const how = check(HOW_TO_SPECIFY, this.#read('specifyLogs'), FIELD_NAMES.specifyLogs);
    if (!how.ok) {
      // n8n has neither list for another value: to go on would lose them.
      for (const problem of how.problems) this.#report(problem);
      return { field: 'logs', list: [] };
    }
    if (how.value === 'json') {
      return { field: 'logsJson', list: this.#asList(this.#read('logsJson')) };
    }
    const { log = [] } = (this.#read('logs') || {}) as { log?: Record<string, unknown>[] };
    return { field: 'logs', list: log.map((one, index) => this.#withTexts(one, index)) };
  }

  /** A parameter with its expressions evaluated, which may fail for one item and not for the next. */
  #read(name: Field): unknown {
    try {
      return this.#context.getNodeParameter(name, this.#index, '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.refuse(name, `cannot be evaluated: ${reason}. Correct its expression.`);
      return undefined;
    }
  }

  #withTexts(log: Record<string, unknown>, index: number): Record<string, unknown> {
    const input = `${FIELD_NAMES.logs}[${index}]`;
    return {
      title: this.#asText(`${input}.title`, log['title']),
      description: this.#asText(`${input}.description`, log['description']),
    };
  }

  /** An expression may give anything. Numbers, booleans and dates become text, as in n8n's own nodes. */
  #asText(input: string, given: unknown): string | undefined {
    const value = isDate(given) ? (given.toJSON() ?? given) : given;
    if (value === null || value === undefined || value === '') return undefined;
    const message = whyNoText(value);
    if (message === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
    this.#report({ input, message });
    return undefined;
  }

  /** The first problem of an input says it all: what cannot be evaluated is not missing as well. */
  #report(problem: Problem): void {
    if (this.problems.every(({ input }) => input !== problem.input)) this.problems.push(problem);
  }

  /** A JSON text, or the list that an expression gave. */
  #asList(value: unknown): readonly unknown[] {
    try {
      const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
      if (Array.isArray(list)) return list;
      this.refuse('logsJson', `must be an array, but is ${shownValue(list)}. ${ARRAY_REMEDY}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.refuse('logsJson', `is not valid JSON: ${reason}. ${ARRAY_REMEDY}`);
    }
    return [];
  }
}

/** A date of JavaScript, or one of Luxon such as n8n's `$now`. Both give their ISO text, or null where there is no such date. */
interface SomeDate {
  toJSON(): string | null;
}

function isDate(value: unknown): value is SomeDate {
  return value instanceof Date || (typeof value === 'object' && value !== null && 'isLuxonDateTime' in value);
}

/** Why a value cannot become text, with what to do; undefined when it can. */
function whyNoText(value: unknown): string | undefined {
  const gives = 'must be text, but its expression gives';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return `${gives} ${value}. Look at the values that it calculates with.`;
  }
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return `is a number too long to be exact (${value}). Give it as text.`;
  }
  if (isDate(value)) return `${gives} a date that does not exist. Look at the value that it is made of.`;
  if (Array.isArray(value)) {
    return `${gives} a list. Name one of its entries in the expression, or use .join(", ").`;
  }
  if (typeof value === 'object') {
    return `${gives} an object. Name one of its fields in the expression, or use JSON.stringify( ).`;
  }
  return undefined;
}
