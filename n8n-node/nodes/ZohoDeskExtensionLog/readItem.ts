import type { IExecuteFunctions } from 'n8n-workflow';
import { readEntries, readEntry, type EntryDefaults } from '../../../shared/entries/read-entries.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { shownValue, type Checked, type Problem } from '../../../shared/problem.ts';

/** The core's names of an entry's fields, as the panel shows them. */
const FIELD_NAMES = {
  installationId: 'Installation ID',
  title: 'Title',
  description: 'Description',
  reference: 'Reference',
  specifyLogs: 'Specify Sub-Logs',
  logs: 'Sub-Logs',
  logsJson: 'Sub-Logs (JSON)',
} as const;

type Field = keyof typeof FIELD_NAMES;

const ARRAY_REMEDY = 'Write one such as ["Checked", "Sent"], or an expression that gives one.';
const REFERENCE_RULE =
  'must not be empty: it groups the parent and its sub-logs. Give each item a reference of its own.';

/** Reads what one item asks to log: one entry, or a parent and its sub-logs. Never throws. */
export function readItem(context: IExecuteFunctions, index: number): Checked<Entry[]> {
  const item = new ItemReader(context, index);
  const isGroup = item.read('operation') === 'addGroup';
  const {
    installationId = '',
    reference,
    ...texts
  } = {
    title: item.text('title'),
    description: item.text('description'),
    installationId: item.text('installationId'),
    reference: item.text('reference'),
  };
  const subLogs = isGroup ? item.subLogs() : undefined;
  if (isGroup && reference === undefined) item.refuse('reference', REFERENCE_RULE);

  const parent = readEntry({ ...texts, installationId, reference }, '', { installationId });
  const others = readSubLogs(subLogs, { installationId, reference });
  if (item.problems.length === 0 && parent.ok && others.ok) {
    const entries = [{ ...parent.value, ...(isGroup && { isParent: true }) }, ...others.value];
    return { ok: true, value: entries };
  }
  const ofFields = parent.ok ? [] : parent.problems.map(withFieldName);
  // What could not be evaluated is reported already: that it is missing too would be noise.
  const reported = new Set(item.problems.map(({ input }) => input));
  const further = [...ofFields, ...(others.ok ? [] : others.problems)];
  return { ok: false, problems: [...item.problems, ...further.filter(({ input }) => !reported.has(input))] };
}

interface SubLogs {
  readonly field: 'logs' | 'logsJson';
  readonly list: readonly unknown[];
}

function readSubLogs(subLogs: SubLogs | undefined, defaults: EntryDefaults): Checked<Entry[]> {
  // A parent may stand alone: an item whose list of steps happens to be empty is not a mistake.
  if (subLogs === undefined || subLogs.list.length === 0) return { ok: true, value: [] };
  return readEntries(subLogs.list, FIELD_NAMES[subLogs.field], defaults);
}

function withFieldName({ input, ...rest }: Problem): Problem {
  return { input: input in FIELD_NAMES ? FIELD_NAMES[input as Field] : input, ...rest };
}

/** Evaluates an item's parameters and collects the problems. */
class ItemReader {
  readonly problems: Problem[] = [];
  readonly #context: IExecuteFunctions;
  readonly #index: number;

  constructor(context: IExecuteFunctions, index: number) {
    this.#context = context;
    this.#index = index;
  }

  refuse(field: Field, message: string): void {
    this.problems.push({ input: FIELD_NAMES[field], message });
  }

  /** A parameter with its expressions evaluated, which may fail for one item and not for the next. */
  read(name: Field | 'operation'): unknown {
    try {
      return this.#context.getNodeParameter(name, this.#index, '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (name !== 'operation') this.refuse(name, `cannot be evaluated: ${reason}. Correct its expression.`);
      return undefined;
    }
  }

  /** A text parameter; undefined when it is empty. */
  text(field: 'title' | 'description' | 'installationId' | 'reference'): string | undefined {
    return this.#asText(field, this.read(field));
  }

  subLogs(): SubLogs {
    if (this.read('specifyLogs') === 'json')
      return { field: 'logsJson', list: this.#list(this.read('logsJson')) };
    const { log = [] } = (this.read('logs') || {}) as { log?: Record<string, unknown>[] };
    return { field: 'logs', list: log.map((one) => this.#withTexts(one)) };
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
  #list(value: unknown): readonly unknown[] {
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
