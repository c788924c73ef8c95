import { cellTexts } from '../../../src/lab/hunting/row-cells';
import { rowObjects } from '../../../src/lab/hunting/row-object';
import { fc } from '../../support/properties';

test('splits any JSON array into the texts of its elements', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const texts = values.map((value) => JSON.stringify(value));
      expect(cellTexts(`[${texts.join(',')}]`)).toEqual(texts);
    }),
  );
});

test('keeps every digit of numbers, and makes numbers of longs that travel as text', () => {
  const toObject = rowObjects([
    { name: 'Big', type: 'long' },
    { name: 'Exact "one"', type: 'dynamic' },
    { name: 'Text', type: 'string' },
  ]);
  expect(toObject('["9223372036854775807",{"n":1.10000000000000000001},"12"]')).toBe(
    '{"Big":9223372036854775807,"Exact \\"one\\"":{"n":1.10000000000000000001},"Text":"12"}',
  );
});
