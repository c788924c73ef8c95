import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createEnvelope, SealError } from '../../src/database/encryption';
import { createKeyRing, keptSecrets } from '../../src/database/key-ring';
import { aFolder } from '../support/a-folder';
import { fc } from '../support/properties';

const aSecret = (): string => randomBytes(32).toString('base64url');
const context = { record: 'tokens:1', tenant: 't', user: 'u' };

describe('the envelope', () => {
  const secret = aSecret();
  const envelope = createEnvelope(createKeyRing([secret]));

  it('gives back what it sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(envelope.open(envelope.seal(text, context), context)).toBe(text)),
    );
  });

  it('refuses a seal with any one character changed', () => {
    const sealed = envelope.seal('a token', context);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'Az0-_.'), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        fc.pre(changed !== sealed);
        expect(() => envelope.open(changed, context)).toThrow(SealError);
      }),
    );
  });

  it.each(['record', 'tenant', 'user'] as const)('refuses a seal of another %s', (part) => {
    const sealed = envelope.seal('a token', { ...context, [part]: 'other' });
    expect(() => envelope.open(sealed, context)).toThrow(SealError);
  });

  it('tells contexts apart that read alike when joined', () => {
    const sealed = envelope.seal('x', { record: 'a', tenant: 'b","c', user: 'd' });
    expect(() => envelope.open(sealed, { record: 'a', tenant: 'b', user: 'c","d' })).toThrow(SealError);
  });

  it('never uses an IV twice', () => {
    const ivs = new Set(Array.from({ length: 20_000 }, () => envelope.seal('x', context).split('.')[2]));
    expect(ivs.size).toBe(20_000);
  });

  it('seals with the newest key and opens with every key of the ring', () => {
    const young = aSecret();
    const rotated = createEnvelope(createKeyRing([young, secret]));
    expect(rotated.open(envelope.seal('old', context), context)).toBe('old');
    expect(() => envelope.open(rotated.seal('new', context), context)).toThrow(SealError);
  });
});

describe('the key ring', () => {
  const parent = aFolder();

  it('gives every purpose a key of its own', () => {
    const [key] = createKeyRing([aSecret()]);
    const derived = (['records', 'cookies', 'lab'] as const).map((purpose) => key.derive(purpose).toString('hex'));
    expect(new Set([...derived, key.id]).size).toBe(4);
  });

  it('is made once and kept for this account alone', () => {
    const folder = join(parent, 'var');
    const made = keptSecrets(folder);
    expect(made).toHaveLength(1);
    expect(Buffer.from(made[0]!, 'base64url')).toHaveLength(32);
    expect(keptSecrets(folder)).toEqual(made);
    expect(statSync(join(folder, 'session-keys')).mode & 0o777).toBe(0o600);
  });
});
