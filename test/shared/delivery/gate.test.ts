import { expect, test } from '@jest/globals';
import { Gate, type Pass } from '../../../shared/delivery/gate.ts';

/** Sends so many to the gate; `inside` are those that were let through. */
async function crowd(gate: Gate, count: number): Promise<{ inside: Pass[] }> {
  const crowd = { inside: [] as Pass[] };
  for (let at = 0; at < count; at += 1) void gate.enter().then((pass) => crowd.inside.push(pass));
  await settled();
  return crowd;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function leave(gate: Gate, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) gate.leave();
  await settled();
}

test('lets in as many as it is wide, and one more for each that leaves', async () => {
  const gate = new Gate(3);
  const waiting = await crowd(gate, 5);
  expect(waiting.inside).toHaveLength(3);
  await leave(gate, 1);
  expect(waiting.inside).toHaveLength(4);
});

test('halves once for a burst that is refused together', async () => {
  const gate = new Gate(8);
  const burst = await crowd(gate, 8);
  burst.inside.forEach((pass) => gate.narrow(pass));
  await leave(gate, 8);
  expect((await crowd(gate, 8)).inside).toHaveLength(4);
});

test('halves again for what was sent since, down to one', async () => {
  const gate = new Gate(5);
  for (const width of [5, 2, 1, 1]) {
    const { inside } = await crowd(gate, width);
    expect(inside).toHaveLength(width);
    inside.forEach((pass) => gate.narrow(pass));
    await leave(gate, width);
  }
  expect((await crowd(gate, 3)).inside).toHaveLength(1);
});

test('grows back by one on each success, no wider than it was', async () => {
  const gate = new Gate(4);
  const { inside } = await crowd(gate, 1);
  inside.forEach((pass) => gate.narrow(pass));
  gate.widen();
  await leave(gate, 1);
  const three = await crowd(gate, 4);
  expect(three.inside).toHaveLength(3);
  for (let at = 0; at < 9; at += 1) gate.widen();
  await leave(gate, 3);
  expect(three.inside).toHaveLength(4);
  expect((await crowd(gate, 9)).inside).toHaveLength(3);
});

test('a narrowed gate lets nobody in until enough have left', async () => {
  const gate = new Gate(4);
  const waiting = await crowd(gate, 6);
  waiting.inside.slice(0, 1).forEach((pass) => gate.narrow(pass));
  await leave(gate, 2);
  expect(waiting.inside).toHaveLength(4);
  await leave(gate, 1);
  expect(waiting.inside).toHaveLength(5);
});
