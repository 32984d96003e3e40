import * as z from 'zod/mini';

/** GitHub takes a number or a boolean as the text that it is written as. */
const text = z.pipe(
  z.union([z.string(), z.number(), z.boolean()], 'must be text, a number, true or false.'),
  z.transform((value: string | number | boolean) => String(value)),
);
const condition = z.union([z.string(), z.boolean()], 'must be text, true or false.');
const texts = z.record(
  z.string(),
  z.union(
    [z.string(), z.number(), z.boolean(), z.null()],
    'must be text, not a list or a mapping. Write "|" after the colon, and the lines below it are one text.',
  ),
  'must be a mapping of names and values.',
);
const permissions = z.union([z.string(), z.record(z.string(), z.string())], 'must be a mapping of scopes.');

const step = z.looseObject(
  {
    id: z.optional(text),
    name: z.optional(text),
    if: z.optional(condition),
    uses: z.optional(text),
    run: z.optional(text),
    env: z.optional(texts),
    with: z.optional(texts),
  },
  'must be a step: a mapping with uses or run.',
);

const job = z.looseObject(
  {
    name: z.optional(text),
    needs: z.optional(
      z.union([z.string(), z.array(z.string())], 'must be the name of a job, or a list of names.'),
    ),
    if: z.optional(condition),
    env: z.optional(texts),
    permissions: z.optional(permissions),
    strategy: z.optional(z.looseObject({ matrix: z.optional(z.unknown()) }, 'must be a mapping.')),
    steps: z.optional(z.array(step, 'must be a list of steps, each beginning with "- ".')),
    /** A reusable workflow that is called instead of steps. */
    uses: z.optional(text),
  },
  'must be a job: a mapping with steps.',
);

/** The parts of a workflow file that matter here. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. */
export const workflowSchema = z.looseObject({
  name: z.optional(text),
  on: z.optional(
    z.union(
      [z.string(), z.array(z.string()), z.record(z.string(), z.unknown())],
      'must be an event, or a list or mapping of events.',
    ),
  ),
  env: z.optional(texts),
  permissions: z.optional(permissions),
  jobs: z.record(z.string(), job),
});

/** A workflow file. */
export type Workflow = z.infer<typeof workflowSchema>;
/** A job of a workflow file. */
export type WorkflowJob = z.infer<typeof job>;
/** A step of a job. */
export type WorkflowStep = z.infer<typeof step>;
/** What YAML makes of values that GitHub takes as texts. */
export type Texts = z.infer<typeof texts>;
