import { DATA_CENTER_IDS, type DataCenterId } from '../../shared/zoho/data-centers.ts';
import { SCOPE } from '../../shared/zoho/portal.ts';
import { apiConsoleOf } from '../connection/api-console.ts';

/** What the command is for, before its first step. */
export const INTRODUCTION = `
Connect a Zoho Desk portal

The connection may add extension logs to one portal, and nothing else. What you type is kept nowhere on
this machine. Ctrl+C stops.`;

/** Step 1. */
export const DATA_CENTER_STEP = `
1 of 5 · Data center
  Where the portal is: the one whose address you sign in at, zoho.eu is eu.
  ${DATA_CENTER_IDS.join('  ')}`;

/** Step 2. Source of the clicks: https://www.zoho.com/accounts/protocol/oauth/self-client/overview.html. */
export function clientStep(dataCenter: DataCenterId): string {
  return `
2 of 5 · API client
  In Zoho's API console, ${apiConsoleOf(dataCenter)}/
    a. Sign in as someone who may manage extensions in the portal.
    b. Choose Self Client (Get Started or Add Client, where there is none yet), then Create.
    c. Open the tab Client Secret, which shows the client ID and the client secret.`;
}

/** Step 3. */
export const CODE_STEP = `
3 of 5 · Code
  Still there, on the tab Generate Code
    a. Scope: ${SCOPE}
    b. Time Duration: 10 minutes. Scope Description: any text.
    c. Choose Create, then Desk and your portal, then Create once more, and copy the code.`;

/** Step 4. */
export const IDS_STEP = `
4 of 5 · Portal and installation
  Organization ID: in Zoho Desk under Setup > Developer Space > API.
  Installation ID: what your extension receives as serviceAppId when it is installed.`;

/** Step 5. */
export const GITHUB_STEP = `
5 of 5 · GitHub`;
