import type { KqlType } from '../../kql/schema';
import { cellForms } from '../../engine/sql/cell';
import { kqlTypeOf } from './infer';

const epochTicks = '621355968000000000';

const toTicks = (x: string, sqlType: string): string =>
  sqlType === 'TIMESTAMP_NS' ? `epoch_ns(${x}) // 100 + ${epochTicks}` : `epoch_us(CAST(${x} AS TIMESTAMP)) * 10 + ${epochTicks}`;

const toTimespan = (x: string, sqlType: string): string =>
  sqlType === 'TIME' ? `epoch_us(${x}) * 10` : `CAST(epoch(${x}) * 10000000 AS BIGINT)`;

const toDynamic = (x: string, sqlType: string): string =>
  sqlType === 'JSON'
    ? `nullif(CAST(${x} AS VARCHAR), 'null')`
    : sqlType === 'VARCHAR'
      ? `nullif(CAST(coalesce(TRY_CAST(nullif(${x}, '') AS JSON), to_json(nullif(${x}, ''))) AS VARCHAR), 'null')`
      : `to_json(${x})`;

const toText = (x: string, sqlType: string): string =>
  kqlTypeOf(sqlType) === 'dynamic'
    ? `CAST(${x} AS VARCHAR)`
    : sqlType.startsWith('TIMESTAMP')
      ? `strftime(${x}, '%Y-%m-%dT%H:%M:%S.%fZ')`
      : `CAST(${x} AS VARCHAR)`;

/** SQL that turns a file's column of a DuckDB type into the store form of a KQL type; a value that does not fit becomes null. */
export function toStoreForm(x: string, sqlType: string, type: KqlType): string {
  const from = kqlTypeOf(sqlType);
  if (type === 'string') return `coalesce(${toText(x, sqlType)}, '')`;
  if (type === 'dynamic') return toDynamic(x, sqlType);
  if (from === type) {
    if (type === 'datetime') return toTicks(x, sqlType);
    if (type === 'timespan') return toTimespan(x, sqlType);
    return type === 'guid' || type === 'decimal' ? `CAST(${x} AS VARCHAR)` : x;
  }
  const text = `nullif(CAST(${x} AS VARCHAR), '')`;
  return from === 'string' ? cellForms[type].value(text) : `TRY_CAST(${text} AS ${cellForms[type].sqlType})`;
}
