import { expect, test } from '@jest/globals';
import { LocalJob } from '../../emulator/runner/local-job.ts';
import { http, onConnection } from '../shared/loopback-servers.ts';

test('a Desk that switches to another protocol loses the answer, and not the report', async () => {
  const server = await onConnection((socket) =>
    socket.once('data', () =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ),
  );
  const { origin } = new URL(http(server));
  const job = await LocalJob.start();
  try {
    const end = await job.run({
      with: {
        'org-id': '71',
        'installation-id': '1',
        'access-token': '1000.a-token',
        'desk-url': origin,
        'accounts-url': origin,
        title: 'Deployed',
        delivery: 'at-most-once',
      },
    });
    expect(end).toMatchObject({ exitCode: 1, stderr: '', outputs: { ok: 'false', undelivered: '1' } });
    expect(end.stdout).toContain('SWITCHED_PROTOCOLS');
  } finally {
    await job.end();
  }
});
