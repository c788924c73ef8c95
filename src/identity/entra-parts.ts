import { isTenantId, type Authority } from './authority';
import { createMsalCredential, type ClientCredential } from './client-credential';
import { createDiscovery, type Provider } from './discovery';
import type { IdentityHttp } from './http-client';
import { validateIdToken, type IdTokenIdentity } from './id-token';
import { IdentityError } from './identity-error';
import type { MsalSettings } from './msal-client';
import { createSigningKeys, type SigningKeys } from './signing-keys';

export interface EntraClientOptions {
  readonly authority: Authority;
  readonly clientId: string;
  readonly credential: ClientCredential;
  /** `organizations`, or the id of the one tenant that this installation serves. */
  readonly tenant: string;
  readonly http: IdentityHttp;
  readonly clock?: () => number;
}

/** What every exchange with the identity service needs. */
export interface EntraParts {
  readonly settings: MsalSettings;
  readonly authority: Authority;
  readonly http: IdentityHttp;
  readonly keys: SigningKeys;
  readonly onlyTenant: string | undefined;
  readonly providerOf: (tenant: string) => Promise<Provider>;
  readonly clock: () => number;
}

/** A provider with one issuer for everybody may know no authorities by tenant: then its own one serves. */
const knowsNoSuchTenant = (error: unknown): boolean =>
  error instanceof IdentityError && /^(discovery|identity)-status-4\d\d$/.test(error.code);

const createProviderOf = (options: EntraClientOptions, clock: () => number): ((tenant: string) => Promise<Provider>) => {
  const discovery = createDiscovery({ authority: options.authority, http: options.http, clock });
  return async (tenant) => {
    try {
      return await discovery.provider(tenant);
    } catch (error) {
      if (!knowsNoSuchTenant(error) || tenant === options.tenant) throw error;
      const base = await discovery.provider(options.tenant);
      if (base.issuer.includes('{tenantid}')) throw error;
      return base;
    }
  };
};

export const createParts = (options: EntraClientOptions): EntraParts => {
  const { authority, clientId, credential, http, tenant, clock = Date.now } = options;
  return {
    settings: { authority, clientId, credential: createMsalCredential(credential, clientId) },
    authority,
    http,
    keys: createSigningKeys({ http, clock }),
    onlyTenant: isTenantId(tenant) ? tenant : undefined,
    providerOf: createProviderOf(options, clock),
    clock,
  };
};

/** Checks an ID token in every respect; the tenant is the one expected, or this installation's only one. */
export const validate = (
  parts: EntraParts,
  token: string,
  expected: { provider: Provider; nonce?: string; tenantId?: string },
): Promise<IdTokenIdentity> =>
  validateIdToken(
    token,
    {
      clientId: parts.settings.clientId,
      provider: expected.provider,
      nonce: expected.nonce,
      tenantId: expected.tenantId ?? parts.onlyTenant,
      versionRequired: parts.authority.issuerHost !== undefined,
      now: Math.floor(parts.clock() / 1000),
    },
    parts.keys,
  );
