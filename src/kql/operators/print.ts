import { outputs } from '../translate/outputs';
import type { NewColumn } from '../translate/translation';
import { boundColumns, exact, type OperatorRow } from './operator-row';

/** print a = 1, 2: one row; the second column is print_1. */
export const print: OperatorRow = {
  name: 'print',
  rule: 'R-32',
  support: exact,
  emit: (node, { translation, environment }) => {
    const values = node.list('Expressions').flatMap((item) => outputs(item, { translation, environment }));
    const bound = boundColumns(node);
    const columns: NewColumn[] = values.map((value, index) => ({
      name: bound[index]?.name ?? `print_${index}`,
      type: value.type,
      expression: value.sql,
    }));
    return translation.select(columns, '(SELECT 1)');
  },
};
