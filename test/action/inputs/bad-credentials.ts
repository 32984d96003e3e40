import { RANDOM_SECRETS } from '../desk-and-job.ts';
import { bad, type BadInput, CLIENT_RULE, INSTALLATION_PLACE, ORG_PLACE } from './bad-input-row.ts';
import { NO_CLIENT, VENDOR_SECRETS } from './checking.ts';

/** About credentials. None of them may show a secret. */
export const BAD_CREDENTIALS: readonly BadInput[] = [
  bad(
    { 'client-id': '', 'client-secret': '', 'refresh-token': '' },
    'client-id: is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token; an extension vendor gives extension-secret and security-context. On pull requests from forks, secrets are empty.',
  ),
  bad(
    { 'client-secret': '' },
    `client-secret: is missing, but client-id and refresh-token are given. ${CLIENT_RULE}`,
  ),
  bad(
    { 'client-id': '', 'refresh-token': '' },
    `client-id: is missing, but client-secret is given. ${CLIENT_RULE}`,
    `refresh-token: is missing, but client-secret is given. ${CLIENT_RULE}`,
  ),
  bad(
    { 'access-token': RANDOM_SECRETS.refreshToken },
    'access-token: cannot be combined with client-id, client-secret, refresh-token. Give an access token or an OAuth client, not both.',
  ),
  bad(
    { 'refresh-token': RANDOM_SECRETS.refreshToken.replace('.e', '.\ne') },
    'refresh-token: must not have spaces, line breaks or non-ASCII characters. Copy it again.',
  ),
  bad({ 'org-id': RANDOM_SECRETS.clientSecret }, `org-id: "***" must be digits only. ${ORG_PLACE}`),
  bad(
    { 'installation-id': `for ${RANDOM_SECRETS.refreshToken}` },
    `installation-id: "for ***… must have no spaces. ${INSTALLATION_PLACE}`,
  ),
  bad(
    { ...NO_CLIENT, 'access-token': 'Bearer 1000.a' },
    'access-token: must not have spaces, line breaks or non-ASCII characters. Copy it again.',
  ),
  bad(
    { ...NO_CLIENT, 'extension-secret': VENDOR_SECRETS.extensionSecret },
    'security-context: is missing, but extension-secret is given. It is what Desk sent when the customer installed the extension. A list of installations has one for each, but installations and installations-file are empty here.',
  ),
  bad(
    { ...NO_CLIENT, 'security-context': VENDOR_SECRETS.securityContext },
    'extension-secret: is missing, but security-context is given. It is the "secret" in the extension\'s plugin-manifest.json.',
  ),
  bad(
    { ...NO_CLIENT, 'connection-link-name': 'zohodesk' },
    'extension-secret: is missing, but connection-link-name is given. It is the "secret" in the extension\'s plugin-manifest.json.',
    'security-context: is missing, but connection-link-name is given. It is what Desk sent when the customer installed the extension. A list of installations has one for each, but installations and installations-file are empty here.',
  ),
  bad(
    {
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      'security-context': VENDOR_SECRETS.securityContext,
    },
    'extension-secret: cannot be combined with client-id, client-secret, refresh-token. Give an OAuth token of the portal, or what the vendor has, not both.',
  ),
  bad(
    {
      ...NO_CLIENT,
      'access-token': RANDOM_SECRETS.refreshToken,
      'security-context': VENDOR_SECRETS.securityContext,
    },
    'security-context: cannot be combined with access-token. Give an OAuth token of the portal, or what the vendor has, not both.',
  ),
  bad(
    {
      ...NO_CLIENT,
      'extension-secret': VENDOR_SECRETS.extensionSecret.replace('-', '\n'),
      'security-context': VENDOR_SECRETS.securityContext.replace('.', '.\n'),
      'connection-link-name': 'zoho\ndesk',
    },
    'extension-secret: must be one line. Copy it again.',
    'security-context: must be one line. Copy it again.',
    'connection-link-name: must be one line. Copy it again.',
  ),
  bad(
    {
      ...NO_CLIENT,
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      'security-context': VENDOR_SECRETS.securityContext,
      logs: '- { title: a, installationId: "77" }',
      'dry-run': 'true',
    },
    'logs[0].installationId: "77" is not the installation that security-context belongs to. Use installations, with the securityContext of each.',
  ),
  bad(
    {
      ...NO_CLIENT,
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      'security-context': VENDOR_SECRETS.securityContext,
      logs: '- { title: a, installationId: "77" }',
    },
    'logs[0].installationId: "77" is not the installation that security-context belongs to. Use installations, with the securityContext of each.',
  ),
];
