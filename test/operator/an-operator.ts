import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Lab } from '../../src/lab/server';
import { runRegister } from '../../src/operator/register/run';
import { aFolder } from '../support/a-folder';
import { aGraphToken } from '../support/lab-device';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Collects what a command says. */
export const aTerminal = () => {
  const said = { out: [] as string[], err: [] as string[] };
  return {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    said: () => ({ out: said.out.join('\n'), err: said.err.join('\n') }),
  };
};

export const baseUrl = 'https://quarry.example';

const root = aFolder();

/** Somebody at a folder of their own, who registers Quarry at a lab. */
export const anOperator = (lab: Pick<Lab, 'url'>, more: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(root, 'operator-'));
  const envFile = join(folder, '.env');
  const hosts = {
    AZURE_AUTHORITY_HOST: lab.url,
    GRAPH_URL: `${lab.url}/graph`,
    XDR_URL: `${lab.url}/xdr`,
    MDE_URL: `${lab.url}/mde`,
    BASE_URL: baseUrl,
    DATA_DIR: join(folder, 'var'),
    ...more,
  };
  let token: Promise<string> | undefined;
  return {
    folder,
    envFile,
    hosts,
    env: (): NodeJS.Dict<string> => (existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}),
    envText: (): string => readFileSync(envFile, 'utf8'),
    writeEnv: (text: string): void => writeFileSync(envFile, text),
    /** Runs the command, by default with an administrator's token. */
    register: async (argv: readonly string[] = [], environment: Record<string, string> = {}): Promise<Said> => {
      const terminal = aTerminal();
      const named = environment['GRAPH_TOKEN'] ?? (await (token ??= aGraphToken(lab.url)));
      const code = await runRegister({
        argv: ['--env-file', envFile, '--token', ...argv],
        environment: { ...hosts, GRAPH_TOKEN: named, ...environment },
        terminal,
        sleep: () => Promise.resolve(),
      });
      return { code, ...terminal.said() };
    },
  };
};
