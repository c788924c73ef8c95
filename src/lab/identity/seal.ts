import { hkdfSync, randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';

/** Turns a payload into an opaque text and back: nothing has to be kept to know it again. */
export interface Seal {
  seal(payload: JWTPayload, lifetimeSeconds: number): Promise<string>;
  /** The payload; `expired` or `invalid` when the text is old, foreign, altered, or sealed for another purpose. */
  open(text: string): Promise<{ readonly payload: JWTPayload } | { readonly problem: 'expired' | 'invalid' }>;
}

export interface SealOptions {
  readonly secret: string;
  /** Each purpose has a key of its own, so that a refresh token is never accepted as a cookie. */
  readonly purpose: string;
  readonly now: () => Date;
}

export const createSeal = ({ secret, purpose, now }: SealOptions): Seal => {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'quarry-lab', purpose, 32));
  return {
    seal: (payload, lifetimeSeconds) => {
      const issued = Math.floor(now().getTime() / 1000);
      return new EncryptJWT({ jti: randomUUID(), ...payload })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(issued)
        .setExpirationTime(issued + lifetimeSeconds)
        .encrypt(key);
    },
    open: async (text) => {
      try {
        const { payload } = await jwtDecrypt(text, key, { currentDate: now() });
        return { payload };
      } catch (error) {
        return { problem: (error as { code?: string }).code === 'ERR_JWT_EXPIRED' ? 'expired' : 'invalid' };
      }
    },
  };
};
