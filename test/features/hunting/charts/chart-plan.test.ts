import { planChart, seriesLimit, type ChartRequest } from '../../../../src/features/hunting/charts/chart-plan';
import type { Column } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'Device', type: 'string' },
  { name: 'Timestamp', type: 'datetime' },
  { name: 'Count', type: 'long' },
];
const rows = [
  ['a', '2026-01-01T02:00:00.0000000Z', 3],
  ['a', '2026-01-01T01:00:00.0000000Z', 1],
  ['b', '2026-01-01T01:00:00.0000000Z', 2],
];
const plan = (request: Partial<ChartRequest>) => {
  const planning = planChart({ kind: 'timechart', columns, rows, ...request });
  if (!planning.ok) throw new Error(planning.why);
  return planning.plan;
};

describe('planning a chart', () => {
  it('draws a time chart over the first datetime, one line a text value, points in time order', () => {
    const { x, axis, series } = plan({});
    expect([x.name, axis]).toEqual(['Timestamp', 'time']);
    expect(series.map(({ name, points }) => [name, points.map(([, y]) => y)])).toEqual([
      ['a', [1, 3]],
      ['b', [2]],
    ]);
  });

  it('draws columns over the first column, and pies over the first text', () => {
    expect(plan({ kind: 'columnchart' }).x.name).toBe('Device');
    const swapped = [columns[2], columns[0]] as Column[];
    expect(plan({ kind: 'piechart', columns: swapped, rows: [[5, 'a']] }).x.name).toBe('Device');
  });

  it('takes the columns that are asked for', () => {
    const asked = plan({ kind: 'columnchart', x: 'Timestamp', y: ['Count'], series: ['Device'] });
    expect([asked.x.name, asked.y.map(({ name }) => name)]).toEqual(['Timestamp', ['Count']]);
  });

  it('says why a result cannot be drawn', () => {
    expect(planChart({ kind: 'timechart', columns: [columns[0] as Column], rows: [] })).toEqual({
      ok: false,
      why: 'A time chart needs a datetime column, and this result has none.',
    });
    expect(planChart({ kind: 'barchart', columns: columns.slice(0, 2), rows })).toMatchObject({ ok: false });
  });

  it('keeps gaps as gaps and reads 64-bit digits, spans and special values', () => {
    const wide: Column[] = [
      { name: 'k', type: 'string' },
      { name: 'n', type: 'long' },
      { name: 'd', type: 'timespan' },
      { name: 'r', type: 'real' },
    ];
    const { series } = plan({
      kind: 'columnchart',
      columns: wide,
      rows: [['x', '9007199254740993', '1.00:00:00.5000000', 'NaN']],
      series: [],
    });
    expect(series.map(({ points }) => points[0]?.[1])).toEqual([9007199254740992, 86400.5, null]);
  });

  it('tells a null from an empty name', () => {
    const { categories } = plan({
      kind: 'columnchart',
      rows: [
        [null, null, 1],
        ['', null, 2],
      ],
    });
    expect(categories).toEqual(['(null)', '(empty)']);
  });

  it('names in words what the picture leaves out', () => {
    const many = Array.from({ length: 30 }, (_, n) => [`device ${n}`, '2026-01-01T01:00:00Z', n]);
    const limited = plan({ rows: [...many, ['late', null, 5]] });
    expect(limited.series).toHaveLength(seriesLimit);
    expect(limited.series[0]?.name).toBe('device 29');
    expect(limited.notes).toEqual([
      '1 rows have no Timestamp and are only in the table.',
      'The picture shows the 20 largest of 30 series; the table has all of them.',
    ]);
  });

  it('joins the smallest slices of a pie without losing their sum', () => {
    const many = Array.from({ length: 40 }, (_, n) => [`s${n}`, null, n + 1]);
    const { series, notes } = plan({ kind: 'piechart', rows: many });
    expect(series[0]?.points).toHaveLength(24);
    expect(series[0]?.points.reduce((sum, [, y]) => sum + (y ?? 0), 0)).toBe((40 * 41) / 2);
    expect(notes).toHaveLength(1);
  });
});
