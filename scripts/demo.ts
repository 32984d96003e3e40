import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startFakeGithub } from '../emulator/github/fake-github.ts';
import { installationLines } from '../emulator/portals/installation-list.ts';
import { MOST_PORTALS } from '../emulator/portals/portals.ts';
import { connectionInputs } from '../emulator/runner/connection-inputs.ts';
import { LocalJob, type Step, type StepEnd } from '../emulator/runner/local-job.ts';
import { startEmulator, type Emulator } from '../emulator/start-emulator.ts';
import { openPage } from '../emulator/terminal/open-page.ts';
import { htmlAsText } from './demo/html-as-text.ts';
import { JobLogText } from './demo/job-log-text.ts';
import { kindsText, troublePortals, type PortalKind } from './demo/many-portals.ts';
import { releaseRun } from './demo/release-run.ts';
import { manyPortalsInputs, releaseWorkflow } from './demo/workflow.ts';

const USAGE = `Usage: npm run demo -- [--portals <number>] [--open]
  --portals  logs one release to so many portals, some of them in trouble: 1 (default) to ${MOST_PORTALS}
  --open     opens the portal's page, and keeps it up until Ctrl+C`;

/** Logs a release with the Action to a local Zoho Desk, and shows what each side sees of it. */
async function main(): Promise<void> {
  const { portals, open } = readArguments();
  const desk = await startEmulator({ portals });
  const github = await startFakeGithub();
  const job = await LocalJob.start();
  try {
    github.answer({ jobs: releaseRun() });
    const kinds = portals > 1 ? troublePortals(desk) : [];
    const inputs = portals > 1 ? await withList(job, desk) : connectionInputs(desk);
    if (open) console.log(`The portal's page is at ${desk.url}/`);
    const startedAt = Date.now();
    const end = await runStep(job, { with: inputs, ...releaseWorkflow(github.url) });
    const seconds = (Date.now() - startedAt) / 1000;
    show(end, desk);
    if (kinds.length > 0) showKinds(desk, kinds, startedAt, seconds);
    process.exitCode = isAsExpected(end, kinds) ? 0 : 1;
  } finally {
    await job.end();
    await github.close();
    if (!open) await desk.close();
  }
  if (open) keepOpen(desk);
}

function readArguments(): { portals: number; open: boolean } {
  const { values } = parseArgs({
    options: { open: { type: 'boolean', default: false }, portals: { type: 'string', default: '1' } },
  });
  const portals = /^\d+$/.test(values.portals) ? Number(values.portals) : NaN;
  if (!(portals >= 1 && portals <= MOST_PORTALS))
    throw new Error(`--portals cannot be ${values.portals}. Give a whole number from 1 to ${MOST_PORTALS}.`);
  return { portals, open: values.open };
}

/** Puts the list of installations where a step before the Action would have put it. */
async function withList(job: LocalJob, desk: Emulator): Promise<Step['with']> {
  await writeFile(join(job.workspace, 'installations.jsonl'), installationLines(desk.portals));
  return manyPortalsInputs(desk);
}

/** Runs the Action and prints its log as it comes. */
async function runStep(job: LocalJob, step: Step): Promise<StepEnd> {
  heading('What the job log shows');
  const log = new JobLogText((line) => console.log(line));
  const end = await job.run(step, ({ stdout }) => {
    stdout?.on('data', (chunk: Buffer | string) => log.write(String(chunk)));
  });
  log.end();
  if (end.stderr) console.log(end.stderr.trim());
  return end;
}

function show(end: StepEnd, desk: Emulator): void {
  const [first] = desk.portals;
  heading(
    desk.portals.length > 1 ? `What each portal shows, ${first?.name} for one` : 'What the portal shows',
  );
  const logs = desk.logs().filter(({ orgId }) => orgId === first?.orgId);
  for (const parent of logs.filter(({ parentLogId }) => parentLogId === null)) {
    console.log(`${parent.title}  [${parent.reference}]`);
    const subLogs = logs.filter(({ parentLogId }) => parentLogId === parent.logId);
    for (const { title } of subLogs) console.log(`    ${title}`);
  }
  heading('Outputs');
  for (const [name, value] of Object.entries(end.outputs)) console.log(`${name}=${shortened(value)}`);
  heading('Job summary');
  console.log(shortened(htmlAsText(end.summary), 40));
}

function showKinds(desk: Emulator, kinds: readonly PortalKind[], startedAt: number, seconds: number): void {
  heading('How each kind of portal fared');
  console.log(kindsText(desk, kinds, startedAt));
  console.log(
    `\nThe Action took ${seconds.toFixed(1)} s, with ${desk.mostInFlight()} requests at once at most.`,
  );
}

/** Of portals that cannot be reached something must be undelivered; else nothing may. */
function isAsExpected({ outputs }: StepEnd, kinds: readonly PortalKind[]): boolean {
  const lost = kinds.filter(({ cannotTake }) => cannotTake).flatMap(({ orgIds }) => orgIds);
  const failed = JSON.parse(outputs['failed-installations'] ?? '[]') as { orgId: string }[];
  return outputs['ok'] === String(lost.length === 0) && failed.every(({ orgId }) => lost.includes(orgId));
}

function keepOpen(desk: Emulator): void {
  console.log(`\nThe portal's page is at ${desk.url}/ until you press Ctrl+C.`);
  openPage(desk.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void desk.close());
}

/** A text of at most so many lines, each of a few hundred characters. */
function shortened(text: string, most = 1): string {
  const lines = text.split('\n');
  const more = lines.length > most ? [`… and ${lines.length - most} lines more`] : [];
  const shown = lines.slice(0, most).map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line));
  return [...shown, ...more].join('\n');
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 60 - text.length))}`);
}

await main().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
});
