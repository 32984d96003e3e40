import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { AccessToken } from '../../shared/zoho/oauth/refresh-access-token.ts';
import type { OAuthClient, Portal } from '../../shared/zoho/portal.ts';
import type { MemoryFolder } from './memory-folder.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_PURPOSE = 'zoho-desk-extension-log access token';
const NAME_PURPOSE = 'zoho-desk-extension-log file name';

/** A token with less time left than this is not handed on. */
const MARGIN_MS = 60_000;

const fileSchema = z.object({ salt: z.string(), iv: z.string(), tag: z.string(), data: z.string() });
const tokenSchema = z.object({ value: z.string(), expiresAt: z.number() });

/**
 * The access token that the uses of one job share, because Zoho issues only ten in ten minutes. It is
 * encrypted with a key made from the client secret and the refresh token: who has these could ask for a
 * token anyway.
 */
export class SharedToken {
  readonly #memory: MemoryFolder;
  readonly #client: OAuthClient;
  readonly #owner: string;
  readonly #name: string;

  constructor(memory: MemoryFolder, { accountsUrl }: Portal, client: OAuthClient) {
    this.#memory = memory;
    this.#client = client;
    this.#owner = JSON.stringify([accountsUrl, client.clientId]);
    // Made of all credentials: one client has a refresh token for each portal that gave its consent.
    this.#name = `token-${this.#derived(Buffer.from(this.#owner), NAME_PURPOSE, 8).toString('hex')}`;
  }

  /** The token, unless there is none, it is about to expire, or it is not ours to read. */
  load(): string | undefined {
    try {
      const text = this.#memory.read(this.#name);
      if (text === undefined) return undefined;
      const token = tokenSchema.parse(JSON.parse(this.#decrypt(fileSchema.parse(JSON.parse(text)))));
      return token.expiresAt - MARGIN_MS > Date.now() ? token.value : undefined;
    } catch {
      // Damaged, or made with other credentials: a new token takes its place.
      return undefined;
    }
  }

  keep({ value, expiresInSeconds }: AccessToken): void {
    const text = JSON.stringify({ value, expiresAt: Date.now() + expiresInSeconds * 1_000 });
    this.#memory.write(this.#name, this.#encrypt(text));
  }

  drop(): void {
    this.#memory.remove(this.#name);
  }

  #encrypt(text: string): string {
    const [salt, iv] = [randomBytes(16), randomBytes(12)];
    const cipher = createCipheriv(CIPHER, this.#derived(salt, KEY_PURPOSE, KEY_BYTES), iv).setAAD(
      Buffer.from(this.#owner),
    );
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const file = { salt, iv, tag: cipher.getAuthTag(), data };
    return JSON.stringify(
      Object.fromEntries(Object.entries(file).map(([name, part]) => [name, part.toString('base64')])),
    );
  }

  #decrypt(file: z.infer<typeof fileSchema>): string {
    const decipher = createDecipheriv(
      CIPHER,
      this.#derived(bytes(file.salt), KEY_PURPOSE, KEY_BYTES),
      bytes(file.iv),
    );
    decipher.setAAD(Buffer.from(this.#owner)).setAuthTag(bytes(file.tag));
    return Buffer.concat([decipher.update(bytes(file.data)), decipher.final()]).toString('utf8');
  }

  #derived(salt: Buffer, purpose: string, length: number): Buffer {
    const { clientSecret, refreshToken } = this.#client;
    const secrets = JSON.stringify([clientSecret, refreshToken]);
    return Buffer.from(hkdfSync('sha256', secrets, salt, purpose, length));
  }
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
