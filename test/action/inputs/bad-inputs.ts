import { RANDOM_SECRETS, type With, logsWithTitles, stepTitles } from '../desk-and-job.ts';

/** A with-block that differs from a good one with the title `Release`, and what is said about it. */
export interface BadInput {
  readonly given: With;
  readonly said: readonly string[];
}

const ORG_PLACE = 'Find it in Zoho Desk under Setup > Developer Space > API.';
const INSTALLATION_PLACE = 'It is what the extension receives as serviceAppId when it is installed.';
const URL_RULE =
  'must be an origin such as https://desk.example.com, without a path. Only a loopback address may use http.';
const DATA_CENTER_RULE =
  'must be one of us, eu, in, au, jp, ca, sa, sg, ae, uk, cn. It is the one whose address you sign in at: zoho.eu is eu.';
const ONE_OF_THEM = 'Write one of them, or leave the input out.';
const BOOLEAN_RULE = 'must be true or false. Write true or false, or leave the input out.';
const CONCURRENCY_RULE = 'must be a whole number from 1 to 100. Write digits only.';
const TIMEOUT_RULE = 'must be a whole number from 1 to 21600. Write digits only.';
const CLIENT_RULE = 'An OAuth client needs client-id, client-secret and refresh-token.';
const IN_QUOTES = 'must be text. Put it in quotes.';
const ENTRY_RULE = 'must be text or a mapping with a title. Put text in quotes.';
const KEYS_RULE =
  'An entry takes title, description, status, reference and installationId; a text with a colon goes in quotes.';
const STATUS_RULE = 'must be one of success, failure, cancelled, skipped, or be left out.';
const LIST_RULE = 'must be a list. Start each entry with "- ", or write a JSON array.';
const YAML_REMEDY = 'Put texts in quotes: a colon, a #, a * or a bracket means something in YAML.';

const bad = (given: With, ...said: string[]): BadInput => ({ given, said });
const badLogs = (logs: string, ...said: string[]): BadInput => bad({ logs }, ...said);

/** About where to log, and how. */
export const BAD_SETTINGS: readonly BadInput[] = [
  bad({ 'org-id': '' }, `org-id: is missing. ${ORG_PLACE}`),
  bad({ 'org-id': ' 12 34 ' }, `org-id: "12 34" must be digits only. ${ORG_PLACE}`),
  bad({ 'org-id': '12a' }, `org-id: "12a" must be digits only. ${ORG_PLACE}`),
  bad({ 'installation-id': '' }, `installation-id: is missing. ${INSTALLATION_PLACE}`),
  bad({ 'installation-id': 'a b' }, `installation-id: "a b" must have no spaces. ${INSTALLATION_PLACE}`),
  bad({ 'data-center': 'de' }, `data-center: "de" ${DATA_CENTER_RULE}`),
  bad({ 'data-center': 'EU' }, `data-center: "EU" ${DATA_CENTER_RULE}`),
  bad({ overflow: 'drop' }, `overflow: "drop" must be one of split, condense, error. ${ONE_OF_THEM}`),
  bad({ 'log-at': 'end' }, `log-at: "end" must be one of now, job-end. ${ONE_OF_THEM}`),
  bad({ delivery: 'once' }, `delivery: "once" must be one of at-least-once, at-most-once. ${ONE_OF_THEM}`),
  bad({ concurrency: '0' }, `concurrency: "0" ${CONCURRENCY_RULE}`),
  bad({ concurrency: 'abc' }, `concurrency: "abc" ${CONCURRENCY_RULE}`),
  bad({ concurrency: '1e3' }, `concurrency: "1e3" ${CONCURRENCY_RULE}`),
  bad({ concurrency: '-1' }, `concurrency: "-1" ${CONCURRENCY_RULE}`),
  bad({ concurrency: '2.5' }, `concurrency: "2.5" ${CONCURRENCY_RULE}`),
  bad({ concurrency: '101' }, `concurrency: "101" ${CONCURRENCY_RULE}`),
  bad({ 'timeout-seconds': '0' }, `timeout-seconds: "0" ${TIMEOUT_RULE}`),
  bad({ 'timeout-seconds': '2m' }, `timeout-seconds: "2m" ${TIMEOUT_RULE}`),
  bad({ 'timeout-seconds': '21601' }, `timeout-seconds: "21601" ${TIMEOUT_RULE}`),
  bad({ 'fail-on-error': 'yes' }, `fail-on-error: "yes" ${BOOLEAN_RULE}`),
  bad({ 'dry-run': '1' }, `dry-run: "1" ${BOOLEAN_RULE}`),
  bad({ 'dry-run': 'tRuE' }, `dry-run: "tRuE" ${BOOLEAN_RULE}`),
  bad({ reference: 'a\nb' }, 'reference: "a\\nb" must be one line. Take the line break out.'),
  bad(
    { reference: 'r'.repeat(201) },
    `reference: "${'r'.repeat(58)}… must have at most 200 characters. Shorten it.`,
  ),
  bad({ 'desk-url': 'http://desk.example.com' }, `desk-url: "http://desk.example.com" ${URL_RULE}`),
  bad(
    { 'accounts-url': 'http://localhost.example.com' },
    `accounts-url: "http://localhost.example.com" ${URL_RULE}`,
  ),
  bad({ 'desk-url': 'https://desk.example.com/api' }, `desk-url: "https://desk.example.com/api" ${URL_RULE}`),
  bad(
    { 'desk-url': 'https://me:hunter2@desk.example.com' },
    `desk-url: "https://***@desk.example.com" ${URL_RULE}`,
  ),
  bad({ 'desk-url': 'desk.zoho.com' }, `desk-url: "desk.zoho.com" ${URL_RULE}`),
  bad({ 'accounts-url': 'ftp://accounts.zoho.com' }, `accounts-url: "ftp://accounts.zoho.com" ${URL_RULE}`),
];

