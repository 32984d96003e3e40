import { readFile } from 'node:fs/promises';
import type { StepEnd } from '../../emulator/runner/local-job.ts';

/** The messages of a step's error annotations, as the run's page shows them. */
export function errorsOf({ stdout }: StepEnd): string[] {
  return annotations(stdout, 'error');
}

export function warningsOf({ stdout }: StepEnd): string[] {
  return annotations(stdout, 'warning');
}

function annotations(stdout: string, kind: string): string[] {
  return [...stdout.matchAll(new RegExp(`^::${kind}(?: [^:]*)?::(.*)$`, 'gm'))].map(([, message = '']) =>
    message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'),
  );
}

/** What the job log shows of a step: everything but the lines that are commands to the runner. */
export function shownLines({ stdout }: StepEnd): string[] {
  return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::'));
}

/** The groups that are folded in the job log, each with the lines in it. */
export function foldedGroups({ stdout }: StepEnd): Record<string, string[]> {
  const found = stdout.matchAll(/^::group::(?<title>.*)\n(?<lines>[\s\S]*?)^::endgroup::$/gm);
  return Object.fromEntries(
    [...found].map(({ groups }) => [
      groups?.['title'] ?? '',
      groups?.['lines']?.split('\n').slice(0, -1) ?? [],
    ]),
  );
}

/** What a file of JSON lines holds, as an undelivered file is one. */
export async function linesOfFile(path: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What stands for one log in an undelivered file. */
export async function undeliveredLines({ outputs }: StepEnd): Promise<Record<string, unknown>[]> {
  return linesOfFile(outputs['undelivered-file'] ?? '');
}
