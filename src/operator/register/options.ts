import { parseArgs } from 'node:util';
import { consoleClientId, type TokenSource } from '../graph-token';
import { OperatorError } from '../operator-error';
import { permissionChoices, type PermissionChoice } from './wanted-permissions';

export interface RegisterOptions {
  readonly name: string;
  readonly audience: 'single' | 'multi' | undefined;
  readonly baseUrl: string | undefined;
  /** An app registration that is to be used, whoever made it. */
  readonly clientId: string | undefined;
  readonly tenant: string | undefined;
  readonly envFile: string;
  readonly credential: 'certificate' | 'secret' | undefined;
  readonly months: number;
  readonly renew: boolean;
  readonly permissions: PermissionChoice;
  readonly grant: boolean;
  readonly dryRun: boolean;
  readonly help: boolean;
  readonly source: TokenSource;
  readonly consoleClient: string;
}

const flags = {
  name: { type: 'string', default: 'Quarry' },
  single: { type: 'boolean' },
  multi: { type: 'boolean' },
  'base-url': { type: 'string' },
  'client-id': { type: 'string' },
  tenant: { type: 'string' },
  'env-file': { type: 'string', default: '.env' },
  secret: { type: 'boolean' },
  certificate: { type: 'boolean' },
  months: { type: 'string', default: '12' },
  renew: { type: 'boolean', default: false },
  permissions: { type: 'string', default: 'standard' },
  grant: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  token: { type: 'boolean' },
  az: { type: 'boolean' },
  'console-client': { type: 'string', default: consoleClientId },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const wrong = (what: string): OperatorError => new OperatorError(what, '`npm run register -- --help` lists the options.');

/** One of two flags that exclude each other. */
const either = <Word extends string>(first: [boolean | undefined, Word], second: [boolean | undefined, Word]): Word | undefined => {
  if (first[0] && second[0]) throw wrong(`--${first[1]} and --${second[1]} exclude each other.`);
  return first[0] ? first[1] : second[0] ? second[1] : undefined;
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: flags, allowPositionals: false }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
};

const monthsOf = (text: string): number => {
  const months = Number(text);
  if (Number.isInteger(months) && months >= 1 && months <= 24) return months;
  throw wrong('--months is a whole number from 1 to 24.');
};

const isChoice = (word: string): word is PermissionChoice => (permissionChoices as readonly string[]).includes(word);

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tenantName = /^[a-z0-9][a-z0-9.-]{2,252}$/i;

/** Reads the command line; throws OperatorError for what cannot be meant. */
export const readOptions = (argv: readonly string[]): RegisterOptions => {
  const values = parse(argv);
  const { permissions, tenant } = values;
  const clientId = values['client-id'];
  if (!isChoice(permissions)) throw wrong(`--permissions is one of ${permissionChoices.join(', ')}.`);
  if (clientId !== undefined && !guid.test(clientId)) throw wrong('--client-id is an application id (a GUID).');
  if (tenant !== undefined && !tenantName.test(tenant)) throw wrong('--tenant is a tenant id or one of its domains.');
  return {
    name: values.name,
    audience: either([values.single, 'single'], [values.multi, 'multi']),
    baseUrl: values['base-url'],
    clientId,
    tenant: tenant?.toLowerCase(),
    envFile: values['env-file'],
    credential: either([values.secret, 'secret'], [values.certificate, 'certificate']),
    months: monthsOf(values.months),
    renew: values.renew,
    permissions,
    grant: values.grant,
    dryRun: values['dry-run'],
    help: values.help,
    source: either([values.az, 'az'], [values.token, 'environment']) ?? 'device',
    consoleClient: values['console-client'],
  };
};
