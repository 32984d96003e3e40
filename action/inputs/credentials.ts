import type { Problem } from '../../shared/problem.ts';
import type { Door } from './destination.ts';
import type { InputName, InputValues } from './input-values.ts';

const CLIENT_INPUTS = ['client-id', 'client-secret', 'refresh-token'] as const;
const OAUTH_INPUTS = [...CLIENT_INPUTS, 'access-token'] as const;
const VENDOR_INPUTS = ['extension-secret', 'security-context', 'connection-link-name'] as const;

/** What an installation of a list may bring itself. */
export interface OwnCredentials {
  readonly refreshToken?: string | undefined;
  readonly securityContext?: string | undefined;
}

/** Where the credentials are used. */
export interface CredentialsUse {
  /** A dry run needs none. */
  readonly dryRun: boolean;
  /** There is a list of installations, whose entries may bring the rest. */
  readonly hasList: boolean;
}

/** Checks the credentials among the inputs without ever showing a value. Returns every problem. */
export function credentialProblems(inputs: InputValues, { dryRun, hasList }: CredentialsUse): Problem[] {
  const client = given(inputs, CLIENT_INPUTS);
  const oauth = given(inputs, OAUTH_INPUTS);
  const vendor = given(inputs, VENDOR_INPUTS);
  const problems = illegibleProblems(inputs);
  if (inputs['access-token'] !== '' && client.length > 0) {
    const message = `cannot be combined with ${client.join(', ')}. Give an access token or an OAuth client, not both.`;
    problems.push({ input: 'access-token', message });
  } else if (client.length > 0) {
    problems.push(...incompleteClientProblems(client, hasList));
  }
  const twoDoors = hasList
    ? inputs['security-context'] !== '' && (inputs['refresh-token'] !== '' || inputs['access-token'] !== '')
    : vendor.length > 0 && oauth.length > 0;
  if (twoDoors) {
    const message = `cannot be combined with ${oauth.join(', ')}. Give an OAuth token of the portal, or what the vendor has, not both.`;
    problems.push({ input: vendor[0] ?? 'extension-secret', message });
  } else if (vendor.length > 0) {
    problems.push(...incompleteVendorProblems(inputs, hasList));
  }
  if (oauth.length === 0 && vendor.length === 0 && !dryRun && !hasList) problems.push(NO_CREDENTIALS);
  return problems;
}

/**
 * The way into one installation, where the inputs and its own credentials give exactly one.
 * @returns undefined when they give none; `credentialProblems` and the list's own check say why
 */
export function doorOf(inputs: InputValues, own: OwnCredentials = {}): Door | undefined {
  const securityContext = own.securityContext ?? (own.refreshToken ? '' : inputs['security-context']);
  if (securityContext !== '') return vendorsDoor(inputs, securityContext);
  const refreshToken = own.refreshToken ?? inputs['refresh-token'];
  const { 'client-id': clientId, 'client-secret': clientSecret, 'access-token': accessToken } = inputs;
  if (own.refreshToken === undefined && accessToken !== '') return { kind: 'access-token', accessToken };
  if (clientId === '' || clientSecret === '' || refreshToken === '') return undefined;
  return { kind: 'oauth-client', client: { clientId, clientSecret, refreshToken } };
}

function vendorsDoor(inputs: InputValues, securityContext: string): Door | undefined {
  const { 'extension-secret': extensionSecret, 'connection-link-name': connectionLinkName } = inputs;
  if (extensionSecret === '') return undefined;
  return { kind: 'invoke', key: { extensionSecret, connectionLinkName }, securityContext };
}

function given<Name extends InputName>(inputs: InputValues, names: readonly Name[]): Name[] {
  return names.filter((name) => inputs[name] !== '');
}

/** A token is sent in a header, and a copied one often has a line break at its end. */
function illegibleProblems(inputs: InputValues): Problem[] {
  return OAUTH_INPUTS.filter((name) => /[^\x21-\x7e]/.test(inputs[name])).map((input) => ({
    input,
    message: 'must not have spaces, line breaks or non-ASCII characters. Copy it again.',
  }));
}

const NO_CREDENTIALS: Problem = {
  input: 'client-id',
  message:
    'is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token; ' +
    'an extension vendor gives extension-secret and security-context. On pull requests from forks, secrets are empty.',
};

function incompleteClientProblems(client: readonly string[], hasList: boolean): Problem[] {
  const needed = hasList ? CLIENT_INPUTS.filter((name) => name !== 'refresh-token') : CLIENT_INPUTS;
  const rest = hasList
    ? 'An OAuth client needs client-id and client-secret; the refresh token may stand in the list.'
    : 'An OAuth client needs client-id, client-secret and refresh-token.';
  return needed
    .filter((name) => !client.includes(name))
    .map((input) => ({
      input,
      message: `is missing, but ${client.join(' and ')} ${client.length === 1 ? 'is' : 'are'} given. ${rest}`,
    }));
}

function incompleteVendorProblems(inputs: InputValues, hasList: boolean): Problem[] {
  const problems: Problem[] = [];
  if (inputs['extension-secret'] === '') {
    const [beside] = given(inputs, VENDOR_INPUTS);
    const message = `is missing, but ${beside} is given. It is the "secret" in the extension's plugin-manifest.json.`;
    problems.push({ input: 'extension-secret', message });
  }
  if (inputs['security-context'] === '' && !hasList) {
    const message =
      'is missing, but extension-secret is given. It is what Desk sent when the customer installed the extension.';
    problems.push({ input: 'security-context', message });
  }
  return problems;
}
