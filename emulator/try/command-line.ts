import { parseArgs } from 'node:util';
import { BadInput } from '../bad-input.ts';

/** The text of `--help`. */
export const USAGE = `Tries a workflow's Zoho Desk steps against a local Zoho Desk. Nothing leaves this computer.

  npm run try -- .github/workflows/release.yml

  --fail <step>         a run in which this step fails: its id, or its name as GitHub shows it
  --event <name>        the event that starts the run; otherwise the first under "on:"
  --set <path>=<value>  a value that an expression names, instead of a made-up one: --set vars.REGION=eu
  --workspace <folder>  where the steps run, for logs-file and the like; otherwise the current folder
  --once                ends when the workflow has run; otherwise the portal's page opens, and stays until Ctrl+C
  --help                this text`;

/** What the command line asks for. */
export interface TryCommand {
  readonly help: boolean;
  readonly path: string;
  readonly failingStep: string | undefined;
  readonly event: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly once: boolean;
}

const OPTIONS = {
  fail: { type: 'string' },
  event: { type: 'string' },
  set: { type: 'string', multiple: true },
  workspace: { type: 'string' },
  once: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the arguments. Throws a `BadInput` that says what is wrong with them. */
export function readTryCommand(args: readonly string[], currentFolder: string): TryCommand {
  const { values, positionals } = parsedArgs(args);
  const [path = '', ...more] = positionals;
  if (more.length > 0) throw new BadInput(`Give one workflow at a time, not also ${more.join(', ')}.`);
  if (path === '' && !values.help)
    throw new BadInput('Give the path of a workflow: npm run try -- .github/workflows/release.yml');
  return {
    help: values.help === true,
    path,
    failingStep: values.fail,
    event: values.event,
    values: Object.fromEntries((values.set ?? []).map(pathAndValue)),
    workspace: values.workspace ?? currentFolder,
    once: values.once === true,
  };
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new BadInput(`${(error as Error).message}\nSee --help.`);
  }
}

function pathAndValue(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new BadInput(`--set ${text}: must be a path and a value, such as vars.REGION=eu.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
