import { createHash, timingSafeEqual } from 'node:crypto';
import { findAccount, findTenant, principalIn, type Principal } from '../directory/directory';
import { resources, type Resource } from '../directory/resources.data';
import type { RequestedScopes, ResourceScopes } from '../directory/scopes';
import { checkClaims, checkScopes } from './authorize-request';
import type { ClientProof } from './client-authentication';
import type { Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { strongClaims } from './sign-in-step';
import { StsError } from './sts-error';
import { demand } from './token-request';
import { clientInfo, type SignInFacts } from './tokens';

type Read = (name: string) => string | undefined;

export interface GrantRequest {
  readonly read: Read;
  readonly authority: Authority;
  readonly client: ClientProof;
}

export type TokenAnswer = Readonly<Record<string, string | number>>;

const graph = resources[0] as Resource;

/** The one resource that a token call is for; none named means Graph's profile, as sign-in scopes alone imply. */
const oneResource = (scopes: RequestedScopes, text: string, strict: boolean): ResourceScopes => {
  if (strict && scopes.resources.length > 1) throw new StsError(700022, [text]);
  return scopes.resources[0] ?? { resource: graph, uri: undefined, values: [], everything: false };
};

const challengeOf = (verifier: string): Buffer => Buffer.from(createHash('sha256').update(verifier).digest('base64url'));

const proveVerifier = (challenge: string, verifier: string): void => {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw new StsError(501481);
  const expected = Buffer.from(challenge);
  const actual = challengeOf(verifier);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw new StsError(501481);
};

const continuous = (claims: string | undefined): boolean => claims !== undefined && /"xms_cc"[^}]*"cp1"/i.test(claims);

const principalFor = (username: string, tenantId: string): Principal => {
  const account = findAccount(username);
  const tenant = findTenant(tenantId);
  const principal = account && tenant && principalIn(account, tenant);
  if (!principal) throw new StsError(50020, [username, 'its organization', tenantId, 'the application']);
  if (account.obstacle === 'disabled') throw new StsError(50057);
  return principal;
};

interface Issue {
  readonly principal: Principal;
  readonly facts: SignInFacts;
  readonly wanted: ResourceScopes;
  readonly identity: readonly string[];
  readonly nonce?: string;
  readonly claims: string | undefined;
  readonly withClientInfo: boolean;
}