/** About who is asking. None of them may show a secret. */
export const BAD_CREDENTIALS: readonly BadInput[] = [
  bad(
    { 'client-id': '', 'client-secret': '', 'refresh-token': '' },
    'client-id: is missing. Give client-id, client-secret and refresh-token of an OAuth client, or an access-token. On pull requests from forks, secrets are empty.',
  ),
  bad(
    { 'client-secret': '' },
    `client-secret: is missing beside client-id and refresh-token. ${CLIENT_RULE}`,
  ),
  bad(
    { 'client-id': '', 'refresh-token': '' },
    `client-id: is missing beside client-secret. ${CLIENT_RULE}`,
    `refresh-token: is missing beside client-secret. ${CLIENT_RULE}`,
  ),
  bad(
    { 'access-token': RANDOM_SECRETS.refreshToken },
    'access-token: cannot stand beside client-id, client-secret, refresh-token. Give an access token or an OAuth client, not both.',
  ),
  bad(
    { 'refresh-token': RANDOM_SECRETS.refreshToken.replace('.e', '.\ne') },
    'refresh-token: must have no spaces, line breaks or foreign letters. Copy it again.',
  ),
  bad({ 'org-id': RANDOM_SECRETS.clientSecret }, `org-id: "***" must be digits only. ${ORG_PLACE}`),
  bad(
    { 'installation-id': `for ${RANDOM_SECRETS.refreshToken}` },
    `installation-id: "for ***… must have no spaces. ${INSTALLATION_PLACE}`,
  ),
];

