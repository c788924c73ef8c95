import { createKqlInProcess } from '../support/kql/kql-in-process';

/** Texts as logs have them: JSON, cut off JSON, none, words that JSON or DuckDB know. */
const texts = ['{"a": {"b": "x"}, "n": 5}', '{"a": {"b": "x"', '', 'null', 'nan', '[{"a": 1}]', '"a"', '12', 'plain words', '{"a": null}'];
const table = `datatable(i:int, s:string)[${texts.map((text, index) => `${index}, ${JSON.stringify(text)}`).join(', ')}]`;
const some = `${table} | extend f = parse_json(s)`;

const answers: readonly (readonly [tail: string, rows: readonly unknown[]])[] = [
  ['extend v = tostring(f.a.b)', ['x', '', '', '', '', '', '', '', '', '']],
  ['extend v = tostring(parse_json(s).a.b)', ['x', '', '', '', '', '', '', '', '', '']],
  ['extend v = tolong(f.n)', [5, null, null, null, null, null, null, null, null, null]],
  [
    'extend v = tostring(f)',
    ['{"a":{"b":"x"},"n":5}', '{"a": {"b": "x"', '', '', 'nan', '[{"a":1}]', 'a', '12', 'plain words', '{"a":null}'],
  ],
  ['extend v = tostring(f[0].a)', ['', '', '', '', '', '1', '', '', '', '']],
  ['extend v = isnull(f.a)', [false, true, true, true, true, true, true, true, true, true]],
  ['extend v = array_length(f)', [null, null, null, null, null, 1, null, null, null, null]],
];

/** Members of every kind: read from the text below a column, or as a value of their own, they are the same numbers. */
const members = [
  '5',
  '-5',
  '0',
  '-0',
  '007',
  '5.7',
  '-0.0',
  '1e3',
  '"5"',
  '" 45 "',
  '"5.7"',
  '"0x10"',
  '"x"',
  '""',
  'true',
  'false',
  'null',
  '[1]',
  '{"a":1}',
];
const long = [
  '2147483648',
  '999999999',
  '9999999999',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '123456789012345678',
];
const fractions = ['0.1', '123456789012345.123456789012345', '0.30000000000000004', '1e400', '"1e-5"', '4.35', '-2.5'];
const numbers = [...members, ...long, ...fractions].map((member) => JSON.stringify(`{"m": ${member}}`)).join(', ');

/** What must not be read from the text, because the text is another one by now. */
const replaced: readonly (readonly [tail: string, value: unknown])[] = [
  ['extend s = "{}" | extend v = tostring(f.a.b)', 'x'],
  ['extend s = "{}", v = tostring(f.a.b)', 'x'],
  ['project f, s = "{}" | extend v = tostring(f.a.b)', 'x'],
  ['project f | extend v = tostring(f.a.b)', 'x'],
  ['project-rename t = s | extend s = "{}" | extend v = tostring(f.a.b)', 'x'],
  ['extend f = dynamic({"a": {"b": "y"}}) | extend v = tostring(f.a.b)', 'y'],
  ['extend g = f | extend f = dynamic(1) | extend v = tostring(g.a.b)', 'x'],
  ['where i == 0 | extend v = tostring(f.a.b)', 'x'],
  [
    'project i, s, f | where i == 0 | join kind=inner (print i = int(0), s = "{}", f = dynamic({"a": {"b": "z"}})) on i | extend v = strcat(f.a.b, f1.a.b)',
    'xz',
  ],
  ['summarize s = max("{}"), f = take_any(f) | extend v = tostring(f.a.b)', 'x'],
  ['parse s with * ": " s:string | extend v = tostring(f.a.b)', 'x'],
  ['mv-expand s = dynamic(["{}"]) to typeof(string) | extend v = tostring(f.a.b)', 'x'],
];

describe('a path below parse_json()', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  const values = async (query: string): Promise<unknown[]> => {
    const answer = await kql.answer(query);
    if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
    return answer.rows.map(([value]) => value);
  };

  it.each(answers)('%s reads JSON and nothing else', async (tail, expected) => {
    expect(await values(`${some} | ${tail} | sort by i asc | project v`)).toEqual(expected);
  });

  it.each(['toint', 'tolong', 'todouble', 'tobool', 'todecimal', 'tostring', 'todatetime'])(
    '%s gives the same below a column',
    async (name) => {
      const wide = `datatable(s:string)[${numbers}] | extend f = parse_json(s) | extend g = f.m | project s, near = ${name}(f.m), far = ${name}(g)`;
      const answer = await kql.answer(wide);
      if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
      expect(answer.rows.map(([text, near]) => [text, near])).toEqual(answer.rows.map(([text, , far]) => [text, far]));
    },
  );

  it.each(replaced)('%s reads the text that was parsed', async (tail, expected) => {
    expect(await values(`${some} | where i == 0 | ${tail} | project v`)).toEqual([expected]);
  });
});
