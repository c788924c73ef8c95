import { findAccount, findTenant, principalIn, type Principal } from '../directory/directory';
import { resources, type Resource } from '../directory/resources.data';
import type { RequestedScopes, ResourceScopes } from '../directory/scopes';
import type { App } from './app-of';
import type { ClientProof } from './client-authentication';
import type { Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { StsError } from './sts-error';
import { clientInfo, type SignInFacts } from './tokens';

/** A token request whose client has been proved. */
export interface GrantRequest {
  /** A parameter's one text, or undefined. */
  readonly read: (name: string) => string | undefined;
  readonly authority: Authority;
  readonly client: ClientProof;
}

export interface TokenAnswer {
  readonly tenantId: string;
  readonly body: Readonly<Record<string, string | number>>;
}

/** Redeems one kind of grant; throws a numbered error. */
export type Redeem = (request: GrantRequest) => Promise<TokenAnswer>;

const graph = resources[0] as Resource;

/** The one resource that a token call is for; none named means Graph, as sign-in scopes alone imply. */
export const oneResource = (scopes: RequestedScopes, text: string): ResourceScopes => {
  if (scopes.resources.length > 1) throw new StsError(700022, [text]);
  return scopes.resources[0] ?? { resource: graph, uri: undefined, values: [], everything: false };
};

/** The person behind a grant as they are today: accounts and invitations may have changed since. */
export const principalOf = (username: string, tenantId: string, clientId: string): Principal => {
  const account = findAccount(username);
  const tenant = findTenant(tenantId);
  const principal = account && tenant && principalIn(account, tenant);
  if (!principal) throw new StsError(50020, [username, 'its own organization', tenant?.name ?? tenantId, clientId]);
  if (account.obstacle === 'disabled') throw new StsError(50057);
  return principal;
};

/** What this person granted of a resource; throws 65001 when something asked is not among it. */
export const heldScopes = ({ registration, grants }: App, principal: Principal, wanted: ResourceScopes): readonly string[] => {
  const prefix = `${wanted.resource.audience}/`;
  const held = [...grants.of(principal)].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const lacking = wanted.values.some((value) => !held.includes(value)) || (wanted.everything && held.length === 0);
  if (lacking) throw new StsError(65001, [registration.clientId, registration.name]);
  return held;
};

/** The client declared that it handles claims challenges. */
const continuous = (claims: string | undefined): boolean => claims !== undefined && /"xms_cc"[^}]*"cp1"/i.test(claims);

export interface Issue {
  readonly principal: Principal;
  readonly facts: SignInFacts;
  readonly wanted: ResourceScopes;
  /** The OpenID Connect scopes that were consented to: they decide on ID and refresh token. */
  readonly identity: readonly string[];
  readonly nonce?: string;
  readonly claims: string | undefined;
  readonly withClientInfo: boolean;
  readonly client: ClientProof;
}

/** The answer to a person's grant. */
export const issueTokens = async (deps: IdentityDeps, issue: Issue): Promise<TokenAnswer> => {
  const { principal, facts, wanted, identity, nonce } = issue;
  const { registration } = issue.client;
  const app = { registration, grants: deps.grants.for(registration.clientId) };
  const { resource } = wanted;
  if (deps.licences.lacks(principal.tenant, resource.audience)) throw new StsError(650052, [resource.name, principal.tenant.name]);
  const held = heldScopes(app, principal, wanted);
  const access = await deps.tokens.accessToken(principal, facts, {
    audience: wanted.uri ?? graph.uris[0],
    resource: wanted.resource,
    scopes: held,
    continuous: continuous(issue.claims),
    client: issue.client,
  });
  const qualified = held.map((value) => (wanted.uri === undefined ? value : `${wanted.uri}/${value}`));
  const refresh = {
    clientId: registration.clientId,
    username: principal.account.username,
    tenantId: principal.tenant.id,
    scope: identity.join(' '),
    ...facts,
  };
  const idToken = (): Promise<string> =>
    deps.tokens.idToken(principal, facts, { registration, scopes: identity, ...(nonce === undefined ? {} : { nonce }) });
  const body = {
    token_type: 'Bearer',
    scope: [...identity.filter((name) => name !== 'offline_access'), ...qualified].join(' '),
    expires_in: access.expiresIn,
    ext_expires_in: access.expiresIn,
    access_token: access.token,
    ...(identity.includes('offline_access') ? { refresh_token: await deps.refreshTokens.issue(refresh) } : {}),
    ...(identity.includes('openid') ? { id_token: await idToken() } : {}),
    ...(issue.withClientInfo ? { client_info: clientInfo(principal) } : {}),
  };
  return { tenantId: principal.tenant.id, body };
};
