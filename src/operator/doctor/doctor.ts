import type { Config } from '../../config';
import { createUpstream, type Upstream } from '../../defender/upstream/upstream';
import { isTenantId, readAuthority } from '../../identity/authority';
import type { ClientCredential } from '../../identity/client-credential';
import { createIdentityHttp, type IdentityHttp } from '../../identity/http-client';
import { upstreamsOf, type Upstreams } from '../../upstreams';
import { createDirectory } from '../directory';
import { graphToken } from '../graph-token';
import { OperatorError } from '../operator-error';
import { readNote } from '../register/registration-file';
import { checkAddress, checkKeys, type Environment } from './checks/address';
import { checkAuthority } from './checks/authority';
import { readCredential } from './checks/certificate';
import { checkClient } from './checks/client';
import { readConfiguration } from './checks/configuration';
import { checkFirstQuery } from './checks/first-query';
import { checkNetwork, checkProxy } from './checks/network';
import { checkRedirects } from './checks/redirect';
import { checkRegistration } from './checks/registration';
import { checkRetirement } from './checks/retirement';
import { checkDatabase, checkDataDir } from './checks/storage';
import { checkTenant } from './checks/tenant';
import { named, type Finding } from './finding';
import type { DoctorOptions } from './options';
import type { AppClient } from './token-call';

