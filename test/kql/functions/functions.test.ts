import { functionTable } from '../../../src/kql/functions/function-table';
import { analyze } from '../../../src/kql/index';
import { createKqlInProcess, noTables } from '../../support/kql/kql-in-process';
import { agrees, type Check } from './check';
import { conversionChecks } from './checks/conversions.data';
import { dynamicChecks } from './checks/dynamics.data';
import { geoChecks } from './checks/geo.data';
import { networkChecks } from './checks/networks.data';
import { numberChecks } from './checks/numbers.data';
import { seriesChecks } from './checks/series.data';
import { sketchChecks } from './checks/sketches.data';
import { stringChecks } from './checks/strings.data';
import { timeChecks } from './checks/times.data';

const checks: readonly Check[] = [
  ...stringChecks,
  ...conversionChecks,
  ...timeChecks,
  ...numberChecks,
  ...dynamicChecks,
  ...networkChecks,
  ...seriesChecks,
  ...sketchChecks,
  ...geoChecks,
];

describe('scalar functions', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => void (kql = await createKqlInProcess()));
  afterAll(() => kql.close());

  /** Many expressions in one query are answered faster than many queries. */
  const answerAll = async (expressions: readonly string[]): Promise<readonly unknown[]> => {
    const answer = await kql.answer(`print ${expressions.map((expression, index) => `c${index} = ${expression}`).join(',\n')}`);
    if ('diagnostics' in answer) throw new Error(answer.diagnostics.map((diagnostic) => diagnostic.message).join('; '));
    return answer.rows[0] ?? [];
  };

  const failures = async (some: readonly Check[]): Promise<readonly string[]> => {
    const values = await answerAll(some.map(([, expression]) => expression));
    return some.flatMap(([, expression, expected], index) =>
      agrees(values[index], expected) ? [] : [`${expression} gives ${JSON.stringify(values[index])} for ${JSON.stringify(expected)}`],
    );
  };

  it.each([
    ['strings', stringChecks],
    ['conversions', conversionChecks],
    ['times', timeChecks],
    ['numbers', numberChecks],
    ['dynamic values', dynamicChecks],
    ['networks and encodings', networkChecks],
    ['series', seriesChecks],
    ['sketches', sketchChecks],
    ['geometry', geoChecks],
  ])('answer as the engine does: %s', async (_, some) => {
    expect(await failures(some)).toEqual([]);
  });

  it('are all shown by a check, unless they are refused', () => {
    const shown = new Set(checks.map(([name]) => name));
    const unshown = [...functionTable.values()]
      .filter((row) => row.support.state !== 'refused' && !shown.has(row.name))
      .map((row) => row.name);
    expect(unshown).toEqual([]);
  });

  it('have no check for what is not in the table', () => {
    expect(checks.filter(([name]) => !functionTable.has(name)).map(([name]) => name)).toEqual([]);
  });

  it('are refused by name where they are not exact', async () => {
    const answer = await kql.answer('print geo_point_to_h3cell(1.0, 2.0)');
    expect(answer).toMatchObject({
      diagnostics: [{ code: 'function-unsupported', message: expect.stringContaining('geo_point_to_h3cell') }],
    });
  });

  it('give null or nothing for null arguments, without failing', async () => {
    const nulls = [
      'strlen(tostring(int(null)))',
      'substring(tostring(dynamic(null)), 1)',
      'bin(long(null), 5)',
      'dayofweek(datetime(null))',
      'array_length(dynamic(null))',
      'set_union(dynamic(null), dynamic([1]))',
    ];
    expect(await answerAll(nulls)).toEqual([0, '', null, null, null, [1]]);
  });

  it('warn where the answer cannot be known', () => {
    const { diagnostics } = analyze('print geo_info_from_ip_address("20.53.203.50").country', noTables);
    expect(diagnostics).toMatchObject([{ code: 'always-null', severity: 'warning' }]);
  });

  it('never give a null text', async () => {
    const texts = [
      'tohex(long(null))',
      'format_datetime(datetime(null), "yyyy")',
      'format_timespan(timespan(null), "hh")',
      'format_bytes(real(null))',
      'parse_ipv6_mask("1.1.1.1", long(null))',
      'substring("abc", long(null))',
      'strrep("a", long(null))',
      'strcat_array(dynamic(null), ",")',
      'extract_json("$.a", "x")',
      'max_of("", "")',
      'tostring(guid(null))',
      'dynamic_to_json(dynamic(null))',
      'base64_encode_fromguid(guid(null))',
      'geo_point_to_geohash(real(null), 1.0)',
    ];
    expect(await answerAll(texts)).toEqual(texts.map(() => ''));
  });

  it('evaluate a long argument once, however deep they are nested', async () => {
    const nested = Array.from({ length: 8 }).reduce<string>((inner) => `tolong(tostring(bin(${inner}, 3)))`, 'x');
    const answer = await kql.answer(`print x = 10 | extend y = ${nested}`);
    expect('sql' in answer && answer.sql.length).toBeLessThan(20_000);
  });
});
