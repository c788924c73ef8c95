import { z } from 'zod';
import type { Seal } from './seal';
import { StsError } from './sts-error';

const content = z.object({
  jti: z.string(),
  exp: z.number(),
  clientId: z.string(),
  username: z.string(),
  tenantId: z.string(),
  /** The authority of the request; the code is redeemed there or at the tenant that it named. */
  authority: z.string(),
  redirectUri: z.string(),
  scope: z.string(),
  challenge: z.string(),
  nonce: z.string().optional(),
  claims: z.string().optional(),
  sid: z.string(),
  authTime: z.number(),
  strong: z.boolean(),
});

export type CodeGrant = z.infer<typeof content>;

const lifetime = 600;

/** Authorization codes: sealed with a key of this run, good for ten minutes and for one redemption. */
export const createAuthorizationCodes = (seal: Seal, now: () => Date) => {
  const redeemed = new Map<string, number>();
  const forget = (): void => {
    const seconds = now().getTime() / 1000;
    for (const [jti, until] of redeemed) if (until < seconds) redeemed.delete(jti);
  };
  return Object.freeze({
    issue: (grant: Omit<CodeGrant, 'jti' | 'exp'>): Promise<string> => seal.seal(grant, lifetime),
    /** Throws 70000 for a text that is no code of ours, 70008 for an old one. */
    open: async (code: string): Promise<CodeGrant> => {
      const opened = await seal.open(code);
      if ('problem' in opened) throw opened.problem === 'expired' ? new StsError(70008) : new StsError(70000, ['code']);
      return content.parse(opened.payload);
    },
    /** Uses the code up; throws 54005 when that was done before. Nothing waits between the question and the mark. */
    redeem: (grant: CodeGrant): void => {
      forget();
      if (redeemed.has(grant.jti)) throw new StsError(54005);
      redeemed.set(grant.jti, grant.exp);
    },
  });
};

export type AuthorizationCodes = ReturnType<typeof createAuthorizationCodes>;
