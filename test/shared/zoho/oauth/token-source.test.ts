import { describe, expect, test } from '@jest/globals';
import type { ServiceProblem } from '../../../../shared/delivery/service-problem.ts';
import {
  fixedToken,
  refreshingTokens,
  type TokenResult,
} from '../../../../shared/zoho/oauth/token-source.ts';

const PROBLEM: ServiceProblem = { answered: 'No.', advice: '', reach: 'portal', sharedCause: false };

function numbered(...failures: number[]) {
  const asked = { times: 0 };
  const fetchToken = async (): Promise<TokenResult> => {
    asked.times += 1;
    const { times } = asked;
    await Promise.resolve();
    return failures.includes(times)
      ? { kind: 'failed', problem: PROBLEM }
      : { kind: 'token', value: `token ${times}` };
  };
  return { asked, fetchToken };
}

describe('a token that can be refreshed', () => {
  test('is asked for once for all who wait', async () => {
    const { asked, fetchToken } = numbered();
    const tokens = refreshingTokens(fetchToken);
    const given = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(given).toEqual(Array(3).fill({ kind: 'token', value: 'token 1' }));
    expect(asked.times).toBe(1);
  });

  test('is asked for only when an earlier one is refused', async () => {
    const { asked, fetchToken } = numbered();
    const tokens = refreshingTokens(fetchToken, 'from before');
    expect(await tokens.get()).toEqual({ kind: 'token', value: 'from before' });
    expect(asked.times).toBe(0);
    tokens.refused('from before', PROBLEM);
    expect(await tokens.get()).toEqual({ kind: 'token', value: 'token 1' });
  });

  test('stays when an older one is refused late', async () => {
    const { asked, fetchToken } = numbered();
    const tokens = refreshingTokens(fetchToken, 'from before');
    tokens.refused('from before', PROBLEM);
    await tokens.get();
    tokens.refused('from before', PROBLEM);
    expect(await tokens.get()).toEqual({ kind: 'token', value: 'token 1' });
    expect(asked.times).toBe(1);
  });

  test('is asked for after each refusal; once asking fails, it is not asked for again', async () => {
    const { asked, fetchToken } = numbered(2);
    const tokens = refreshingTokens(fetchToken);
    await tokens.get();
    tokens.refused('token 1', PROBLEM);
    expect(await tokens.get()).toEqual({ kind: 'failed', problem: PROBLEM });
    expect(await tokens.get()).toEqual({ kind: 'failed', problem: PROBLEM });
    expect(asked.times).toBe(2);
  });
});

test('a token that the caller brought works until it is refused', async () => {
  const tokens = fixedToken('brought');
  expect(await tokens.get()).toEqual({ kind: 'token', value: 'brought' });
  tokens.refused('brought', PROBLEM);
  expect(await tokens.get()).toEqual({ kind: 'failed', problem: PROBLEM });
});
