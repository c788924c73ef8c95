import type { Request, Response } from 'express';
import { AppError } from '../../errors';
import { isTenantId } from '../../identity/authority';
import type { IdentityClient } from '../../identity/identity-client';
import { IdentityError, rejected } from '../../identity/identity-error';
import { adviceFor } from '../../identity/aadsts';
import { fromRedirectError } from '../../identity/token-errors';

/** What connecting needs of signing in: a state bound to this browser, and the sign-in that proves the tenant. */
export interface ConnectPorts {
  begin(req: Request, res: Response, tenant: string): Promise<{ readonly state: string }>;
  /** The tenant that the consent was asked of; rejects a state that is not this browser's own, used or old. */
  finish(req: Request, state: string | undefined): Promise<{ readonly tenant: string }>;
  /** The address that starts a sign-in into `tenantId` which connects it. */
  signInInto(exchange: { req: Request; res: Response }, tenantId: string): Promise<string>;
}

export interface ConsentAnswer {
  readonly state?: string | undefined;
  readonly tenant?: string | undefined;
  readonly error?: string | undefined;
  readonly error_description?: string | undefined;
  readonly error_subcode?: string | undefined;
}

export interface ConnectOptions {
  readonly identity: Pick<IdentityClient, 'adminConsentUrl'>;
  readonly ports: ConnectPorts;
  readonly redirectUri: string;
  readonly scope: string;
  /** The one tenant of this installation, or `organizations`. */
  readonly tenant: string;
}

const words: Partial<Record<IdentityError['failure'], string>> = {
  cancelled: 'Nothing was agreed to, so nothing is connected and nothing was shared. You can read what is asked for and decide again.',
  rejected: 'The answer did not say which organization agreed. Start again; if it happens again, enter the organization’s tenant id.',
};

const problem = (error: IdentityError): AppError =>
  new AppError({
    kind: error.failure === 'transient' ? 'upstream' : 'forbidden',
    code: error.code,
    publicMessage: words[error.failure] ?? adviceFor(error).says,
    action: { label: 'Back to connecting', href: '/connect' },
    detail: { failure: error.failure, aadsts: error.aadsts },
    cause: error,
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  });

/** The tenant we asked, where that was one; else the answer's, which is only a hint of whom to ask to sign in. */
const tenantToProve = (asked: string, answer: ConsentAnswer): string => {
  const candidate = isTenantId(asked) ? asked : (answer.tenant ?? '').toLowerCase();
  if (!isTenantId(candidate)) throw rejected('consent-without-tenant');
  return candidate;
};

/**
 * Admin consent. What comes back proves nothing (anyone can write that address): it only leads to a sign-in into the
 * tenant, and the validated ID token of that sign-in connects it.
 */
export const createConnectService = ({ identity, ports, redirectUri, scope, tenant }: ConnectOptions) =>
  Object.freeze({
    begin: async (http: { req: Request; res: Response }, organization: string): Promise<string> => {
      const asked = tenant === 'organizations' ? organization || tenant : tenant;
      const { state } = await ports.begin(http.req, http.res, asked);
      return identity.adminConsentUrl({ tenant: asked, scope, redirectUri, state });
    },

    finish: async (http: { req: Request; res: Response }, answer: ConsentAnswer): Promise<string> => {
      const pending = await ports.finish(http.req, answer.state);
      try {
        // `admin_consent=True` comes with a refusal too.
        if (answer.error !== undefined) throw fromRedirectError({ ...answer });
        return await ports.signInInto(http, tenantToProve(pending.tenant, answer));
      } catch (error) {
        throw error instanceof IdentityError ? problem(error) : error;
      }
    },
  });

export type ConnectService = ReturnType<typeof createConnectService>;
