import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LoopbackProxy, startLoopbackProxy } from './loopback-proxy.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, undeliveredLines } from './step-end.ts';

const scene = sceneForEachTest();

let proxy: LoopbackProxy;
beforeEach(async () => {
  proxy = await startLoopbackProxy();
});
afterEach(() => proxy.close());

test('HTTP_PROXY takes the requests to an http address', async () => {
  const { desk, run } = scene();
  const end = await run({ title: 'Release' }, { env: { HTTP_PROXY: `http://${proxy.host}` } });
  expect([end.exitCode, errorsOf(end), desk.logs().length]).toEqual([0, [], 1]);
  expect(proxy.asked).toEqual([`POST ${desk.url}/oauth/v2/token`, `POST ${desk.url}/api/v1/extensionLogs`]);
});

test.each(['127.0.0.1', '*', 'example.com,127.0.0.1'])(
  'NO_PROXY %s keeps them away from it',
  async (names) => {
    const { desk, run } = scene();
    const end = await run(
      { title: 'Release' },
      { env: { HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: names } },
    );
    expect([end.exitCode, desk.logs().length, proxy.asked]).toEqual([0, 1, []]);
  },
);

test.each(['HTTPS_PROXY', 'https_proxy'])(
  '%s is asked for a tunnel to Zoho, and a refusal is reported',
  async (name) => {
    const { desk, run } = scene();
    const end = await run(
      { title: 'Release', 'desk-url': '', 'accounts-url': '', 'data-center': 'eu', 'timeout-seconds': '1' },
      { env: { [name]: `http://${proxy.host}` } },
    );
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT accounts.zoho.eu:443']));
    const [line] = await undeliveredLines(end);
    expect(line?.['reason']).toMatch(
      /: the proxy that HTTPS_PROXY names did not connect to accounts\.zoho\.eu:?\d* \(ERR_PROXY_TUNNEL\)\./,
    );
    expect(line?.['mayBeRecorded']).toBe(false);
    expect([end.exitCode, end.stderr, desk.requests()]).toEqual([1, '', []]);
  },
);

test('with an access token the tunnel is to Desk, and nothing of it is taken for sent', async () => {
  const end = await scene().run(
    {
      title: 'Release',
      'desk-url': '',
      'client-id': '',
      'client-secret': '',
      'refresh-token': '',
      'access-token': '1000.a.b',
      'timeout-seconds': '1',
    },
    { env: { HTTPS_PROXY: `http://${proxy.host}` } },
  );
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT desk.zoho.com:443']));
  expect(await undeliveredLines(end)).toMatchObject([{ title: 'Release', mayBeRecorded: false }]);
});

test("the proxy's user and password go to the proxy, and are shown nowhere", async () => {
  const { run } = scene();
  const env = { HTTPS_PROXY: `http://octocat:hunter2hunter2@${proxy.host}` };
  const end = await run(
    { title: 'Release', 'desk-url': '', 'accounts-url': '', 'timeout-seconds': '1' },
    { env },
  );
  const basic = `Basic ${Buffer.from('octocat:hunter2hunter2').toString('base64')}`;
  expect(new Set(proxy.authorizations)).toEqual(new Set([basic]));
  expect(JSON.stringify([end, await undeliveredLines(end)])).not.toMatch(/hunter2|b2N0b2NhdDpo/);
});
