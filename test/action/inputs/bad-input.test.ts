import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/start-emulator.ts';
import { LocalJob, type StepEnd } from '../../../emulator/runner/local-job.ts';
import { BAD_CREDENTIALS, BAD_IN_MANY_WAYS, BAD_LOGS, BAD_SETTINGS, type BadInput } from './bad-inputs.ts';
import { inBatches, RANDOM_SECRETS, sceneOf, type Scene } from '../desk-and-job.ts';
import { BAD_FILES } from './bad-logs-files.ts';
import { errorsOf } from '../step-end.ts';

const ALL = [...BAD_SETTINGS, ...BAD_CREDENTIALS, ...BAD_LOGS, BAD_IN_MANY_WAYS, ...BAD_FILES];

let desk: Emulator;
let job: LocalJob;
let scene: Scene;
const ends = new Map<BadInput, StepEnd>();

beforeAll(async () => {
  desk = await startEmulator({ credentials: RANDOM_SECRETS });
  job = await LocalJob.start();
  scene = sceneOf(desk, job);
  await Promise.all(BAD_FILES.map(({ write }) => write(job.workspace)));
  await inBatches(ALL, 3, async (input) =>
    ends.set(input, await scene.run({ title: 'Release', ...input.given })),
  );
}, 60_000);

afterAll(async () => {
  await job.end();
  await desk.close();
});

describe.each([
  ['where and how to log', BAD_SETTINGS],
  ['credentials', BAD_CREDENTIALS],
  ['what to log', BAD_LOGS],
  ['a logs file', BAD_FILES],
  ['all of it', [BAD_IN_MANY_WAYS]],
] as const)('bad input: %s', (_what, inputs: readonly BadInput[]) => {
  test.each(inputs.map((input) => [shown(input), input] as const))('%s', (_name, input) => {
    const end = ends.get(input);
    if (end === undefined) throw new Error('it did not run');
    const count = input.said.length === 1 ? '1 problem' : `${input.said.length} problems`;
    expect(errorsOf(end)).toEqual([
      [`Nothing was sent: ${count} with the inputs.`, ...input.said].join('\n'),
    ]);
    expect([end.exitCode, end.outputs['ok'], end.stderr, end.summary]).toEqual([1, 'false', '', '']);
    expect(desk.requests()).toEqual([]);
    expect(textWithoutMasks(end)).not.toMatch(/ at .*:\d+:\d+|hunter2|[0-9a-f]{32}/);
  });
});

test('a mistake of the runner is one line, without a stack trace', async () => {
  const end = await scene.run({ title: '' }, { env: { GITHUB_OUTPUT: '/nowhere/output' } });
  expect(errorsOf(end)).toEqual([
    'The Action came to an unforeseen end, please report it: Missing file at path: /nowhere/output',
  ]);
  expect([end.exitCode, end.stderr]).toEqual([1, '']);
});

test('spaces around a value, and the words that YAML has for true, are taken as meant', async () => {
  const end = await scene.run({
    'org-id': ` ${desk.credentials.orgId}\n`,
    concurrency: ' 5 ',
    'dry-run': 'True',
    title: 'Release',
  });
  expect([end.exitCode, errorsOf(end)]).toEqual([0, []]);
});

/** The job log is where the runner is told what to mask, and only there may a secret stand. */
function textWithoutMasks({ stdout, stderr, outputs, summary }: StepEnd): string {
  return [stdout.replaceAll(/^::add-mask::.*$/gm, ''), stderr, JSON.stringify(outputs), summary].join('\n');
}

function shown({ given }: BadInput): string {
  const text = JSON.stringify(given);
  return text.length > 70 ? `${text.slice(0, 70)}…` : text;
}
