import { z } from 'zod';
import { AppError } from '../../errors';

const value = (max: number) => z.string().min(1).max(max).optional();

/** What we read of a redirect from the identity service; whatever else it carries is ignored and steers nothing. */
const schema = z.object({
  state: value(512),
  code: value(16_384),
  iss: value(512),
  error: value(128),
  error_description: value(8_192),
  error_subcode: value(128),
  suberror: value(128),
  claims: value(8_192),
  admin_consent: value(16),
  tenant: value(128),
});

export type RedirectAnswer = { readonly [Name in keyof z.infer<typeof schema>]: string | undefined };

/** Reads the redirect's query; a parameter that comes twice, or is no plain text, makes the whole answer void. */
export const readRedirectAnswer = (query: unknown): RedirectAnswer => {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data as RedirectAnswer;
  throw new AppError({
    kind: 'invalid',
    code: 'sign-in-malformed',
    publicMessage: 'The answer of the identity service could not be read. Start the sign-in again.',
    action: { label: 'Sign in', href: '/auth/signin' },
  });
};
