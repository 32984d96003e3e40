import { spawn } from 'node:child_process';

/** The program of each system that opens an address in the browser. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the browser of whoever sits at the terminal. Where nobody does, or the machine has
 * nothing to open it with, nothing happens: the address is printed anyway.
 */
export function openPage(
  url: string,
  { isTTY }: Pick<NodeJS.WriteStream, 'isTTY'> = process.stdout,
  platform = process.platform,
): void {
  if (!isTTY || process.env['CI'] !== undefined) return;
  const [program, ...args] = OPENERS[platform] ?? ['xdg-open'];
  const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true, env: process.env });
  opener.on('error', () => undefined);
  opener.unref();
}
