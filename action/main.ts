import { cancellationOf } from './cancellation.ts';
import { readInputValues } from './inputs/input-values.ts';
import { tellBug } from './report/job-log.ts';
import { run } from './phases.ts';
import { createRunnerSecrets } from './runner-world.ts';

// Mask, then validate, then log: nothing is said before the secrets are known.
const secrets = createRunnerSecrets();
const inputs = readInputValues(secrets.learn);

process.exitCode = await run({ inputs, secrets, env: process.env, cancelled: cancellationOf(process) }).catch(
  (bug: unknown) => tellBug(bug, secrets),
);
