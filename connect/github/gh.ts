import { oneLine } from '../../shared/text/one-line.ts';
import type { KeptName } from '../connection/fields.ts';
import type { RunProgram } from '../machine/run-program.ts';

/** GitHub's command line, https://cli.github.com/manual. */
export class Gh {
  readonly #run: RunProgram;

  constructor(run: RunProgram) {
    this.#run = run;
  }

  async isInstalled(): Promise<boolean> {
    return (await this.#ask(['--version'])).ok;
  }

  /** The repository of the folder that we are in, `owner/name`, or an empty text. */
  async currentRepository(): Promise<string> {
    const found = await this.#ask(['repo', 'view', '--json', 'nameWithOwner', '--jq', '.nameWithOwner']);
    return found.ok ? found.value.trim() : '';
  }

  /** The names that the repository has already. */
  async namesIn(repository: string, kind: KeptName['kind']): Promise<GhResult<readonly string[]>> {
    const found = await this.#ask([
      ...[kind, 'list', '--repo', repository],
      ...['--json', 'name', '--jq', '.[].name'],
    ]);
    return found.ok ? { ok: true, value: found.value.split(/\s+/).filter(Boolean) } : found;
  }

  /** Keeps a value. It goes to gh on standard input, never among the arguments, which others can see. */
  async keep(repository: string, { kind, name }: KeptName, value: string): Promise<GhResult<string>> {
    return this.#ask([kind, 'set', name, '--repo', repository], value);
  }

  async #ask(args: readonly string[], input?: string): Promise<GhResult<string>> {
    const { exitCode, stdout, stderr } = await this.#run('gh', args, input);
    if (exitCode === 0) return { ok: true, value: stdout };
    return { ok: false, said: oneLine(stderr) || `gh ended with ${exitCode}.` };
  }
}

/** What gh printed, or why it failed. */
export type GhResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly said: string };
