/** The rules that functions and aggregates cite: what the engine does where the obvious SQL would do something else. */
export interface Rule {
  readonly id: string;
  readonly sentence: string;
  readonly example: string;
  /** What a literal translation would answer. */
  readonly trap: string;
}

export const functionRules: readonly Rule[] = [
  {
    id: 'R-40',
    sentence: 'A condition that is null counts as false; a text is never null, and coalesce() passes over empty texts.',
    example: 'coalesce("", "b")',
    trap: "coalesce('', 'b') is '' in SQL",
  },
  {
    id: 'R-41',
    sentence:
      'A conversion reads the whole value or gives null: text must be wholly a number, reals lose their fraction, hexadecimal is read.',
    example: 'toint("5.7")',
    trap: "CAST('5.7' AS INTEGER) is 6",
  },
  {
    id: 'R-42',
    sentence: 'tostring() writes True, 1.0, 1.00:00:00, NaN and seven digits below a second; null becomes the empty text.',
    example: 'tostring(true)',
    trap: "CAST(true AS VARCHAR) is 'true'",
  },
  {
    id: 'R-43',
    sentence:
      'bin() goes down to the next multiple, also below zero, and is null for a step that is not positive; 64-bit results wrap around.',
    example: 'bin(-5, 3)',
    trap: '-5 // 3 * 3 is -3',
  },
  {
    id: 'R-44',
    sentence: 'Functions of reals give NaN or infinity where SQL fails; log() of a negative number is null.',
    example: 'sqrt(-1)',
    trap: 'sqrt(-1) stops the query in SQL',
  },
  {
    id: 'R-45',
    sentence:
      'Positions and lengths count code points from 0; a negative start counts from the end, and one before the text gives nothing.',
    example: 'substring("abc", -1)',
    trap: "substr('abc', 0) is 'abc'",
  },
  {
    id: 'R-46',
    sentence:
      'A term is a run of letters and digits of any script; only an end of the needle that is one of them must stand at the border of a term.',
    example: '"a-enc" has "-enc"',
    trap: String.raw`\b-enc\b does not match`,
  },
  {
    id: 'R-47',
    sentence: 'A regular expression is a constant; \\d, \\w and \\s know Unicode; trim() takes one match off each end.',
    example: 'trim("1", "111")',
    trap: "trim('111', '1') is ''",
  },
  {
    id: 'R-48',
    sentence:
      'Dynamic values keep their digits and the order of keys; the first of two equal keys wins; what is no array or bag gives null.',
    example: 'array_length(dynamic({}))',
    trap: 'json_array_length of an object is 0',
  },
  {
    id: 'R-49',
    sentence:
      'Times are ticks since year 1; weeks begin on Sunday; a difference counts the boundaries crossed; what leaves year 1 to 9999 is null.',
    example: 'datetime_diff("day", datetime(2020-03-01 00:01), datetime(2020-02-29 23:59))',
    trap: 'the elapsed time is two minutes',
  },
  {
    id: 'R-50',
    sentence: 'A series is an array of numbers; what is no number is null in the result; a shorter series ends in nulls.',
    example: 'series_add(dynamic([1, 2]), dynamic([1]))',
    trap: 'the result would have one element',
  },
  {
    id: 'R-51',
    sentence:
      'Aggregates pass over nulls but count() does not; the average of nothing is NaN, its sum 0; variances are rounded to ten digits.',
    example: 'summarize avg(x) of no rows',
    trap: 'avg of no rows is NULL',
  },
  {
    id: 'R-52',
    sentence: 'Addresses are compared under the shortest prefix named; what is no address gives null.',
    example: 'ipv4_is_match("192.168.1.1/24", "192.168.1.255")',
    trap: 'the texts differ',
  },
  {
    id: 'R-53',
    sentence: 'hash() is XXH64 over the bytes of the value; base64 that is not complete or not UTF-8 decodes to nothing.',
    example: 'base64_decode_tostring("xxx!")',
    trap: 'from_base64 stops the query in SQL',
  },
  {
    id: 'R-54',
    sentence: 'What parses a text gives null or empty parts where the text has another form, and never fails.',
    example: 'parse_xml("<e>")',
    trap: 'a parser would fail',
  },
  {
    id: 'R-55',
    sentence: 'What asks about a cluster, its storage or the shape of the earth is refused by name.',
    example: 'current_principal()',
    trap: 'a made-up answer',
  },
  {
    id: 'R-56',
    sentence:
      'Distances and bearings are those of a sphere with a radius of 6,371,010 metres; what is no longitude or latitude gives null.',
    example: 'geo_distance_2points(-122.4, 47.6, -118.3, 34.0)',
    trap: 'the usual 6,371,008.8 metres give another result',
  },
];
