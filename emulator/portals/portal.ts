import { BadInput } from '../bad-input.ts';
import { SWITCH_RULES, type Switches } from '../desk/switches.ts';
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
export const PORTAL_SETTING_RULES: {
  readonly [Name in keyof PortalSettings]: { allowed: string; accepts: (value: unknown) => boolean };
} = {
  edition: SWITCH_RULES.edition,
  users: SWITCH_RULES.users,
  latencyMs: SWITCH_RULES.latencyMs,
  creditsPerDay: SWITCH_RULES.creditsPerDay,
  concurrentCalls: SWITCH_RULES.concurrentCalls,
  reachable: yesOrNo,
  installed: yesOrNo,
};

const SETTING_NAMES = Object.keys(PORTAL_SETTING_RULES).join(', ');

/** Checks settings from outside; throws a `BadInput` that says all that is wrong. */
export function checkPortalSettings(input: unknown): Partial<PortalSettings> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new BadInput(`A portal's settings are a JSON object with any of: ${SETTING_NAMES}.`);
  const problems = Object.entries(input).flatMap(([name, value]) => {
    if (!Object.hasOwn(PORTAL_SETTING_RULES, name))
      return [`Unknown setting ${JSON.stringify(name)} of a portal. Settings are: ${SETTING_NAMES}.`];
    const rule = PORTAL_SETTING_RULES[name as keyof PortalSettings];
    return rule.accepts(value)
      ? []
      : [`${name} of a portal cannot be ${JSON.stringify(value)}. Allowed: ${rule.allowed}.`];
  });
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  return input;
}

/** The switches as they hold for one portal. */
export function switchesOf(portal: Portal, switches: Switches): Switches {
  const own = OWN_SWITCHES.flatMap((name) =>
    portal.settings[name] === undefined ? [] : [[name, portal.settings[name]] as const],
  );
  return own.length === 0 ? switches : { ...switches, ...Object.fromEntries(own) };
}
