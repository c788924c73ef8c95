import { analyze, translate, type Diagnostic } from '../../src/kql/index';
import { huntingSchema } from '../../src/kql/hunting-schema';
import { defaultNow } from '../support/kql/kql-in-process';

const diagnosticsOf = (query: string): readonly Diagnostic[] => {
  const result = translate(query, { schema: huntingSchema, nowTicks: defaultNow });
  if (result.state !== 'refused') throw new Error(`not refused: ${query}`);
  return result.diagnostics;
};

describe('a refusal', () => {
  it.each([
    ['.show tables', 'control-command', 'refused', 1, 1],
    ['// note\n.drop table T', 'control-command', 'refused', 2, 1],
    ['cluster("c").database("d").T', 'other-cluster', 'refused', 1, 1],
    ['print 1\n| union (database("d").T)', 'other-cluster', 'refused', 2, 10],
    ['externaldata(a:string)["https://x.example"]', 'external-data', 'refused', 1, 1],
    ['DeviceInfo; DeviceEvents', 'several-results', 'refused', 1, 13],
    ['let x = 1;', 'empty-query', 'syntax', 1, 10],
    ["print ['hasOwnProperty'] = 1, b = 2", 'parser-failed', 'unsupported', 1, 1],
    ['DeviceInfo | evaluate python(typeof(*), "x")', 'remote-plugin', 'refused', 1, 14],
    ['DeviceInfo | getschema kind=csl', 'construct-unsupported', 'unsupported', 1, 14],
    ['DeviceInfo\n| facet by DeviceId', 'operator-unsupported', 'unsupported', 2, 3],
    ['DeviceInfo | make-graph DeviceId --> DeviceName', 'construct-unsupported', 'unsupported', 1, 1],
    ['DeviceInfo | make-graph DeviceId --> DeviceName | count', 'construct-unsupported', 'unsupported', 1, 51],
    [
      'DeviceInfo | make-graph DeviceId --> DeviceName with_node_id = n | graph-match (a), (b) project a.n',
      'construct-unsupported',
      'unsupported',
      1,
      68,
    ],
    ['DeviceInfo | extend x = geo_polygon_buffer(dynamic({}), 1)', 'function-unsupported', 'unsupported', 1, 25],
    [
      'let f = (v:long) { toscalar(print w = 1 | where w == v) };\nrange x from 1 to 2 step 1 | extend y = f(x)',
      'semantic-type',
      'semantic',
      2,
      41,
    ],
    [
      'let f = (v:long) { v in ((range w from 1 to 9 step 1 | where w > v)) };\nrange x from 1 to 2 step 1 | where f(x)',
      'semantic-type',
      'semantic',
      2,
      36,
    ],
    ['DeviceInfo | where DeviceNam == "x"', 'KS142', 'semantic', 1, 20],
    ['DeviceInfo | where', 'KS006', 'syntax', 1, 19],
  ])('of %j names the construct and its place', (query, code, kind, line, column) => {
    const [first] = diagnosticsOf(query);
    expect(first).toMatchObject({ code, kind, severity: 'error', span: { line, column } });
    expect(first?.message).not.toMatch(/\{\w+\}/);
  });

  it('comes before the parser for a text that is too long or too deep', () => {
    expect(diagnosticsOf(`print "${'x'.repeat(70_000)}"`)[0]).toMatchObject({ code: 'query-too-long', kind: 'limit' });
    expect(diagnosticsOf(`print ${'('.repeat(5000)}1${')'.repeat(5000)}`)[0]).toMatchObject({ code: 'query-too-deep', kind: 'limit' });
  });

  it('points at the call when the fault is in the body of a function', () => {
    const [first] = diagnosticsOf('let f = (x:long) {\n  geo_polygon_buffer(dynamic({}), 1) };\nprint a = 1,\n  b = f(1)');
    expect(first?.span).toMatchObject({ line: 4, column: 7 });
  });
});

describe('an analysis', () => {
  const codes = (query: string): string[] => analyze(query, huntingSchema).diagnostics.map((diagnostic) => diagnostic.code);

  it('warns of what misleads a hunter', () => {
    expect(codes('DeviceEvents | where Timestamp > ago(1d) | take 5 | where ActionType == "x"')).toEqual(['take-before-where']);
    expect(codes('DeviceEvents | where Timestamp > ago(1d) | join (DeviceInfo) on DeviceId')).toEqual(['join-without-kind']);
    expect(codes('DeviceEvents | count')).toEqual(['no-time-filter']);
    expect(codes('let back = 45d; DeviceEvents | where Timestamp > ago(back)')).toEqual(['long-look-back']);
    expect(codes('DeviceFileEvents | where Timestamp > ago(1d) | invoke FileProfile(SHA1)')).toEqual(['file-profile-limit']);
    expect(codes('DeviceEvents | where Timestamp > ago(1d) | summarize count() by ActionType')).toEqual([]);
  });

  it('says which tables are read, how far back, and how many rows are asked for', () => {
    expect(analyze('DeviceEvents | where Timestamp > ago(7d) | project Timestamp, DeviceId | take 10', huntingSchema)).toMatchObject({
      tables: ['DeviceEvents'],
      columns: [
        { name: 'Timestamp', type: 'datetime' },
        { name: 'DeviceId', type: 'string' },
      ],
      timeFilter: { column: 'Timestamp', lookBackTicks: 7n * 864000000000n },
      userTake: 10,
    });
    expect(analyze('union DeviceTvm* | take 1', huntingSchema).tables).toContain('DeviceTvmSoftwareInventory');
  });

  it('says whether answers of time slices may be put together', () => {
    expect(analyze('DeviceEvents | where ActionType == "x" | extend A = tolower(FileName)', huntingSchema).rowWise).toEqual({
      timeColumn: 'Timestamp',
    });
    expect(analyze('DeviceEvents | summarize count()', huntingSchema).rowWise).toEqual({ why: 'summarize looks at more than one row' });
    expect(analyze('DeviceEvents | where DeviceId in ((DeviceInfo | project DeviceId))', huntingSchema).rowWise).toEqual({
      why: 'more than one table is read',
    });
  });

  it('keeps the chart that render asks for', () => {
    expect(
      analyze('DeviceEvents | summarize count() by ActionType | render piechart with (title="Actions")', huntingSchema).render,
    ).toEqual({ kind: 'piechart', properties: { title: 'Actions' } });
  });
});
