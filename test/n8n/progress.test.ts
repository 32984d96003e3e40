import { afterEach, describe, expect, test } from '@jest/globals';
import { engineForEachTest, logRequests } from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();
const steps = Array.from({ length: 3 }, (_, index) => ({ title: `Step ${index + 1}` }));

afterEach(() => n8n.letTimePass());

describe('A run that takes long', () => {
  test('says in n8n’s log every ten seconds how far it is', async () => {
    n8n.desk.fault({ kind: 'stallBefore', times: 'always', match: 'Step 2' });
    await n8n.passTime(0);
    const running = n8n.run({ items: steps });
    while (logRequests(n8n) < 2) await new Promise((resolve) => setImmediate(resolve));
    for (let times = 0; times < 3; times += 1) await n8n.passTime(10_000);
    await n8n.cancel();
    const { everything } = await running;
    expect(everything.match(/1 of 3 logs/g)).toHaveLength(3);
  });

  test('says what it tries again, and shows no token', async () => {
    n8n.desk.fault({ kind: 'error503', retryAfter: 1 });
    await n8n.passTime(0);
    const running = n8n.run({ items: steps });
    while (logRequests(n8n) < 4) {
      await n8n.passTime(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { status, everything } = await running;
    expect(status).toBe('success');
    expect(everything).toMatch(/Step 1.+, attempt 1: Desk answered 503.+ Next try in /);
    expect(everything).not.toMatch(/1000\.[0-9a-f]{32}/);
  });
});
