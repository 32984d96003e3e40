import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { connectionInputs } from '../../../emulator/runner/connection-inputs.ts';
import { logsWithTitles, portalOf } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf, foldedGroups, undeliveredLines } from '../step-end.ts';

const scene = sceneForEachTest();

const GROUP = 'Undelivered logs: save these lines as a .jsonl file';
/** The runner takes ##[ for a command; the lines say it in another way. */
const TITLES = ['Release', '##[error]Build', 'Größe "42"'];

test('at the job’s end the undelivered logs are printed, and the lines can be given back as they are', async () => {
  const { desk, job, run } = scene();
  const step = {
    with: { ...connectionInputs(desk), 'log-at': 'job-end', logs: logsWithTitles(...TITLES) },
  };
  const main = await job.run(step);
  desk.fault({ kind: 'html404' });
  const post = await job.runPost(step, main);
  const printed = foldedGroups(post)[GROUP] ?? [];
  expect(printed.map((line) => JSON.parse(line) as unknown)).toEqual(await undeliveredLines(post));
  expect(printed.join('\n')).not.toContain('##[');
  const message = errorsOf(post)[0] ?? '';
  expect(message).toContain('They are printed above, one a line: save those lines as a .jsonl file');
  expect(message).toContain(
    `To keep ${post.outputs['undelivered-file']} itself, put actions/cache before this Action: it saves the file after this Action has ended.`,
  );

  expect(post.summary).toContain('The undelivered logs are printed in the job log.');
  expect(post.summary).not.toContain('upload-artifact');

  await writeFile(join(job.workspace, 'saved.jsonl'), printed.join('\n'));
  const replay = await run({ 'logs-file': 'saved.jsonl' });
  expect([replay.exitCode, portalOf(desk)]).toEqual([0, { 'gh-9001-1': TITLES }]);
});

test('in the main phase a later step can keep the file, so nothing is printed', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'html404', times: 'always' });
  const end = await run({ logs: logsWithTitles(...TITLES) });
  expect(Object.keys(foldedGroups(end))).not.toContain(GROUP);
  expect(errorsOf(end)[0]).toContain('Keep the file with actions/upload-artifact');
});
