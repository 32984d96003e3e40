import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { StepEnd } from '../../../emulator/runner/local-job.ts';
import { RANDOM_SECRETS, type With } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf } from '../step-end.ts';
import { NO_CLIENT, VENDOR_SECRETS } from './checking.ts';

const scene = sceneForEachTest({ credentials: RANDOM_SECRETS });

/** A list of ten thousand installations, each of which has an organization that is not a number. */
const BAD_LIST = Array.from({ length: 10_000 }, (_, index) => ({
  installationId: String(index),
  orgId: 'x',
  securityContext: `${VENDOR_SECRETS.securityContext}-${index}`,
}));

const ROWS: readonly (readonly [string, With, readonly string[]])[] = [
  [
    'a setting, the credentials and a log',
    { concurrency: '0', 'client-secret': '', logs: '- 1' },
    [
      'Nothing was sent: 3 problems with the inputs.',
      'concurrency: "0" must be a whole number from 1 to 100. Write digits only.',
      'client-secret: is missing, but client-id and refresh-token are given. An OAuth client needs client-id, client-secret and refresh-token.',
      'logs[0]: 1 must be text or a mapping with a title. Put text in quotes.',
    ],
  ],
  [
    'a file that an earlier step did not make',
    { title: '', 'logs-file': 'logs.yml' },
    [
      'Nothing was sent: 1 problem with the inputs.',
      'logs-file: "logs.yml" does not exist. Check the path, which starts at the workspace, and that an earlier step made the file.',
    ],
  ],
  [
    'no credentials at all',
    NO_CLIENT,
    [
      'Nothing was sent: 1 problem with the inputs.',
      'client-id: is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token; an extension vendor gives extension-secret and security-context. On pull requests from forks, secrets are empty.',
    ],
  ],
  [
    'ten thousand bad installations, of which fifty are named',
    {
      ...NO_CLIENT,
      'org-id': '',
      'installation-id': '',
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      'installations-file': 'customers.json',
    },
    [
      'Nothing was sent: 10,000 problems with the inputs.',
      ...Array.from(
        { length: 50 },
        (_, index) =>
          `installations-file[${index}].orgId: "x" must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.`,
      ),
      '… and 9,950 more problems.',
    ],
  ],
];

test.each(ROWS)('%s: the step fails with each problem, and nothing is sent', async (_what, given, said) => {
  const { run, desk, job } = scene();
  await writeFile(join(job.workspace, 'customers.json'), JSON.stringify(BAD_LIST));
  const end = await run({ title: 'Release', ...given });
  expect(errorsOf(end)).toEqual([said.join('\n')]);
  expect([end.exitCode, end.outputs['ok'], end.stderr, end.summary]).toEqual([1, 'false', '', '']);
  expect(desk.requests()).toEqual([]);
  const secrets = Object.values({ ...RANDOM_SECRETS, ...VENDOR_SECRETS });
  for (const secret of secrets) expect(textWithoutMasks(end)).not.toContain(secret.slice(0, 8));
});

test('a mistake in the runner is one line, without a stack trace', async () => {
  const { run } = scene();
  const end = await run({ title: '' }, { env: { GITHUB_OUTPUT: '/nowhere/output' } });
  expect(errorsOf(end)).toEqual([
    'The Action failed unexpectedly. Please report it: Missing file at path: /nowhere/output',
  ]);
  expect([end.exitCode, end.stderr]).toEqual([1, '']);
});

/** The job log without the lines that tell the runner what to mask, where alone a secret may stand. */
function textWithoutMasks({ stdout, stderr, outputs, summary }: StepEnd): string {
  return [stdout.replaceAll(/^::add-mask::.*$/gm, ''), stderr, JSON.stringify(outputs), summary].join('\n');
}
