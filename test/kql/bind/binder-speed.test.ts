import { bindQuery } from '../../../src/kql/bind/bridge';
import type { Schema } from '../../../src/kql/schema';

const types = ['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic'] as const;
const schema: Schema = { id: 'binder-speed', tables: [{ name: 'T', columns: types.map((type) => ({ name: `${type}_`, type })) }] };
const operators = ['==', '!=', '<', '+', '-', '*', '/', '%', 'has', 'contains', 'startswith', '=~', 'and', 'matches regex'];

/** What the binder says of expressions; the tail makes the text a new one, so that no kept tree answers. */
const said = (expressions: readonly string[], tail: string) => {
  const bound = bindQuery(`T | project ${expressions.map((expression, index) => `x${index} = ${expression}`).join(', ')}${tail}`, schema);
  return { type: bound?.resultType, findings: bound?.findings };
};

describe('what is remembered of operators', () => {
  it.each(operators)('%s is bound the second time as the first, whatever its operands', (operator) => {
    const expressions = types.flatMap((left) => types.map((right) => `${left}_ ${operator} ${right}_`));
    const first = said(expressions, '');
    expect(first.type).toBeDefined();
    expect(said(expressions, ' // again')).toEqual(first);
  });

  it('knows that a star is no value of its type', () => {
    expect(said(['string_ has "x"'], '').findings).toEqual([]);
    expect(bindQuery('T | where * has "x"', schema)?.findings).toEqual([]);
    expect(bindQuery('T | where * has 1', schema)?.findings).toEqual(bindQuery('T | where * has 1 // again', schema)?.findings);
  });

  it('still tells operands that do not fit', () => {
    expect(said(['bool_ + guid_'], '').findings?.length).toBe(1);
    expect(said(['bool_ + guid_'], ' // again').findings?.length).toBe(1);
  });
});
