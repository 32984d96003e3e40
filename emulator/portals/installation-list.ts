import type { Portal } from './portal.ts';

/**
 * The installations of these portals as the Action's `installations-file` takes them, one JSON object a line. The
 * first installation of each portal alone: the others are there to be named by a log.
 */
export function installationLines(
  portals: readonly Pick<Portal, 'orgId' | 'name' | 'installations'>[],
): string {
  return portals
    .flatMap(({ orgId, name, installations }) =>
      installations.slice(0, 1).map(({ installationId, securityContext }) => ({
        installationId,
        orgId,
        name,
        securityContext,
      })),
    )
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');
}
