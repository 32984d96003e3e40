import * as z from 'zod/mini';
import { problemLine } from '../../shared/problem.ts';
import { installationIdSchema } from '../../shared/zoho/portal.ts';
import { credentialSchema } from '../connection/fields.ts';
import type { Session } from '../session.ts';
import { askUntilValid, problemsWith, type Asked } from '../terminal/ask-until-valid.ts';
import { askYesNo } from '../terminal/questions.ts';
import { ifInputEnded } from '../terminal/terminal.ts';
import { missingScopeTrial, referenceScopeTrial, THROTTLE_TRIAL } from './further-trials.ts';
import { invokeTrials } from './invoke-trials.ts';
import { TRIALS, type Trial } from './trials.ts';

/** What not everyone has, and some trials need. Empty where it is left out. */
export interface FurtherMeans {
  readonly secondInstallationId: string;
  readonly otherRefreshToken: string;
  readonly extensionSecret: string;
  readonly securityContext: string;
  readonly connectionLinkName: string;
  readonly mayUseUpTokens: boolean;
}

interface Means extends Asked {
  /** Its name in the environment. */
  readonly variable: string;
}

const SECOND_INSTALLATION: Means = {
  label: 'A second installation of this portal',
  variable: 'ZOHO_SECOND_INSTALLATION_ID',
  hidden: false,
  schema: installationIdSchema,
};
const OTHER_REFRESH_TOKEN: Means = {
  label: 'A refresh token of the same client with another scope, such as Desk.basic.READ',
  variable: 'ZOHO_OTHER_REFRESH_TOKEN',
  hidden: true,
  schema: credentialSchema,
};
const EXTENSION_SECRET: Means = {
  label: "As the extension's vendor: the secret in plugin-manifest.json",
  variable: 'ZOHO_EXTENSION_SECRET',
  hidden: true,
  schema: credentialSchema,
};
const SECURITY_CONTEXT: Means = {
  label: 'The securityContext of the installation',
  variable: 'ZOHO_SECURITY_CONTEXT',
  hidden: true,
  schema: credentialSchema,
};
const CONNECTION_LINK_NAME: Means = {
  label: "The link name of the extension's connector",
  variable: 'ZOHO_CONNECTION_LINK_NAME',
  hidden: false,
  schema: z.string(),
};

/** Asks for each, or takes it from the environment. */
export async function askFurtherMeans(session: Session): Promise<FurtherMeans> {
  session.terminal.say('\nSome trials need more. Enter leaves them out.');
  const secondInstallationId = await askFor(SECOND_INSTALLATION, session);
  const otherRefreshToken = await askFor(OTHER_REFRESH_TOKEN, session);
  const extensionSecret = await askFor(EXTENSION_SECRET, session);
  const isVendor = extensionSecret !== '';
  return {
    secondInstallationId,
    otherRefreshToken,
    extensionSecret,
    securityContext: isVendor ? await askFor(SECURITY_CONTEXT, session) : '',
    connectionLinkName: isVendor ? await askFor(CONNECTION_LINK_NAME, session) : '',
    mayUseUpTokens: await askYesNo(
      session.terminal,
      'Ask for access tokens until Zoho says no? The refresh token is of no use for ten minutes after that.',
    ),
  };
}

async function askFor(means: Means, { terminal, env, world }: Session): Promise<string> {
  const { label, variable, hidden } = means;
  const given = (env[variable] ?? '').trim();
  const problems = given === '' ? [] : problemsWith(means, given, variable);
  for (const problem of problems) terminal.say(`✗ ${problemLine(problem)}`);
  const isGiven = given !== '' && problems.length === 0;
  const question = `${label}${hidden ? ' (not shown)' : ''}`;
  const value = isGiven ? given : await askUntilValid(means, question, '', terminal).catch(ifInputEnded(''));
  if (hidden) world.secrets.learn(value);
  return value;
}

/** The trials that can be made; that which uses the refresh token up comes last. */
export function trialsWith(means: FurtherMeans): readonly Trial[] {
  const { secondInstallationId, otherRefreshToken, extensionSecret, securityContext, connectionLinkName } =
    means;
  return [
    ...TRIALS,
    ...(secondInstallationId === '' ? [] : [referenceScopeTrial(secondInstallationId)]),
    ...(otherRefreshToken === '' ? [] : [missingScopeTrial(otherRefreshToken)]),
    ...(securityContext === '' ? [] : invokeTrials({ extensionSecret, securityContext, connectionLinkName })),
    ...(means.mayUseUpTokens ? [THROTTLE_TRIAL] : []),
  ];
}
