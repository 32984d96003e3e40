import { numberText } from '../../shared/text/count.ts';
import { isParent, ownParentText, type DeskReply } from './desk-reply.ts';
import { TRIAL_DESCRIPTION, TRIAL_TITLE, type DeskUnderTrial } from './desk-under-trial.ts';

/** One thing that the documentation leaves open, and the way to find it out. */
export interface Trial {
  readonly question: string;
  /** What the project assumes until it is known. */
  readonly assumed: string;
  /** Most logs that it may leave in the portal. */
  readonly logs: number;
  /** What Desk did, in words without an id. */
  readonly run: (desk: DeskUnderTrial) => Promise<string>;
}

const LOG = { title: TRIAL_TITLE, description: TRIAL_DESCRIPTION };
/** The contract's number: a parent and nine sub-logs. */
const LOGS_UNDER_A_REFERENCE = 10;

/** What can be tried with one connection alone. */
export const TRIALS: readonly Trial[] = [
  {
    question: "A parent's own `parentLogId` in the answer",
    assumed: 'absent, null, empty or its own id',
    logs: 1,
    async run(desk) {
      const { log, text } = await desk.add({ ...LOG, reference: desk.newReference() });
      return log === undefined ? text : ownParentText(log);
    },
  },
  {
    question: 'The 11th log under one reference',
    assumed: 'refused, or a parent of its own',
    logs: LOGS_UNDER_A_REFERENCE + 1,
    run: eleventhLog,
  },
  {
    question: 'Two logs that open a reference at the same time',
    assumed: 'unknown, so the logs of a part go one after another',
    logs: 2,
    async run(desk) {
      const reference = desk.newReference();
      const replies = await Promise.all([desk.add({ ...LOG, reference }), desk.add({ ...LOG, reference })]);
      const parents = replies.filter(({ log }) => log !== undefined && isParent(log)).length;
      if (replies.some(({ log }) => log === undefined)) return replies.map(({ text }) => text).join('; ');
      return parents === 1 ? 'one parent and its sub-log' : `${parents} parents`;
    },
  },
  {
    question: 'Without `description`',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add({ title: TRIAL_TITLE })).text,
  },
  {
    question: 'With an empty `description`',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add({ ...LOG, description: '' })).text,
  },
  {
    question: 'With an empty `title`',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add({ ...LOG, title: '' })).text,
  },
  lengthTrial('title', [250, 1_000, 10_000]),
  lengthTrial('description', [1_000, 10_000, 100_000]),
  {
    question: 'HTML, quotes, line breaks, umlauts and emoji in the texts',
    assumed: 'taken, perhaps changed',
    logs: 1,
    async run(desk) {
      const title = `${TRIAL_TITLE} <b>&amp;"'</b> ü 漢 🚀`;
      const description = `${TRIAL_DESCRIPTION}\n<i>second line</i>`;
      const { log, text } = await desk.add({ title, description });
      if (log === undefined) return text;
      return `recorded; title ${echo(log['title'], title)}, description ${echo(log['description'], description)}`;
    },
  },
  {
    question: 'A key in the body that *Add a Log* does not know',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add({ ...LOG, severity: 'info' })).text,
  },
  {
    question: 'A parameter in the query',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add(LOG, { query: '?severity=info' })).text,
  },
  {
    question: 'An installation that the portal does not have',
    assumed: 'refused with 422, 404 or 403',
    logs: 0,
    run: async (desk) =>
      (await desk.add({ ...LOG, installationId: foreignTo(desk.connection.installationId) })).text,
  },
  {
    question: '`Authorization: Bearer` instead of `Zoho-oauthtoken`',
    assumed: 'recorded',
    logs: 1,
    run: async (desk) =>
      (await desk.add(LOG, { headers: { authorization: `Bearer ${desk.accessToken}` } })).text,
  },
  {
    question: 'Without the header `orgId`',
    assumed: 'refused',
    logs: 1,
    run: async (desk) => (await desk.add(LOG, { headers: { orgId: undefined } })).text,
  },
];

async function eleventhLog(desk: DeskUnderTrial): Promise<string> {
  const reference = desk.newReference();
  let first: DeskReply | undefined;
  for (let count = 1; count <= LOGS_UNDER_A_REFERENCE; count += 1) {
    const reply = await desk.add({ ...LOG, title: `${TRIAL_TITLE}, ${count}`, reference });
    if (reply.log === undefined) return `not reached: log ${count} was ${reply.text}`;
    first ??= reply;
  }
  const { log, text } = await desk.add({ ...LOG, title: `${TRIAL_TITLE}, 11`, reference });
  if (log === undefined) return text;
  if (isParent(log)) return 'recorded as a parent of its own';
  return log['parentLogId'] === first?.log?.['logId']
    ? 'recorded as one more sub-log of the same parent'
    : 'recorded as a sub-log of another parent';
}

function lengthTrial(field: 'title' | 'description', lengths: readonly number[]): Trial {
  return {
    question: `A \`${field}\` of ${lengths.map(numberText).join(', ')} characters`,
    assumed: 'taken, up to a length that is not known',
    logs: lengths.length,
    async run(desk) {
      const said: string[] = [];
      for (const length of lengths) {
        const sent = LOG[field].padEnd(length, '.');
        const { log, text } = await desk.add({ ...LOG, [field]: sent });
        said.push(
          `${numberText(length)} ${log === undefined ? text : `recorded, ${echo(log[field], sent)}`}`,
        );
        if (log === undefined) break;
      }
      return said.join('; ');
    },
  };
}

function echo(answered: unknown, sent: string): string {
  if (answered === sent) return 'as sent';
  return typeof answered === 'string' && sent.startsWith(answered)
    ? `cut to ${numberText(answered.length)}`
    : 'changed';
}

/** An id of the same shape that belongs to no installation. */
export function foreignTo(installationId: string): string {
  return installationId.replace(/.$/u, (last) => (last === '0' ? '1' : '0')).replace(/^./u, '9');
}
