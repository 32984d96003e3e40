import type { IExecuteFunctions } from 'n8n-workflow';
import { shownValue, type Problem } from '../../../shared/problem.ts';

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
    return this.#context.getNodeParameter('operation', this.#index, 'add') === 'addGroup';
  }

  refuse(field: Field, message: string): void {
    this.problems.push({ input: FIELD_NAMES[field], message });
  }

  /** A text parameter; undefined when it is empty. */
  text(field: TextField): string | undefined {
    return this.#asText(field, this.#read(field));
  }

  subLogs(): GivenSubLogs {
    if (this.#read('specifyLogs') === 'json') {
      return { field: 'logsJson', list: this.#asList(this.#read('logsJson')) };
    }
    const { log = [] } = (this.#read('logs') || {}) as { log?: Record<string, unknown>[] };
    return { field: 'logs', list: log.map((one) => this.#withTexts(one)) };
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

  #withTexts(log: Record<string, unknown>): Record<string, unknown> {
    return {
      title: this.#asText('logs', log['title']),
      description: this.#asText('logs', log['description']),
    };
  }

  /** An expression may give anything. Numbers and booleans become text, as in n8n's own nodes. */
  #asText(field: Field, value: unknown): string | undefined {
    if (value === null || value === undefined || value === '') return undefined;
    if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      this.refuse(field, `is a number too long to be exact (${value}). Give it as text.`);
      return undefined;
    }
    if (typeof value === 'object') {
      this.refuse(
        field,
        'must be text, but its expression gives an object. Use JSON.stringify( ) in the expression.',
      );
      return undefined;
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
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
