import { parseArgs } from 'node:util';

export type Format = 'table' | 'csv' | 'json' | 'ndjson';

export interface CliOptions {
  readonly query: string | undefined;
  readonly batch: boolean;
  readonly explain: boolean;
  readonly help: boolean;
  readonly data: string | undefined;
  readonly tenant: string;
  readonly format: Format;
  readonly maxRows: number | undefined;
  readonly timeoutMs: number;
  readonly now: Date;
}

/** The command line itself is wrong: exit code 2, with a pointer to --help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const formats: readonly Format[] = ['table', 'csv', 'json', 'ndjson'];

const definition = {
  batch: { type: 'boolean', default: false },
  explain: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  data: { type: 'string', short: 'd' },
  tenant: { type: 'string', short: 't', default: 'contoso' },
  format: { type: 'string', short: 'f', default: 'table' },
  'max-rows': { type: 'string' },
  timeout: { type: 'string', default: '180' },
  now: { type: 'string' },
} as const;

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: definition, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} takes a whole number from 1, not "${text}"`);
  return value;
};

const instant = (text: string | undefined): Date => {
  const value = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(value.getTime())) throw new UsageError(`--now takes a time such as 2026-01-31T12:00:00Z, not "${text}"`);
  return value;
};

/** Reads the command line. Throws UsageError. */
export function readOptions(argv: readonly string[]): CliOptions {
  const { values, positionals } = parse(argv);
  const format = formats.find((each) => each === values.format);
  if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}, not "${values.format}"`);
  if (!/^[\w-]+$/.test(values.tenant)) throw new UsageError(`--tenant takes a name such as contoso, not "${values.tenant}"`);
  if (positionals.length > 1) throw new UsageError('give one query, in quotes');
  if (values.batch && positionals.length > 0) throw new UsageError('--batch reads its queries from standard input');
  return {
    query: positionals[0],
    batch: values.batch,
    explain: values.explain,
    help: values.help,
    data: values.data,
    tenant: values.tenant,
    format,
    maxRows: values['max-rows'] === undefined ? undefined : wholeNumber('max-rows', values['max-rows']),
    timeoutMs: wholeNumber('timeout', values.timeout) * 1000,
    now: instant(values.now),
  };
}
