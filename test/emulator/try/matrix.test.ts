import { expect, test } from '@jest/globals';
import { legsOf } from '../../../emulator/try/matrix.ts';

test.each([
  ['no matrix', undefined, [{}]],
  [
    'two axes',
    { os: ['a', 'b'], node: [20] },
    [
      { os: 'a', node: 20 },
      { os: 'b', node: 20 },
    ],
  ],
  ['exclude', { os: ['a', 'b'], exclude: [{ os: 'a' }] }, [{ os: 'b' }]],
  [
    'include that widens a leg, and one that is a leg of its own',
    { os: ['a', 'b'], include: [{ os: 'a', fast: true }, { os: 'c' }] },
    [{ os: 'a', fast: true }, { os: 'b' }, { os: 'c' }],
  ],
  [
    'include without an axis of the matrix widens all',
    { os: ['a', 'b'], include: [{ region: 'eu' }] },
    [
      { os: 'a', region: 'eu' },
      { os: 'b', region: 'eu' },
    ],
  ],
  ['include alone', { include: [{ site: 1 }, { site: 2 }] }, [{ site: 1 }, { site: 2 }]],
])('%s', (_, matrix, legs) => {
  expect(legsOf(matrix)).toEqual(legs);
});
