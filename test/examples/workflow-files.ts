import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';

export const WORKFLOWS_FOLDER = new URL('../../examples/workflows/', import.meta.url);
export const ACTION = 'zoho-desk-extension-log/zoho-desk-extension-log@v1';

export interface WorkflowStep {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
}

interface Job {
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
}

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export async function exampleNames(): Promise<string[]> {
  return (await readdir(WORKFLOWS_FOLDER)).sort();
}

export async function textOfExample(name: string): Promise<string> {
  return readFile(new URL(name, WORKFLOWS_FOLDER), 'utf8');
}

export async function readExample(name: string): Promise<Workflow> {
  return parse(await textOfExample(name)) as Workflow;
}

/** The steps of a workflow that use the Action, with the permissions and variables of their jobs. */
export function usesOf({ jobs, permissions }: Workflow) {
  return Object.entries(jobs).flatMap(([jobName, job]) =>
    job.steps
      .filter(({ uses }) => uses === ACTION)
      .map((step) => ({
        jobName,
        given: step.with ?? {},
        env: job.env ?? {},
        permissions: job.permissions ?? permissions,
      })),
  );
}

/** Texts with their expressions replaced, as far as an expression is one name of the context. */
export function evaluated(
  texts: Readonly<Record<string, string | boolean | number>>,
  context: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      String(text).replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => {
        const value = context[expression];
        if (value === undefined) throw new Error(`the context has no ${expression}`);
        return value;
      }),
    ]),
  );
}
