import { atSourceEnd, countOf, pinNow, stepsOf } from '../../../../src/features/hunting/slices/query-lexer';

describe('the steps of a query', () => {
  it.each([
    ['T | where a == "x | y" | take 1', ['T', 'where a == "x | y"', 'take 1']],
    ["T // no | pipe\n| where a == @'c:\\|' | count", ['T', "where a == @'c:\\|'", 'count']],
    ['let a = T | where x; a | join (U | take 1) on y | count', ['a', 'join (U | take 1) on y', 'count']],
    ['T | where s == "a\\"|b";', ['T', 'where s == "a\\"|b"']],
    ['T | extend x = ```multi | line``` | take 2 // end', ['T', 'extend x = ```multi | line```', 'take 2']],
  ])('%s', (query, steps) => {
    expect(stepsOf(query).steps.map(({ text }) => text)).toEqual(steps);
  });

  it('know their lines', () => {
    expect(stepsOf('let x = 1;\nT\n| where a\n\n| count').steps.map(({ line }) => line)).toEqual([2, 3, 5]);
  });
});

describe('bounds', () => {
  it.each([
    ['T | where a', 'T<> | where a'],
    ['T', 'T<>'],
    ['T // all of it\n| take 1', 'T<> // all of it\n| take 1'],
    ['let x = 1;\nT\n| take x', 'let x = 1;\nT<>\n| take x'],
    ['T;\n', 'T<>;\n'],
  ])('go behind the source of %j', (query, expected) => {
    expect(atSourceEnd(query, '<>')).toBe(expected);
  });
});

describe('a count', () => {
  it.each([
    ['T | take 1 // x', 'T | take 1\n| count'],
    ['T | summarize n = count() by a | render piechart', 'T | summarize n = count() by a\n| count'],
    ['let a = 1; T;', 'let a = 1; T\n| count'],
  ])('of %j', (query, expected) => {
    expect(countOf(query)).toBe(expected);
  });
});

describe('one moment for all calls of a run', () => {
  const at = '2026-01-01T00:00:00.000Z';
  it.each([
    ['T | where t > ago(1d)', `T | where t > (datetime(${at}) - (1d))`],
    ['T | where t between (ago(7d) .. now())', `T | where t between ((datetime(${at}) - (7d)) .. (datetime(${at})))`],
    ['T | where t > now(-1h)', `T | where t > (datetime(${at}) + (-1h))`],
    ['T | where s == "ago(1d)" // ago(1d)', 'T | where s == "ago(1d)" // ago(1d)'],
    ['T | extend ago = 1, lago(2)', 'T | extend ago = 1, lago(2)'],
  ])('%s', (query, expected) => {
    expect(pinNow(query, at)).toBe(expected);
  });
});
