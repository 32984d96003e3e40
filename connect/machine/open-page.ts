import type { Session } from '../session.ts';

/** The program of each system that opens an address in the browser. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser. Says whether there was anything to open it with. */
export async function openPage(
  address: string,
  { startProgram, platform }: Pick<Session, 'startProgram' | 'platform'>,
): Promise<boolean> {
  const [program, ...args] = OPENERS[platform] ?? ['xdg-open'];
  return startProgram(program, [...args, address]);
}
