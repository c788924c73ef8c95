import type { Relation } from '../translate/relation';
import type { Translation } from '../translate/translation';
import { exact, wholeConstant, type OperatorRow } from './operator-row';

/** The first rows of a relation, or of each of its sub-tables. */
function limited(input: Relation, count: bigint, translation: Translation): Relation {
  const { columns, ordered, partition } = input;
  const tail = partition === undefined ? `LIMIT ${count}` : `QUALIFY row_number() OVER (PARTITION BY ${partition}) <= ${count}`;
  return translation.step(`SELECT * FROM ${input.from} ${tail}`, columns, { ordered, partition });
}

/** T | take n, T | limit n: any n rows; the first n where the rows are sorted. */
export const take: OperatorRow = {
  name: 'take',
  rule: 'R-11',
  support: exact,
  emit: (node, context) => {
    const count = wholeConstant(node.need('Expression'), 'The number of rows of take', context);
    return limited(context.input, count < 0n ? 0n : count, context.translation);
  },
};

/** T | sample n: chance decides; any n rows are a sample. */
export const sample: OperatorRow = {
  ...take,
  name: 'sample',
  support: { state: 'limited', limit: 'the rows are the first ones met, not drawn at random' },
};
