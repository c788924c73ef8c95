import { cutAt, received } from './received';
import { fc } from '../support/properties';

const schema = (columns: readonly (readonly [string, string])[]): string => JSON.stringify(columns.map(([name, type]) => ({ name, type })));
const answer = (columns: readonly (readonly [string, string])[], rows: string): string =>
  `{"schema":${schema(columns)},"results":[${rows}]}`;

describe('an answer of a hunting service', () => {
  it('becomes lines in the order of its schema, whatever the order of the keys', async () => {
    const found = await received([
      answer(
        [
          ['A', 'String'],
          ['B', 'Int64'],
        ],
        '{"B":2,"A":"x"},{"A":"y","B":3}',
      ),
    ]);
    expect(found.lines).toEqual(['["x",2]', '["y",3]']);
    expect(found.columns).toEqual([
      { name: 'A', type: 'string' },
      { name: 'B', type: 'long' },
    ]);
    expect(found.rows).toBe(2);
  });

  it('may write its members in capitals, its keys in another case, and its statistics behind', async () => {
    const body = `{"Schema":[{"Name":"DeviceName","Type":"String"}],"Results":[{"deviceName":"pc"}],"Stats":{"ExecutionTime":1.5}}`;
    const found = await received([body]);
    expect(found.lines).toEqual(['["pc"]']);
    expect(found.serviceSeconds).toBe(1.5);
  });

  it('may send its rows before their schema', async () => {
    const body = `{"results":[{"a":1,"b":{"x":\n1.10}},{"b":null,"a":2}],"schema":${schema([
      ['a', 'Int32'],
      ['b', 'Object'],
    ])}}`;
    const found = await received(cutAt(body, 3));
    expect(found.lines).toEqual(['[1,{"x":1.10}]', '[2,null]']);
    expect(found.rows).toBe(2);
  });

  it('keeps numbers, decimals, times and dynamic values digit for digit', async () => {
    const columns = [
      ['l', 'Int64'],
      ['d', 'SqlDecimal'],
      ['t', 'DateTime'],
      ['o', 'Object'],
      ['r', 'Double'],
      ['s', 'TimeSpan'],
    ] as const;
    const row = `{"l":9223372036854775807,"d":"123456789012345678901234.000010","t":"2026-01-02T03:04:05.1234567Z","o":{"n":1.10,"big":9007199254740993},"r":1e-7,"s":"1.02:03:04.5000000"}`;
    const { lines } = await received([answer(columns, row)]);
    expect(lines).toEqual([
      '[9223372036854775807,"123456789012345678901234.000010","2026-01-02T03:04:05.1234567Z",{"n":1.10,"big":9007199254740993},1e-7,"1.02:03:04.5000000"]',
    ]);
  });

  it('reads times without a zone as UTC, moves others there, and fills up to seven digits', async () => {
    const rows = ['2026-01-02T03:04:05', '2026-01-02T03:04:05.5Z', '2026-01-02T03:04:05.123+02:00'].map((t) => `{"t":"${t}"}`).join(',');
    const { lines, columns } = await received([answer([['t', 'DateTime']], rows)]);
    expect(lines).toEqual(['["2026-01-02T03:04:05.0000000Z"]', '["2026-01-02T03:04:05.5000000Z"]', '["2026-01-02T01:04:05.1230000Z"]']);
    expect(columns[0]?.type).toBe('datetime');
  });

  it('keeps a column as dynamic when a value is not what its schema says', async () => {
    const found = await received([
      answer(
        [
          ['n', 'Int32'],
          ['t', 'DateTime'],
        ],
        '{"n":1,"t":"2026-02-30T00:00:00Z"},{"n":"many","t":null}',
      ),
    ]);
    expect(found.columns.map((column) => column.type)).toEqual(['dynamic', 'dynamic']);
    expect(found.lines).toEqual(['[1,"2026-02-30T00:00:00Z"]', '["many",null]']);
  });

  it('takes a type that nobody knows as dynamic', async () => {
    expect(
      (
        await received([
          answer(
            [
              ['x', 'Quux'],
              ['y', 'System.SByte'],
            ],
            '{"x":[1],"y":1}',
          ),
        ])
      ).columns.map(({ type }) => type),
    ).toEqual(['dynamic', 'bool']);
  });

  it('accepts dynamic values as JSON and as text that holds JSON', async () => {
    const { lines } = await received([answer([['o', 'Object']], String.raw`{"o":"{\"a\":1.0}"},{"o":"plain"},{"o":"[not json"}`)]);
    expect(lines).toEqual(['[{"a":1.0}]', '["plain"]', '["[not json"]']);
  });

  it('is not harmed by column names such as __proto__', async () => {
    const found = await received([
      answer(
        [
          ['__proto__', 'String'],
          ['constructor', 'Int32'],
        ],
        '{"__proto__":"p","constructor":1}',
      ),
    ]);
    expect(found.lines).toEqual(['["p",1]']);
    expect(({} as Record<string, unknown>)['p']).toBeUndefined();
  });

  it('counts values under names that the schema does not list', async () => {
    expect((await received([answer([['a', 'Int32']], '{"a":1,"b":2,"@odata.type":"x"}')])).unknownKeys).toBe(1);
  });

  it('says when the service points to a further page', async () => {
    const more = answer([['a', 'Int32']], '{"a":1}').replace('{', '{"@odata.nextLink":"https://graph.example/next",');
    expect((await received([more])).more).toBe(true);
  });

  it('names the newest event', async () => {
    const rows = ['2026-01-01T00:00:00.0000000Z', '2026-03-01T00:00:00.0000000Z', '2026-02-01T00:00:00.0000000Z'].map(
      (t) => `{"Timestamp":"${t}"}`,
    );
    expect((await received([answer([['Timestamp', 'DateTime']], rows.join(','))])).newest).toBe('2026-03-01T00:00:00.0000000Z');
  });

  it('puts the tenant in front of each row, under names of its own where the answer has the same', async () => {
    const tenant = { id: 'id-1', name: 'Con"toso' };
    expect((await received([answer([['a', 'Int32']], '{"a":1}')], tenant)).lines).toEqual(['["Con\\"toso","id-1",1]']);
    const columns = (await received([answer([['TenantId', 'String']], '')], tenant)).columns;
    expect(columns.map((column) => column.name)).toEqual(['TenantName', 'QuarryTenantId', 'TenantId']);
  });
});

