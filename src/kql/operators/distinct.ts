import { columnExpression } from '../translate/names';
import type { NewColumn } from '../translate/translation';
import { boundColumns, exact, type OperatorRow } from './operator-row';

/** T | distinct a, b and T | distinct * */
export const distinct: OperatorRow = {
  name: 'distinct',
  rule: 'R-9',
  support: exact,
  emit: (node, { translation, input, scope }) => {
    const values = node
      .list('Expressions')
      .flatMap((item) => (item.kind === 'StarExpression' ? input.columns.map(columnExpression) : [translation.scalar(item, scope)]));
    const columns: NewColumn[] = values.map((value, index) => ({
      name: boundColumns(node)[index]?.name ?? `Column${index + 1}`,
      type: value.type,
      expression: value.sql,
    }));
    return translation.select(columns, input, { distinct: true });
  },
};
