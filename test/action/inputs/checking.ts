import { checkInputs, type CheckedInputs } from '../../../action/inputs/check-inputs.ts';
import { readInputValues, type InputValues } from '../../../action/inputs/input-values.ts';
import { jobLogText } from '../../../action/report/job-log-text.ts';
import { problemLine } from '../../../shared/problem.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { RANDOM_SECRETS, type With } from '../desk-and-job.ts';

/** What every step of these tests has, unless it says otherwise. */
export const CONNECTION: With = {
  'org-id': '60001234567',
  'installation-id': '4000000000123001',
  'client-id': '1000.LOCALCLIENT',
  'client-secret': RANDOM_SECRETS.clientSecret,
  'refresh-token': RANDOM_SECRETS.refreshToken,
};

/** Takes the OAuth client out of them. */
export const NO_CLIENT: With = { 'client-id': '', 'client-secret': '', 'refresh-token': '' };

/** Secrets of the vendor's door, as real ones look. */
export const VENDOR_SECRETS = {
  extensionSecret: 'edf-7Qw2Zr9LtXc4Vb8NmKs1Hy6Pj',
  securityContext: 'edb0.9c41f8a6635d1e7f90c2ab48e3f5160d9cb7d02',
};

const RUNNER = { GITHUB_RUN_ID: '9001', GITHUB_RUN_ATTEMPT: '1' };

/** What came of checking a step's inputs. */
export interface Checking {
  /** Each problem as the job log shows it. */
  readonly problems: readonly string[];
  /** What the inputs ask for, where they are valid. */
  readonly value: CheckedInputs | undefined;
  /** The secrets in the order in which they were learnt. */
  readonly learnt: readonly string[];
}

/** Checks a step's inputs in this process, as the Action does before anything is sent. */
export async function checkStep(given: With, runner: NodeJS.ProcessEnv = RUNNER): Promise<Checking> {
  const learnt: string[] = [];
  const secrets = createSecrets((secret) => learnt.push(secret));
  const inputs = readInputs({ ...CONNECTION, ...given }, secrets.learn);
  const checked = await checkInputs(inputs, runner, secrets);
  const problems = checked.ok ? [] : checked.problems;
  return {
    problems: problems.map((problem) => jobLogText(problemLine(problem), secrets)),
    value: checked.ok ? checked.value : undefined,
    learnt,
  };
}

/** The runner hands inputs on as variables, which are only set while they are read. */
function readInputs(given: With, learn: (secret: string) => void): InputValues {
  const variables = Object.entries(given).map(
    ([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const,
  );
  for (const [name, value] of variables) process.env[name] = value;
  try {
    return readInputValues(learn);
  } finally {
    for (const [name] of variables) delete process.env[name];
  }
}
