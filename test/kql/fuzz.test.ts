import { analyze, translate, type Schema } from '../../src/kql/index';
import { aggregateTable } from '../../src/kql/aggregates/aggregate-table';
import { functionTable } from '../../src/kql/functions/function-table';
import { prelude } from '../../src/kql/runtime/index';
import { createKqlInProcess, defaultNow } from '../support/kql/kql-in-process';
import { fc } from '../support/properties';

const schema: Schema = {
  id: 'fuzz',
  tables: [
    {
      name: 'T',
      columns: [
        { name: 'Timestamp', type: 'datetime' },
        { name: 'Name', type: 'string' },
        { name: 'name', type: 'string' },
        { name: 'Count', type: 'long' },
        { name: 'Size', type: 'real' },
        { name: 'Bag', type: 'dynamic' },
        { name: 'Ok', type: 'bool' },
      ],
    },
  ],
};
const context = { schema, nowTicks: defaultNow };

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => JSON.stringify(value).replace(/\\u(d[89a-f])/gi, '\\\\u$1'));
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => value.toFixed(3)),
);
const { scalar } = fc.letrec<{ scalar: string; condition: string }>((tie) => ({
  scalar: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'Name',
      'name',
      'Count',
      'Size',
      'Timestamp',
      'Bag',
      'Bag.a',
      'Bag["k"][0]',
      '1h',
      'ago(1d)',
      'dynamic({"a":[1,null,"x"]})',
      'long(null)',
    ),
    text,
    number,
    fc.tuple(tie('scalar'), fc.constantFrom('+', '-', '*', '/', '%'), tie('scalar')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(
        fc.constantFrom('tostring', 'strlen', 'tolower', 'toint', 'isempty', 'array_length', 'parse_json', 'not', 'bin'),
        tie('scalar'),
      )
      .map(([name, a]) => (name === 'bin' ? `bin(${a}, 2)` : `${name}(${a})`)),
    fc.tuple(tie('condition'), tie('scalar'), tie('scalar')).map(([c, a, b]) => `iff(${c}, ${a}, ${b})`),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('Ok', 'true'),
    fc
      .tuple(
        tie('scalar'),
        fc.constantFrom('==', '!=', '<', '>=', 'has', 'contains', 'startswith', '!endswith', '=~', 'has_cs', '!has'),
        tie('scalar'),
      )
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(
        fc.constantFrom('Name', 'Count'),
        fc.constantFrom('in', '!in', 'in~', 'has_any'),
        fc.array(text, { minLength: 1, maxLength: 3 }),
      )
      .map(([a, op, list]) => `${a} ${op} (${list.join(', ')})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
}));
const condition = fc
  .tuple(fc.constantFrom('Name', 'Count', 'Size', 'Bag.x'), fc.constantFrom('==', '!=', 'has', 'contains', '>'), scalar)
  .map(([a, op, b]) => `${a} ${op} ${b}`);
const operator = fc.oneof(
  condition.map((test) => `where ${test}`),
  scalar.map((value) => `extend X = ${value}`),
  scalar.map((value) => `extend ${value}`),
  scalar.map((value) => `project Name, Timestamp, Count, Size, Bag, Ok, name, Y = ${value}`),
  fc
    .tuple(fc.constantFrom('count()', 'dcount(Name)', 'make_set(Name)', 'arg_max(Timestamp, *)', 'max(Count), avg(Size)'), scalar)
    .map(([aggregate, key]) => `summarize ${aggregate} by K = ${key}`),
  fc.constantFrom(
    'sort by Name asc',
    'top 3 by Count',
    'take 5',
    'distinct Name, Count',
    'mv-expand Bag',
    'count',
    'serialize n = row_number()',
    'union T',
    'join kind=leftouter (T | project Name, Z = 1) on Name',
    'mv-apply e = Bag on (take 1)',
    'as Q',
    'search "x*"',
    'parse Name with * "=" v:long *',
  ),
);
const query = fc.array(operator, { maxLength: 5 }).map((operators) => ['T', ...operators].join('\n| '));

const argument = fc.constantFrom(
  ...['Timestamp', 'Name', 'Count', 'N', 'Size', 'Bag', 'Bag.a', 'tostring(Bag.b)', 'parse_json(Name).x', 'Ok', 'Span', 'Id', 'D', '*'],
  ...['"abc"', '""', '"hour"', '@"(\\d+)"', '5', '-1', '0', '2.5', '1h', 'true', 'ago(1d)', 'long(null)', 'decimal(1.5)', 'typeof(long)'],
  ...['dynamic([1, "x", null])', 'dynamic({"a": 1})', 'datetime(2024-01-01)'],
);
const wide: Schema = {
  id: 'fuzz-wide',
  tables: [
    {
      name: 'W',
      columns: [
        ...(schema.tables[0]?.columns.filter(({ name }) => name !== 'name') ?? []),
        { name: 'N', type: 'int' },
        { name: 'Span', type: 'timespan' },
        { name: 'Id', type: 'guid' },
        { name: 'D', type: 'decimal' },
      ],
    },
  ],
};
const answered = (table: ReadonlyMap<string, { readonly support: { readonly state: string } }>): string[] =>
  [...table].flatMap(([name, row]) => (row.support.state === 'refused' ? [] : [name]));
const calls = fc.array(argument, { maxLength: 4 }).map((args) => args.join(', '));
/** Every function and every aggregate with any arguments. */
const callQuery = fc.oneof(
  fc.tuple(fc.constantFrom(...answered(functionTable)), calls).map(([name, args]) => `W | extend X = ${name}(${args})`),
  fc.tuple(fc.constantFrom(...answered(functionTable)), calls).map(([name, args]) => `W | where tostring(${name}(${args})) != "x" | count`),
  fc.tuple(fc.constantFrom(...answered(aggregateTable)), calls).map(([name, args]) => `W | summarize X = ${name}(${args}) by Name`),
);

/** Functions and words that a statement of ours may call. */
const allowed = new Set(
  `and or not in on as over from where select with exists distinct values unnest range least greatest coalesce nullif count sum min max avg list first any_value arg_max arg_min arg_max_null arg_min_null row_number rank dense_rank
  exclude lag lead bool_or contains starts_with ends_with lower upper length regexp_matches regexp_extract regexp_extract_all regexp_replace replace substring trim concat_ws string_agg json_extract json_extract_string json_type json_keys json_object
  json_array json_array_length to_json list_transform list_filter list_contains list_slice list_distinct list_value len flatten isnan isfinite abs floor ceil trunc round fmod cast try_cast try decimal materialized filter partition lambda when then
  else case end by qualify having group order limit _t _i chr string_split strlen array_to_string strftime make_timestamp epoch_us stddev_samp bool_and mode hash
  abs acos array_to_string asin atan atan2 base64 bit_and bit_count bit_or bit_xor concat cos cot covar_pop covar_samp day dayofyear decode degrees encode error exp from_base64 gamma hex isinf
  json_valid lgamma list_concat list_reduce list_sort ln log log10 log2 lpad md5 min month pi pow quantile_disc radians random repeat reverse rpad rtrim ltrim sha1 sha256 sign sin split_part
  sqrt strpos substr tan to_json uuid var_pop var_samp week xor year bit_length epoch_ns date_trunc to_months stddev_pop`
    .split(/\s+/)
    .concat(prelude.functions.map((definition) => definition.name)),
);
const macroNames = new Set(prelude.statements.flatMap((statement) => /MACRO\s+([a-z0-9_]+)/i.exec(statement)?.[1] ?? []));
const called = (sql: string): string[] =>
  [
    ...sql
      .replace(/'(?:[^']|'')*'/g, "''")
      .replace(/"(?:[^"]|"")*"/g, '""')
      .matchAll(/\b([a-z_][a-z0-9_]*)\s*\(/gi),
  ].map((match) => (match[1] ?? '').toLowerCase());

describe('any query', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
    await kql.connection.run(
      'CREATE TABLE "T" ("Timestamp" BIGINT, "Name" VARCHAR, "Count" BIGINT, "Size" DOUBLE, "Bag" JSON, "Ok" BOOLEAN)',
    );
    await kql.connection.run(
      'CREATE TABLE "W" ("Timestamp" BIGINT, "Name" VARCHAR, "Count" BIGINT, "Size" DOUBLE, "Bag" JSON, "Ok" BOOLEAN, "N" INTEGER, "Span" BIGINT, "Id" VARCHAR, "D" VARCHAR)',
    );
  });
  afterAll(() => kql.close());

  it('of the grammar becomes one SELECT of allowed functions, or is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (kqlText) => {
        const result = translate(kqlText.replaceAll(/\bname\b/g, 'Name'), {
          ...context,
          schema: {
            id: 'fuzz-plain',
            tables: schema.tables.map((table) => ({ ...table, columns: table.columns.filter((column) => column.name !== 'name') })),
          },
        });
        if (result.state === 'asks') return;
        if (result.state === 'refused') {
          expect(result.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length).toBeGreaterThan(0);
          return;
        }
        expect(called(result.sql).filter((name) => !allowed.has(name) && !macroNames.has(name))).toEqual([]);
        const statements = await kql.connection.extractStatements(result.sql);
        expect(statements.count).toBe(1);
        const prepared = await statements.prepare(0);
        expect(prepared.statementType).toBe(1);
        prepared.destroySync();
      }),
      { numRuns: 60 },
    );
  });

  it('of any function over any arguments is a SELECT that binds, unless the official binder has doubts', async () => {
    await fc.assert(
      fc.asyncProperty(callQuery, async (kqlText) => {
        const result = translate(kqlText, { schema: wide, nowTicks: defaultNow });
        if (result.state !== 'ready') return;
        expect(called(result.sql).filter((name) => !allowed.has(name) && !macroNames.has(name))).toEqual([]);
        if (result.notes.some(({ code }) => code.startsWith('KS'))) return;
        const prepared = await kql.connection.prepare(result.sql);
        expect(prepared.statementType).toBe(1);
        prepared.destroySync();
      }),
      { numRuns: 200 },
    );
  });

  it('is answered in words, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 80 }),
          query.map((value) => value.slice(0, value.length / 2)),
        ),
        (kqlText) => {
          expect(['ready', 'asks', 'refused']).toContain(translate(kqlText, context).state);
          expect(Array.isArray(analyze(kqlText, schema).diagnostics)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps what is quoted inside its quotes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (value) => {
        const literal = `'${[...value].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}'`;
        const plain = [...value].map((char) => String.fromCharCode(char.charCodeAt(0))).join('');
        fc.pre(!/\p{Surrogate}/u.test(plain));
        const answer = await kql.answer(`print s = ${literal}`);
        if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
        expect(answer.rows).toEqual([[plain]]);
      }),
      { numRuns: 100 },
    );
  });
});
