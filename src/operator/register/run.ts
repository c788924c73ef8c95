import { parseEnv } from 'node:util';
import { readAuthority } from '../../identity/authority';
import { createIdentityHttp } from '../../identity/http-client';
import { IdentityError } from '../../identity/identity-error';
import { createUpstream } from '../../defender/upstream/upstream';
import { unanswered } from '../device-code';
import { createDirectory } from '../directory';
import { EnvFileError } from '../env-file';
import { readIfThere } from '../files';
import { graphToken } from '../graph-token';
import { OperatorError } from '../operator-error';
import type { Terminal } from '../printable';
import { help } from './help.data';
import { oneAtATime } from './one-at-a-time';
import { readOptions, type RegisterOptions } from './options';
import { register } from './register';
import { settingsOf } from './settings';

export interface RegisterRun {
  readonly argv: readonly string[];
  /** The process's own variables; those of the file come beneath. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly now?: () => Date;
}

const deadlines = { connect: 10_000, headers: 60_000, idle: 30_000, total: 120_000 };

const work = async (run: RegisterRun, options: RegisterOptions): Promise<void> => {
  const { terminal, environment, now = () => new Date() } = run;
  const sleeping = run.sleep ? { sleep: run.sleep } : {};
  const inFile = parseEnv(readIfThere(options.envFile) ?? '');
  const settings = settingsOf(options, { ...inFile, ...environment }, inFile);
  const [http, upstream] = [createIdentityHttp({ proxy: settings.proxy }), createUpstream(deadlines, settings.proxy)];
  try {
    const token = await graphToken({
      source: options.source,
      environment: { ...inFile, ...environment },
      authority: readAuthority(settings.authorityHost),
      http,
      tenant: settings.tenant ?? 'organizations',
      clientId: options.consoleClient,
      scopes: ['Application.ReadWrite.All', 'User.Read'],
      say: terminal.err,
      ...sleeping,
    });
    const directory = createDirectory({ upstream, baseUrl: settings.graphUrl, token, say: terminal.err, ...sleeping });
    const registering = () => register({ directory, settings, options, terminal, now: now() });
    await (options.dryRun ? registering() : oneAtATime(settings.dataDir, registering));
  } finally {
    await Promise.all([http.close(), upstream.close()]);
  }
};

const explain = (error: unknown, options: RegisterOptions | undefined): readonly string[] => {
  if (error instanceof OperatorError) return [error.what, error.remedy];
  if (error instanceof EnvFileError) return [error.message, 'The app registration is made; run this again when the file is mended.'];
  if (error instanceof IdentityError) return explain(unanswered(error), options);
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code !== undefined)
    return [
      `${path ?? options?.envFile ?? 'A file'} could not be read or written (${code}).`,
      'Check its owner and rights, then run this again.',
    ];
  return [`A mistake of Quarry's own: ${message}`, 'Please report it.'];
};

/** `npm run register`: 0 when the app registration and `.env` are as they should be, 1 when something has to be done first. */
export const runRegister = async (run: RegisterRun): Promise<number> => {
  let options: RegisterOptions | undefined;
  try {
    options = readOptions(run.argv);
    if (options.help) run.terminal.out(help);
    else await work(run, options);
    return 0;
  } catch (error) {
    for (const line of explain(error, options)) run.terminal.err(line);
    return 1;
  }
};
