import { shownValue, type Problem } from '../../shared/problem.ts';
import { doorOf } from './door.ts';
import type { InputValues } from './input-values.ts';
import { hasInstallationList, type ListedInstallation } from './installation-list.ts';

/** Rules for the inputs around a list of installations. */
export function listCombinationProblems(inputs: InputValues): Problem[] {
  const problems: Problem[] = [];
  if (inputs.installations !== '' && inputs['installations-file'] !== '') {
    const message = 'cannot be combined with installations-file. Give one of the two.';
    problems.push({ input: 'installations', message });
  }
  if (hasInstallationList(inputs) && inputs['installation-id'] !== '') {
    const message =
      'cannot be combined with a list of installations. Add it to the list, or leave one of them out.';
    problems.push({ input: 'installation-id', message });
  }
  if (!hasInstallationList(inputs) && inputs.shard !== '') {
    const message =
      'needs a list of installations. Give installations or installations-file too, or leave it out.';
    problems.push({ input: 'shard', message });
  }
  return problems;
}

/**
 * What is wrong with a list whose entries are valid by themselves: something is missing that neither
 * the entry nor an input gives, or entries do not go together.
 */
export function listProblems(
  installations: readonly ListedInstallation[],
  inputs: InputValues,
  dryRun: boolean,
): Problem[] {
  return [
    ...installations.flatMap((installation) => [
      ...(dryRun ? [] : organizationProblems(installation, inputs)),
      ...doorProblems(installation, inputs, dryRun),
    ]),
    ...duplicateProblems(installations, inputs),
    ...sharedCredentialProblems(installations, inputs),
  ];
}

function organizationProblems({ orgId, at }: ListedInstallation, inputs: InputValues): Problem[] {
  if (orgId !== undefined || inputs['org-id'] !== '') return [];
  return [{ input: `${at}.orgId`, message: 'is missing. Add it, or give the input org-id for all.' }];
}

function doorProblems(installation: ListedInstallation, inputs: InputValues, dryRun: boolean): Problem[] {
  const { at, securityContext, refreshToken } = installation;
  if (securityContext !== undefined && refreshToken !== undefined) {
    const message = 'has a securityContext and a refreshToken. Keep the one that is to be used.';
    return [{ input: at, message }];
  }
  if (dryRun) return [];
  if (securityContext !== undefined && inputs['extension-secret'] === '') {
    const message =
      'needs the input extension-secret, the "secret" in the extension\'s plugin-manifest.json.';
    return [{ input: `${at}.securityContext`, message }];
  }
  if (refreshToken !== undefined && (inputs['client-id'] === '' || inputs['client-secret'] === '')) {
    return [{ input: `${at}.refreshToken`, message: 'needs the inputs client-id and client-secret.' }];
  }
  if (doorOf(inputs, installation) !== undefined) return [];
  const message =
    'has no credentials. Add its securityContext (with the input extension-secret) or its refreshToken (with client-id and client-secret).';
  return [{ input: at, message }];
}

function duplicateProblems(installations: readonly ListedInstallation[], inputs: InputValues): Problem[] {
  const firstAt = new Map<string, string>();
  return installations.flatMap((installation): Problem[] => {
    const { at, installationId } = installation;
    const key = JSON.stringify([...portalOf(installation, inputs), installationId]);
    const first = firstAt.get(key);
    if (first === undefined) {
      firstAt.set(key, at);
      return [];
    }
    const message = `is the same installation as ${first}. Remove one of them.`;
    return [{ input: at, value: shownValue(installationId), message }];
  });
}

/** A securityContext belongs to one installation, and a token to one portal: neither may be sent to another. */
function sharedCredentialProblems(
  installations: readonly ListedInstallation[],
  inputs: InputValues,
): Problem[] {
  const without = installations.filter(
    ({ securityContext, refreshToken }) => securityContext === undefined && refreshToken === undefined,
  );
  if (inputs['security-context'] !== '' && without.length > 1) {
    const message = `belongs to one installation, but ${without.length} of the list have no credentials of their own. Add the securityContext of each to the list.`;
    return [{ input: 'security-context', message }];
  }
  const portals = new Set(without.map((installation) => JSON.stringify(portalOf(installation, inputs))));
  if (portals.size <= 1) return [];
  return (['refresh-token', 'access-token'] as const)
    .filter((input) => inputs[input] !== '')
    .map((input) => ({
      input,
      message: `belongs to one portal, but the list has installations of ${portals.size} portals without credentials of their own. Add the refreshToken of each to the list.`,
    }));
}

/** Tells portals apart, even before all inputs are valid. */
function portalOf({ dataCenter, orgId }: ListedInstallation, inputs: InputValues): string[] {
  return [inputs['desk-url'] || (dataCenter ?? inputs['data-center']), orgId ?? inputs['org-id']];
}
