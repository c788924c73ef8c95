import { boundColumns, exact, type OperatorRow } from './operator-row';

/** T | count [as Name] */
export const count: OperatorRow = {
  name: 'count',
  rule: 'R-9',
  support: exact,
  emit: (node, { translation, input }) =>
    translation.select(
      [{ name: boundColumns(node)[0]?.name ?? 'Count', type: 'long', expression: 'count(*)' }],
      input,
      input.partition ? { tail: `GROUP BY ${input.partition}` } : {},
    ),
};
