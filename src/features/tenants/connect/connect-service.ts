import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { currentUser } from '../../../http/current-user';
import { isTenantId } from '../../../identity/authority';
import { consentScope, findBundle } from '../../../identity/consent-scopes';
import type { IdentityClient } from '../../../identity/identity-client';
import { IdentityError, rejected } from '../../../identity/identity-error';
import type { BundleName } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { fromRedirectError } from '../../../identity/token-errors';
import type { RecordConsent } from '../ports';
import { explainRefusal, type Refusal } from './explain-refusal';
import { explainStale } from './stale-return';

export interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

/** What connecting needs of signing in: a state bound to this browser, and the sign-in that proves the tenant. */
export interface ConnectPorts {
  begin(exchange: Exchange, asked: { readonly tenant: string; readonly returnTo: string }): Promise<{ readonly state: string }>;
  /** What the consent was asked of; rejects a state that is not this browser's own, used or old. */
  finish(req: Request, state: string | undefined): Promise<{ readonly tenant: string; readonly returnTo: string }>;
  /** The address that starts a sign-in into `tenant` which connects it and ends on `returnTo`. */
  signInInto(exchange: Exchange, tenant: string, returnTo: string): Promise<string>;
}

export interface ConsentAnswer {
  readonly state?: string | undefined;
  readonly tenant?: string | undefined;
  readonly error?: string | undefined;
  readonly error_description?: string | undefined;
  readonly error_subcode?: string | undefined;
}

export interface ConnectWish {
  readonly organization: string;
  readonly bundles: readonly BundleName[];
}

export interface ConnectOptions {
  readonly identity: Pick<IdentityClient, 'adminConsentUrl'>;
  readonly ports: ConnectPorts;
  readonly redirectUri: string;
  /** The API that hunting asks. */
  readonly provider: Resource;
  /** The one tenant of this installation, or `organizations`. */
  readonly tenant: string;
  /** The only tenants served; null: every one. */
  readonly allowed: readonly string[] | null;
  readonly record: RecordConsent;
}

/** Where an administrator decided, or why nothing comes of it. */
export type ConsentOutcome =
  | { readonly kind: 'sign-in'; readonly location: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly asked: ConnectWish };

const notServed = (): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'tenant-not-served',
    publicMessage: 'That organization is not among those that this Quarry serves. Ask whoever runs it to add your organization.',
    action: { label: 'Back to connecting', href: '/connect' },
  });

/** The tenant we asked, where that was one; else the answer's, which is only a hint of whom to ask to sign in. */
const tenantToProve = (asked: string, answer: ConsentAnswer): string => {
  const candidate = isTenantId(asked) ? asked : (answer.tenant ?? '').toLowerCase();
  if (!isTenantId(candidate)) throw rejected('consent-without-tenant');
  return candidate;
};

const connectedPath = '/connect/connected';

/** The bundles travel in the path that the browser will be led to, which stays on this side. */
const returnPath = (bundles: readonly BundleName[]): string => `${connectedPath}?${bundles.map((name) => `bundle=${name}`).join('&')}`;

const bundlesIn = (returnTo: string): readonly BundleName[] =>
  new URL(returnTo, 'http://quarry.invalid').searchParams.getAll('bundle') as BundleName[];

const begin = async (options: ConnectOptions, exchange: Exchange, wish: ConnectWish): Promise<string> => {
  const { tenant, ports, identity, redirectUri, allowed, provider } = options;
  const asked = tenant === 'organizations' ? wish.organization || tenant : tenant;
  if (allowed && isTenantId(asked) && !allowed.includes(asked)) throw notServed();
  const scope = consentScope(wish.bundles.map((name) => findBundle(provider, name)));
  if (scope === undefined) throw new AppError({ kind: 'bug', code: 'scopes-mixed', publicMessage: 'Something went wrong on our side.' });
  const { state } = await ports.begin(exchange, { tenant: asked, returnTo: returnPath(wish.bundles) });
  // A stranger's word for an organization is no record of that organization's.
  const user = currentUser(exchange.req);
  const about = user?.tenantId === asked ? { tenantId: user.tenantId, objectId: user.objectId } : {};
  options.record({ action: 'consent-asked', ...about, bundles: wish.bundles.join(' ') });
  return identity.adminConsentUrl({ tenant: asked, scope, redirectUri, state });
};

const pendingOf = async ({ ports }: ConnectOptions, { req }: Exchange, answer: ConsentAnswer) => {
  try {
    return await ports.finish(req, answer.state);
  } catch (error) {
    throw explainStale(error);
  }
};

/** `admin_consent=True` comes with a refusal too: the error alone decides. */
const finish = async (options: ConnectOptions, exchange: Exchange, answer: ConsentAnswer): Promise<ConsentOutcome> => {
  const { tenant, returnTo } = await pendingOf(options, exchange, answer);
  try {
    if (answer.error !== undefined) throw fromRedirectError({ ...answer });
    return { kind: 'sign-in', location: await options.ports.signInInto(exchange, tenantToProve(tenant, answer), returnTo) };
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    options.record({ action: 'consent-refused', code: error.code });
    const organization = tenant === 'organizations' || options.tenant !== 'organizations' ? '' : tenant;
    return { kind: 'refused', refusal: explainRefusal(error), asked: { organization, bundles: bundlesIn(returnTo) } };
  }
};

/**
 * Admin consent. What comes back proves nothing (anyone can write that address): it only leads to a sign-in into the
 * tenant, and the validated ID token of that sign-in connects it.
 */
export const createConnectService = (options: ConnectOptions) =>
  Object.freeze({
    begin: (exchange: Exchange, wish: ConnectWish): Promise<string> => begin(options, exchange, wish),
    finish: (exchange: Exchange, answer: ConsentAnswer): Promise<ConsentOutcome> => finish(options, exchange, answer),
  });

export type ConnectService = ReturnType<typeof createConnectService>;
