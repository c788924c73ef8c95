import { parseEnv } from 'node:util';
import { readIfThere } from '../files';
import { OperatorError } from '../operator-error';
import { printable, type Terminal } from '../printable';
import { examine } from './doctor';
import type { Finding } from './finding';
import { help } from './help.data';
import { readOptions } from './options';

export interface DoctorRun {
  readonly argv: readonly string[];
  /** The process's own variables; those of the file come beneath. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly now?: () => number;
}

const lineOf = ({ check, status, says, remedy }: Finding): string =>
  `${status.padEnd(7)} ${check.padEnd(17)} ${says}${remedy === undefined ? '' : `\n${' '.repeat(26)}-> ${remedy}`}`;

const summary = (findings: readonly Finding[]): string => {
  const count = (status: Finding['status']): number => findings.filter((one) => one.status === status).length;
  return `${count('ok')} ok, ${count('warn')} to look at, ${count('FAIL')} failed, ${count('skipped')} skipped`;
};

/** `npm run doctor`: 0 when nothing fails, 1 when something does. */
export const runDoctor = async ({ argv, environment, terminal, sleep, now = Date.now }: DoctorRun): Promise<number> => {
  try {
    const options = readOptions(argv, environment);
    if (options.help) return (terminal.out(help), 0);
    const all = { ...parseEnv(readIfThere(options.envFile) ?? ''), ...environment };
    const findings = await examine({ environment: all, options, say: terminal.err, now, ...(sleep ? { sleep } : {}) });
    const ok = findings.every(({ status }) => status !== 'FAIL');
    if (options.json) terminal.out(JSON.stringify({ ok, checks: findings }, null, 2));
    else for (const line of [...findings.map(lineOf), summary(findings)]) terminal.out(line);
    return ok ? 0 : 1;
  } catch (error) {
    const known = error instanceof OperatorError;
    terminal.err(known ? error.what : `The examination broke off: ${printable((error as Error).message)}`);
    if (known) terminal.err(error.remedy);
    return 1;
  }
};
