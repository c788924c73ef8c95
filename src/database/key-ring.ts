import { hash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One secret, many purposes: each purpose gets a key of its own by HKDF, so no value serves two. */
export type KeyPurpose = 'records' | 'cookies' | 'lab' | 'audit' | 'audit-checkpoints';

export interface RingKey {
  /** Names the key in what it sealed; derived one-way. */
  readonly id: string;
  readonly derive: (purpose: KeyPurpose) => Buffer;
}

/** Newest first: the newest seals and signs, all open and verify. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

const ringKey = (secret: string): RingKey => {
  const derive = (label: string, bytes: number): Buffer => Buffer.from(hkdfSync('sha256', secret, 'quarry', label, bytes));
  return Object.freeze({ id: derive('id', 6).toString('hex'), derive: (purpose: KeyPurpose) => derive(purpose, 32) });
};

export const createKeyRing = (secrets: readonly string[]): KeyRing => {
  const [newest, ...older] = secrets;
  if (newest === undefined) throw new RangeError('a key ring needs a key');
  return Object.freeze([ringKey(newest), ...older.map(ringKey)] as const);
};

/** A ring kept in the data folder: made at the first start, readable by this account alone. */
export const keptSecrets = (dataDir: string, name: 'session-keys' | 'audit-key' = 'session-keys'): readonly string[] => {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two processes that start together one writes, both read.
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8')
    .split(/[\s,]+/)
    .filter(Boolean);
};

/** How an opaque handle (session id, state) is kept: enough to recognise it, not to use it. */
export const digest = (secret: string): string => hash('sha256', secret);
