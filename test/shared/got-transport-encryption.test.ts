import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  TOKEN,
  NEVER,
  cleanUp,
  transport,
  send,
  listening,
  web,
  http,
  https,
  onConnection,
} from './loopback-servers.ts';

describe('encryption', () => {
  let identity: { key: Buffer; cert: Buffer };
  const trusted = getCACertificates('default');

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
    const options = `req -x509 ${kind} -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`;
    execFileSync('openssl', options.split(' '), { stdio: 'ignore' });
    identity = { key: readFileSync(key), cert: readFileSync(cert) };
  });

  function trust(): void {
    setDefaultCACertificates([...trusted, identity.cert.toString()]);
    cleanUp.push(() => setDefaultCACertificates(trusted));
  }

  test('an untrusted certificate: nothing is sent, and trying again would not help', async () => {
    let visits = 0;
    const server = await listening(createHttpsServer(identity, () => (visits += 1)));
    expect(await send(https(server))).toEqual({
      kind: 'unreached',
      reason: `127.0.0.1:${server.port} ended the connection or took none (DEPTH_ZERO_SELF_SIGNED_CERT)`,
      permanent: true,
    });
    expect(visits).toBe(0);
  });

  test('a server that does not encrypt', async () => {
    const server = await web((_, response) => response.end('{}'));
    expect(await send(https(server))).toMatchObject({ kind: 'unreached', permanent: true });
  });

  test('a certificate that is trusted', async () => {
    trust();
    const server = await listening(createHttpsServer(identity, (_, response) => response.end('{}')));
    expect(await send(https(server))).toMatchObject({ kind: 'answered', status: 200 });
  });

  test('a server that wants a client certificate: trying again would not help', async () => {
    trust();
    const options = { ...identity, requestCert: true, rejectUnauthorized: true };
    const server = await listening(createHttpsServer(options, (_, response) => response.end('{}')));
    expect(await send(https(server))).toMatchObject({ kind: 'unreached', permanent: true });
  });

  test('an answer that is garbled on its way is lost', async () => {
    trust();
    let garble = () => {};
    const server = await listening(
      createHttpsServer(identity, (message) => message.resume().once('end', () => garble())),
    );
    const onTheWay = await onConnection((socket) => {
      const further = connect(server.port, '127.0.0.1');
      socket.pipe(further).pipe(socket, { end: false });
      garble = () => socket.write(Buffer.concat([Buffer.from([0x17, 3, 3, 0, 40]), Buffer.alloc(40, 7)]));
    });
    expect(await send(https(onTheWay))).toMatchObject({ kind: 'lost' });
  });

  test('a reset after the request was sent', async () => {
    trust();
    const server = await listening(
      createHttpsServer(identity, (message) => message.resume().once('end', () => message.socket.destroy())),
    );
    expect(await send(https(server))).toMatchObject({ kind: 'lost' });
  });

  test('a proxy of the environment is asked for a tunnel, and sees nothing of the rest', async () => {
    trust();
    const server = await listening(createHttpsServer(identity, (_, response) => response.end('{}')));
    const seen: string[] = [];
    const proxy = await web(() => {});
    proxy.on('connect', (message: IncomingMessage, socket: Socket) => {
      seen.push(`${message.method} ${message.url}`, JSON.stringify(message.headers));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const further = connect(server.port, '127.0.0.1');
      socket.pipe(further).pipe(socket);
      further.on('error', () => {});
    });
    const by = transport({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(await send(https(server), {}, NEVER, by)).toMatchObject({ kind: 'answered', status: 200 });
    expect(seen[0]).toBe(`CONNECT 127.0.0.1:${server.port}`);
    expect(seen.join()).not.toContain(TOKEN);
  });

  test('a proxy that gives no tunnel: never reached', async () => {
    const proxy = await web(() => {});
    proxy.on('connect', (_: IncomingMessage, socket: Socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
    const by = transport({ HTTPS_PROXY: `http://user:a-proxy-password@127.0.0.1:${proxy.port}` });
    const result = await send('https://desk.zoho.invalid/', {}, NEVER, by);
    expect(result).toMatchObject({ kind: 'unreached', permanent: false });
    expect(JSON.stringify(result)).not.toContain('a-proxy-password');
  });
});

describe('a proxy of the environment, without encryption', () => {
  const proxied = async (env: (proxy: string) => NodeJS.ProcessEnv) => {
    const asked: string[] = [];
    const proxy = await web((message, response) => {
      asked.push(`${message.method} ${message.url}`);
      response.end('from the proxy');
    });
    const server = await web((_, response) => response.end('from the server'));
    const by = transport(env(`http://127.0.0.1:${proxy.port}`));
    const result = await send(http(server), {}, NEVER, by);
    return { asked, body: result.kind === 'answered' ? result.body : result.kind, url: http(server) };
  };

  test('is asked for the whole address', async () => {
    const { asked, body, url } = await proxied((proxy) => ({ HTTP_PROXY: proxy }));
    expect(body).toBe('from the proxy');
    expect(asked).toEqual([`POST ${url}`]);
  });

  test('is not used for what NO_PROXY names', async () => {
    const { asked, body } = await proxied((proxy) => ({ HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1' }));
    expect([body, asked]).toEqual(['from the server', []]);
  });

  test('is not looked for in the environment of the process', async () => {
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:9';
    cleanUp.push(() => delete process.env['HTTP_PROXY']);
    expect((await proxied(() => ({}))).body).toBe('from the server');
  });
});
