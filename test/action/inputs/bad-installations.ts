import { stepTitles, type With } from '../desk-and-job.ts';
import {
  bad,
  type BadInput,
  DATA_CENTER_RULE,
  IN_QUOTES,
  INSTALLATION_PLACE,
  JSON_LINES,
  ORG_PLACE,
} from './bad-input-row.ts';
import { CONNECTION, NO_CLIENT, VENDOR_SECRETS } from './checking.ts';

const { securityContext } = VENDOR_SECRETS;
const KEYS = 'installationId, orgId, dataCenter, name, securityContext and refreshToken';
const NO_CREDENTIALS =
  'has no credentials. Add its securityContext (with the input extension-secret) or its refreshToken (with client-id and client-secret).';
const TOKEN_RULE = 'must not have spaces, line breaks or non-ASCII characters. Copy it again.';
const LINE_RULE = 'must be one line, and not empty. Copy it again.';
const NEEDS_SECRET =
  'needs the input extension-secret, the "secret" in the extension\'s plugin-manifest.json.';
const TOO_LONG =
  'overflow: "error" allows 10 logs to a reference, and "gh-9001-1" has 11. Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).';
const SHARD_RULE =
  'must be a piece such as 2/5, the second of five. In a matrix with shard: [1, 2, 3, 4, 5], write ${{ matrix.shard }}/5.';

/** A list, and the OAuth client of the customer whose portal all of it is in. */
const listed = (installations: string, ...said: string[]): BadInput =>
  bad({ 'installation-id': '', installations }, ...said);

/** A list as a vendor has it: without an organization or a token that would do for every entry. */
const ofVendor = (list: object[], given: With, ...said: string[]): BadInput =>
  bad(
    {
      ...NO_CLIENT,
      'org-id': '',
      'installation-id': '',
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      installations: JSON.stringify(list),
      ...given,
    },
    ...said,
  );

const ONE = { installationId: '1', orgId: '71', securityContext: `${securityContext}-one` };
const TWO = { installationId: '2', orgId: '72', securityContext: `${securityContext}-two` };

