import type { Checked, Problem } from '../../shared/problem.ts';
import type { Door } from './destination.ts';
import type { InputValues } from './input-values.ts';

const CLIENT_INPUTS = ['client-id', 'client-secret', 'refresh-token'] as const;

/** Checks the credentials without ever showing a value. A dry run needs none: undefined. */
export function readCredentials(inputs: InputValues, dryRun: boolean): Checked<Door | undefined> {
  const given = CLIENT_INPUTS.filter((name) => inputs[name] !== '');
  const problems: Problem[] = [...given, 'access-token' as const]
    .filter((name) => /[^\x21-\x7e]/.test(inputs[name]))
    .map((input) => ({
      input,
      message: 'must not have spaces, line breaks or non-ASCII characters. Copy it again.',
    }));

  if (inputs['access-token'] !== '' && given.length > 0) {
    const message = `cannot be combined with ${given.join(', ')}. Give an access token or an OAuth client, not both.`;
    problems.push({ input: 'access-token', message });
  } else if (inputs['access-token'] === '' && !(dryRun && given.length === 0)) {
    problems.push(...missingProblems(given));
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: doorOf(inputs, given.length > 0) };
}

function missingProblems(given: readonly string[]): Problem[] {
  if (given.length === 0) {
    const message =
      'is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token. ' +
      'On pull requests from forks, secrets are empty.';
    return [{ input: 'client-id', message }];
  }
  return CLIENT_INPUTS.filter((name) => !given.includes(name)).map((input) => ({
    input,
    message: `is missing, but ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'} given. An OAuth client needs client-id, client-secret and refresh-token.`,
  }));
}

function doorOf(inputs: InputValues, hasClient: boolean): Door | undefined {
  if (inputs['access-token'] !== '') return { kind: 'access-token', accessToken: inputs['access-token'] };
  if (!hasClient) return undefined;
  const client = {
    clientId: inputs['client-id'],
    clientSecret: inputs['client-secret'],
    refreshToken: inputs['refresh-token'],
  };
  return { kind: 'oauth-client', client };
}
