import { ConfidentialClientApplication, type AuthenticationResult, type INetworkModule } from '@azure/msal-node';
import type { Authority } from './authority';
import type { MsalCredential } from './client-credential';
import type { Provider } from './discovery';
import type { IdentityError } from './identity-error';
import type { MsalNetwork } from './msal-network';
import { fromMsalError, fromTokenRefusal } from './token-errors';

export interface MsalSettings {
  readonly authority: Authority;
  readonly clientId: string;
  readonly credential: (tokenEndpoint: string) => MsalCredential;
}

export interface MsalCall {
  /** Absent: a call without network (the cache, an address), which neither needs endpoints nor proves itself. */
  readonly provider?: Provider;
  readonly tenant: string;
  readonly network: INetworkModule;
  /** One session's own cache, as `serialize` gave it. */
  readonly cache?: string | undefined;
}

/** MSAL accepts an https authority of Microsoft's shape alone, so it is told one; the network maps it to the real endpoint. */
const knownBase = (authority: Authority, tenant: string): string => `https://${authority.host}/${tenant}`;
export const knownAuthority = (authority: Authority, tenant: string): string => `${knownBase(authority, tenant)}/`;
export const knownTokenEndpoint = (authority: Authority, tenant: string): string => `${knownBase(authority, tenant)}/oauth2/v2.0/token`;

const metadataFor = (authority: Authority, tenant: string): string => {
  const base = knownBase(authority, tenant);
  return JSON.stringify({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: knownTokenEndpoint(authority, tenant),
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
};

/**
 * A client for one call over one session's cache, never shared: a shared one mixes people's tokens, lets one person's
 * throttling fail the next one's sign-in, and grows slower with every user. It makes no discovery call of its own.
 */
export const createMsalClient = (settings: MsalSettings, call: MsalCall): ConfidentialClientApplication => {
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: knownAuthority(settings.authority, call.tenant),
      knownAuthorities: [settings.authority.host],
      authorityMetadata: metadataFor(settings.authority, call.tenant),
      clientCapabilities: ['cp1'],
      ...(call.provider ? settings.credential(call.provider.tokenEndpoint) : { clientSecret: 'never sent' }),
    },
    system: {
      networkClient: call.network,
      loggerOptions: { piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
  if (call.cache !== undefined) client.getTokenCache().deserialize(call.cache);
  return client;
};

/** Runs one MSAL call and gives its failure in our terms, whatever was thrown. */
export const withOurErrors = async (
  network: MsalNetwork,
  work: () => Promise<AuthenticationResult | null>,
): Promise<AuthenticationResult> => {
  let result: AuthenticationResult | null;
  try {
    result = await work();
  } catch (thrown) {
    throw ourError(network, thrown);
  }
  if (result) return result;
  throw fromMsalError(undefined);
};

const ourError = (network: MsalNetwork, thrown: unknown): IdentityError => {
  const refusal = network.refusal();
  return network.failure() ?? (refusal ? fromTokenRefusal(refusal) : fromMsalError(thrown));
};
