import type { KqlType } from '../../kql/schema';

const exact: Readonly<Record<string, KqlType>> = {
  VARCHAR: 'string',
  BOOLEAN: 'bool',
  TINYINT: 'int',
  SMALLINT: 'int',
  INTEGER: 'int',
  UTINYINT: 'int',
  USMALLINT: 'int',
  UINTEGER: 'long',
  BIGINT: 'long',
  UBIGINT: 'decimal',
  HUGEINT: 'decimal',
  UHUGEINT: 'decimal',
  BIGNUM: 'decimal',
  FLOAT: 'real',
  DOUBLE: 'real',
  DATE: 'datetime',
  TIMESTAMP: 'datetime',
  TIMESTAMP_S: 'datetime',
  TIMESTAMP_MS: 'datetime',
  TIMESTAMP_NS: 'datetime',
  'TIMESTAMP WITH TIME ZONE': 'datetime',
  TIME: 'timespan',
  INTERVAL: 'timespan',
  UUID: 'guid',
  JSON: 'dynamic',
  VARIANT: 'dynamic',
};

/** The KQL type of a file's column, by DuckDB's name of its type. */
export function kqlTypeOf(sqlType: string): KqlType {
  const known = exact[sqlType];
  if (known !== undefined) return known;
  if (sqlType.startsWith('DECIMAL')) return 'decimal';
  if (/^(STRUCT|MAP|UNION)\(|\]$/.test(sqlType)) return 'dynamic';
  return 'string';
}
