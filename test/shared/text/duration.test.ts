import { expect, test } from '@jest/globals';
import { durationText } from '../../../shared/text/duration.ts';

test.each([
  [0, '0 ms'],
  [339.6, '340 ms'],
  [999, '999 ms'],
  [999.7, '1 s'],
  [1_000, '1 s'],
  [1_240, '1.2 s'],
  [59_940, '59.9 s'],
  [59_960, '1 m 0 s'],
  [125_000, '2 m 5 s'],
  [119_999, '2 m 0 s'],
  [3_599_000, '59 m 59 s'],
  [3_600_000, '1 h 0 m'],
  [33_607_000, '9 h 20 m'],
])('%d ms is shown as %s', (ms, text) => expect(durationText(ms)).toBe(text));
