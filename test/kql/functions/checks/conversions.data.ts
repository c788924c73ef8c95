import type { Check } from '../check';

export const conversionChecks: readonly Check[] = [
  [
    'tostring',
    'pack_array(tostring(123), tostring(1.0), tostring(true), tostring(1d), tostring(real(nan)), tostring(datetime(2020-01-01)), tostring(dynamic({"a": 1})))',
    ['123', '1.0', 'True', '1.00:00:00', 'NaN', '2020-01-01T00:00:00.0000000Z', '{"a":1}'],
  ],
  [
    'toint',
    'pack_array(toint("123"), toint(" 45 "), toint("5.7"), toint("0x1F"), toint(2.9), toint(-2.9), toint("2147483648"), toint(true), toint(dynamic("7")))',
    [123, 45, null, 31, 2, -2, null, 1, 7],
  ],
  [
    'tolong',
    'pack_array(tolong("9223372036854775807") == 9223372036854775807, tolong("9223372036854775808"), tolong("0xFFFFFFFFFFFFFFFF"), tolong(9.99), tolong(dynamic(9.99)), tolong(1s))',
    [true, null, -1, 9, 9, 10000000],
  ],
  [
    'todouble',
    'pack_array(todouble("1.5e3"), todouble("1_000"), todouble(" NaN "), todouble("-inf"), todouble("INF"), todouble(true))',
    [1500, null, 'NaN', '-Infinity', null, 1],
  ],
  ['toreal', 'toreal("2.5")', 2.5],
  ['todecimal', 'pack_array(tostring(todecimal("123.45")), todecimal("x"))', ['123.45', null]],
  ['tobool', 'pack_array(tobool("tRuE"), tobool("0"), tobool("yes"), tobool(2), tobool(0.0))', [true, false, null, true, false]],
  ['toboolean', 'toboolean("false")', false],
  ['todatetime', 'todatetime("2015-12-31 23:59:59.9")', '2015-12-31T23:59:59.9000000Z'],
  [
    'todatetime',
    'pack_array(todatetime("12-02-2022") == datetime(2022-12-02), todatetime("2020-02-30"), todatetime("Sat, 8 Nov 14 15:05:02 GMT") == datetime(2014-11-08 15:05:02), todatetime("x"), todatetime(1) == datetime(0001-01-01) + 1tick)',
    [true, null, true, null, true],
  ],
  [
    'totimespan',
    'pack_array(totimespan("1.02:03:04.5"), totimespan("1d"), totimespan("abc"), totimespan("-00:01"))',
    ['1.02:03:04.5000000', '1.00:00:00', null, '-00:01:00'],
  ],
  ['totime', 'totime("01:00:00")', '01:00:00'],
  [
    'toguid',
    'pack_array(toguid("0123456789ab-cdef-0123-456789abcdef"), toguid("70FC66F7-8279-44FC-9092-D364D70FCE44"), toguid("x"))',
    ['01234567-89ab-cdef-0123-456789abcdef', '70fc66f7-8279-44fc-9092-d364d70fce44', null],
  ],
  [
    'parse_json',
    String.raw`pack_array(parse_json('{"a": [1, 2.0]}'), parse_json("nan"), parse_json("abc"), isnull(parse_json("null")), parse_json('{"x":1e3}').x)`,
    [{ a: [1, 2] }, 'nan', 'abc', true, 1000],
  ],
  ['parsejson', 'parsejson("[1]")', [1]],
  ['todynamic', String.raw`todynamic('{"a":{"b":12345678901234567}}').a.b == 12345678901234567`, true],
  ['toobject', 'toobject("5")', 5],
  [
    'gettype',
    'pack_array(gettype(1), gettype(toint(1)), gettype(1.5), gettype(1s), gettype(dynamic({})), gettype(dynamic([])), gettype(dynamic(1.5)), gettype(dynamic(null)))',
    ['long', 'int', 'real', 'timespan', 'dictionary', 'array', 'real', 'null'],
  ],
  [
    'isnull',
    'pack_array(isnull(int(null)), isnull(""), isnull(parse_json("null")), isnull(dynamic({"a":null}).a))',
    [true, false, true, true],
  ],
  ['isnotnull', 'pack_array(isnotnull(1), isnotnull(datetime(null)))', [true, false]],
  ['notnull', 'notnull(1)', true],
  [
    'tohex',
    'pack_array(tohex(256), tohex(-256), tohex(toint(-256), 8), tohex(256, 8), tohex(256, 2))',
    ['100', 'ffffffffffffff00', 'ffffff00', '00000100', '100'],
  ],
  ['iff', 'pack_array(iff(1 > 0, "t", "f"), iff(bool(null), 1, 2), iff(true, 1, 2.5))', ['t', 2, 1]],
  ['iif', 'iif(false, 1, 2)', 2],
  ['case', 'pack_array(case(1 > 2, "a", 2 > 1, "b", "c"), case(bool(null), "a", "z"))', ['b', 'z']],
  ['coalesce', 'pack_array(coalesce(tolong("x"), tolong("42"), 33), coalesce("", "b"), coalesce(real(null), real(null)))', [42, 'b', null]],
  [
    'max_of',
    'pack_array(max_of(10, 1, -3, 17), max_of(1, long(null), 3), max_of(datetime(2020-01-01), datetime(2021-01-01)))',
    [17, 3, '2021-01-01T00:00:00.0000000Z'],
  ],
  ['min_of', 'pack_array(min_of(10, 1, -3, 17), min_of(int(null), 5))', [-3, 5]],
  ['not', 'pack_array(not(true), not(bool(null)))', [false, null]],
  ['tohex', 'tohex(256, toint(parse_json("[5]")[0]))', '00100'],
];
