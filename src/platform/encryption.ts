import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * What the database keeps for this program but must not be able to read: encrypted under a secret that every process on
 * the database has, and the database has not. Each value is bound to its place, so that one that was moved to
 * another row does not open.
 */

const ALGORITHM = 'aes-256-gcm';
export const ENCRYPTION_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Says how the rest is made up, should it ever be made up otherwise. */
const FORMAT = 1;
const KEY_FILE = 'encryption-key';

/** The process's secret is not the one that was used. The message is written for the operator. */
export class EncryptionKeyError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EncryptionKeyError';
  }
}

export class SecretBox {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== ENCRYPTION_KEY_BYTES) throw new Error(`An encryption key has ${ENCRYPTION_KEY_BYTES} bytes.`);
    this.#key = key;
  }

  /** @param place what the value is and where it is kept; whoever opens it must say the same */
  seal(value: Buffer, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(value), cipher.final()]);
    return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws EncryptionKeyError if it was sealed under another key or for another place, or was changed */
  open(sealed: Buffer, place: string): Buffer {
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    try {
      if (sealed[0] !== FORMAT || tag.length !== TAG_BYTES) throw new Error('It is not of the known format.');
      const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new EncryptionKeyError(
        'What this database has encrypted cannot be opened with the ENCRYPTION_KEY of this process. ' +
          `Set ENCRYPTION_KEY to the one that was used when the database was made; where none was set, it is in the file ${KEY_FILE} of the DATA_DIR of that time.`,
        { cause },
      );
    }
  }
}

/**
 * The key that an installation keeps beside its data, made when there is none. Processes that start at once with one
 * folder agree on it.
 * @throws EncryptionKeyError if the folder cannot hold it, or the file does not
 */
export async function keepEncryptionKey(dataDir: string): Promise<{ readonly key: Buffer; readonly file: string; readonly made: boolean }> {
  const file = path.join(dataDir, KEY_FILE);
  try {
    const made = await makeFile(file, `${randomBytes(ENCRYPTION_KEY_BYTES).toString('hex')}\n`);
    const key = parseEncryptionKey((await readFile(file, 'utf8')).trim());
    if (key === null) throw new Error('It does not hold such a key.');
    return { key, file, made };
  } catch (cause) {
    const { message } = cause as Error;
    throw new EncryptionKeyError(`ENCRYPTION_KEY is not set, and ${file} cannot be used instead: ${message} Set ENCRYPTION_KEY.`, { cause });
  }
}

/** 32 bytes as 64 hexadecimal digits or in base64; null if it is neither. */
export function parseEncryptionKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

/** Whole or not at all, and never over another. @returns false if there is one */
async function makeFile(file: string, text: string): Promise<boolean> {
  if (await isThere(file)) return false;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await readFile(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
