import { parse, stringify } from 'yaml';

const ACTION = 'zoho-desk-extension-log/zoho-desk-extension-log@v1';

/** How a portal is reached, in the names that the documents use. */
const CONNECTION = {
  'org-id': '${{ vars.ZOHO_ORG_ID }}',
  'installation-id': '${{ vars.ZOHO_INSTALLATION_ID }}',
  'client-id': '${{ secrets.ZOHO_CLIENT_ID }}',
  'client-secret': '${{ secrets.ZOHO_CLIENT_SECRET }}',
  'refresh-token': '${{ secrets.ZOHO_REFRESH_TOKEN }}',
};

const TITLE = { title: 'Release ${{ github.ref_name }} is live' };

/** Makes a whole workflow of what a document shows of one: a workflow, its steps, or keys of a job, a step or its `with:`. */
export function workflowWith(code: string): string {
  const shown = parse(code) as unknown;
  if (Array.isArray(shown)) return workflow({ steps: shown as unknown[] });
  const keys = shown as Record<string, unknown>;
  if ('jobs' in keys) return code;
  if ('permissions' in keys) return workflow({ ...keys, steps: [{ uses: ACTION, with: CONNECTION }] });
  if ('if' in keys)
    return workflow({ steps: [{ ...keys, uses: ACTION, with: { ...CONNECTION, ...TITLE } }] });
  const input = 'reference' in keys ? { ...TITLE, ...keys } : keys;
  return workflow({ steps: [{ uses: ACTION, with: { ...CONNECTION, ...input } }] });
}

function workflow(job: Record<string, unknown>): string {
  return stringify({
    name: 'Release',
    on: { release: { types: ['published'] } },
    jobs: { deploy: { 'runs-on': 'ubuntu-latest', ...job } },
  });
}
