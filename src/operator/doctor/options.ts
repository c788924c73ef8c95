import { parseArgs } from 'node:util';
import { consoleClientId, type TokenSource } from '../graph-token';
import { OperatorError } from '../operator-error';

export interface DoctorOptions {
  readonly json: boolean;
  /** Whose consent and licence to look at. */
  readonly tenants: readonly string[];
  readonly envFile: string;
  /** How a directory token is got; undefined: none is asked for. */
  readonly source: TokenSource | undefined;
  readonly consoleClient: string;
  readonly device: boolean;
  readonly help: boolean;
}

const flags = {
  json: { type: 'boolean', default: false },
  tenant: { type: 'string', multiple: true, default: [] as string[] },
  'env-file': { type: 'string', default: '.env' },
  token: { type: 'boolean', default: false },
  az: { type: 'boolean', default: false },
  admin: { type: 'boolean', default: false },
  'console-client': { type: 'string', default: consoleClientId },
  device: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const wrong = (what: string): OperatorError => new OperatorError(what, '`npm run doctor -- --help` lists the options.');

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: flags, allowPositionals: false }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
};

const tenantName = /^[a-z0-9][a-z0-9.-]{2,252}$/i;

/** Reads the command line; a token in the environment is used without being asked for. */
export const readOptions = (argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): DoctorOptions => {
  const { json, tenant, token, az, admin, device, help, ...rest } = parse(argv);
  if ([token, az, admin].filter(Boolean).length > 1) throw wrong('--token, --az and --admin exclude each other.');
  if (tenant.some((one) => !tenantName.test(one))) throw wrong('--tenant is a tenant id or one of its domains.');
  const given = token || Boolean(environment['GRAPH_TOKEN']?.trim());
  return {
    json,
    tenants: tenant.map((one) => one.toLowerCase()),
    envFile: rest['env-file'],
    source: az ? 'az' : admin ? 'device' : given ? 'environment' : undefined,
    consoleClient: rest['console-client'],
    device,
    help,
  };
};
