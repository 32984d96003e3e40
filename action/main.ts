import { cancellationOf } from './cancellation.ts';
import { readInputValues } from './inputs/input-values.ts';
import { runPhase } from './phases.ts';
import { reportBug } from './report/failed-step.ts';
import { createRunnerSecrets } from './runner-world.ts';

// Mask, then validate, then log: nothing is printed before the secrets are known.
const secrets = createRunnerSecrets();
const inputs = readInputValues(secrets.learn);

process.exitCode = await runPhase({
  inputs,
  secrets,
  env: process.env,
  cancelled: cancellationOf(process),
}).catch((bug: unknown) => reportBug(bug, secrets));
