import { SWITCH_RULES, type Switches } from '../desk/switches.ts';
import { checkByRules, type ValueRule } from '../value-rules.ts';
import type { InFlight } from './in-flight.ts';
import type { PortalLimits } from './portal-limits.ts';

/** One place where the extension is installed, and what names it to each door. */
export interface Installation {
  installationId: string;
  /** What Desk would have sent the vendor when the extension was installed. A secret. */
  securityContext: string;
}

/** One customer's Zoho Desk. */
export interface Portal {
  readonly orgId: string;
  readonly name: string;
  readonly installations: readonly Installation[];
  /** A refresh token for this portal alone, of the OAuth client that all portals share. */
  readonly refreshToken: string;
  readonly settings: Partial<PortalSettings>;
  readonly limits: PortalLimits;
  readonly inFlight: InFlight;
}

/** What one portal may differ in. The first five stand in for the switches of the same name. */
export interface PortalSettings extends Pick<Switches, (typeof OWN_SWITCHES)[number]> {
  /** Whether it answers at all. */
  reachable: boolean;
  /** Whether the extension is still installed there. */
  installed: boolean;
}

const OWN_SWITCHES = ['edition', 'users', 'latencyMs', 'creditsPerDay', 'concurrentCalls'] as const;

const yesOrNo = { allowed: 'true, false', accepts: (value: unknown) => typeof value === 'boolean' };

/** Every setting of a portal with what it may hold. */
export const PORTAL_SETTING_RULES: { readonly [Name in keyof PortalSettings]: ValueRule } = {
  edition: SWITCH_RULES.edition,
  users: SWITCH_RULES.users,
  latencyMs: SWITCH_RULES.latencyMs,
  creditsPerDay: SWITCH_RULES.creditsPerDay,
  concurrentCalls: SWITCH_RULES.concurrentCalls,
  reachable: yesOrNo,
  installed: yesOrNo,
};

const SETTING_WORDS = {
  one: 'setting',
  all: 'Settings',
  of: ' of a portal',
  shape: "A portal's settings are a JSON object",
};

/** Checks settings from outside; throws a `BadInput` that says all that is wrong. */
export function checkPortalSettings(input: unknown): Partial<PortalSettings> {
  checkByRules(input, PORTAL_SETTING_RULES, SETTING_WORDS);
  return input as Partial<PortalSettings>;
}

/** The switches as they hold for one portal. */
export function switchesOf(portal: Portal, switches: Switches): Switches {
  const own = OWN_SWITCHES.flatMap((name) =>
    portal.settings[name] === undefined ? [] : [[name, portal.settings[name]] as const],
  );
  return own.length === 0 ? switches : { ...switches, ...Object.fromEntries(own) };
}
