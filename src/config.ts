import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { baseUrlOf, crossProblems, type ConfigProblem } from './config-checks';
import { variables, type Variables } from './config-variables';

/** The configuration cannot be used; carries every problem at once. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      `Quarry cannot start with this configuration:\n${problems.map(({ variable, message }) => `  ${variable} ${message}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export type Config = ReturnType<typeof configOf>;

const labOf = (values: Variables) => {
  const starts = values.LAB === 'on' || (values.LAB === 'auto' && !values.AZURE_CLIENT_ID && values.NODE_ENV !== 'production');
  if (!starts) return null;
  const { LAB_PORT: port, LAB_DATA: data, LAB_SHIFT: shift, LAB_EVENTS: events } = values;
  return { port, data: data ?? null, shift: shift === 'on', events };
};

const databaseOf = (values: Variables) =>
  values.DATABASE_URL
    ? ({ kind: 'postgres', url: values.DATABASE_URL } as const)
    : ({ kind: 'sqlite', file: join(resolve(values.DATA_DIR), 'quarry.db') } as const);

const signInOf = (values: Variables) => ({
  clientId: values.AZURE_CLIENT_ID ?? null,
  clientSecret: values.AZURE_CLIENT_SECRET ?? null,
  /** Milliseconds; null: unknown. */
  clientSecretExpires: values.AZURE_CLIENT_SECRET_EXPIRES === undefined ? null : Date.parse(values.AZURE_CLIENT_SECRET_EXPIRES),
  certificatePath: values.AZURE_CLIENT_CERTIFICATE_PATH ?? null,
  tenant: values.AZURE_TENANT_ID,
  authorityHost: values.AZURE_AUTHORITY_HOST ?? null,
  redirectUri: values.REDIRECT_URI ?? `${baseUrlOf(values)}/auth/redirect`,
  consentRedirectUri: values.CONSENT_REDIRECT_URI ?? `${baseUrlOf(values)}/connect/done`,
});

const megabyte = 1_048_576;

const keepingOf = (values: Variables) => ({
  days: values.KEEP_ROWS_DAYS,
  bytesPerUser: values.KEEP_ROWS_USER_MB * megabyte,
  bytesPerTenant: values.KEEP_ROWS_TENANT_MB * megabyte,
  leastFreeBytes: values.LEAST_FREE_DISK_MB * megabyte,
});

/** What the rest of the house sees: settings and behaviour, never the name of an environment. */
const configOf = (values: Variables) => {
  const lab = labOf(values);
  return Object.freeze({
    listen: { port: values.PORT, host: values.HOST ?? (lab ? '127.0.0.1' : undefined) },
    baseUrl: baseUrlOf(values),
    secureCookies: baseUrlOf(values).startsWith('https:'),
    trustedProxies: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    dataDir: resolve(values.DATA_DIR),
    database: databaseOf(values),
    /** null: made once and kept in `dataDir`. */
    sessionKeys: values.SESSION_KEYS ?? null,
    /** null: made once and kept in `dataDir`. */
    auditKeys: values.AUDIT_KEY ?? null,
    sessions: { idleMs: values.SESSION_IDLE_MINUTES * 60_000, absoluteMs: values.SESSION_HOURS * 3_600_000 },
    signIn: signInOf(values),
    /** null: every tenant whose administrator consents. */
    allowedTenants: values.AZURE_TENANT_ID === 'organizations' ? (values.ALLOWED_TENANTS ?? null) : [values.AZURE_TENANT_ID],
    rolesWhenUnassigned: values.ROLES_WHEN_UNASSIGNED,
    /** null: Microsoft's own host, or the lab's. */
    services: { graph: values.GRAPH_URL ?? null, xdr: values.XDR_URL ?? null, mde: values.MDE_URL ?? null },
    /** null: straight to every host. */
    proxy: values.HTTPS_PROXY === undefined ? null : { address: values.HTTPS_PROXY, except: values.NO_PROXY ?? '' },
    huntingProvider: values.HUNTING_PROVIDER,
    serviceRowLimit: values.SERVICE_ROW_LIMIT,
    keeping: keepingOf(values),
    engine: { memoryMb: values.ENGINE_MEMORY_MB, threads: values.ENGINE_THREADS },
    lab,
  });
};

/** The values, or every problem: of each variable alone, and of those that are well-formed together. */
const readValues = (present: Record<string, string | undefined>): Variables | readonly ConfigProblem[] => {
  const parsed = variables.safeParse(present);
  if (parsed.success) {
    const problems = crossProblems(parsed.data);
    return problems.length > 0 ? problems : parsed.data;
  }
  const malformed = parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), message }));
  const names = new Set(malformed.map(({ variable }) => variable));
  const rest = readValues(Object.fromEntries(Object.entries(present).filter(([name]) => !names.has(name))));
  return [...malformed, ...(Array.isArray(rest) ? (rest as ConfigProblem[]).filter(({ variable }) => !names.has(variable)) : [])];
};

/** Reads the settings from an environment (an empty variable counts as unset); throws `ConfigError` with every problem. */
export const loadConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const read = readValues(present);
  if (Array.isArray(read)) throw new ConfigError(read as readonly ConfigProblem[]);
  return configOf(read as Variables);
};

/** This process's environment, with `.env` of the working folder beneath it. */
export const readEnvironment = (): NodeJS.ProcessEnv => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
};
