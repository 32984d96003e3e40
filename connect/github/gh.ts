import { oneLine } from '../../shared/text/one-line.ts';
import type { KeptName } from '../connection/fields.ts';
import type { ProgramEnd, RunProgram } from '../machine/run-program.ts';

/** GitHub's command line, https://cli.github.com/manual. */
export class Gh {
  readonly #run: RunProgram;

  constructor(run: RunProgram) {
    this.#run = run;
  }

  async isInstalled(): Promise<boolean> {
    return (await this.#run('gh', ['--version']))?.exitCode === 0;
  }

  /** The repository of the folder that we are in, `owner/name`, or an empty text. */
  async currentRepository(): Promise<string> {
    const end = await this.#run('gh', ['repo', 'view', '--json', 'nameWithOwner', '--jq', '.nameWithOwner']);
    return end?.exitCode === 0 ? end.stdout.trim() : '';
  }

  /**
   * The names that the repository has already.
   * @returns why they could not be read, where that is so
   */
  async namesIn(repository: string, kind: KeptName['kind']): Promise<GhResult<readonly string[]>> {
    const end = await this.#run('gh', [
      ...[kind, 'list', '--repo', repository],
      ...['--json', 'name', '--jq', '.[].name'],
    ]);
    return failureOf(end) ?? { ok: true, value: (end?.stdout ?? '').split(/\s+/).filter(Boolean) };
  }

  /** Keeps a value. It goes to gh on standard input, never among the arguments, which others can see. */
  async keep(repository: string, { kind, name }: KeptName, value: string): Promise<GhResult<undefined>> {
    const end = await this.#run('gh', [kind, 'set', name, '--repo', repository], value);
    return failureOf(end) ?? { ok: true, value: undefined };
  }
}

/** What gh did, or what it said instead. */
export type GhResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly said: string };

function failureOf(end: ProgramEnd | undefined): { readonly ok: false; readonly said: string } | undefined {
  if (end === undefined) return { ok: false, said: 'gh is not installed.' };
  if (end.exitCode === 0) return undefined;
  return { ok: false, said: oneLine(end.stderr || end.stdout) || `gh ended with ${end.exitCode}.` };
}
