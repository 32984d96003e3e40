import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { problemsInCondition, problemsInText } from './expressions.ts';
import { actionUses, neededJobs } from './workflow.ts';
import type { Texts, Workflow, WorkflowJob } from './workflow-shape.ts';

const MANIFEST = fileURLToPath(new URL('../../action.yml', import.meta.url));

/** Everything that would keep a workflow from being tried, one line each; an empty list where nothing does. */
export async function workflowProblems(workflow: Workflow): Promise<string[]> {
  const uses = actionUses(workflow);
  if (uses.length === 0) return [noActionProblem(workflow)];
  const inputs = await actionInputs();
  return [
    ...uses.flatMap(({ step, place }) =>
      Object.keys(step.with ?? {})
        .filter((name) => !inputs.includes(name.toLowerCase()))
        .map(
          (name) => `${place}.with: "${name}" is not an input of the Action. ${nearestInput(name, inputs)}`,
        ),
    ),
    ...neededJobProblems(workflow),
    ...textProblems('env', workflow.env),
    ...Object.entries(workflow.jobs).flatMap(([jobId, job]) => jobProblems(`jobs.${jobId}`, job)),
  ];
}

async function actionInputs(): Promise<string[]> {
  const { inputs } = parse(await readFile(MANIFEST, 'utf8')) as { inputs: Record<string, unknown> };
  return Object.keys(inputs);
}

function noActionProblem({ jobs }: Workflow): string {
  const used = Object.values(jobs).flatMap(({ uses, steps = [] }) => [
    uses,
    ...steps.map((step) => step.uses),
  ]);
  const names = used.filter((name) => name !== undefined);
  const found =
    names.length === 0 ? 'It uses no action at all.' : `It uses ${[...new Set(names)].join(', ')}.`;
  return `No step of this workflow uses zoho-desk-extension-log/zoho-desk-extension-log. ${found}`;
}

function nearestInput(name: string, inputs: readonly string[]): string {
  const [nearest = '', distance = 0] = inputs
    .map((input) => [input, distanceBetween(name.toLowerCase(), input)] as const)
    .reduce((best, next) => (next[1] < best[1] ? next : best));
  return distance <= 3 ? `Did you mean "${nearest}"?` : `Inputs are ${inputs.join(', ')}.`;
}

/** How many letters have to be put in, taken out or changed to make one word the other. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [index, otherLetter] of [...other].entries()) {
      const changed = (row[index] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function neededJobProblems({ jobs }: Workflow): string[] {
  return Object.entries(jobs).flatMap(([jobId, job]) =>
    neededJobs(job)
      .filter((needed) => !(needed in jobs))
      .map((needed) => `jobs.${jobId}.needs: there is no job "${needed}".`),
  );
}

function jobProblems(place: string, job: WorkflowJob): string[] {
  const { steps = [] } = job;
  return [
    ...conditionProblems(place, job.if),
    ...textProblems(`${place}.env`, job.env),
    ...steps.flatMap((step, index) => [
      ...conditionProblems(`${place}.steps[${index}]`, step.if),
      ...textProblems(`${place}.steps[${index}].env`, step.env),
      ...textProblems(`${place}.steps[${index}].with`, step.with),
    ]),
  ];
}

function conditionProblems(place: string, condition: string | boolean | undefined): string[] {
  if (condition === undefined) return [];
  return problemsInCondition(String(condition)).map((problem) => `${place}.if: ${problem}`);
}

function textProblems(place: string, texts: Texts = {}): string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    problemsInText(String(text)).map((problem) => `${place}.${name}: ${problem}`),
  );
}
