import { describe, expect, test } from '@jest/globals';
import { planLogs } from '../../../shared/grouping/plan.ts';

const entriesOf = (...references: string[]) =>
  references.map((reference, index) => ({
    title: `Entry ${index}`,
    description: `Entry ${index}`,
    installationId: '1',
    ...(reference !== '' && { reference }),
  }));

describe('Which log tells of an entry', () => {
  test('its own, when nothing is merged', () => {
    const planned = planLogs(entriesOf('a', '', 'b', 'a'), 'split');
    expect(planned).toMatchObject({ ok: true, plan: { logOfEntry: [0, 1, 2, 3] } });
  });

  test('the one it was merged into, also between entries of other groups', () => {
    const entries = entriesOf(...Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 'a' : 'b')));
    const planned = planLogs(entries, 'condense');
    if (!planned.ok) throw new Error('not planned');
    const { logs, logOfEntry } = planned.plan;
    expect(logs).toHaveLength(20);
    for (const [index, { title }] of entries.entries()) {
      const log = logs[logOfEntry[index] ?? -1];
      expect(log?.reference).toBe(entries[index]?.reference);
      expect(`${log?.title}\n${log?.description}`).toMatch(new RegExp(`${title}\\b`));
    }
  });

  test('none, when its group is too long for "error"', () => {
    const entries = entriesOf('short', ...Array.from({ length: 11 }, () => 'long'));
    const planned = planLogs(entries, 'error');
    expect(planned).toMatchObject({
      ok: false,
      refused: Array.from({ length: 11 }, (_, index) => index + 1),
    });
  });
});
