import { keptNamesOf, type Answers, type KeptName } from '../connection/fields.ts';
import type { Addresses } from '../connection/connection.ts';

const ACTION = 'zoho-desk-extension-log/zoho-desk-extension-log@v1';

/** The inputs of the Action that a connection fills. */
const INPUTS: Readonly<Record<KeptName['field'], string>> = {
  dataCenter: 'data-center',
  orgId: 'org-id',
  installationId: 'installation-id',
  clientId: 'client-id',
  clientSecret: 'client-secret',
  refreshToken: 'refresh-token',
};

/** The README's first workflow, for this connection: it logs each release, with the names that GitHub keeps it under. */
export function workflowText(answers: Pick<Answers, 'dataCenter'>, addresses: Addresses): string {
  const inputs = [
    ...keptNamesOf(answers).map(
      ({ field, name, kind }) =>
        `${INPUTS[field]}: \${{ ${kind === 'secret' ? 'secrets' : 'vars'}.${name} }}`,
    ),
    ...(addresses.deskUrl === undefined ? [] : [`desk-url: ${addresses.deskUrl}`]),
    ...(addresses.accountsUrl === undefined ? [] : [`accounts-url: ${addresses.accountsUrl}`]),
  ];
  return `# .github/workflows/release.yml
on: { release: { types: [published] } }
jobs:
  deploy:
    runs-on: ubuntu-latest
    permissions: { contents: read, actions: read }
    steps:
      - uses: actions/checkout@v5
      - name: Deploy
        run: ./deploy.sh
      - uses: ${ACTION}
        if: always()
        with:
${inputs.map((input) => `          ${input}`).join('\n')}`;
}
