import { AppError, type ErrorKind } from '../../errors';
import { adviceFor, type NextStep } from '../../identity/aadsts';
import { IdentityError, type IdentityFailure } from '../../identity/identity-error';

const kinds: Readonly<Record<IdentityFailure, ErrorKind>> = {
  interaction: 'unauthenticated',
  consent: 'forbidden',
  blocked: 'forbidden',
  'wrong-account': 'forbidden',
  cancelled: 'unauthenticated',
  configuration: 'unavailable',
  rejected: 'unauthenticated',
  transient: 'upstream',
};

/** The address that starts a sign-in which lands on `returnTo`. */
export const signInHref = (wish: { returnTo?: string | undefined; prompt?: string; claims?: string | undefined }): string => {
  const query = new URLSearchParams();
  if (wish.returnTo && wish.returnTo !== '/') query.set('return_to', wish.returnTo);
  if (wish.prompt) query.set('prompt', wish.prompt);
  if (wish.claims) query.set('claims', Buffer.from(wish.claims).toString('base64url'));
  return query.size === 0 ? '/auth/signin' : `/auth/signin?${query.toString()}`;
};

const actions: Readonly<Record<NextStep, (error: IdentityError, returnTo?: string) => { label: string; href: string }>> = {
  'sign-in': ({ claims }, returnTo) => ({ label: 'Sign in', href: signInHref({ returnTo, claims }) }),
  wait: (_error, returnTo) => ({ label: 'Try again', href: signInHref({ returnTo }) }),
  'choose-account': (_error, returnTo) => ({ label: 'Use another account', href: signInHref({ returnTo, prompt: 'select_account' }) }),
  connect: () => ({ label: 'Connect your organization', href: '/connect' }),
  'ask-administrator': () => ({ label: 'To the start page', href: '/' }),
  'ask-operator': () => ({ label: 'To the start page', href: '/' }),
};

/** For the log alone: nothing of it is the identity service's own text. */
const detailOf = ({ failure, code, aadsts, oauthError, suberror, claims }: IdentityError) => ({
  failure,
  code,
  aadsts,
  oauthError,
  suberror,
  claims,
});

/**
 * The identity service's failure during a sign-in as a page can tell it: plain words, one next step, the correlation id.
 * What is no IdentityError goes through as it is.
 */
export const signInProblem = (error: unknown, returnTo?: string): unknown => {
  if (!(error instanceof IdentityError)) return error;
  const advice = adviceFor(error);
  return new AppError({
    kind: kinds[error.failure],
    code: error.code,
    publicMessage: advice.says,
    action: actions[advice.next](error, returnTo),
    detail: detailOf(error),
    cause: error,
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  });
};

/** The same for a token that was to be renewed silently; `claims`: the challenge it should have met, for the browser to carry on. */
export const tokenProblem = (error: IdentityError, claims?: string): unknown => {
  const problem = signInProblem(error);
  if (!(problem instanceof AppError) || problem.kind !== 'unauthenticated') return problem;
  const carried = error.claims ?? claims;
  return new AppError({
    kind: 'unauthenticated',
    code: 'sign-in-again',
    publicMessage: problem.publicMessage,
    detail: { ...detailOf(error), claims: carried },
    action: { label: 'Sign in', href: signInHref({ claims: carried }) },
    cause: error,
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  });
};
