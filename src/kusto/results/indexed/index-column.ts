import type { IndexColumn } from '../../../engine/requests';
import type { Column, KqlType } from '../../../kql/schema';
import { wireValue } from '../../wire-form';
import { comparable, isEmpty, shown } from '../filter-sql';
import { columnName } from '../kept-rows';

const whole = new Set<KqlType>(['bool', 'int', 'long', 'datetime', 'timespan']);
const real = new Set<KqlType>(['real', 'decimal']);

/** Values that are equal and yet shown differently (-0 and 0) are told apart by their text. */
const identityOf = ({ type }: Column, x: string): Pick<IndexColumn, 'identity' | 'value'> => {
  if (type === 'real') return { identity: `CAST(${x} AS VARCHAR)`, value: 'CAST(id AS DOUBLE)' };
  return { identity: type === 'dynamic' ? `CAST(${x} AS VARCHAR)` : x, value: 'id' };
};

const keyOf = (column: Column): Pick<IndexColumn, 'key' | 'keys'> => {
  if (whole.has(column.type)) return { key: 'CAST(v AS BIGINT)', keys: 'whole' };
  if (real.has(column.type)) return { key: comparable(column, 'v'), keys: 'real' };
  return { key: 'NULL', keys: 'none' };
};

/** How a column is indexed: by the same SQL that a view without an index compares, shows and writes its values with. */
export const indexColumn = (column: Column, position: number): IndexColumn => ({
  ...identityOf(column, columnName(position)),
  ...keyOf(column),
  order: comparable(column, 'v'),
  empty: isEmpty(column, 'v'),
  text: `lower(${shown(column, 'v')})`,
  wire: wireValue(column.type, 'v'),
  mayTie: real.has(column.type),
  quoted: column.type === 'string' || column.type === 'guid',
});
