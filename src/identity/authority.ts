import { IdentityError } from './identity-error';

/** Microsoft's clouds: their endpoints are well known, so signing in there needs no discovery call. */
const issuerHosts: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'login.microsoftonline.com',
  'login.microsoftonline.us': 'login.microsoftonline.us',
  'login.partner.microsoftonline.cn': 'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn': 'login.partner.microsoftonline.cn',
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const tenantIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const domainPattern = /^(?=.{3,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))+$/;

/** The tenant of personal Microsoft accounts: never a customer. */
export const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const isTenantId = (value: string): boolean => tenantIdPattern.test(value);

/** What may stand in an authority's path: `organizations`, a tenant's id or one of its domains. */
export const isAuthorityTenant = (value: string): boolean => value === 'organizations' || isTenantId(value) || domainPattern.test(value);

export interface Authority {
  /** Scheme, host and port, e.g. `https://login.microsoftonline.com`. */
  readonly origin: string;
  /** What the tenant's path segment is put behind: the origin, and a path where a provider lives below one. */
  readonly base: string;
  /** The same without a scheme: MSAL is given an https authority of this name, whatever the real scheme. */
  readonly host: string;
  /** Set for Microsoft's own clouds: the host that their issuers name. */
  readonly issuerHost: string | undefined;
  /** Plain http is fine: the host is this very machine. */
  readonly local: boolean;
}

/** Reads `AZURE_AUTHORITY_HOST`. Throws IdentityError `configuration` for plain http anywhere but on loopback. */
export const readAuthority = (authorityHost: string): Authority => {
  const url = new URL(authorityHost);
  const local = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new IdentityError({ failure: 'configuration', code: 'authority-not-https' });
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return { origin: url.origin, base, host: url.host, issuerHost: url.protocol === 'https:' ? issuerHosts[url.hostname] : undefined, local };
};

/** An endpoint may be plain http only where the authority itself is of this machine. */
export const isAcceptableEndpoint = (endpoint: string, authority: Authority): boolean => {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  return url.protocol === 'https:' || (authority.local && url.protocol === 'http:' && isLoopback(url.hostname));
};
