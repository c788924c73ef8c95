import type { z } from 'zod';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { isLoopback } from '../../config-checks';
import { variables } from '../../config-variables';
import type { Resource } from '../../identity/resources.data';
import type { OutboundProxy } from '../../outbound';
import { isTenantId } from '../../identity/authority';
import { OperatorError } from '../operator-error';
import type { RegisterOptions } from './options';

/** Everything that decides what the app registration should be, and where what comes of it is kept. */
export interface RegisterSettings {
  readonly name: string;
  readonly audience: 'AzureADMultipleOrgs' | 'AzureADMyOrg';
  readonly baseUrl: string;
  readonly redirectUris: readonly string[];
  /** null: the directory takes no logout URL but https. */
  readonly logoutUrl: string | null;
  readonly consentRedirectUri: string;
  /** Of registrations that we made: the same for the same name and address. */
  readonly uniqueName: string;
  readonly clientId: string | undefined;
  /** Set: the only tenant to make it in. */
  readonly tenant: string | undefined;
  readonly provider: Resource;
  readonly authorityHost: string;
  readonly graphUrl: string;
  readonly proxy: OutboundProxy | null;
  readonly envFile: string;
  readonly dataDir: string;
  /** Where the certificate and its key are kept. */
  readonly certificateFile: string;
  readonly secretInUse: string | undefined;
  readonly certificateInUse: string | undefined;
  /** What the environment said and `.env` does not hold yet. */
  readonly toRemember: Readonly<Record<string, string>>;
}

const read = variables.pick({
  PORT: true,
  BASE_URL: true,
  REDIRECT_URI: true,
  CONSENT_REDIRECT_URI: true,
  AZURE_CLIENT_ID: true,
  AZURE_CLIENT_SECRET: true,
  AZURE_CLIENT_CERTIFICATE_PATH: true,
  AZURE_TENANT_ID: true,
  AZURE_AUTHORITY_HOST: true,
  GRAPH_URL: true,
  HUNTING_PROVIDER: true,
  DATA_DIR: true,
  HTTPS_PROXY: true,
  NO_PROXY: true,
});

type Values = z.infer<typeof read>;

const remembered = ['BASE_URL', 'REDIRECT_URI', 'CONSENT_REDIRECT_URI', 'AZURE_AUTHORITY_HOST', 'GRAPH_URL', 'XDR_URL', 'MDE_URL'];

type Environment = Readonly<Record<string, string | undefined>>;

const present = (environment: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())));

const problems = (error: z.ZodError): string => error.issues.map(({ path, message }) => `${String(path[0])} ${message}`).join('; ');

const checkAddresses = (baseUrl: string, uris: readonly string[]): void => {
  if (new URL(baseUrl).origin !== baseUrl) {
    throw new OperatorError(`BASE_URL ${baseUrl} has a path.`, 'Give scheme, host and port alone.');
  }
  const open = uris.find((uri) => uri.startsWith('http:') && !isLoopback(uri));
  if (open === undefined) return;
  throw new OperatorError(
    `The identity service takes no redirect address over plain http (${open}).`,
    'Set BASE_URL (or --base-url) to the https address by which people reach Quarry; http is for localhost alone.',
  );
};

const checkName = (name: string): void => {
  if (name.trim() === '' || name.length > 120 || /[\u0000-\u001f\u007f]/.test(name)) {
    throw new OperatorError(
      'The name of the app is empty, longer than 120 characters, or holds control characters.',
      'Choose another --name.',
    );
  }
};

const uniqueNameOf = (name: string, baseUrl: string): string =>
  `quarry-${createHash('sha256').update(`${name}\n${baseUrl}`).digest('hex').slice(0, 24)}`;

const addressesOf = (values: Values) => {
  const baseUrl = values.BASE_URL ?? `http://localhost:${values.PORT}`;
  const consentRedirectUri = values.CONSENT_REDIRECT_URI ?? `${baseUrl}/connect/done`;
  const redirectUris = [...new Set([values.REDIRECT_URI ?? `${baseUrl}/auth/redirect`, consentRedirectUri, `${baseUrl}/`])];
  checkAddresses(baseUrl, redirectUris);
  return {
    baseUrl,
    consentRedirectUri,
    redirectUris,
    logoutUrl: baseUrl.startsWith('https:') ? `${baseUrl}/auth/frontchannel-logout` : null,
  };
};

/** The operator's token travels to these. */
const checkUpstream = (name: string, address: string): string => {
  if (address.startsWith('https:') || isLoopback(address)) return address;
  throw new OperatorError(`${name} ${address} is plain http and not this machine: a token must not travel there.`, `Set ${name} to https.`);
};

const placesOf = (values: Values) => {
  const dataDir = resolve(values.DATA_DIR);
  return {
    authorityHost: checkUpstream('AZURE_AUTHORITY_HOST', values.AZURE_AUTHORITY_HOST ?? 'https://login.microsoftonline.com'),
    graphUrl: checkUpstream('GRAPH_URL', values.GRAPH_URL ?? 'https://graph.microsoft.com'),
    proxy: values.HTTPS_PROXY === undefined ? null : { address: values.HTTPS_PROXY, except: values.NO_PROXY ?? '' },
    dataDir,
    certificateFile: join(dataDir, 'client-certificate.pem'),
  };
};

const readValues = (given: Environment): Values => {
  const parsed = read.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new OperatorError(`The configuration cannot be read: ${problems(parsed.error)}.`, 'Mend it, then run this again.');
};

/** `inFile`: what `.env` holds; `environment`: what counts (the process before the file). Throws OperatorError. */
export const settingsOf = (options: RegisterOptions, environment: Environment, inFile: Environment): RegisterSettings => {
  checkName(options.name);
  const given: Environment = { ...present(environment), ...(options.baseUrl === undefined ? {} : { BASE_URL: options.baseUrl }) };
  const values = readValues(given);
  const onlyTenant = isTenantId(values.AZURE_TENANT_ID) ? values.AZURE_TENANT_ID : undefined;
  const addresses = addressesOf(values);
  return {
    ...addresses,
    ...placesOf(values),
    name: options.name,
    audience: (options.audience ?? (onlyTenant ? 'single' : 'multi')) === 'single' ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    uniqueName: uniqueNameOf(options.name, addresses.baseUrl),
    clientId: (options.clientId ?? values.AZURE_CLIENT_ID)?.toLowerCase(),
    tenant: options.tenant ?? onlyTenant,
    provider: values.HUNTING_PROVIDER,
    envFile: options.envFile,
    secretInUse: values.AZURE_CLIENT_SECRET,
    certificateInUse: values.AZURE_CLIENT_CERTIFICATE_PATH,
    toRemember: Object.fromEntries(
      remembered.flatMap((name) => (given[name] && given[name] !== inFile[name] ? [[name, given[name]]] : [])),
    ),
  };
};
