import type { Problem } from '../../shared/problem.ts';
import { CREDENTIAL_RULE, isCredential } from '../../shared/zoho/oauth/credential.ts';
import type { InputName, InputValues } from './input-values.ts';

const CLIENT_INPUTS = ['client-id', 'client-secret', 'refresh-token'] as const;
const OAUTH_INPUTS = [...CLIENT_INPUTS, 'access-token'] as const;
const VENDOR_INPUTS = ['extension-secret', 'security-context', 'connection-link-name'] as const;

/** Where the credentials are used. */
export interface CredentialsUse {
  /** A dry run needs none. */
  readonly dryRun: boolean;
  /** There is a list of installations, whose entries may have the rest. */
  readonly hasList: boolean;
}

/** Checks the credentials among the inputs without ever showing a value. Returns every problem. */
export function credentialProblems(inputs: InputValues, use: CredentialsUse): Problem[] {
  const problems = [
    ...malformedProblems(inputs),
    ...clientProblems(inputs, use),
    ...vendorProblems(inputs, use),
  ];
  const isMissing = given(inputs, [...OAUTH_INPUTS, ...VENDOR_INPUTS]).length === 0;
  return isMissing && !use.dryRun && !use.hasList ? [...problems, NO_CREDENTIALS] : problems;
}

function given<Name extends InputName>(inputs: InputValues, names: readonly Name[]): Name[] {
  return names.filter((name) => inputs[name] !== '');
}

const NO_CREDENTIALS: Problem = {
  input: 'client-id',
  message:
    'is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token; ' +
    'an extension vendor gives extension-secret and security-context. On pull requests from forks, secrets are empty.',
};

/** A copied secret often has a line break at its end, or in its middle. */
function malformedProblems(inputs: InputValues): Problem[] {
  const credentials = OAUTH_INPUTS.filter((name) => !isCredential(inputs[name]) && inputs[name] !== '');
  const lines = VENDOR_INPUTS.filter((name) => /\p{Cc}/u.test(inputs[name]));
  return [
    ...credentials.map((input) => ({ input, message: CREDENTIAL_RULE })),
    ...lines.map((input) => ({ input, message: 'must be one line. Copy it again.' })),
  ];
}

function clientProblems(inputs: InputValues, { hasList }: CredentialsUse): Problem[] {
  const client = given(inputs, CLIENT_INPUTS);
  if (client.length === 0) return [];
  if (inputs['access-token'] !== '') {
    const message = `cannot be combined with ${client.join(', ')}. Give an access token or an OAuth client, not both.`;
    return [{ input: 'access-token', message }];
  }
  const needed = CLIENT_INPUTS.filter((name) => !(hasList && name === 'refresh-token'));
  const rule = hasList
    ? 'An OAuth client needs client-id and client-secret; each installation of the list may have a refreshToken of its own.'
    : 'An OAuth client needs client-id, client-secret and refresh-token.';
  return needed
    .filter((name) => !client.includes(name))
    .map((input) => ({
      input,
      message: `is missing, but ${client.join(' and ')} ${client.length === 1 ? 'is' : 'are'} given. ${rule}`,
    }));
}

/** Beside a list, an OAuth client and the vendor's secret may both be given, for different installations. */
function vendorProblems(inputs: InputValues, { hasList }: CredentialsUse): Problem[] {
  const vendor = given(inputs, hasList ? ['security-context'] : VENDOR_INPUTS);
  const oauth = given(inputs, hasList ? ['refresh-token', 'access-token'] : OAUTH_INPUTS);
  const [first] = vendor;
  if (first !== undefined && oauth.length > 0) {
    const message = `cannot be combined with ${oauth.join(', ')}. Give an OAuth token of the portal, or what the vendor has, not both.`;
    return [{ input: first, message }];
  }
  return incompleteVendorProblems(inputs, hasList);
}

function incompleteVendorProblems(inputs: InputValues, hasList: boolean): Problem[] {
  const [beside] = given(inputs, VENDOR_INPUTS);
  if (beside === undefined) return [];
  const problems: Problem[] = [];
  if (inputs['extension-secret'] === '') {
    const message = `is missing, but ${beside} is given. It is the "secret" in the extension's plugin-manifest.json.`;
    problems.push({ input: 'extension-secret', message });
  }
  if (inputs['security-context'] === '' && !hasList) {
    const message =
      `is missing, but ${beside} is given. It is what Desk sent when the customer installed the extension. ` +
      'A list of installations has one for each, but installations and installations-file are empty here.';
    problems.push({ input: 'security-context', message });
  }
  return problems;
}
