import { z } from 'zod';
import type { Revocations } from '../directory/revocations';
import type { Seal } from './seal';
import { StsError } from './sts-error';

const content = z.object({
  clientId: z.string(),
  username: z.string(),
  /** The tenant that the token was first issued for, and the one that a multi-tenant endpoint renews it for. */
  tenantId: z.string(),
  scope: z.string(),
  sid: z.string(),
  authTime: z.number(),
  strong: z.boolean(),
  iat: z.number().optional(),
});

export type RefreshGrant = z.infer<typeof content>;

const refreshLifetime = 90 * 24 * 3600;

/**
 * Refresh tokens that carry their own content, sealed with a key derived from the lab's seed: they survive a restart, and nothing about
 * them is stored. As with Entra each use gives a new one and does not revoke the one before.
 */
export const createRefreshTokens = (seal: Seal, revocations: Revocations) =>
  Object.freeze({
    issue: (grant: Omit<RefreshGrant, 'iat'>): Promise<string> => seal.seal({ ...grant }, refreshLifetime),
    /** Throws 70008 for an old one, 50173 for a revoked one, 70000 for a text that is none of ours. */
    open: async (token: string): Promise<RefreshGrant> => {
      const opened = await seal.open(token);
      if ('problem' in opened) throw opened.problem === 'expired' ? new StsError(70008) : new StsError(70000, ['refresh_token']);
      const grant = content.parse(opened.payload);
      if (revocations.isRevoked(grant.username, grant.iat ?? 0)) throw new StsError(50173);
      return grant;
    },
  });

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;