/** About a list of installations. */
export const BAD_INSTALLATIONS: readonly BadInput[] = [
  listed(
    'installationId: "1"',
    'installations: must be a list. Start each installation with "- ", or write a JSON array.',
  ),
  listed('{"installationId":"1"}\n{"installationId":"2"}', `installations: ${JSON_LINES}`),
  listed('[]', 'installations: must not be an empty list. Add an installation, or leave the input out.'),
  listed(
    `- ${securityContext}\n- 5\n- null`,
    ...[0, 1, 2].map((at) => `installations[${at}]: must be a mapping with ${KEYS}.`),
  ),
  listed('- orgId: "71"', `installations[0].installationId: is missing. ${INSTALLATION_PLACE}`),
  listed(
    '- { installationId: a b }',
    `installations[0].installationId: "a b" must have no spaces. ${INSTALLATION_PLACE}`,
  ),
  listed(
    '- { installationId: 400000000004567001 }',
    `installations[0].installationId: 400000000004567001 ${IN_QUOTES}`,
  ),
  listed(
    '- { installationId: "1", orgId: -71 }',
    `installations[0].orgId: "-71" must be digits only. ${ORG_PLACE}`,
  ),
  listed('- { installationId: "1", orgId: [71] }', `installations[0].orgId: ["71"] ${IN_QUOTES}`),
  listed(
    '- { installationId: "1", orgId: 71a }',
    `installations[0].orgId: "71a" must be digits only. ${ORG_PLACE}`,
  ),
  listed(
    '- { installationId: "1", dataCenter: mars }',
    `installations[0].dataCenter: "mars" ${DATA_CENTER_RULE}`,
  ),
  listed('- { installationId: "1", name: 5 }', `installations[0].name: 5 ${IN_QUOTES}`),
  listed('- { installationId: "1", securityContext: 5 }', `installations[0].securityContext: ${IN_QUOTES}`),
  listed('- { installationId: "1", securityContext: "" }', `installations[0].securityContext: ${LINE_RULE}`),
  listed(
    JSON.stringify([{ installationId: '1', securityContext: `${securityContext}\n` }]),
    `installations[0].securityContext: ${LINE_RULE}`,
  ),
  listed('- { installationId: "1", refreshToken: a b }', `installations[0].refreshToken: ${TOKEN_RULE}`),
  listed(
    `- { installationId: "1", securitycontext: ${securityContext}, foo: 1 }`,
    `installations[0]: has the unknown keys "securitycontext", "foo". An installation takes ${KEYS}.`,
  ),
  listed(
    `- { installationId: "1", securityContext:${securityContext} }`,
    `installations[0]: has an unknown key, or a colon without a space after it. An installation takes ${KEYS}.`,
  ),
  listed(
    '- { installationId: "1" }\n- { installationId: "2" }\n- { installationId: "1", orgId: "60001234567", dataCenter: us }',
    'installations[2]: "1" is the same installation as installations[0]. Remove one of them.',
  ),
  listed(
    '- { installationId: "1", orgId: 71 }\n- { installationId: "1", orgId: "71" }',
    'installations[1]: "1" is the same installation as installations[0]. Remove one of them.',
  ),
  listed(
    `- { installationId: "1", refreshToken: 1000.a.b, securityContext: ${securityContext} }`,
    'installations[0]: has a securityContext and a refreshToken. Keep the one that is to be used.',
  ),
  listed(
    `- { installationId: "1", securityContext: ${securityContext} }`,
    `installations[0].securityContext: ${NEEDS_SECRET}`,
  ),
  listed(
    '- { installationId: "1" }\n- { installationId: "2", orgId: "72" }\n- { installationId: "3", dataCenter: eu }',
    'refresh-token: belongs to one portal, but the list has installations of 3 portals without credentials of their own. Add the refreshToken of each to the list.',
  ),
  bad(
    { installations: '- { installationId: "1" }' },
    'installation-id: cannot be combined with a list of installations. Add it to the list, or leave one of them out.',
  ),
  bad(
    { 'installation-id': '', installations: '- { installationId: "1" }', 'installations-file': 'none.yml' },
    'installations: cannot be combined with installations-file. Give one of the two.',
  ),
  bad(
    { shard: '1/2' },
    'shard: needs a list of installations. Give installations or installations-file too, or leave it out.',
  ),
  ...['0/5', '6/5', '2/0', '2', '2/', 'two/five', '-1/5', '1.5/5', '2/5/5'].map((shard) =>
    bad(
      { 'installation-id': '', installations: '- { installationId: "1" }', shard },
      `shard: "${shard}" ${SHARD_RULE}`,
    ),
  ),
  bad(
    {
      'installation-id': '',
      installations: '- { installationId: "1" }',
      logs: '- a\n- { title: b, installationId: "9" }',
    },
    'logs[1].installationId: "9" is not an installation of the list. Add it to the list, or correct or remove the entry.',
  ),
  bad(
    { 'installation-id': '', installations: '- { installationId: "1" }', logs: '- { title: b, orgId: "9" }' },
    'logs[0].orgId: "9" is not the orgId of an installation of the list. Add its installation to the list, or correct or remove the entry.',
  ),
  // Once, though both installations would get the group.
  ofVendor([ONE, TWO], { title: '', logs: JSON.stringify(stepTitles(11)), overflow: 'error' }, TOO_LONG),
  ofVendor(
    [ONE, TWO],
    {
      title: '',
      logs: JSON.stringify([...stepTitles(10), { title: 'One more', installationId: '2' }]),
      overflow: 'error',
      shard: '1/2',
    },
    TOO_LONG,
  ),
  ofVendor(
    [ONE, { ...TWO, installationId: '1' }],
    { logs: '- { title: b, installationId: "1" }' },
    'logs[0].installationId: "1" is an installation of two portals. Add the orgId of one of them to the entry.',
  ),
  ofVendor(
    [{ ...ONE, orgId: undefined }, TWO],
    {},
    'installations[0].orgId: is missing. Add it, or give the input org-id for all.',
  ),
  ofVendor([ONE, { installationId: '2', orgId: '72' }], {}, `installations[1]: ${NO_CREDENTIALS}`),
  ofVendor(
    [ONE, { installationId: '2', orgId: '72', refreshToken: '1000.a.b' }],
    {},
    'installations[1].refreshToken: needs the inputs client-id and client-secret.',
  ),
  ofVendor(
    [ONE, { installationId: '2', orgId: '72' }, { installationId: '3', orgId: '73' }],
    { 'security-context': securityContext },
    'security-context: belongs to one installation, but 2 of the list have no credentials of their own. Add the securityContext of each to the list.',
  ),
  ofVendor(
    [
      { installationId: '2', orgId: '72' },
      { installationId: '3', orgId: '73' },
    ],
    { 'access-token': '1000.a.b' },
    'access-token: belongs to one portal, but the list has installations of 2 portals without credentials of their own. Add the refreshToken of each to the list.',
  ),
  ofVendor(
    [ONE, TWO],
    { 'access-token': '1000.a.b', 'security-context': securityContext },
    'security-context: cannot be combined with access-token. Give an OAuth token of the portal, or what the vendor has, not both.',
  ),
  ofVendor(
    [ONE, TWO],
    { 'client-secret': CONNECTION['client-secret'] ?? '' },
    'client-id: is missing, but client-secret is given. An OAuth client needs client-id and client-secret; each installation of the list may have a refreshToken of its own.',
  ),
  ofVendor(
    [ONE, TWO],
    { 'extension-secret': '' },
    `installations[0].securityContext: ${NEEDS_SECRET}`,
    `installations[1].securityContext: ${NEEDS_SECRET}`,
  ),
  ofVendor(
    [ONE, { ...TWO, orgId: 'x' }, { ...ONE, installationId: ' ' }],
    { 'data-center': 'mars', shard: '3/2', logs: '- 1' },
    `data-center: "mars" ${DATA_CENTER_RULE}`,
    `installations[1].orgId: "x" must be digits only. ${ORG_PLACE}`,
    `installations[2].installationId: " " must have no spaces. ${INSTALLATION_PLACE}`,
    `shard: "3/2" ${SHARD_RULE}`,
    'logs[0]: 1 must be text or a mapping with a title. Put text in quotes.',
  ),
];
