import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Authority } from '../identity/authority';
import type { IdentityHttp } from '../identity/http-client';
import { signInByDeviceCode } from './device-code';
import { OperatorError } from './operator-error';

/** Microsoft's public client for consoles, which every tenant knows. */
export const consoleClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export type TokenSource = 'device' | 'environment' | 'az';

export interface TokenOptions {
  readonly source: TokenSource;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly authority: Authority;
  readonly http: IdentityHttp;
  readonly tenant: string;
  readonly clientId: string;
  /** Bare names mean the Graph of whichever cloud it is. */
  readonly scopes: readonly string[];
  readonly say: (line: string) => void;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const fromEnvironment = ({ environment }: TokenOptions): string => {
  const token = environment['GRAPH_TOKEN']?.trim();
  if (token && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new OperatorError(
    token ? 'GRAPH_TOKEN holds something else than a token.' : 'GRAPH_TOKEN is not set.',
    'Put an access token for Microsoft Graph with the scope Application.ReadWrite.All into it, or leave --token out and sign in by device code.',
  );
};

const fromAzureCli = async ({ environment, tenant }: TokenOptions): Promise<string> => {
  const words = ['account', 'get-access-token', '--resource-type', 'ms-graph', '--output', 'json'];
  const named = tenant === 'organizations' ? [] : ['--tenant', tenant];
  const advice = 'Run `az login` first (the Azure CLI must be installed), or leave --az out and sign in by device code.';
  try {
    const env = { ...environment } as NodeJS.ProcessEnv;
    const { stdout } = await promisify(execFile)('az', [...words, ...named], { env, timeout: 60_000, shell: process.platform === 'win32' });
    const token = (JSON.parse(stdout) as { accessToken?: unknown }).accessToken;
    if (typeof token === 'string' && token !== '') return token;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new OperatorError(missing ? 'There is no `az` here.' : '`az account get-access-token` failed.', advice);
  }
  throw new OperatorError('`az account get-access-token` gave no token.', advice);
};

/** A token for Microsoft Graph in the operator's own name. Throws OperatorError. */
export const graphToken = async (options: TokenOptions): Promise<string> => {
  if (options.source === 'environment') return fromEnvironment(options);
  if (options.source === 'az') return fromAzureCli(options);
  const { scopes, ...rest } = options;
  const scope = scopes.join(' ');
  try {
    return (await signInByDeviceCode({ ...rest, scope })).accessToken;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(error.what, `${error.remedy} Where device codes are blocked: --az, or --token with GRAPH_TOKEN.`);
  }
};
