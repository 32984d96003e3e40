import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import {
  bad,
  type BadInput,
  ENTRY_RULE,
  IN_QUOTES,
  INSTALLATION_PLACE,
  KEYS_RULE,
  LIST_RULE,
  ONE_OF_THEM,
  ORG_PLACE,
  STATUS_RULE,
  YAML_REMEDY,
} from './bad-input-row.ts';

const badLogs = (logs: string, ...said: string[]): BadInput => bad({ logs }, ...said);

/** About what to log, but for files. */
export const BAD_LOGS: readonly BadInput[] = [
  bad(
    { title: '' },
    'github-token: is missing, and the run cannot be read without it. Leave the input out to use the token of the job, or say what to log with title, logs or logs-file.',
  ),
  bad(
    { collect: 'all', 'github-token': 'ghs_local-7Zq4vN1x' },
    `collect: "all" must be one of job, run. ${ONE_OF_THEM}`,
  ),
  bad(
    { collect: 'run', logs: '- a', 'github-token': 'ghs_local-7Zq4vN1x' },
    'collect: cannot be combined with logs. Leave one out: both say what to log.',
  ),
  bad(
    { collect: 'job', 'logs-file': 'a.yml', 'github-token': 'ghs_local-7Zq4vN1x' },
    'collect: cannot be combined with logs-file. Leave one out: both say what to log.',
    'logs-file: "a.yml" does not exist. Check the path, which starts at the workspace, and that an earlier step made the file.',
  ),
  bad(
    { title: '', description: 'd', 'github-token': 'ghs_local-7Zq4vN1x' },
    'description: needs a title. Give title too, or leave it out.',
  ),
  bad({ logs: '- a', 'logs-file': 'a.yml' }, 'logs: cannot be combined with logs-file. Give one of the two.'),
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
    'logs[0].reference: must not be blank. Give a reference, or leave it out.',
  ),
  badLogs(
    '- { title: a, installationId: 400000000004567001 }',
    `logs[0].installationId: 400000000004567001 ${IN_QUOTES}`,
  ),
  badLogs(
    '- { title: a, installationId: a b }',
    `logs[0].installationId: "a b" must have no spaces. ${INSTALLATION_PLACE}`,
  ),
  badLogs('- { title: a, orgId: 12a }', `logs[0].orgId: "12a" must be digits only. ${ORG_PLACE}`),
  badLogs(
    '- a\n- { title: b, orgId: "77" }',
    'logs[1].orgId: "77" is not the org-id of this portal. Correct the entry, log it in a step with the org-id of its own portal, or use installations.',
  ),
  ...[
    '\t- Build\n\t- Deploy',
    '- Build\n\t- Deploy',
    '- Build\n \t- Deploy',
    '- title: a\n\tdescription: b',
  ].map((logs) =>
    badLogs(
      logs,
      `logs: is indented with a tab in line ${logs.startsWith('\t') ? 1 : 2}. YAML takes only spaces there. Replace the tab with spaces.`,
    ),
  ),
  badLogs('- "a', `logs: is not valid YAML: Missing closing "quote at line 1, column 5. ${YAML_REMEDY}`),
  badLogs(
    '- Deploy: done: twice',
    `logs: is not valid YAML: Nested mappings are not allowed in compact mappings at line 1, column 11. ${YAML_REMEDY}`,
  ),
  badLogs(
    '- title: a\n  title: b',
    'logs: is not valid YAML: Map keys must be unique at line 2, column 3. Begin each entry with its own "- ", and give it each key once.',
  ),
  badLogs(
    '- a\n---\n- b',
    'logs: is not valid YAML: Source contains multiple documents at line 2, column 1. Remove the line "---": one list is one document.',
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
    'logs: is nested too deeply for a list. Write each entry as text or as a mapping.',
  ),
  badLogs(
    '['.repeat(100) + ']'.repeat(100),
    'logs: is nested too deeply for a list. Write each entry as text or as a mapping.',
  ),
  bad(
    { title: '', logs: elevenOfAnother(), overflow: 'error' },
    'overflow: "error" allows 10 logs to a reference, and "gh-9001-1" has 11. Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).',
  ),
  bad(
    { logs: logsWithTitles(...stepTitles(10)), overflow: 'error' },
    'overflow: "error" allows 10 logs to a reference, and "gh-9001-1" has 11. Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).',
  ),
];

/** Eleven logs of another installation of the portal. */
function elevenOfAnother(): string {
  return JSON.stringify(stepTitles(11).map((title) => ({ title, installationId: '77' })));
}

/** Nine lists of nine aliases of the list before: a few hundred bytes that stand for millions of entries. */
function aliasBomb(): string {
  const lists = ['a', 'b', 'c', 'd', 'e'].map((name, at, all) => {
    const item = at === 0 ? 'x' : `*${all[at - 1]}`;
    return `- &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
  });
  return lists.join('\n');
}
