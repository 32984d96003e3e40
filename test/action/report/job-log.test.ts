import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf, foldedGroups, linesOfFile, shownLines } from '../step-end.ts';

const scene = sceneForEachTest();

const REFUSED = { kind: 'respond', status: 422, body: '{"errorCode":"INVALID_DATA"}' } as const;

test('each part is a folded group, whose title says what became of it', async () => {
  const { desk, run } = scene();
  desk.fault({ ...REFUSED, match: '"Step 12"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(12)), reference: 'r' });
  const idOf = (title: string) => desk.logs().find((log) => log.title === title)?.logId;
  expect(foldedGroups(end)).toEqual({
    'Reference r, installation 4000000000123001: 10 logs recorded': [
      `Step 1 (${idOf('Step 1')})`,
      ...stepTitles(10)
        .slice(1)
        .map((title) => `  ${title} (${idOf(title)})`),
    ],
    'Reference r-2, installation 4000000000123001: 1 log recorded, 1 undelivered': [
      `Step 1 (part 2 of 2) (${idOf('Step 1 (part 2 of 2)')})`,
      `  Step 11 (${idOf('Step 11')})`,
      '  Undelivered: Step 12',
    ],
  });
  expect(shownLines(end).at(-1)).toBe('11 logs recorded, 1 undelivered.');
});

test('no check mark stands beside a failure that was logged, nor a cross beside a success', async () => {
  const { desk, run } = scene();
  desk.fault({ ...REFUSED, match: 'Passed · Build' });
  const end = await run({ logs: logsWithTitles('Release', 'Passed · Build', 'Failed · Deploy') });
  const lines = Object.values(foldedGroups(end)).flat();
  expect(lines[1]).toBe('  Undelivered: Passed · Build');
  expect(lines[2]).toMatch(/^ {2}Failed · Deploy \(\d+\)$/);
  expect(end.stdout).not.toMatch(/[✓✗✅❌]/);
});

test('two hundred logs are named one by one', async () => {
  const end = await scene().run({ logs: logsWithTitles(...stepTitles(200)) });
  const named = Object.values(foldedGroups(end))
    .flat()
    .filter((line) => /^ *Step \d+ \(\d{18}\)$/.test(line));
  expect(named).toHaveLength(200);
});

test('of more logs, only the undelivered ones are named; the results file has all', async () => {
  const { desk, run } = scene();
  desk.fault({ ...REFUSED, match: '"Step 150"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(201)), reference: 'r', concurrency: '50' });
  expect(foldedGroups(end)).toEqual({
    'Reference r-17, installation 4000000000123001: 8 logs recorded, 1 undelivered': [
      '  Undelivered: Step 150',
    ],
  });
  expect(shownLines(end).slice(-2)).toEqual([
    `With more than 200 logs, only undelivered ones are named here. ${end.outputs['results-file']} has all of them.`,
    '200 logs recorded, 1 undelivered.',
  ]);
  expect(await linesOfFile(end.outputs['results-file'] ?? '')).toHaveLength(201);
});

test('a dead Desk does not fill the job log with every log', async () => {
  const { desk, job, run } = scene();
  await writeFile(join(job.workspace, 'logs.json'), JSON.stringify(stepTitles(3_000)));
  desk.fault({ kind: 'html404', times: 'always' });
  const end = await run({ 'logs-file': 'logs.json' });
  const named = end.stdout.split('\n').filter((line) => /^ *Undelivered: Step/.test(line));
  expect(named).toHaveLength(1_000);
  expect(errorsOf(end)[0]).toMatch(/^3,000 of 3,000 logs undelivered\.\n"Step 1", .* and 2,995 more: /);
});

test('a dry run shows the plan, folded by part, and says where it leaves off', async () => {
  const { run } = scene();
  const small = await run({ logs: logsWithTitles(...stepTitles(11)), reference: 'r', 'dry-run': 'true' });
  expect(foldedGroups(small)).toEqual({
    'Reference r, installation 4000000000123001: 10 logs': [
      'Step 1',
      ...stepTitles(10)
        .slice(1)
        .map((title) => `  ${title}`),
    ],
    'Reference r-2, installation 4000000000123001: 2 logs': ['Step 1 (part 2 of 2)', '  Step 11'],
  });
  const whole = await run({ logs: logsWithTitles(...stepTitles(181)), 'dry-run': 'true' });
  expect(Object.values(foldedGroups(whole)).flat()).toHaveLength(200);
  expect(shownLines(whole)).not.toContain('Only the first 200 logs of the plan are shown.');
  const large = await run({ logs: logsWithTitles(...stepTitles(500)), 'dry-run': 'true' });
  expect(Object.values(foldedGroups(large)).flat()).toHaveLength(200);
  expect(shownLines(large).slice(-2)).toEqual([
    'Only the first 200 logs of the plan are shown.',
    'Dry run: 500 logs planned, nothing was sent.',
  ]);
});

test('the same answer is reported three times, then counted', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'error503', retryAfter: 0, times: 12 });
  const logs = stepTitles(12).map((title) => ({ title, reference: title }));
  const end = await run({ logs: JSON.stringify(logs), concurrency: '12' });
  const told = shownLines(end).filter((line) => line.includes('503'));
  expect(told).toHaveLength(4);
  expect(told[3]).toMatch(/^Desk answered 503.* · 12 times$/);
  expect(end.outputs['delivered']).toBe('12');
});
