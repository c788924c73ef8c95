import type { Column, KqlType } from '../../../kql/schema';
import { processColumns } from './actor-tables';
import { columnsOf } from './raw-tables';

const empty: Readonly<Record<KqlType, string>> = {
  string: "''",
  bool: 'null::boolean',
  int: 'null::integer',
  long: 'null::bigint',
  real: 'null::double',
  decimal: 'null::varchar',
  datetime: 'null::bigint',
  timespan: 'null::bigint',
  guid: 'null::varchar',
  dynamic: 'null::json',
};

const fileColumns = new Set(['FileName', 'FolderPath', 'SHA1', 'SHA256', 'MD5', 'FileSize']);
/** Columns of the process that was started or touched, by the name that the process relation has for them. */
const targetNames: Readonly<Record<string, string>> = {
  FolderPath: 'Path',
  CreatedProcessSessionId: 'SessionId',
  IsProcessRemoteSession: 'IsRemote',
  ProcessUniqueId: 'UniqueId',
  ProcessRemoteSessionDeviceName: 'RemoteSessionDeviceName',
  ProcessRemoteSessionIP: 'RemoteSessionIP',
};
const accountColumns = new Set(['AccountDomain', 'AccountName', 'AccountSid', 'AccountUpn', 'AccountObjectId', 'LogonId']);

const byInitiator = (name: string): string | undefined => {
  if (name === 'IsInitiatingProcessRemoteSession') return 'i."IsRemote"';
  const inner = name.startsWith('InitiatingProcess') ? name.slice('InitiatingProcess'.length) : undefined;
  return inner !== undefined && processColumns.has(inner) ? `i."${inner}"` : undefined;
};

const byTarget = (name: string): string | undefined => {
  const renamed = targetNames[name];
  if (renamed !== undefined) return `c."${renamed}"`;
  if (fileColumns.has(name) || accountColumns.has(name)) return `c."${name}"`;
  const inner = name.startsWith('Process') ? name.slice('Process'.length) : undefined;
  return inner !== undefined && processColumns.has(inner) ? `c."${inner}"` : undefined;
};

/** Where a column's value may come from, best first. */
const sources = (column: Column, fields: ReadonlySet<string>, device: boolean): string[] => {
  const { name, type } = column;
  const found: string[] = [];
  if (name === 'Timestamp') found.push('e.t + $origin');
  else if (fields.has(name)) found.push(type === 'datetime' ? `e."${name}" + $origin` : `e."${name}"`);
  if (!device) return found;
  if (name === 'DeviceId' || name === 'DeviceName') found.push(`v."${name}"`);
  if (name === 'ReportId') found.push('e.r');
  if (fileColumns.has(name)) found.push(`f."${name}"`);
  return [...found, ...[byInitiator(name), byTarget(name)].filter((source) => source !== undefined)];
};

const expression = (column: Column, fields: ReadonlySet<string>, device: boolean): string => {
  const found = sources(column, fields, device);
  const { name, type } = column;
  if (found.length === 0) return `${empty[type]} as "${name}"`;
  if (type === 'string') return `coalesce(${found.map((source) => `nullif(${source}, '')`).join(', ')}, '') as "${name}"`;
  if (type === 'dynamic') return `nullif(${found[0]}, '')::json as "${name}"`;
  const value = found.length === 1 ? found[0] : `coalesce(${found.join(', ')})`;
  return type === 'int' ? `(${value})::integer as "${name}"` : `${value} as "${name}"`;
};

/** A stretch of the window, in its own time; `origin` is what its zero is in KQL ticks. */
export interface Slice {
  readonly origin: bigint;
  readonly from: number;
  readonly until: number;
}

/** The statement that widens one raw table to the columns of its hunting table, in time order. */
export const wideSql = (table: string, fields: ReadonlySet<string>, facts: { onDevice: boolean; slice: Slice }): string => {
  const { onDevice, slice } = facts;
  const columns = columnsOf(table);
  const list = columns.map((column) => expression(column, fields, onDevice)).join(', ');
  const joins = onDevice
    ? ' join "_device" v on v.d = e.d left join "process" i on i.p = e.p left join "file" f on f.f = e.f left join "process" c on c.p = e.c'
    : '';
  const sql = `select ${list} from "${table}" e${joins} where e.t >= ${slice.from} and e.t < ${slice.until} order by e.t${onDevice ? ', e.d, e.r' : ''}`;
  return sql.replaceAll('$origin', String(slice.origin));
};
