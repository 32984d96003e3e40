import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BadInput } from '../bad-input.ts';
import { type FakeGithub, startFakeGithub } from '../github/fake-github.ts';
import { shownJobLog } from '../runner/job-log.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';
import { openPage } from '../terminal/open-page.ts';
import { readTryCommand, USAGE } from './command-line.ts';
import { ExpressionProblem } from './expressions.ts';
import type { TriedStep } from './made-up-run.ts';
import { tryWorkflow } from './try-workflow.ts';

/** Where the person is: npm starts every command in the folder of its package, and says from where. */
const HERE = process.env['INIT_CWD'] ?? process.cwd();

/** Tries the workflow that the command line names. Returns the exit code: 0 where every step of the Action passed. */
async function main(): Promise<number> {
  const command = readTryCommand(process.argv.slice(2), HERE);
  if (command.help) {
    console.log(USAGE);
    return 0;
  }
  const text = await textOf(resolve(HERE, command.path));
  const desk = await startEmulator();
  const github = await startFakeGithub();
  try {
    const steps = await tryWorkflow(text, { ...command, desk, github, onStep: show });
    for (const { place, post } of steps) showPost(place, post);
    showPortal(desk);
    if (!command.once) await untilInterrupted(desk);
    return steps.every(passed) ? 0 : 1;
  } finally {
    await close(desk, github);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new BadInput(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function passed({ end, post }: TriedStep): boolean {
  return (end?.exitCode ?? 0) === 0 && (post?.exitCode ?? 0) === 0;
}

function show({ place, inputs, connection, end }: TriedStep): void {
  console.log(`\n── ${place}`);
  if (end === undefined) {
    console.log('Not run: its condition does not hold in this made-up run. See --fail and --event.');
    return;
  }
  console.log(`   ${connection.join(', ')}: the local Desk's`);
  for (const [name, value] of Object.entries(inputs)) console.log(`   ${name}: ${indented(value)}`);
  console.log('');
  console.log(shownJobLog(end.stdout));
  if (end.stderr !== '') console.log(end.stderr.trimEnd());
}

function indented(value: string): string {
  const text = value.trimEnd();
  return text.includes('\n') ? `|\n${text.replaceAll(/^/gm, '     ')}` : text;
}

/** A post phase has something to say only where the logs go out when the job ends. */
function showPost(place: string, post: TriedStep['post']): void {
  const log = shownJobLog(post?.stdout ?? '');
  if (log !== '') console.log(`\n── ${place}, when the job ends\n${log}`);
}

function showPortal(desk: Emulator): void {
  const logs = desk.logs();
  console.log('\n── What the portal shows');
  if (logs.length === 0) console.log('Nothing: no log was recorded.');
  for (const parent of logs.filter(({ parentLogId }) => parentLogId === null)) {
    console.log(`${parent.title}  [${parent.reference ?? 'no reference'}]`);
    for (const { title } of logs.filter(({ parentLogId }) => parentLogId === parent.logId))
      console.log(`    ${title}`);
  }
}

async function untilInterrupted({ url }: Emulator): Promise<void> {
  console.log(`\nThe portal's page is at ${url}/ until you press Ctrl+C.`);
  openPage(url);
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
}

async function close(desk: Emulator, github: FakeGithub): Promise<void> {
  await github.close();
  await desk.close();
}

await main()
  .then((exitCode) => {
    process.exitCode = exitCode;
  })
  .catch((error: unknown) => {
    if (!(error instanceof BadInput || error instanceof ExpressionProblem)) throw error;
    console.error(error.message);
    if (error instanceof ExpressionProblem)
      console.error('Where a made-up value is the cause, give a fitting one: --set vars.REGIONS=\'["eu"]\'.');
    process.exitCode = 2;
  });
