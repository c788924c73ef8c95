import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring';

/** What a sealed text belongs to; it opens nowhere else. */
export interface SealContext {
  readonly record: string;
  readonly tenant: string;
  readonly user: string;
}

/** The sealed text is damaged, belongs to another record, or its key was retired. */
export class SealError extends Error {
  constructor(reason: string) {
    super(`sealed record refused: ${reason}`);
    this.name = 'SealError';
  }
}

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

// A JSON array is unambiguous: no two contexts share an encoding.
const authenticated = (keyId: string, context: SealContext): Buffer =>
  Buffer.from(JSON.stringify([version, keyId, context.record, context.tenant, context.user]));

/** Strict: one text, one meaning (the decoder alone would ignore stray characters). */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new SealError('shape');
  return bytes;
};

const split = (sealed: string): { keyId: string; iv: Buffer; body: Buffer; tag: Buffer } => {
  const [mark, keyId, iv64, body64, ...rest] = sealed.split('.');
  if (mark !== version || !keyId || !iv64 || !body64 || rest.length > 0) throw new SealError('shape');
  const iv = bytesOf(iv64);
  const bytes = bytesOf(body64);
  if (iv.length !== ivBytes || bytes.length < tagBytes) throw new SealError('shape');
  return { keyId, iv, body: bytes.subarray(0, -tagBytes), tag: bytes.subarray(-tagBytes) };
};

/**
 * Encryption at rest: AES-256-GCM with a random 96-bit IV, bound by its additional data to the record, tenant, user and
 * key. `seal` uses the ring's newest key, `open` any key of the ring; `open` throws `SealError`.
 */
export const createEnvelope = (keys: KeyRing) => {
  const ring = new Map(keys.map((key) => [key.id, key.derive('records')]));
  const newest = keys[0];
  const seal = (text: string, context: SealContext): string => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', ring.get(newest.id)!, iv);
    cipher.setAAD(authenticated(newest.id, context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [version, newest.id, iv.toString('base64url'), body.toString('base64url')].join('.');
  };
  const open = (sealed: string, context: SealContext): string => {
    const { keyId, iv, body, tag } = split(sealed);
    const key = ring.get(keyId);
    if (!key) throw new SealError('unknown key');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      decipher.setAAD(authenticated(keyId, context));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch {
      throw new SealError('authentication');
    }
  };
  return Object.freeze({ seal, open });
};

export type Envelope = ReturnType<typeof createEnvelope>;
