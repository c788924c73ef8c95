import { z } from 'zod';
import { isAuthorityTenant } from '../../identity/authority';

/** `POST /connect`: the organization by its domain or tenant id; empty leaves it to the administrator's sign-in. */
export const connectForm = z.object({
  organization: z
    .string()
    .max(253)
    .default('')
    .transform((text) => text.trim().toLowerCase())
    .refine(
      (text) => text === '' || (text !== 'organizations' && isAuthorityTenant(text)),
      'Enter a domain such as contoso.com, or a tenant id.',
    ),
});