/** The three grants of the token endpoint; each returns the answer's JSON or throws a numbered error. */
export const createTokenGrants = ({ registration, grants, codes, refreshTokens, tokens }: IdentityDeps) => {
  /** What the person granted of this resource; refuses when something that was asked is not among it. */
  const effective = (principal: Principal, wanted: ResourceScopes): readonly string[] => {
    const held = [...grants.of(principal)]
      .filter((name) => name.startsWith(`${wanted.resource.audience}/`))
      .map((name) => name.split('/')[1] as string);
    const lacking = wanted.values.some((value) => !held.includes(value)) || (wanted.everything && held.length === 0);
    if (lacking) throw new StsError(65001, [registration.clientId, registration.name]);
    return held;
  };

  const issue = async ({ principal, facts, wanted, identity, nonce, claims, withClientInfo }: Issue): Promise<TokenAnswer> => {
    const held = effective(principal, wanted);
    const audience = wanted.uri ?? graph.uris[0];
    const access = await tokens.accessToken(principal, facts, {
      audience,
      resource: wanted.resource,
      scopes: held,
      continuous: continuous(claims),
    });
    const qualified = held.map((value) => (wanted.uri === undefined ? value : `${wanted.uri}/${value}`));
    const refresh = { username: principal.account.username, tenantId: principal.tenant.id, scope: identity.join(' '), ...facts };
    return {
      token_type: 'Bearer',
      scope: [...identity.filter((name) => name !== 'offline_access'), ...qualified].join(' '),
      expires_in: access.expiresIn,
      ext_expires_in: access.expiresIn,
      access_token: access.token,
      ...(identity.includes('offline_access') ? { refresh_token: await refreshTokens.issue(refresh) } : {}),
      ...(identity.includes('openid')
        ? { id_token: await tokens.idToken(principal, facts, { scopes: identity, ...(nonce === undefined ? {} : { nonce }) }) }
        : {}),
      ...(withClientInfo ? { client_info: clientInfo(principal) } : {}),
    };
  };

  const byCode = async ({ read, authority }: GrantRequest): Promise<TokenAnswer> => {
    const code = demand(read, 'code');
    const redirectUri = demand(read, 'redirect_uri');
    const grant = await codes.open(code);
    const elsewhere = authority.kind === 'tenant' ? authority.tenant.id !== grant.tenantId : authority.segment !== grant.authority;
    if (elsewhere) throw new StsError(700005);
    if (redirectUri !== grant.redirectUri) throw new StsError(50011, [redirectUri, registration.clientId]);
    const verifier = read('code_verifier');
    if (verifier === undefined) throw new StsError(501481);
    proveVerifier(grant.challenge, verifier);
    const text = read('scope');
    const consented = checkScopes(grant.scope);
    const asked = text === undefined ? consented : checkScopes(text);
    const wanted = oneResource(
      asked.resources.length > 0 ? asked : consented,
      text ?? grant.scope,
      text !== undefined && asked.resources.length > 0,
    );
    const principal = principalFor(grant.username, grant.tenantId);
    const claims = checkClaims({ claims: read('claims') }) ?? grant.claims;
    effective(principal, wanted);
    if (!codes.redeem(grant)) throw new StsError(54005);
    return issue({
      principal,
      facts: { sid: grant.sid, authTime: grant.authTime, strong: grant.strong },
      wanted,
      identity: consented.identity,
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      claims,
      withClientInfo: read('client_info') === '1',
    });
  };

  const byRefreshToken = async ({ read, authority }: GrantRequest): Promise<TokenAnswer> => {
    const grant = await refreshTokens.open(demand(read, 'refresh_token'));
    const principal = principalFor(grant.username, authority.kind === 'tenant' ? authority.tenant.id : grant.tenantId);
    const claims = checkClaims({ claims: read('claims') });
    if (principal.account.obstacle === 'step-up' && !grant.strong) {
      throw new StsError(50076, [registration.name], { error: 'invalid_grant', claims: strongClaims });
    }
    if (principal.account.obstacle === 'blocked') throw new StsError(53003, [], { error: 'invalid_grant' });
    const text = read('scope') ?? '';
    const asked = checkScopes(text);
    return issue({
      principal,
      facts: { sid: grant.sid, authTime: grant.authTime, strong: grant.strong },
      wanted: oneResource(asked, text, true),
      identity: grant.scope.split(' ').filter((name) => name !== ''),
      claims,
      withClientInfo: read('client_info') === '1',
    });
  };

  const byClient = async ({ read, authority, client }: GrantRequest): Promise<TokenAnswer> => {
    if (authority.kind !== 'tenant') throw new StsError(50059);
    const text = demand(read, 'scope');
    const asked = checkScopes(text);
    const wanted = oneResource(asked, text, true);
    if (!wanted.everything || asked.identity.length > 0 || wanted.uri === undefined) throw new StsError(1002012, [text]);
    if (!grants.connected(authority.tenant)) throw new StsError(700016, [registration.clientId, authority.tenant.name]);
    const roles = [...grants.application(authority.tenant)]
      .filter((name) => name.startsWith(`${wanted.resource.audience}/`))
      .map((name) => name.split('/')[1] as string);
    const { token, expiresIn } = await tokens.applicationToken(authority.tenant, {
      audience: wanted.uri,
      roles,
      certificate: client.method === 'certificate',
    });
    return { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token };
  };

  const kinds: Readonly<Record<string, (request: GrantRequest) => Promise<TokenAnswer>>> = {
    authorization_code: byCode,
    refresh_token: byRefreshToken,
    client_credentials: byClient,
  };
  return (grantType: string, request: GrantRequest): Promise<TokenAnswer> => {
    const redeem = Object.hasOwn(kinds, grantType) ? kinds[grantType] : undefined;
    if (!redeem) throw new StsError(70003, [grantType]);
    return redeem(request);
  };
};
