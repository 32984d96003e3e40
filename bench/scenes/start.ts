import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scene, Section } from '../scene.ts';

/** From process start to the first request, beside a bare `fetch`. */
export const start: Scene = {
  name: 'start',
  async measure(): Promise<Section> {
    const script = join(import.meta.dirname, '../../scripts/bench-start.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const lines = [
      ...stdout.matchAll(/^(?<name>.+): (?<ms>\d+) ms to the first request, (?<ratio>[\d.]+) ×/gm),
    ];
    return {
      title: 'Start: from process start to the first request',
      text: [
        'The built Action with one title, started as the runner does, beside a process that does nothing but call `fetch`, taking turns. The middle of the rounds.',
      ],
      columns: ['process', 'to the first request', '× bare fetch'],
      rows: lines.map(({ groups: { name = '', ms = '', ratio = '' } = {} }) => [
        name,
        `${ms} ms`,
        `${ratio} ×`,
      ]),
    };
  },
};
