import { expect, test } from '@jest/globals';
import { describeInTerminal } from './terminal-room.ts';
import { answer, connectUpToRepository } from './typed-answers.ts';

describeInTerminal('keeping a connection with gh', (room) => {
  test('what a repository already has is replaced only after a yes, and gh can be tried again after a refusal', async () => {
    const saying = 'HTTP 403: Resource not accessible by personal access token';
    const terminal = await room.begin({
      present: ['ZOHO_ORG_ID', 'OTHER'],
      refuses: { name: 'ZOHO_CLIENT_ID', saying },
    });
    await connectUpToRepository(terminal, room.desk);
    await answer(
      terminal,
      ['Repository', 'acme/other'],
      ['acme/other has ZOHO_ORG_ID already. Replace what is there? [y/N] ', 'y'],
    );
    await terminal.sees(`✗ gh could not set the secret ZOHO_CLIENT_ID: ${saying}`);
    await answer(
      terminal,
      ['Try again with gh? [y/N] ', 'y'],
      ['Repository', 'acme/other'],
      ['Replace', 'y'],
    );
    await terminal.sees('✓ secret ZOHO_REFRESH_TOKEN');
    expect(await terminal.ended).toBe(0);
  });

  test('a repository is asked for until it has the shape of one, and what it has is left alone after a no', async () => {
    const terminal = await room.begin({ repository: '', present: ['ZOHO_ORG_ID'] });
    await connectUpToRepository(terminal, room.desk);
    await answer(terminal, ['Repository, as owner/name: ', 'https://github.com/acme/other']);
    await terminal.sees('✗ Repository: must be owner/name, as in its address on GitHub.');
    await answer(
      terminal,
      ['Repository, as owner/name: ', 'acme/other'],
      ['Replace what is there? [y/N] ', 'n'],
      ['Try again with gh? [y/N] ', 'n'],
    );
    await terminal.sees('gh variable set ZOHO_ORG_ID --body');
    const calls = await room.programs.ghCalls();
    expect(calls.filter(({ args }) => args[1] === 'set')).toEqual([]);
  });

  test.each([
    ['what it says', 'HTTP 404: Not Found', 'HTTP 404: Not Found'],
    ['its exit code, where it says nothing', '', 'gh ended with 1.'],
  ])('a gh that cannot read the repository is told with %s', async (_, saying, shown) => {
    const terminal = await room.begin({ refuses: { name: 'secret', saying } });
    await connectUpToRepository(terminal, room.desk);
    await answer(terminal, ['Repository', 'acme/other']);
    await terminal.sees(`✗ gh could not read the secrets of acme/other: ${shown}`);
    await terminal.sees('Try again with gh? [y/N] ');
  });
});
