import { expect, test } from '@jest/globals';
import { askYesNo } from '../../connect/terminal/questions.ts';
import { InputEnded, type Terminal } from '../../connect/terminal/terminal.ts';

/** A terminal at which every question fails. */
function failing(error: Error): Terminal {
  return { say: () => undefined, ask: async () => Promise.reject(error), close: () => undefined };
}

test('no one left to answer is a no, whatever Enter stands for', async () => {
  expect(await askYesNo(failing(new InputEnded('? Go on? ')), 'Go on?', { byDefault: true })).toBe(false);
});

test('a terminal that breaks is not taken for a no', async () => {
  const broken = new Error('EIO: i/o error, read');
  await expect(askYesNo(failing(broken), 'Go on?')).rejects.toBe(broken);
});
