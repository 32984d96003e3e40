import { expect, test } from '@jest/globals';
import { sceneForEachTest } from './scene-for-each-test.ts';
import type { StepEnd } from '../../emulator/runner/local-job.ts';

const scene = sceneForEachTest();

const HOSTILE = [
  '::error::owned',
  '  ::set-output name=ok::owned',
  '##[error]owned',
  'a ##[group]owned',
  '##vso[task.complete]owned',
  'first\n::error::second',
  'first\r::error::second',
  'first\n##[warning]second',
  'first\u2028::error::second',
  '\u001b[31mred\u0007',
  '<script>alert(1)</script>',
  '</table><img src=x onerror=alert(1)>',
  '| a | b |\n|---|---|',
  '`x` **bold** [link](https://example.com) @octocat #1',
  'a %0A::error::b',
];

/** What the runner takes for a command: `::` at the start of a line, or `##[` anywhere in it. */
function commandsIn({ stdout, stderr }: StepEnd): string[] {
  return `${stdout}\n${stderr}`.split(/[\r\n\u2028]/).filter((line) => /^\s*::|##\[/.test(line));
}

/** The Action's own commands: what is to be masked, and where a folded group begins and ends. */
const isOurs = (line: string) => /^::(add-mask|group|endgroup)::/.test(line) && !line.includes('##[');

test('no title is a command to the runner or markup in the summary', async () => {
  const { desk, run } = scene();
  const end = await run({ logs: JSON.stringify(HOSTILE), reference: '::error::ref ##[error]' });
  expect(end.exitCode).toBe(0);
  expect(commandsIn(end).filter((line) => !isOurs(line))).toEqual([]);
  expect(end.stdout).not.toMatch(/[\u001b\u0007]/);
  expect(end.summary).not.toMatch(/<script|<img|\u001b/);
  expect(end.summary).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(end.summary.match(/<\/table>/g)).toHaveLength(1);
  expect(desk.logs().map(({ title }) => title)).toEqual(
    expect.arrayContaining(HOSTILE.map((title) => title.trim())),
  );
});

test('nor is one in an error annotation, for bad input or where Desk quotes it', async () => {
  const { desk, run } = scene();
  desk.fault({
    kind: 'respond',
    times: 'always',
    status: 422,
    body: JSON.stringify({ errorCode: '::error::code', message: 'x\n::error::owned\n##[error]owned' }),
  });
  const refused = await run({ logs: JSON.stringify(HOSTILE.slice(0, 9)) });
  const bad = await run({ title: 'a', overflow: '::error::x\n##[error]y\n::error::z' });
  for (const end of [refused, bad]) {
    expect(end.exitCode).toBe(1);
    const commands = commandsIn(end).filter((line) => !isOurs(line));
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error/);
    expect(commands[0]).not.toContain('##[');
  }
});

test('nor in the plan of a dry run', async () => {
  const end = await scene().run({ logs: JSON.stringify(HOSTILE), 'dry-run': 'true' });
  expect(commandsIn(end).filter((line) => !isOurs(line))).toEqual([]);
});

test('an output that spans lines stays one output', async () => {
  const end = await scene().run({ title: 'a', reference: 'ok=false<<EOF ghadelimiter' });
  expect(end.outputs).toMatchObject({ ok: 'true', reference: 'ok=false<<EOF ghadelimiter' });
});
