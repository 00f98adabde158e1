/** The secret under which the database keeps secrets: where it comes from, what it is held to, and what happens without it. */
import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { EncryptionKeyError, SecretBox, keepEncryptionKey, parseEncryptionKey } from '../../src/platform/encryption.ts';
import { createTestDatabase, createTestFolder, type TestDatabase } from '../support/database.ts';
import { logLines, start, startInVain, stop, stopAll } from '../support/process.ts';

const KEY = 'encryption-test-key-0001';
/** As an operator who has set nothing: empty counts as unset. */
const UNSET = { ENCRYPTION_KEY: '', BOOTSTRAP_API_KEY: KEY };
const TIMEOUT_MS = 60_000;

let folder: string;
let home: TestDatabase;
beforeAll(async () => {
  folder = await createTestFolder();
  home = await createTestDatabase({ empty: true });
});
afterEach(stopAll);
afterAll(async () => {
  await home.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('a value', () => {
  const box = new SecretBox(randomBytes(32));

  test('is opened as it was sealed, and looks different each time', () => {
    const value = randomBytes(32);
    const sealed = box.seal(value, 'here');
    expect(box.open(sealed, 'here')).toEqual(value);
    expect(box.seal(value, 'here')).not.toEqual(sealed);
    expect(sealed.includes(value)).toBe(false);
    expect(box.open(box.seal(Buffer.alloc(0), 'here'), 'here')).toEqual(Buffer.alloc(0));
  });

  test('does not open elsewhere, under another key, or changed anywhere', () => {
    const sealed = box.seal(Buffer.from('secret'), 'here');
    expect(() => box.open(sealed, 'there')).toThrow(EncryptionKeyError);
    expect(() => new SecretBox(randomBytes(32)).open(sealed, 'here')).toThrow(EncryptionKeyError);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => box.open(changed, 'here')).toThrow(EncryptionKeyError);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => box.open(sealed.subarray(0, length), 'here')).toThrow(EncryptionKeyError);
    }
  });
});

describe('the key', () => {
  test('is read in hexadecimal and in base64, and is nothing else', () => {
    const key = randomBytes(32);
    for (const encoding of ['hex', 'base64', 'base64url'] as const) expect(parseEncryptionKey(key.toString(encoding))).toEqual(key);
    for (const text of ['', 'a'.repeat(42), 'a'.repeat(63), 'a'.repeat(65), `${key.toString('hex')} `, `${'g'.repeat(64)}`]) expect(parseEncryptionKey(text)).toBeNull();
  });

  test('is made once in a folder, for its owner alone, by whatever many need it', async () => {
    const dataDir = path.join(folder, 'made', 'deep');
    const kept = await Promise.all(Array.from({ length: 20 }, () => keepEncryptionKey(dataDir)));
    expect(kept.filter(({ made }) => made)).toHaveLength(1);
    expect(new Set(kept.map(({ key }) => key.toString('hex'))).size).toBe(1);
    expect((await stat(path.join(dataDir, 'encryption-key'))).mode & 0o777).toBe(0o600);
    expect((await keepEncryptionKey(dataDir)).key).toEqual(kept[0]?.key);
    await writeFile(path.join(dataDir, 'encryption-key'), 'no key');
    await expect(keepEncryptionKey(dataDir)).rejects.toThrow(/^ENCRYPTION_KEY is not set, and .* It does not hold such a key\. Set ENCRYPTION_KEY\.$/);
  });
});

describe('a process', () => {
  test('without ENCRYPTION_KEY makes one beside its data, says so where others may need it, and goes on with it', async () => {
    const DATA_DIR = path.join(folder, 'first');
    const first = await start({ ...UNSET, DATABASE_URL: home.url, DATA_DIR, LOG_LEVEL: 'warn' });
    const file = path.join(DATA_DIR, 'encryption-key');
    expect(logLines(first.output()).find(({ msg }) => String(msg).startsWith('ENCRYPTION_KEY is not set'))).toMatchObject({ file });
    const key = (await readFile(file, 'utf8')).trim();
    expect(first.output()).not.toContain(key);
    const { signingKeys } = await first.api.run('{ signingKeys { nodes { id } } }');
    expect(signingKeys.nodes).toHaveLength(1);
    await stop(first);

    // The same folder, or the same key in the environment: both fit, and neither makes anything anew.
    for (const environment of [{ DATA_DIR, ENCRYPTION_KEY: '' }, { DATA_DIR: path.join(folder, 'unused'), ENCRYPTION_KEY: key }]) {
      const again = await start({ ...UNSET, DATABASE_URL: home.url, ...environment, LOG_LEVEL: 'warn' });
      expect(again.output()).not.toContain('ENCRYPTION_KEY');
      expect((await again.api.run('{ signingKeys { nodes { id } } }')).signingKeys).toEqual(signingKeys);
      await stop(again);
    }
    await expect(stat(path.join(folder, 'unused'))).rejects.toThrow('ENOENT');
  }, TIMEOUT_MS);

  test('with another key does not serve, and says what to set', async () => {
    for (const environment of [{ ENCRYPTION_KEY: randomBytes(32).toString('base64') }, { DATA_DIR: path.join(folder, 'other') }]) {
      const { code, output } = await startInVain({ ...UNSET, DATABASE_URL: home.url, LOG_LEVEL: 'silent', DATA_DIR: folder, ...environment });
      expect(code).toBe(1);
      expect(output).toMatch(/^What this database has encrypted cannot be opened with the ENCRYPTION_KEY of this process\. Set ENCRYPTION_KEY to .*\n$/);
    }
  }, TIMEOUT_MS);

  test('serves again after the operator has given the old keys up: what they signed stays good', async () => {
    // The statement of decision 0025, for whoever has lost the key.
    await home.database.pool.query('UPDATE signing_keys SET retired_at = now(), sealed_private_key = NULL WHERE retired_at IS NULL');
    const server = await start({ ...UNSET, DATABASE_URL: home.url, ENCRYPTION_KEY: randomBytes(32).toString('hex'), LOG_LEVEL: 'silent' });
    const { signingKeys } = await server.api.run('{ signingKeys { nodes { retiredAt } } }');
    expect(signingKeys.nodes).toEqual([{ retiredAt: null }, { retiredAt: expect.any(String) }]);
    await stop(server);
  }, TIMEOUT_MS);
});
