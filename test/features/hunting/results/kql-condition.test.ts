import { kqlCondition, kqlName, kqlString, withCondition } from '../../../../src/features/hunting/results/kql-condition';
import type { KqlType } from '../../../../src/kql/schema';

const condition = (type: KqlType, json: string, negated = false) => kqlCondition({ name: 'X', type }, json, negated);

describe('a condition from a cell', () => {
  it.each([
    ['string', '"a\\"b\\\\c"', 'X == "a\\"b\\\\c"'],
    ['string', '""', 'X == ""'],
    ['long', '42', 'X == 42'],
    ['long', '"-9223372036854775807"', 'X == long(-9223372036854775807)'],
    ['bool', 'true', 'X == true'],
    ['real', '1.5', 'X == real(1.5)'],
    ['real', '"NaN"', 'isnan(X)'],
    ['datetime', '"2026-01-02T03:04:05.1234567Z"', 'X == datetime(2026-01-02T03:04:05.1234567Z)'],
    ['timespan', '"1.02:03:04"', 'X == time(1.02:03:04)'],
    ['guid', '"74be27de-1e4e-49d9-b579-fe0b331d3642"', 'X == guid(74be27de-1e4e-49d9-b579-fe0b331d3642)'],
    ['dynamic', '{"a":12345678901234567890}', 'tostring(X) == "{\\"a\\":12345678901234567890}"'],
    ['long', 'null', 'isnull(X)'],
  ] as const)('of type %s and value %s is %s', (type, json, expected) => {
    expect(condition(type, json)).toBe(expected);
  });

  it('turns round when negated', () => {
    expect([condition('string', '"a"', true), condition('long', 'null', true)]).toEqual(['X != "a"', 'isnotnull(X)']);
  });

  it('cannot be broken out of by a hostile value or name', () => {
    expect(kqlString('"; .drop table X //\n\u0000')).toBe('"\\"; .drop table X //\\u000a\\u0000"');
    expect(kqlString('a\u202eb\u200b')).toBe('"a\\u202eb\\u200b"');
    expect(kqlName('a"] | take 1')).toBe('["a\\"] | take 1"]');
    expect(['where', 'true', 'Where', 'count_'].map(kqlName)).toEqual(['["where"]', '["true"]', 'Where', 'count_']);
  });

  it('is added as the last step, before a render, after comments', () => {
    expect(withCondition('T\n| take 5', 'X == 1')).toBe('T\n| take 5\n| where X == 1');
    expect(withCondition('T // all of them', 'X == 1')).toBe('T // all of them\n| where X == 1');
    expect(withCondition('T\n| summarize count() by A\n| render piechart\n// end', 'A == 1')).toBe(
      'T\n| summarize count() by A\n| where A == 1\n| render piechart\n// end',
    );
    expect(withCondition('T | render piechart', 'X == 1')).toBe('T\n| where X == 1\n| render piechart');
    expect(withCondition('T\n| render timechart with (title="a | b", ymin=0)', 'X == 1')).toBe(
      'T\n| where X == 1\n| render timechart with (title="a | b", ymin=0)',
    );
    expect(withCondition('T\n| count\n| render timechart\n    with (title="x")', 'X == 1')).toBe(
      'T\n| count\n| where X == 1\n| render timechart\n    with (title="x")',
    );
    expect(withCondition('T;\n', 'X == 1')).toBe('T\n| where X == 1');
  });
});
