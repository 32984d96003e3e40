import { createHash } from 'node:crypto';
import { BadInput } from '../bad-input.ts';
import type { Switches } from '../desk/switches.ts';
import type { Credentials } from './credentials.ts';
import { customerName } from './customer-names.ts';
import { InFlight } from './in-flight.ts';
import { PortalLimits } from './portal-limits.ts';
import { checkPortalSettings, type Installation, type Portal, type PortalSettings } from './portal.ts';

/** As many as one emulator serves: ten thousand and some to spare. */
export const MOST_PORTALS = 20_000;

/** The editions of the portals after the first, in turn: the middle ones are the usual ones. */
const EDITIONS: readonly Switches['edition'][] = [
  'standard',
  'professional',
  'enterprise',
  'standard',
  'express',
  'professional',
  'free',
];

const INSTALLATIONS_APART = 1_000n;

/** The portals that one emulator serves. The first is that of the credentials. */
export class Portals {
  readonly #all: readonly Portal[];
  readonly #byOrgId: ReadonlyMap<string, Portal>;
  readonly #byContext: ReadonlyMap<string, { portal: Portal; installation: Installation }>;

  /** @param count from 1 to `MOST_PORTALS` */
  constructor(credentials: Credentials, count: number) {
    if (!Number.isInteger(count) || count < 1 || count > MOST_PORTALS)
      throw new BadInput(
        `portals cannot be ${String(count)}. Allowed: a whole number from 1 to ${MOST_PORTALS}.`,
      );
    this.#all = [
      firstPortal(credentials),
      ...Array.from({ length: count - 1 }, (_, index) => furtherPortal(credentials, index + 1)),
    ];
    this.#byOrgId = new Map(this.#all.map((portal) => [portal.orgId, portal]));
    this.#byContext = new Map(
      this.#all.flatMap((portal) =>
        portal.installations.map((installation) => [installation.securityContext, { portal, installation }]),
      ),
    );
  }

  /** All of them, that of the credentials first. */
  all(): readonly Portal[] {
    return this.#all;
  }

  /** The portal of an organization. */
  withOrgId(orgId: string | null | undefined): Portal | undefined {
    return this.#byOrgId.get(orgId ?? '');
  }

  /** The portal and installation that a securityContext names, unless the extension was uninstalled there. */
  withContext(securityContext: string): { portal: Portal; installation: Installation } | undefined {
    const found = this.#byContext.get(securityContext);
    return found?.portal.settings.installed === false ? undefined : found;
  }

  /** Changes some settings of a portal after checking them. Throws a `BadInput`. */
  configure(orgId: unknown, settings: unknown): Portal {
    const portal = typeof orgId === 'string' ? this.#byOrgId.get(orgId) : undefined;
    if (portal === undefined) {
      const last = this.#all.at(-1)?.orgId;
      const range = this.#all.length === 1 ? `The only one is ${last}.` : `They run up to ${last}.`;
      throw new BadInput(`No portal has the orgId ${JSON.stringify(orgId)}. ${range}`);
    }
    Object.assign(portal.settings, checkPortalSettings(settings));
    return portal;
  }

  /** Every portal is again as it was at the start. */
  reset(): void {
    for (const [index, portal] of this.#all.entries()) {
      for (const name of Object.keys(portal.settings)) delete portal.settings[name as keyof PortalSettings];
      Object.assign(portal.settings, initialSettings(index));
      portal.limits.reset();
      portal.inFlight.reset();
    }
  }
}

function firstPortal(credentials: Credentials): Portal {
  const ids = [credentials.installationId, ...credentials.furtherInstallationIds];
  return portalWith(0, credentials.orgId, ids, credentials.refreshToken);
}

function furtherPortal(credentials: Credentials, index: number): Portal {
  const orgId = String(BigInt(credentials.orgId) + BigInt(index));
  const installationId = String(BigInt(credentials.installationId) + BigInt(index) * INSTALLATIONS_APART);
  const [first, second] = [digest('refresh token', orgId).hex, digest('refresh token, end', orgId).hex];
  return portalWith(index, orgId, [installationId], `1000.${first.slice(0, 32)}.${second.slice(0, 32)}`);
}

function portalWith(index: number, orgId: string, ids: readonly string[], refreshToken: string): Portal {
  return {
    orgId,
    name: customerName(index),
    installations: ids.map((installationId) => ({
      installationId,
      securityContext: digest('securityContext', `${orgId}/${installationId}`).base64,
    })),
    refreshToken,
    settings: initialSettings(index),
    limits: new PortalLimits(),
    inFlight: new InFlight(),
  };
}

/** The first portal follows the switches alone. */
function initialSettings(index: number): Partial<PortalSettings> {
  const edition = index === 0 ? undefined : EDITIONS[index % EDITIONS.length];
  return edition === undefined ? {} : { edition };
}

/** Looks like a real secret, is the same at every start, and opens nothing anywhere. */
function digest(purpose: string, of: string): { hex: string; base64: string } {
  const bytes = createHash('sha512').update(`local zoho desk ${purpose} ${of}`).digest();
  return { hex: bytes.toString('hex'), base64: bytes.toString('base64') };
}
