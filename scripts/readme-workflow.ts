import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

const README = join(import.meta.dirname, '../README.md');

/** The first example that uses the Action, and the name of its last step before that. */
export async function firstWorkflowOfReadme(): Promise<{ text: string; lastStep: string }> {
  const readme = await readFile(README, 'utf8');
  const blocks = [...readme.matchAll(/^(?<indent> *)```ya?ml\n(?<text>.*?)\n\k<indent>```$/gms)];
  for (const { groups } of blocks) {
    const text = (groups?.['text'] ?? '').replaceAll(new RegExp(`^${groups?.['indent']}`, 'gm'), '');
    if (!text.includes('jobs:')) continue;
    const { jobs } = parse(text) as { jobs: Record<string, { steps: { name?: string; run?: string }[] }> };
    const step = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .findLast(({ run }) => run !== undefined);
    if (step !== undefined) return { text, lastStep: step.name ?? `Run ${step.run}` };
  }
  throw new Error('README.md has no workflow with a step of its own to show.');
}
