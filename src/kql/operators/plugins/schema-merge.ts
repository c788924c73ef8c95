import { sqlString } from '../../translate/literal';
import { columnOf } from '../../translate/names';
import { unnamed } from '../../translate/outputs';
import { exact } from '../operator-row';
import type { PluginRow } from '../evaluate';

const disorder = 'ERROR(columns are out of order)';
const clash = 'schema_merge: a column has two types, which this engine does not reduce to one.';

/** T | evaluate schema_merge([PreserveOrder]): several getschema results as one schema; a column in another place than before is an error in its row. */
export const schemaMerge: PluginRow = {
  name: 'schema_merge',
  rule: 'R-38',
  support: exact,
  emit: (call, node, { translation, environment, input }) => {
    const [name, ordinal, dataType, columnType] = ['ColumnName', 'ColumnOrdinal', 'DataType', 'ColumnType'].map(
      (wanted) => columnOf(input, wanted)?.sql,
    );
    if (!name || !ordinal || !dataType || !columnType)
      return translation.refuse('semantic-type', { what: 'schema_merge takes the results of getschema.' }, { node, environment });
    const [flag] = call.need('ArgumentList').list('Expressions');
    const keepsOrder = !flag || translation.scalar(unnamed(flag), { translation, environment }).constant?.value !== false;
    const moved = `count(DISTINCT ${ordinal}) > 1`;
    const checked = (expression: string, fault: string): string =>
      keepsOrder ? `CASE WHEN ${moved} THEN ${fault} ELSE ${expression} END` : expression;
    const known = (column: string): string => `CASE WHEN count(DISTINCT ${column}) > 1 THEN error('${clash}') ELSE first(${column}) END`;
    return translation.select(
      [
        { name: 'ColumnName', type: 'string', expression: name },
        { name: 'ColumnOrdinal', type: 'long', expression: checked(`row_number() OVER (ORDER BY max(${ordinal}), ${name}) - 1`, '-1') },
        { name: 'DataType', type: 'string', expression: checked(known(dataType), sqlString(`ERROR(unknown CSL type:${disorder})`)) },
        { name: 'ColumnType', type: 'string', expression: checked(known(columnType), sqlString(disorder)) },
      ],
      input,
      { tail: `GROUP BY ${name} ORDER BY max(${ordinal}), ${name}`, ordered: true },
    );
  },
};
