import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine';
import type { KeptRelation } from '../../features/hunting/ports';
import type { Column, KqlType } from '../../kql/schema';

/** As many rows as one answer of the service may have: a larger result is made of slices, one file each. */
const rowsAFile = 100_000;

/** Columns as hunts have them: times, names of few values, hashes of many, command lines, a constant and an empty one. `i` is the row, `h` its hash. */
const fields: readonly (readonly [name: string, type: KqlType, sql: string])[] = [
  ['Timestamp', 'datetime', `638400000000000000 + CAST(h % 25920000000000 AS BIGINT)`],
  ['DeviceId', 'string', `sha1(CAST(h % 700 AS VARCHAR))`],
  ['DeviceName', 'string', `'host-' || (h % 700) || '.contoso.example'`],
  ['ActionType', 'string', `['ProcessCreated', 'ProcessCreatedUsingWmiQuery', 'OpenProcess', 'PowerShellCommand'][1 + h % 4]`],
  ['FileName', 'string', `['powershell.exe', 'cmd.exe', 'svchost.exe', 'explorer.exe', 'teams.exe', 'outlook.exe'][1 + h // 7 % 6]`],
  ['FolderPath', 'string', `'C:\\Program Files\\App' || (h // 11 % 400) || '\\bin'`],
  ['SHA1', 'string', `sha1(CAST(h % 40000 AS VARCHAR))`],
  ['SHA256', 'string', `sha256(CAST(i AS VARCHAR))`],
  ['MD5', 'string', `md5(CAST(h % 40000 AS VARCHAR))`],
  [
    'ProcessCommandLine',
    'string',
    `'powershell.exe -NoProfile -File C:\\Scripts\\task' || (h // 13 % 90) || '.ps1 -Run ' || i || repeat('x', CAST(h % 60 AS INTEGER))`,
  ],
  ['AccountName', 'string', `'user' || (h // 17 % 300)`],
  ['AccountSid', 'string', `'S-1-5-21-1-2-3-' || (h // 17 % 300)`],
  ['LogonId', 'long', `h // 19 % 1000000`],
  ['ProcessId', 'long', `h % 60000`],
  ['FileSize', 'long', `CASE WHEN h % 3 = 0 THEN NULL ELSE h % 90000000 END`],
  ['Score', 'real', `(h % 100000) / 7.0`],
  ['IsLocalAdmin', 'bool', `h % 2 = 0`],
  ['ReportId', 'long', `i`],
  ['AppGuardContainerId', 'string', `''`],
  ['AdditionalFields', 'dynamic', `CAST('{"SessionId":' || (h % 5) || ',"Tags":["a","b' || (h % 11) || '"]}' AS JSON)`],
];

const sqlTypes: Partial<Record<KqlType, string>> = { long: 'BIGINT', datetime: 'BIGINT', real: 'DOUBLE', bool: 'BOOLEAN', dynamic: 'JSON' };

const select = `SELECT ${fields.map(([name, type, sql]) => `CAST(${sql} AS ${sqlTypes[type] ?? 'VARCHAR'}) AS "${name}"`).join(', ')} FROM (SELECT range AS i, CAST(hash(range) >> 1 AS BIGINT) AS h FROM range($1, $2))`;

export const columns: readonly Column[] = fields.map(([name, type]) => ({ name, type }));

/** Makes (or finds) a kept result of `rows` rows, in files as slices leave them. */
export async function keptResult(engine: Pick<Engine, 'write'>, folder: string, rows: number): Promise<KeptRelation> {
  const files: string[] = [];
  for (let from = 0; from < rows; from += rowsAFile) {
    const to = join(folder, `kept-${rows}-${from / rowsAFile}.parquet`);
    const parameters = [BigInt(from), BigInt(Math.min(rows, from + rowsAFile))];
    if (!existsSync(to)) await engine.write({ relations: [], sql: select, parameters, to, format: 'parquet', lane: 'file' });
    files.push(to);
  }
  return { files, columns, counts: files.map((_, index) => Math.min(rowsAFile, rows - index * rowsAFile)), whole: true };
}
