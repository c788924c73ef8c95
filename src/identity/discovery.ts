import { isAcceptableEndpoint, isAuthorityTenant, isTenantId, type Authority } from './authority';
import type { IdentityHttp } from './http-client';
import { IdentityError, transient } from './identity-error';

/** The endpoints of one tenant's authority, from its discovery document (or as Microsoft publishes them). */
export interface Provider {
  /** May hold the placeholder `{tenantid}` (Entra's `organizations`): then each token's own `tid` fills it. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly endSessionEndpoint: string | undefined;
  /** The only origins that the back channel may reach for this authority. */
  readonly origins: ReadonlySet<string>;
}

export interface Discovery {
  /** Resolves from memory for a day; rejects `transient` when it never could be read, else keeps the last good one. */
  provider(tenant: string): Promise<Provider>;
}

const dayMs = 24 * 60 * 60 * 1000;
const originsOf = (...urls: readonly string[]): ReadonlySet<string> => new Set(urls.map((url) => new URL(url).origin));

const wellKnown = ({ origin, base: root, issuerHost }: Authority, tenant: string): Provider => {
  const base = `${root}/${tenant}`;
  const named = isTenantId(tenant) ? tenant : '{tenantid}';
  return {
    issuer: `https://${issuerHost}/${named}/v2.0`,
    authorizationEndpoint: `${base}/oauth2/v2.0/authorize`,
    tokenEndpoint: `${base}/oauth2/v2.0/token`,
    jwksUri: `${base}/discovery/v2.0/keys`,
    endSessionEndpoint: `${base}/oauth2/v2.0/logout`,
    origins: new Set([origin]),
  };
};

const required = (document: Readonly<Record<string, unknown>>, name: string, authority: Authority): string => {
  const value = document[name];
  if (typeof value === 'string' && isAcceptableEndpoint(value.replaceAll('{tenantid}', 'tenantid'), authority)) return value;
  throw transient(`discovery-without-${name.replaceAll('_', '-')}`);
};

const readDocument = (document: Readonly<Record<string, unknown>>, authority: Authority): Provider => {
  const endpoint = (name: string): string => required(document, name, authority);
  const provider = {
    issuer: endpoint('issuer'),
    authorizationEndpoint: endpoint('authorization_endpoint'),
    tokenEndpoint: endpoint('token_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    endSessionEndpoint: document['end_session_endpoint'] === undefined ? undefined : endpoint('end_session_endpoint'),
  };
  return { ...provider, origins: originsOf(provider.tokenEndpoint, provider.jwksUri) };
};

export interface DiscoveryOptions {
  readonly authority: Authority;
  readonly http: IdentityHttp;
  readonly clock: () => number;
}

interface Kept {
  provider: Provider;
  readUntil: number;
}

/** Discovery with a memory: one call a day and tenant, one at a time, the last good answer while the service is down. */
export const createDiscovery = ({ authority, http, clock }: DiscoveryOptions): Discovery => {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Provider>>();

  const fetchProvider = async (tenant: string): Promise<Provider> => {
    const url = `${authority.base}/${tenant}/v2.0/.well-known/openid-configuration`;
    const answer = await http.exchange({ method: 'GET', url, origins: new Set([authority.origin]) });
    if (answer.status !== 200) throw transient(`discovery-status-${answer.status}`);
    const provider = readDocument(answer.body, authority);
    kept.set(tenant, { provider, readUntil: clock() + dayMs });
    return provider;
  };

  const refresh = (tenant: string): Promise<Provider> => {
    const running = underWay.get(tenant) ?? fetchProvider(tenant).finally(() => underWay.delete(tenant));
    underWay.set(tenant, running);
    return running;
  };

  return Object.freeze({
    provider: async (tenant: string): Promise<Provider> => {
      if (!isAuthorityTenant(tenant)) throw new IdentityError({ failure: 'configuration', code: 'authority-tenant-malformed' });
      if (authority.issuerHost !== undefined) return wellKnown(authority, tenant);
      const known = kept.get(tenant);
      if (known && known.readUntil > clock()) return known.provider;
      try {
        return await refresh(tenant);
      } catch (error) {
        if (known) return known.provider;
        throw error;
      }
    },
  });
};
