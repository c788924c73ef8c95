import { z } from 'zod';
import { isAuthorityTenant } from '../../identity/authority';

const claims = z
  .string()
  .max(8_192)
  .transform((text) => Buffer.from(text, 'base64url').toString('utf8'))
  .refine((text) => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  }, 'is not a claims request');

/** The query of `GET /auth/signin`; `return_to` is judged by `readReturnPath`. */
export const signInQuery = z.object({
  return_to: z.string().optional().catch(undefined),
  tenant: z.string().toLowerCase().refine(isAuthorityTenant, 'is not an organization').optional(),
  prompt: z.enum(['login', 'select_account', 'consent']).optional(),
  claims: claims.optional(),
});

/** The query of the front-channel sign-out; anything else in it is ignored. */
export const frontChannelQuery = z.object({ sid: z.string().regex(/^[\x21-\x7e]{1,255}$/), iss: z.string().min(1).max(512).optional() });
