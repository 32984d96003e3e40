import { portalIn, type Portal } from '../../shared/zoho/portal.ts';
import { doorOf, type Door } from './door.ts';
import type { InputValues } from './input-values.ts';
import type { ListedInstallation } from './installation-list.ts';
import type { Settings } from './settings.ts';

/** An installation that logs go to, and its door. */
export interface Destination {
  readonly portal: Portal;
  readonly installationId: string;
  /** What the list calls it, for people; Zoho never sees it. */
  readonly name?: string | undefined;
  /** Missing in a dry run, which needs none. */
  readonly door: Door | undefined;
}

/** The one installation of the inputs. */
export function destinationOf(inputs: InputValues, settings: Settings): Destination {
  return {
    portal: portalIn(settings['data-center'], settings['org-id'], overriddenOrigins(settings)),
    installationId: settings['installation-id'],
    door: settings['dry-run'] ? undefined : doorOf(inputs),
  };
}

/** The installations of a list. What an entry leaves out comes from the inputs. */
export function destinationsOf(
  installations: readonly ListedInstallation[],
  inputs: InputValues,
  settings: Settings,
): Destination[] {
  return installations.map((installation) => {
    const {
      installationId,
      name,
      dataCenter = settings['data-center'],
      orgId = settings['org-id'],
    } = installation;
    return {
      portal: portalIn(dataCenter, orgId, overriddenOrigins(settings)),
      installationId,
      name,
      door: settings['dry-run'] ? undefined : doorOf(inputs, installation),
    };
  });
}

function overriddenOrigins(settings: Settings): Parameters<typeof portalIn>[2] {
  return { accountsUrl: settings['accounts-url'], deskUrl: settings['desk-url'] };
}
