import { parseArgs } from 'node:util';
import { startEmulator, type Emulator } from '../emulator/start-emulator.ts';
import { LocalJob, type StepEnd } from '../emulator/runner/local-job.ts';

/** A release as a workflow would log it: more than ten steps, one of them failed. */
const DEPLOYMENT = `
- { title: "Passed · Check out v1.4.2 · 3 s", status: success }
- { title: "Passed · Install dependencies · 41 s", status: success }
- { title: "Passed · Type check and lint · 28 s", status: success }
- { title: "Passed · Unit tests (412) · 1 m 16 s", status: success }
- { title: "Passed · Build the extension · 22 s", status: success }
- { title: "Passed · Validate plugin-manifest.json · 2 s", status: success }
- { title: "Passed · Upload to the staging portal · 19 s", status: success }
- { title: "Passed · Migrate the extension's data · 35 s", status: success }
- { title: "Passed · Smoke tests, staging · 48 s", status: success }
- { title: "Passed · Publish to production · 31 s", status: success }
- title: "Failed · Smoke tests, production · 52 s"
  status: failure
  description: |
    Ticket sidebar did not load within 10 s for 3 of 20 agents.
    https://github.com/acme/desk-extension/actions/runs/9001
- { title: "Passed · Roll back to v1.4.1 · 27 s", status: success }
- { title: "Skipped · Announce the release", status: skipped }
`;

const { values } = parseArgs({ options: { open: { type: 'boolean', default: false } } });
const desk = await startEmulator({ port: 0 });
const job = await LocalJob.start();
try {
  const end = await logDeployment(job, desk);
  show(end, desk);
  process.exitCode = end.exitCode ?? 1;
} finally {
  await job.end();
  if (!values.open) await desk.close();
}
if (values.open) {
  console.log(`\nThe portal's page is at ${desk.url}/ until you press Ctrl+C.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void desk.close());
}

/** What a workflow on `release` would say in its `with:`, with the local desk's address and credentials. */
async function logDeployment(on: LocalJob, { url, credentials }: Emulator): Promise<StepEnd> {
  return on.run({
    with: {
      'org-id': credentials.orgId,
      'installation-id': credentials.installationId,
      'client-id': credentials.clientId,
      'client-secret': credentials.clientSecret,
      'refresh-token': credentials.refreshToken,
      'desk-url': url,
      'accounts-url': url,
      title: 'Release v1.4.2: failed in production, rolled back',
      description: 'acme/desk-extension v1.4.2, released by octocat, run 9001.',
      logs: DEPLOYMENT,
    },
    event: { name: 'release', payload: { action: 'published', release: { tag_name: 'v1.4.2' } } },
  });
}

function show(end: StepEnd, emulator: Emulator): void {
  const logs = emulator.logs();
  heading('What the job log shows');
  console.log(end.stdout.replaceAll(/^::add-mask::.*$/gm, '::add-mask::***').trim());
  if (end.stderr) console.log(end.stderr.trim());
  heading('What the portal shows');
  for (const parent of logs.filter(({ parentLogId }) => parentLogId === null)) {
    console.log(`${parent.title}  [${parent.reference}]`);
    const subLogs = logs.filter(({ parentLogId }) => parentLogId === parent.logId);
    for (const { title } of subLogs) console.log(`    ${title}`);
  }
  heading('Outputs');
  for (const [name, value] of Object.entries(end.outputs)) console.log(`${name}=${value}`);
  heading('Job summary');
  console.log(end.summary.trim());
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 60 - text.length))}`);
}
