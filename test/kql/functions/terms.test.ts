import { createKqlInProcess } from '../../support/kql/kql-in-process';

/** A haystack, a needle, and whether each operator finds it. */
const cases: readonly (readonly [string, string, { has: boolean; hasprefix: boolean; hassuffix: boolean; has_cs: boolean }])[] = [
  ['hello world', 'hello', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['helloworld', 'hello', { has: false, hasprefix: true, hassuffix: false, has_cs: false }],
  ['sayhello', 'hello', { has: false, hasprefix: false, hassuffix: true, has_cs: false }],
  ['alpha_beta', 'alpha', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['HELLO.txt', 'hello', { has: true, hasprefix: true, hassuffix: true, has_cs: false }],
  ['powershell -enc AAA', '-enc', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['powershell-encoded', '-enc', { has: false, hasprefix: true, hassuffix: false, has_cs: false }],
  ['un café noir', 'café', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['cafés', 'café', { has: false, hasprefix: true, hassuffix: false, has_cs: false }],
  ['a.b.c', 'b.c', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['a (b) c', '(b)', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['anything', '', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
  ['line\nbreak', 'break', { has: true, hasprefix: true, hassuffix: true, has_cs: true }],
];

const text = (value: string): string => JSON.stringify(value);

describe('term operators', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => void (kql = await createKqlInProcess()));
  afterAll(() => kql.close());

  const rowOf = async (query: string): Promise<readonly unknown[]> => {
    const answer = await kql.answer(query);
    if ('diagnostics' in answer) throw new Error(answer.diagnostics[0]?.message);
    return answer.rows[0] ?? [];
  };

  it.each(cases)('%j against %j', async (haystack, needle, { has, hasprefix, hassuffix, has_cs }) => {
    const wanted = [has, hasprefix, hassuffix, has_cs];
    const operators = ['has', 'hasprefix', 'hassuffix', 'has_cs'];
    const known = operators.map((operator) => `s ${operator} ${text(needle)}`).join(', ');
    const byRow = operators.map((operator) => `s ${operator} n`).join(', ');
    const rows = `datatable(s:string, n:string)[${text(haystack)}, ${text(needle)}]`;
    expect(await rowOf(`${rows} | project ${known}`)).toEqual(wanted);
    // The same answers where the needle is a column, without a regular expression for each row.
    expect(await rowOf(`${rows} | project ${byRow}`)).toEqual(wanted);
  });

  it('has_any and has_all take constants and arrays that vary by row', async () => {
    const query = `datatable(s:string, l:dynamic)["cmd.exe /c whoami", dynamic(["WHOAMI", "net"])] | project s has_any ("net", "whoami"), s has_all ("cmd", "whoami"), s has_any (l), s has_all (l)`;
    expect(await rowOf(query)).toEqual([true, true, true, false]);
  });

  it.each(['ΟΔΟΣ', 'İZMİR', 'Straße'])('folds a constant %j as it folds a column', async (word) => {
    const tests = ['=~', 'contains', 'startswith', 'endswith', 'has', 'in~', 'has_any'].map((operator) =>
      /in~|any/.test(operator) ? `s ${operator} (${text(word)})` : `s ${operator} ${text(word)}`,
    );
    expect(await rowOf(`datatable(s:string)[${text(word)}] | project ${tests.join(', ')}`)).toEqual(tests.map(() => true));
  });

  it('never puts a column into a regular expression', async () => {
    const answer = await kql.answer('datatable(s:string, n:string)["a", "b"] | where s has n or s hasprefix n');
    expect('sql' in answer && answer.sql).not.toMatch(/regexp_\w+\([^)]*"n"/);
  });
});
