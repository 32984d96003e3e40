import { expect, test } from '@jest/globals';
import { findBrowser, type Machine } from '../../scripts/browser/find-browser.ts';

function machine(platform: NodeJS.Platform, env: Machine['env'], ...files: string[]): Machine {
  return { platform, env, exists: (path) => files.includes(path) };
}

test.each<[string, Machine, string]>([
  ['Debian', machine('linux', { PATH: '/usr/bin:/bin' }, '/usr/bin/chromium'), '/usr/bin/chromium'],
  ['a PATH', machine('linux', { PATH: '/opt/edge' }, '/opt/edge/microsoft-edge'), '/opt/edge/microsoft-edge'],
  ['a snap', machine('linux', {}, '/snap/bin/chromium'), '/snap/bin/chromium'],
  [
    'macOS',
    machine('darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  [
    'a Mac user’s own folder',
    machine(
      'darwin',
      { HOME: '/Users/mara' },
      '/Users/mara/Applications/Chromium.app/Contents/MacOS/Chromium',
    ),
    '/Users/mara/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  [
    'Windows, where Edge always is',
    machine(
      'win32',
      { PROGRAMFILES: String.raw`C:\Program Files`, 'PROGRAMFILES(X86)': String.raw`C:\Program Files (x86)` },
      String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
    ),
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
  [
    'CHROMIUM_PATH',
    machine('linux', { CHROMIUM_PATH: '/my/chrome' }, '/my/chrome', '/usr/bin/chromium'),
    '/my/chrome',
  ],
])('finds the browser of %s', (_, on, path) => {
  expect(findBrowser(on)).toBe(path);
});

test.each<[NodeJS.Platform, string]>([
  ['linux', 'sudo apt-get install chromium'],
  ['darwin', 'brew install --cask google-chrome'],
  ['win32', 'winget install Google.Chrome'],
  ['freebsd', 'install Chrome or Chromium'],
])('says on %s how to get one', (platform, how) => {
  expect(() => findBrowser(machine(platform, {}))).toThrow(how);
});

test('a CHROMIUM_PATH that leads nowhere is not passed over', () => {
  const on = machine('linux', { CHROMIUM_PATH: '/my/chrme' }, '/usr/bin/chromium');
  expect(() => findBrowser(on)).toThrow('CHROMIUM_PATH is "/my/chrme", but there is no such file.');
});
