/**
 * What a step printed, as GitHub's page shows it: commands to the runner are carried out, and masks not shown.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 */
export function shownJobLog(stdout: string): string {
  return stdout.trimEnd().split('\n').flatMap(shownLine).join('\n');
}

const COMMAND = /^::(?<name>[\w-]+)(?: [^:]*)?::(?<text>.*)$/;
const ANNOTATIONS: Readonly<Record<string, string>> = {
  error: 'Error',
  warning: 'Warning',
  notice: 'Notice',
};

/** One line of it: none for a command to the runner, `▸ …` for the head of a group. */
export function shownLine(line: string): string[] {
  const { name = '', text = '' } = COMMAND.exec(line)?.groups ?? {};
  if (name === '') return [line];
  if (name === 'group') return [`▸ ${unescaped(text)}`];
  const annotation = ANNOTATIONS[name];
  return annotation === undefined ? [] : [`${annotation}: ${unescaped(text)}`];
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
