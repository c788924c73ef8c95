import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const megabytes = z.coerce.number().min(0).max(1_000_000_000);
const flag = z.enum(['on', 'off']);
const url = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'is not an http(s) address')
  .transform((text) => text.replace(/\/+$/, ''));

const proxy = z
  .string()
  .transform((text) => (text.includes('://') ? text : `http://${text}`))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'is not the address of a proxy');

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tenant = z
  .string()
  .toLowerCase()
  .refine((text) => text === 'organizations' || guid.test(text), 'is neither `organizations` nor a tenant id');

const tenants = z
  .string()
  .toLowerCase()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .refine((ids) => ids.length > 0 && ids.every((id) => guid.test(id)), 'is not a list of tenant ids');

const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));

/** Every variable of the environment that Quarry reads: its form, its default, and (as its description) what it means. */
export const variables = z.object({
  NODE_ENV: z.string().default('development').describe('`production` turns the checks on that a public installation needs'),
  PORT: port.default(3000).describe('where Quarry listens'),
  HOST: z.string().optional().describe('the address it listens on; unset: loopback with the lab, every address without'),
  BASE_URL: url.optional().describe('how people reach it; unset: `http://localhost:PORT`; https in production'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0).describe('how many proxies in front may set `X-Forwarded-*`'),
  AZURE_CLIENT_ID: z
    .string()
    .regex(/^\S{1,200}$/, 'holds white space')
    .optional()
    .describe('the app registration; unset: the lab starts'),
  AZURE_CLIENT_SECRET: z.string().optional().describe('its secret'),
  AZURE_CLIENT_SECRET_EXPIRES: z.iso
    .date('is not a date such as 2027-01-31')
    .optional()
    .describe('the day on which the secret ends, as `2027-01-31`; a secret does not tell, and without it nobody is warned'),
  AZURE_CLIENT_CERTIFICATE_PATH: z.string().optional().describe('instead of a secret: a PEM file with its certificate and private key'),
  AZURE_TENANT_ID: tenant.default('organizations').describe("who may sign in: `organizations`, or one tenant's id"),
  ALLOWED_TENANTS: tenants
    .optional()
    .describe('ids of the only tenants served, comma-separated; unset: every tenant whose administrator consents'),
  ROLES_WHEN_UNASSIGNED: z
    .enum(['hunter', 'viewer', 'none'])
    .default('hunter')
    .describe('what people are in a connected organization that assigns no app roles: `hunter`, `viewer`, `none`'),
  AZURE_AUTHORITY_HOST: url.optional().describe('the identity service; unset: `https://login.microsoftonline.com`, or the lab'),
  REDIRECT_URI: url.optional().describe('registered redirect of sign-in; unset: `BASE_URL/auth/redirect`'),
  CONSENT_REDIRECT_URI: url.optional().describe('registered redirect of admin consent; unset: `BASE_URL/connect/done`'),
  HUNTING_PROVIDER: z.enum(['graph', 'xdr', 'mde']).default('graph').describe('which hunting API is asked: `graph`, `xdr`, `mde`'),
  GRAPH_URL: url.optional().describe('unset: `https://graph.microsoft.com`, or the lab'),
  XDR_URL: url.optional().describe('unset: `https://api.security.microsoft.com`, or the lab'),
  MDE_URL: url.optional().describe('unset: `https://api.security.microsoft.com`, or the lab'),
  HTTPS_PROXY: proxy.optional().describe('a proxy for calls to https addresses, as `http://host:port`; unset: straight'),
  NO_PROXY: z.string().optional().describe('hosts that are called past the proxy, comma-separated, subdomains included'),
  SERVICE_ROW_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .default(100_000)
    .describe('rows at which the hunting API cuts an answer (as documented in 2026); so many rows count as cut'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is not a postgres:// address')
    .optional()
    .describe('`postgres://...`; unset: SQLite in `DATA_DIR`'),
  DATA_DIR: z.string().default('./var').describe('where Quarry keeps its files'),
  KEEP_ROWS_DAYS: z.coerce
    .number()
    .positive()
    .max(3650)
    .default(30)
    .describe('rows of a run are removed after this long; its ledger stays'),
  KEEP_ROWS_USER_MB: megabytes.default(10_240).describe('rows kept for one person; beyond it the oldest go'),
  KEEP_ROWS_TENANT_MB: megabytes.default(51_200).describe("rows kept for all of one organization's people; beyond it the oldest go"),
  LEAST_FREE_DISK_MB: megabytes.default(512).describe('with less room in `DATA_DIR` no new run is taken'),
  SESSION_KEYS: list
    .optional()
    .describe('secrets of sessions and encryption, comma-separated, newest first; unset outside production: made and kept in `DATA_DIR`'),
  AUDIT_KEY: list
    .optional()
    .describe(
      'secrets that seal the audit trail, newest first; older ones stay, to check older records; unset: made and kept in `DATA_DIR`',
    ),
  SESSION_IDLE_MINUTES: z.coerce.number().positive().max(1440).default(60).describe('a session ends after this long without a request'),
  SESSION_HOURS: z.coerce.number().positive().max(168).default(12).describe('a session ends after this long in any case'),
  LAB: z.enum(['auto', 'on', 'off']).default('auto').describe('`auto`: on when no client is configured, outside production; `on`; `off`'),
  LAB_PORT: port.default(3001).describe('where the lab listens, on loopback'),
  LAB_DATA: z.string().optional().describe('a folder of real logs for the lab; unset: the simulator'),
  LAB_SHIFT: flag.default('on').describe('`off` keeps the times of `LAB_DATA` as they are'),
  LAB_EVENTS: z.coerce.number().int().min(0).max(100_000_000).default(200_000).describe('how many events the simulator writes'),
  ENGINE_MEMORY_MB: z.coerce.number().int().min(128).max(65_536).default(1024).describe('memory that the query engine may use'),
  ENGINE_THREADS: z.coerce.number().int().min(1).max(64).default(2).describe('threads that the query engine may use'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('how much is logged: `error`, `warn`, `info`, `debug`, `silent`'),
});

export type Variables = z.infer<typeof variables>;
