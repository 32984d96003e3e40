import type { Emulator } from '../start-emulator.ts';
import type { Step } from './local-job.ts';

/** The Action's inputs that connect a step with a local Desk's first portal, through its OAuth client. */
export function connectionInputs({ url, credentials }: Pick<Emulator, 'url' | 'credentials'>): Step['with'] {
  return {
    'org-id': credentials.orgId,
    'installation-id': credentials.installationId,
    'client-id': credentials.clientId,
    'client-secret': credentials.clientSecret,
    'refresh-token': credentials.refreshToken,
    'desk-url': url,
    'accounts-url': url,
  };
}
