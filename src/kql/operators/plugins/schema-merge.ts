import { columnOf } from '../../translate/names';
import { exact } from '../operator-row';
import type { PluginRow } from '../evaluate';

/** T | evaluate schema_merge([PreserveOrder]): several getschema results as one schema. */
export const schemaMerge: PluginRow = {
  name: 'schema_merge',
  rule: 'R-38',
  support: exact,
  emit: (_call, node, { translation, environment, input }) => {
    const [name, ordinal, dataType, columnType] = ['ColumnName', 'ColumnOrdinal', 'DataType', 'ColumnType'].map(
      (wanted) => columnOf(input, wanted)?.sql,
    );
    if (!name || !ordinal || !dataType || !columnType)
      return translation.refuse('semantic-type', { what: 'schema_merge takes the results of getschema.' }, { node, environment });
    return translation.select(
      [
        { name: 'ColumnName', type: 'string', expression: name },
        { name: 'ColumnOrdinal', type: 'long', expression: `row_number() OVER (ORDER BY max(${ordinal}), ${name}) - 1` },
        { name: 'DataType', type: 'string', expression: `first(${dataType})` },
        { name: 'ColumnType', type: 'string', expression: `first(${columnType})` },
      ],
      input,
      { tail: `GROUP BY ${name} ORDER BY 2`, ordered: true },
    );
  },
};
