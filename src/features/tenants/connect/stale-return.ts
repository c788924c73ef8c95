import { AppError } from '../../../errors';

const unchanged = 'Nothing was changed.';

/** Why an answer was not taken, by the reason that the pending consents give. */
const words: Readonly<Record<string, string>> = {
  'no-state': `This address says that an administrator decided, but it answers no question that Quarry asked: anybody can write such an address. ${unchanged}`,
  'other-browser': `This answer belongs to another browser, or this one has lost its cookie. Only the browser that asked may bring the answer back. ${unchanged}`,
  unknown: `This answer was used before (going back or reloading does that), came after more than ten minutes, or answers nothing that Quarry asked. ${unchanged}`,
  expired: `This answer came after more than ten minutes. ${unchanged}`,
  'other-purpose': `This answers a sign-in, not a consent. ${unchanged}`,
};

const further = ' If an administrator did agree just now, that stands: sign in to finish connecting. Otherwise start again.';

/** A return that is no answer to a question of this browser, in words that say why; whatever else went wrong goes through as it is. */
export const explainStale = (error: unknown): unknown => {
  if (!(error instanceof AppError) || error.code !== 'sign-in-stale') return error;
  const reason = String(error.detail?.['reason']);
  return new AppError({
    kind: 'invalid',
    code: 'consent-stale',
    publicMessage: `${words[reason] ?? words['unknown']}${further}`,
    action: { label: 'Sign in and look', href: '/tenants' },
    detail: { reason },
  });
};
