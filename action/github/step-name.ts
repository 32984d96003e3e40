import type { Detail } from '../inputs/settings.ts';
import type { RunStep } from './run-jobs.ts';

/**
 * `Run actions/checkout@v5`, `Run ./.github/actions/notify`, `Run docker://alpine:3`: the name that
 * GitHub gives a step that uses an action and has none of its own
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsname).
 */
const ACTION_REFERENCE = /^Run (?:[\w.-]+\/[\w./-]+@\S+|\.\/(?:\.github\/\S*)?|docker:\/\/\S+)$/;

/** An action that has a repository: its name is neither a path nor an address. */
const PUBLISHED_ACTION = /^(?:Pre |Post )?Run [\w-][\w.-]*\/[\w./-]+@\S+$/;

/**
 * A step without a name that runs a command is named after the command's first line. Signs of one are
 * what a shell gives a meaning to, a slash, an option, and the name or number of a host.
 */
const COMMAND =
  /^(?:Pre |Post )?Run .*(?:[/\\$|<>;`"'=@*{}~]|\s-|(?:[\w-]+\.){2,}[A-Za-z]{2,}|\d+(?:\.\d+){3})/;

/** Whether a step has no name but that of the action that it uses. */
export function isActionReference(name: string): boolean {
  return ACTION_REFERENCE.test(name);
}

/**
 * A step's name as its log has it: with `detail: outcome`, `Step 3` for one that is named after a
 * command, which may hold a path or an address.
 */
export function stepName({ name, number }: RunStep, detail: Detail): string {
  const isCommand = COMMAND.test(name) && !PUBLISHED_ACTION.test(name);
  return detail === 'outcome' && isCommand ? `Step ${number}` : name;
}
