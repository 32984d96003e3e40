import type { Detail } from '../inputs/settings.ts';
import type { RunStep } from './run-jobs.ts';

/**
 * `Run actions/checkout@v5`, `Run ./.github/actions/notify`, `Run docker://alpine:3`: the name that
 * GitHub gives a step that uses an action and has none of its own
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsname).
 */
const ACTION_REFERENCE = /^Run (?:[\w.-]+\/[\w./-]+@\S+|\.\/(?:\.github\/\S*)?|docker:\/\/\S+)$/;

/** A step that runs a command and has no name is named after the command's first line. */
const COMMAND = /^Run .*(?:[/\\$|<>;`"'=@*{}~]|\s-)/;

/** Whether a step has no name but that of the action that it uses. */
export function isActionReference(name: string): boolean {
  return ACTION_REFERENCE.test(name);
}

/** A step's name as its log has it: no command, which may hold a path or an address, unless all detail is wanted. */
export function stepName({ name, number }: RunStep, detail: Detail): string {
  const isCommand = COMMAND.test(name) && !isActionReference(name);
  return detail === 'outcome' && isCommand ? `Step ${number}` : name;
}
