import { AppError, type ErrorKind } from '../../errors';
import { adviceFor, type Advice, type NextStep } from '../../identity/aadsts';
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

/** Refusals of our own that concern the kind of account, not the answer: by their code. */
const accountAdvice: Readonly<Record<string, Advice>> = {
  'id-token-tenant-personal': {
    failure: 'wrong-account',
    next: 'choose-account',
    says: 'That is a personal Microsoft account. It belongs to no organization, so nobody could connect Quarry for it or give it rights. Sign in with your work account.',
  },
  'id-token-tenant-other': {
    failure: 'wrong-account',
    next: 'choose-account',
    says: 'This Quarry serves another organization than the one that you signed in for. Use your account of that organization.',
  },
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
  return problemOf(error, accountAdvice[error.code] ?? adviceFor(error), returnTo);
};

const problemOf = (error: IdentityError, advice: Advice, returnTo?: string): AppError =>
  new AppError({
    kind: kinds[advice.failure],
    code: error.code,
    publicMessage: advice.says,
    action: actions[advice.next](error, returnTo),
    detail: detailOf(error),
    cause: error,
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  });

/** The same for a token that was to be renewed silently; `claims`: the challenge it should have met, for the browser to carry on. */
export const tokenProblem = (error: IdentityError, claims?: string): AppError => {
  const problem = problemOf(error, adviceFor(error));
  if (problem.kind !== 'unauthenticated') return problem;
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