describe('a body that is not one whole answer', () => {
  const whole = answer(
    [
      ['Timestamp', 'DateTime'],
      ['o', 'Object'],
    ],
    '{"Timestamp":"2026-01-01T00:00:00Z","o":{"a":[1,"}"]}},{"Timestamp":null,"o":"é"}',
  );

  it('is an error wherever it stops', async () => {
    const bytes = Buffer.from(whole);
    for (let length = 0; length < bytes.length; length += 1) {
      await expect(received([bytes.subarray(0, length)])).rejects.toThrow(/not JSON/);
    }
    expect((await received([bytes])).rows).toBe(2);
  });

  it.each([
    ['HTML', '<html></html>'],
    ['a list', '[]'],
    ['rows without a schema', '{"results":[]}'],
    ['a schema without rows', '{"schema":[]}'],
    ['rows that are no list', '{"schema":[],"results":null}'],
    ['rows that are no objects', '{"schema":[],"results":[1]}'],
    ['something behind its end', `${whole}{}`],
    ['a doubled list of rows', '{"schema":[],"results":[],"results":[]}'],
    ['a column named twice', '{"schema":[{"name":"a"},{"name":"a"}],"results":[]}'],
    ['a missing comma', answer([['a', 'Int32']], '{"a":1}{"a":2}')],
    ['a comma too many', answer([['a', 'Int32']], '{"a":1},')],
    ['a bad number', answer([['a', 'Int32']], '{"a":01}')],
    ['a bad escape', answer([['a', 'String']], String.raw`{"a":"\x"}`)],
    ['a control character', answer([['a', 'String']], '{"a":"\u0001"}')],
    ['mismatched brackets', answer([['a', 'Object']], '{"a":[}]}')],
  ])('%s', async (_what, body) => {
    await expect(received([body])).rejects.toThrow(/not JSON/);
  });

  it('bytes that are not UTF-8', async () => {
    const body = Buffer.from(answer([['a', 'String']], '{"a":"?"}'));
    body[body.indexOf('?')] = 0xff;
    await expect(received([body])).rejects.toThrow(/UTF-8/);
  });
});

describe('any answer', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null), fc.jsonValue());
  const rows = fc.array(fc.record({ text: cell, value: fc.jsonValue(), 'odd name"': fc.string() }), { maxLength: 20 });

  it('arrives whole and unchanged, however the network cuts it', async () => {
    const columns = [
      ['text', 'Object'],
      ['value', 'Object'],
      ['odd name"', 'String'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.constantFrom(undefined, 1), async (given, size, indent) => {
        const body = `{"schema":${schema(columns)},"results":${JSON.stringify(given, null, indent)}}`;
        const found = await received(cutAt(body, size));
        const asText = (value: unknown): unknown => (typeof value === 'string' && /^\s*[[{]/.test(value) ? 'maybe JSON' : value);
        const expected = given.map((row) => [row.text, row.value, row['odd name"']].map(asText));
        const actual = found.lines.map((line, index) =>
          (JSON.parse(line) as unknown[]).map((value, at) =>
            asText([given[index]!.text, given[index]!.value, ''][at]) === 'maybe JSON' ? 'maybe JSON' : asText(value),
          ),
        );
        expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
        expect(found.lines.every((line) => !line.includes('\n'))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
