import type { Tenant } from '../directory/tenants.data';
import { findTenant } from '../directory/directory';

/** What a path's first segment means: one tenant, or an endpoint that serves many. */
export type Authority =
  | { readonly kind: 'tenant'; readonly segment: string; readonly tenant: Tenant }
  | { readonly kind: 'organizations' | 'common' | 'consumers'; readonly segment: string };

const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Resolves `{tenant}` of a path, or undefined for a tenant that nobody knows. */
export const resolveAuthority = (segment: string): Authority | undefined => {
  const name = segment.toLowerCase();
  if (name === 'organizations' || name === 'common') return { kind: name, segment: name };
  if (name === 'consumers' || name === personal) return { kind: 'consumers', segment: name };
  const tenant = findTenant(name);
  return tenant && { kind: 'tenant', segment: name, tenant };
};

/** The issuer that an authority's documents name: a literal template where many tenants share it. */
export const issuerOf = (base: string, authority: Authority): string => {
  if (authority.kind === 'tenant') return `${base}/${authority.tenant.id}/v2.0`;
  return authority.kind === 'consumers' ? `${base}/${personal}/v2.0` : `${base}/{tenantid}/v2.0`;
};

/** The OpenID Connect discovery document of an authority, with Entra's keys and in its order. */
export const discoveryDocument = (base: string, authority: Authority) => {
  const root = `${base}/${authority.kind === 'tenant' ? authority.tenant.id : authority.segment}`;
  return {
    token_endpoint: `${root}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${root}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(base, authority),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${base}/oidc/userinfo`,
    authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${root}/oauth2/v2.0/logout`,
    claims_supported: claims,
    tenant_region_scope: authority.kind === 'tenant' ? 'EU' : null,
    cloud_instance_name: new URL(base).host,
    cloud_graph_host_name: new URL(base).host,
    msgraph_host: new URL(base).host,
    rbac_url: base,
  };
};

const claims = (
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce ' +
  'preferred_username name tid ver at_hash c_hash email'
).split(' ');

/** Instance discovery: which hosts are one and the same cloud. */
export const instanceDocument = (base: string) => {
  const { host } = new URL(base);
  return {
    tenant_discovery_endpoint: `${base}/organizations/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
};
