import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A step of a job: what stands under `with:`, and what the workflow's context would be. */
export interface Step {
  readonly with: Readonly<Record<string, string>>;
  /** Variables beside the runner's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** The event's payload, and its name in GITHUB_EVENT_NAME. */
  readonly event?: { readonly name: string; readonly payload: unknown };
  /** What the expressions in action.yml's defaults give: `github.token`, `job.status`, … */
  readonly context?: Readonly<Record<string, string>>;
}

/** How a step ended, and what it wrote for the runner. */
export interface StepEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the main phase keeps for the post phase. */
  readonly state: Readonly<Record<string, string>>;
}

interface ActionManifest {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string; readonly post: string };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A job on this machine. Each of its steps runs the Action as the runner does: as a process, with the
 * runner's variables and files. The steps share RUNNER_TEMP and the workspace.
 */
export class LocalJob {
  readonly folder: string;
  readonly workspace: string;
  readonly runnerTemp: string;
  #steps = 0;

  private constructor(folder: string, workspace: string) {
    this.folder = folder;
    this.workspace = workspace;
    this.runnerTemp = join(folder, 'temp');
  }

  /** @param workspace the folder that the steps run in, kept when the job ends; by default an empty one, removed then */
  static async start(workspace?: string): Promise<LocalJob> {
    const folder = await mkdtemp(join(tmpdir(), 'desk-log-job-'));
    const job = new LocalJob(folder, workspace ?? join(folder, 'workspace'));
    if (workspace === undefined) await mkdir(job.workspace);
    await mkdir(job.runnerTemp);
    return job;
  }

  /** Removes the job's folder. */
  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a step's post phase, with its inputs evaluated again, as the runner does when the job ends. */
  async runPost(step: Step, main: StepEnd): Promise<StepEnd> {
    const state: Record<string, string> = {};
    for (const [name, value] of Object.entries(main.state)) state[`STATE_${name}`] = value;
    return this.#start('post', { ...step, env: { ...step.env, ...state } });
  }

  /**
   * Runs a step's main phase.
   * @param onStart is handed the process, to send it a signal
   */
  async run(step: Step, onStart: (process: ChildProcess) => void = () => undefined): Promise<StepEnd> {
    return this.#start('main', step, onStart);
  }

  async #start(
    phase: 'main' | 'post',
    step: Step,
    onStart: (process: ChildProcess) => void = () => undefined,
  ): Promise<StepEnd> {
    const files = join(this.folder, `step-${(this.#steps += 1)}`);
    await mkdir(files);
    const manifest = await readManifest();
    const env = {
      ...(await this.#variables(step, files)),
      ...inputVariables(manifest, step),
      ...step.env,
    };
    // Coverage is counted on the sources: through a source map, all of a bundle's lines look covered.
    const isMeasured = process.env['NODE_V8_COVERAGE'] !== undefined;
    const entry = isMeasured ? 'action/main.ts' : manifest.runs[phase];
    const child = spawn(process.execPath, [join(ROOT, entry)], { cwd: this.workspace, env });
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    onStart(child);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return {
      exitCode,
      stdout: await stdout,
      stderr: await stderr,
      state: valuesIn(await readFile(join(files, 'state'), 'utf8')),
      outputs: valuesIn(await readFile(join(files, 'output'), 'utf8')),
      summary: await readFile(join(files, 'summary'), 'utf8'),
    };
  }

  async #variables(step: Step, files: string): Promise<Record<string, string>> {
    const paths = { output: '', summary: '', state: '', env: '', path: '' };
    for (const name of Object.keys(paths)) await writeFile(join(files, name), '');
    await writeFile(join(files, 'event.json'), JSON.stringify(step.event?.payload ?? {}));
    const coverage = process.env['NODE_V8_COVERAGE'];
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      // Windows starts no program without it.
      ...(process.env['SystemRoot'] !== undefined && { SystemRoot: process.env['SystemRoot'] }),
      ...(coverage !== undefined && { NODE_V8_COVERAGE: coverage }),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: '__zoho-desk-extension-log',
      GITHUB_EVENT_NAME: step.event?.name ?? 'push',
      GITHUB_EVENT_PATH: join(files, 'event.json'),
      GITHUB_OUTPUT: join(files, 'output'),
      GITHUB_STEP_SUMMARY: join(files, 'summary'),
      GITHUB_STATE: join(files, 'state'),
      GITHUB_ENV: join(files, 'env'),
      GITHUB_PATH: join(files, 'path'),
      GITHUB_WORKSPACE: this.workspace,
      GITHUB_REPOSITORY: 'acme/desk-extension',
      GITHUB_RUN_ID: '9001',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'deploy',
      RUNNER_TEMP: this.runnerTemp,
    };
  }
}

let manifest: Promise<ActionManifest> | undefined;

/** Reads action.yml, once for all steps. */
async function readManifest(): Promise<ActionManifest> {
  manifest ??= readFile(join(ROOT, 'action.yml'), 'utf8').then((text) => parse(text) as ActionManifest);
  return manifest;
}

/** The runner sets every input of action.yml, upper-cased, those that are not given to their default. */
function inputVariables(
  { inputs }: ActionManifest,
  { with: given, context = {} }: Step,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(inputs)) values[name] = evaluated(input.default ?? '', context);
  return Object.fromEntries(
    Object.entries({ ...values, ...given }).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}

/** A default that is an expression names one value of the context; one that is not there is empty. */
function evaluated(text: string, context: NonNullable<Step['context']>): string {
  const name = /^\$\{\{\s*(\S+)\s*\}\}$/.exec(text)?.[1];
  return name === undefined ? text : (context[name] ?? '');
}

/** GITHUB_OUTPUT and GITHUB_STATE hold `name<<delimiter`, the value's lines, and the delimiter again. */
function valuesIn(text: string): Record<string, string> {
  const found = text.matchAll(/^(?<name>[^\n]+?)<<(?<delimiter>.+)\n(?<value>[\s\S]*?)\n\k<delimiter>$/gm);
  return Object.fromEntries(
    [...found].map(({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']),
  );
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
