import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What a search for a browser looks at; the tests give their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const THIS_MACHINE: Machine = { platform: process.platform, env: process.env, exists: existsSync };

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Debian and Ubuntu: "sudo apt-get install chromium"; Fedora: "sudo dnf install chromium"',
  darwin: '"brew install --cask google-chrome"',
  win32: '"winget install Google.Chrome"',
};

/**
 * The path of an installed Chrome, Chromium or Edge: CHROMIUM_PATH, or where they usually are on Linux, macOS and
 * Windows. Throws an error that says how to get one.
 */
export function findBrowser(machine: Machine = THIS_MACHINE): string {
  const named = machine.env['CHROMIUM_PATH'];
  if (named) {
    if (machine.exists(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", but there is no such file. Correct or unset it.`);
  }
  const found = usualPaths(machine).find(machine.exists);
  if (found !== undefined) return found;
  const how = INSTALL[machine.platform] ?? 'install Chrome or Chromium';
  throw new Error(
    `No Chrome, Chromium or Edge was found. Install one (${how}), or set CHROMIUM_PATH to its program file.`,
  );
}

function usualPaths({ platform, env }: Machine): string[] {
  if (platform === 'darwin')
    return ['/', `${env['HOME'] ?? ''}/`].flatMap((root) =>
      MAC_APPS.map((app) => `${root}Applications/${app}.app/Contents/MacOS/${app}`),
    );
  if (platform === 'win32')
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
      .filter((root) => root !== undefined)
      .flatMap((root) => WINDOWS_PROGRAMS.map((program) => win32.join(root, program)));
  const folders = [...(env['PATH'] ?? '').split(posix.delimiter), '/usr/bin', '/snap/bin'];
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}
