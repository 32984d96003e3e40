import { expect, test } from '@jest/globals';
import { Progress } from '../../../shared/delivery/progress.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A clock whose `every` repeats until it is stopped. */
function reporting(progress: Progress) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  function every(ms: number, tell: () => void): () => void {
    let cancel = () => {};
    const begin = () => {
      cancel = clock.after(ms, () => {
        tell();
        begin();
      });
    };
    begin();
    return () => cancel();
  }
  const journal = { info: (line: string) => void lines.push(line), warn: () => {} };
  return { clock, lines, stop: progress.report({ every, journal }) };
}
const NEVER = new AbortController().signal;

test('a long delivery says every ten seconds how far it is', async () => {
  const progress = new Progress({ logs: 4_000, installations: 1_000 });
  const { clock, lines, stop } = reporting(progress);
  for (let at = 0; at < 1_240; at += 1) progress.logDone();
  for (let at = 0; at < 310; at += 1) progress.installationDone();
  await clock.run(clock.sleep(10_500, NEVER));
  for (let at = 0; at < 12; at += 1) progress.triedAgain();
  await clock.run(clock.sleep(10_000, NEVER));
  stop();
  await clock.run(clock.sleep(60_000, NEVER));
  expect(lines).toEqual([
    '1,240 of 4,000 logs · 310 of 1,000 installations',
    '1,240 of 4,000 logs · 310 of 1,000 installations · 12 tried again',
  ]);
});

test('one installation is not counted, and a short delivery says nothing', async () => {
  const { clock, lines, stop } = reporting(new Progress({ logs: 1, installations: 1 }));
  await clock.run(clock.sleep(9_999, NEVER));
  expect(lines).toEqual([]);
  await clock.run(clock.sleep(1, NEVER));
  stop();
  expect(lines).toEqual(['0 of 1 log']);
});
