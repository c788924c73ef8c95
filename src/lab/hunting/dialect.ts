import type { Column, KqlType } from '../../kql/schema';
import type { Audience } from '../directory/resources.data';
import type { Quota } from './call-quota';

/** What differs between the three hunting services. */
export interface Dialect {
  readonly audience: Audience;
  readonly path: readonly string[];
  readonly delegated: string;
  readonly application: string;
  /** Accepted names of the body's properties; names are case-sensitive. */
  readonly queryKeys: readonly string[];
  readonly timespanKeys: readonly string[];
  readonly quotas: readonly Quota[];
  readonly timeLimitMs: number;
  readonly sizeLimit: number;
  /** The text before and after the rows. */
  head(columns: readonly Column[]): string;
  tail(facts: { readonly rows: number; readonly bytes: number; readonly seconds: number }): string;
}

export const rowLimit = 100_000;
const megabyte = 1024 * 1024;

/** Names of .NET types, as the services give them. */
const typeNames: Readonly<Record<KqlType, string>> = {
  bool: 'SByte',
  int: 'Int32',
  long: 'Int64',
  real: 'Double',
  decimal: 'SqlDecimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Object',
};

const schemaOf = (columns: readonly Column[], [name, type]: readonly [string, string]): string =>
  JSON.stringify(columns.map((column) => ({ [name]: column.name, [type]: typeNames[column.type] })));

const minute = 60;
const perMinute: Quota = { calls: 45, seconds: minute };

const graph: Dialect = {
  audience: 'graph',
  path: ['/v1.0/security/runHuntingQuery', '/v1.0/security/microsoft.graph.security.runHuntingQuery', '/beta/security/runHuntingQuery'],
  delegated: 'ThreatHunting.Read.All',
  application: 'ThreatHunting.Read.All',
  queryKeys: ['Query', 'query'],
  timespanKeys: ['Timespan', 'timespan'],
  quotas: [perMinute],
  timeLimitMs: 180_000,
  sizeLimit: 50 * megabyte,
  head: (columns) =>
    `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults","schema":${schemaOf(columns, ['name', 'type'])},"results":[`,
  tail: () => ']}',
};

const clock = (seconds: number): string => `00:00:${seconds.toFixed(7).padStart(10, '0')}`;

const legacy = {
  queryKeys: ['Query'],
  timespanKeys: [],
  head: (columns: readonly Column[]) => `{"Schema":${schemaOf(columns, ['Name', 'Type'])},"Results":[`,
  tail: ({ rows, bytes, seconds }: { readonly rows: number; readonly bytes: number; readonly seconds: number }) => {
    const none = { hits: 0, misses: 0, total: 0 };
    const cpu = clock(Math.min(seconds, 59.9));
    const usage = {
      cache: { memory: none, disk: none },
      cpu: { user: cpu, kernel: '00:00:00', 'total cpu': cpu },
      memory: { peak_per_node: bytes },
    };
    const stats = { ExecutionTime: seconds, resource_usage: usage, dataset_statistics: [{ table_row_count: rows, table_size: bytes }] };
    return `],"Stats":${JSON.stringify(stats)}}`;
  },
};

const xdr: Dialect = {
  ...legacy,
  audience: 'xdr',
  path: ['/api/advancedhunting/run'],
  delegated: 'AdvancedHunting.Read',
  application: 'AdvancedHunting.Read.All',
  quotas: [perMinute],
  timeLimitMs: 180_000,
  sizeLimit: 50 * megabyte,
};

const mde: Dialect = {
  ...legacy,
  audience: 'mde',
  path: ['/api/advancedqueries/run', '/api/v1.0/advancedqueries/run'],
  delegated: 'AdvancedQuery.Read',
  application: 'AdvancedQuery.Read.All',
  quotas: [perMinute, { calls: 1500, seconds: 60 * minute }],
  timeLimitMs: 200_000,
  sizeLimit: 124 * megabyte,
};

export const dialects: Readonly<Record<Audience, Dialect>> = { graph, xdr, mde };