/** About what to log, but for files. */
export const BAD_LOGS: readonly BadInput[] = [
  bad(
    { title: '' },
    'github-token: is missing, and the run cannot be read without it. Leave the input out, so that the job has its own, or say what to log with title, logs or logs-file.',
  ),
  bad(
    { collect: 'all', 'github-token': 'ghs_local-7Zq4vN1x' },
    `collect: "all" must be one of job, run. ${ONE_OF_THEM}`,
  ),
  bad(
    { collect: 'run', logs: '- a', 'github-token': 'ghs_local-7Zq4vN1x' },
    'collect: cannot stand beside logs. Leave one out: both say what to log.',
  ),
  bad(
    { collect: 'job', 'logs-file': 'a.yml', 'github-token': 'ghs_local-7Zq4vN1x' },
    'collect: cannot stand beside logs-file. Leave one out: both say what to log.',
    'logs-file: "a.yml" is not there. Check the path, which is relative to the workspace, and that an earlier step made it.',
  ),
  bad(
    { title: '', description: 'd', 'github-token': 'ghs_local-7Zq4vN1x' },
    'description: needs a title to belong to. Give title, too.',
  ),
  bad({ logs: '- a', 'logs-file': 'a.yml' }, 'logs: cannot stand beside logs-file. Give one of the two.'),
  bad(
    { title: 't'.repeat(1_001) },
    `title: "${'t'.repeat(58)}… has 1001 characters; at most 1000 are allowed. Move the detail to the description.`,
  ),
  badLogs('title: a', `logs: {"title":"a"} ${LIST_RULE}`),
  badLogs('Deployed', `logs: "Deployed" ${LIST_RULE}`),
  badLogs('[]', 'logs: must not be an empty list. Add an entry, or leave the input out.'),
  badLogs(
    '- 1\n- true\n- null\n- [a]',
    ...['1', 'true', 'null', '["a"]'].map((value, at) => `logs[${at}]: ${value} ${ENTRY_RULE}`),
  ),
  badLogs('- title: 400000000004567001', `logs[0].title: 400000000004567001 ${IN_QUOTES}`),
  badLogs('- title:', `logs[0].title: null ${IN_QUOTES}`),
  badLogs('- title: false', `logs[0].title: false ${IN_QUOTES}`),
  badLogs('- title: { a: b }', `logs[0].title: {"a":"b"} ${IN_QUOTES}`),
  badLogs('- { title: a, description: 1.5 }', `logs[0].description: 1.5 ${IN_QUOTES}`),
  badLogs(
    '- ""\n- "  "',
    'logs[0]: must not be empty. Say what happened.',
    'logs[1]: must not be empty. Say what happened.',
  ),
  badLogs('- title: ""', 'logs[0].title: must not be empty. Say what happened.'),
  badLogs('- description: d', 'logs[0].title: is missing. Say what happened.'),
  badLogs('- { title: a, titel: b, foo: 1 }', `logs[0]: has the unknown keys "titel", "foo". ${KEYS_RULE}`),
  badLogs('- Deploy: done', `logs[0]: has the unknown key "Deploy". ${KEYS_RULE}`),
  badLogs('- { title: a, status: broken }', `logs[0].status: "broken" ${STATUS_RULE}`),
  badLogs('- { title: a, reference: 5 }', `logs[0].reference: 5 ${IN_QUOTES}`),
  badLogs(
    '- { title: a, reference: " " }',
    'logs[0].reference: " " must not be blank. Give a reference, or leave it out.',
  ),
  badLogs(
    '- { title: a, installationId: 400000000004567001 }',
    `logs[0].installationId: 400000000004567001 ${IN_QUOTES}`,
  ),
  badLogs(
    '- { title: a, installationId: a b }',
    `logs[0].installationId: "a b" must have no spaces. ${INSTALLATION_PLACE}`,
  ),
  badLogs('- "a', `logs: is not valid YAML: Missing closing "quote at line 1, column 5. ${YAML_REMEDY}`),
  badLogs(
    '- Deploy: done: twice',
    `logs: is not valid YAML: Nested mappings are not allowed in compact mappings at line 1, column 11. ${YAML_REMEDY}`,
  ),
  badLogs(
    '- title: a\n  title: b',
    'logs: is not valid YAML: Map keys must be unique at line 2, column 3. Begin each entry with a "- " of its own, and give it each key once.',
  ),
  badLogs(
    '- a\n---\n- b',
    'logs: is not valid YAML: Source contains multiple documents at line 2, column 1. Take the line "---" out: one list is one document.',
  ),
  badLogs(
    '- *bold',
    `logs: is not valid YAML: Unresolved alias (the anchor must be set before the alias): bold. ${YAML_REMEDY}`,
  ),
  badLogs(
    aliasBomb(),
    `logs: is not valid YAML: Excessive alias count indicates a resource exhaustion attack. ${YAML_REMEDY}`,
  ),
  badLogs(
    '- &a { title: *a }',
    'logs: is nested too deeply for a list of logs. An entry is text, or a mapping with a title.',
  ),
  badLogs(
    '['.repeat(100) + ']'.repeat(100),
    'logs: is nested too deeply for a list of logs. An entry is text, or a mapping with a title.',
  ),
  bad(
    { logs: logsWithTitles(...stepTitles(10)), overflow: 'error' },
    'overflow: "error" allows 10 logs to a reference, and "gh-9001-1" has 11. Take logs out, or use split (several parts) or condense (one part, logs that went well merged).',
  ),
];

/** Inputs of every kind that are wrong at once: all is said in one run. */
export const BAD_IN_MANY_WAYS = bad(
  { 'org-id': 'x', 'data-center': 'mars', concurrency: '0', 'client-secret': '', logs: '- 1\n- titel: x' },
  `data-center: "mars" ${DATA_CENTER_RULE}`,
  `org-id: "x" must be digits only. ${ORG_PLACE}`,
  `concurrency: "0" ${CONCURRENCY_RULE}`,
  `client-secret: is missing beside client-id and refresh-token. ${CLIENT_RULE}`,
  `logs[0]: 1 ${ENTRY_RULE}`,
  `logs[1]: has the unknown key "titel". ${KEYS_RULE}`,
);

/** Nine lists of nine aliases of the list before: a few hundred bytes that stand for millions of entries. */
function aliasBomb(): string {
  const lists = ['a', 'b', 'c', 'd', 'e'].map((name, at, all) => {
    const item = at === 0 ? 'x' : `*${all[at - 1]}`;
    return `- &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
  });
  return lists.join('\n');
}
