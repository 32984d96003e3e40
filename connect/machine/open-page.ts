import type { RunProgram } from './run-program.ts';

/** The program of each system that opens an address in the browser. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser. Says whether that could be done. */
export async function openPage(
  address: string,
  run: RunProgram,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const [program, ...args] = OPENERS[platform] ?? ['xdg-open'];
  const end = await run(program, [...args, address]);
  return end?.exitCode === 0;
}