export interface Examination {
  readonly environment: Environment;
  readonly options: DoctorOptions;
  readonly say: (line: string) => void;
  readonly now: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

interface Patient extends Examination {
  readonly config: Config;
  readonly upstreams: Upstreams;
  readonly upstream: Upstream;
  readonly http: IdentityHttp;
  readonly credential: ClientCredential | undefined;
}

const deadlines = { connect: 5_000, headers: 20_000, idle: 20_000, total: 60_000 };

/** The tenant in which the app was made, as far as anybody has said. */
const homeOf = ({ config, options }: Patient): string | undefined => {
  const { tenant, clientId } = config.signIn;
  if (isTenantId(tenant)) return tenant;
  return readNote(config.dataDir, clientId ?? undefined)?.tenantId ?? options.tenants[0];
};

const appOf = ({ upstreams, http, credential }: Patient): AppClient | undefined =>
  credential && { authority: readAuthority(upstreams.authorityHost), http, clientId: upstreams.clientId, credential };

/** Whether people of the tenant that is looked at are to hunt: it was named, or it is the only one. */
const isWanted = ({ options, config }: Patient): boolean => options.tenants.length > 0 || isTenantId(config.signIn.tenant);

/** With the app's own credential: client, credential, and each tenant's consent and licence. */
const asTheApp = async (patient: Patient): Promise<Finding[]> => {
  const app = appOf(patient);
  const home = homeOf(patient);
  const { config, options } = patient;
  if (!app) return [named('credential').skipped('there is no usable credential')];
  if (home === undefined) {
    const remedy = 'Name the tenant in which the app was made: --tenant ID (npm run register notes it down by itself).';
    return [named('credential').skipped('it is not known in which tenant the app was made', remedy)];
  }
  const client = await checkClient(app, home);
  if (client.some(({ status }) => status === 'FAIL')) return client;
  const tenants = options.tenants.length > 0 ? options.tenants : [home];
  const common = { app, provider: config.huntingProvider, baseUrl: config.baseUrl, wanted: isWanted(patient) };
  const found = [...client];
  for (const tenant of tenants) found.push(...(await checkTenant({ ...common, tenant })));
  return found;
};

const redirectUris = ({ signIn, baseUrl }: Config): string[] => [signIn.redirectUri, signIn.consentRedirectUri, `${baseUrl}/`];

/** Where there is no directory token: what an authorize request shows. */
const fromOutside = async ({ config, upstream, upstreams }: Patient): Promise<Finding[]> => [
  ...(await checkRedirects({
    upstream,
    authorityHost: upstreams.authorityHost,
    tenant: config.signIn.tenant,
    clientId: upstreams.clientId,
    redirectUris: redirectUris(config),
  })),
];

/** What the registration itself says, read with a directory token; undefined without one. */
const fromInside = async (patient: Patient): Promise<Finding[] | undefined> => {
  const { options, config, upstreams, upstream, http, environment, say, now, sleep, credential } = patient;
  if (!options.source) return undefined;
  const sleeping = sleep ? { sleep } : {};
  const token = await graphToken({
    source: options.source,
    environment,
    authority: readAuthority(upstreams.authorityHost),
    http,
    tenant: options.tenants[0] ?? config.signIn.tenant,
    clientId: options.consoleClient,
    scopes: ['Application.Read.All', 'Directory.Read.All'],
    say,
    ...sleeping,
  });
  return checkRegistration({
    directory: createDirectory({ upstream, baseUrl: upstreams.graph, token, say, ...sleeping }),
    clientId: upstreams.clientId,
    credential,
    provider: config.huntingProvider,
    redirectUris: redirectUris(config),
    tenant: config.signIn.tenant,
    baseUrl: config.baseUrl,
    wanted: isWanted(patient),
    now: now(),
  });
};

const readRegistration = async (patient: Patient): Promise<Finding[]> => {
  const permission = named('permission');
  try {
    const inside = await fromInside(patient);
    if (inside) return inside;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [named('registration').fail(error.what, error.remedy), ...(await fromOutside(patient))];
  }
  const outside = await fromOutside(patient);
  if (patient.options.device) return outside;
  return [
    ...outside,
    permission.skipped(
      'what the registration lists cannot be seen from outside',
      '--token, --az or --admin reads it; --device asks for a token.',
    ),
  ];
};

const firstQuery = async (patient: Patient): Promise<Finding[]> => {
  const check = named('first-query');
  const app = appOf(patient);
  const { config, options, upstreams, upstream, say, now, sleep } = patient;
  if (!options.device)
    return [check.skipped('only a person can hunt, and nobody was asked to sign in', '--device asks you to, and runs one query.')];
  if (!app) return [check.skipped('there is no usable credential')];
  const provider = config.huntingProvider;
  const tenant = options.tenants[0] ?? config.signIn.tenant;
  return checkFirstQuery({ app, tenant, provider, serviceUrl: upstreams[provider], upstream, say, now, ...(sleep ? { sleep } : {}) });
};

const local = async (examination: Examination, config: Config): Promise<Finding[]> => [
  ...checkAddress(config, examination.environment),
  ...checkKeys(config),
  ...checkDataDir(config),
  ...(await checkDatabase(config)),
];

/** Everything between this machine and the first query. */
const remote = async (examination: Examination, config: Config): Promise<Finding[]> => {
  const upstreams = upstreamsOf(config);
  const inHand = readCredential(config, examination.now());
  const [upstream, http] = [createUpstream(deadlines, config.proxy), createIdentityHttp({ proxy: config.proxy })];
  const patient: Patient = { ...examination, config, upstreams, upstream, http, credential: inHand.credential };
  const { tenant } = config.signIn;
  try {
    const network = await checkNetwork(config, upstreams);
    const authority = await checkAuthority({ upstream, authorityHost: upstreams.authorityHost, tenant, now: examination.now });
    const near = [...(await checkProxy(config, examination.environment)), ...network, ...authority, ...inHand.findings];
    const deaf = authority.some(({ check, status }) => check === 'discovery' && status === 'FAIL');
    if (deaf) return [...near, named('client-id').skipped('the identity service has to answer first')];
    return [
      ...near,
      ...(await asTheApp(patient)),
      ...(await readRegistration(patient)),
      ...checkRetirement(config.huntingProvider, examination.now()),
      ...(await firstQuery(patient)),
    ];
  } finally {
    await Promise.all([upstream.close(), http.close()]);
  }
};

/** Looks a configuration over from its syntax to the first query. */
export const examine = async (examination: Examination): Promise<readonly Finding[]> => {
  const { config, findings } = readConfiguration(examination.environment);
  if (!config) return findings;
  const near = [...findings, ...(await local(examination, config))];
  if (config.lab === null) return [...near, ...(await remote(examination, config))];
  return [...near, named('client-id').skipped('the lab needs no registration', 'npm run register makes one for a real tenant.')];
};
