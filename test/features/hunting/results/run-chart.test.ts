import { chartAsk, chartPlanning } from '../../../../src/features/hunting/results/run-chart';
import type { ChartRows } from '../../../../src/features/hunting/ports';
import type { Column } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'Device', type: 'string' },
  { name: 'At', type: 'datetime' },
  { name: 'Good', type: 'long' },
  { name: 'Bad', type: 'long' },
];
const found: ChartRows = { rows: ['["2026-01-01T00:00:00.0000000Z","pc",3]'], joined: null, cut: false, seriesInAll: null };

const planned = (properties: Record<string, string>, rows: ChartRows = found) => {
  const source = { kind: 'timechart' as const, columns, render: { kind: 'timechart', properties } };
  const asked = chartAsk(source);
  if (typeof asked === 'string') throw new Error(asked);
  const planning = chartPlanning(source, asked.roles, rows);
  if (!planning.ok) throw new Error(planning.why);
  return { ...asked, plan: planning.plan };
};

describe('the chart of a run', () => {
  it('asks for the columns it draws alone', () => {
    expect(planned({ ycolumns: 'Bad' }).ask).toMatchObject({ x: 1, series: [0], y: [3], more: 'join' });
  });

  it('follows the title and the axes of the query’s render', () => {
    const { plan } = planned({ title: 'Logons', ycolumns: 'Good', ymin: '0', kind: 'stacked' });
    expect([plan.title, plan.look, plan.stacking]).toEqual(['Logons', { yMin: 0 }, 'stacked']);
    expect(plan.notes).toEqual([]);
  });

  it('says what it joined, cut, left out and did not follow', () => {
    const { plan } = planned(
      { ycolumns: 'Good', series: 'Nobody', ysplit: 'axes' },
      { ...found, joined: { kind: 'peaks', step: 10_000_000 * 90 }, cut: true, seriesInAll: 1_234 },
    );
    expect(plan.notes).toEqual([
      'The view has more rows than a picture shows: each point is the greatest value within 90 seconds.',
      'The picture shows the 20 largest of 1,234 series; the table has all of them.',
      'The picture shows the first 20,000 points of this view; the table has all rows.',
      'The query’s render names columns that this result does not have: Nobody.',
      'The picture does not follow these properties of render: ysplit.',
    ]);
  });

  it('takes no notice of the properties when the reader chooses another chart', () => {
    const source = { kind: 'columnchart' as const, columns, render: { kind: 'timechart', properties: { xcolumn: 'At' } } };
    expect(chartAsk(source)).toMatchObject({ roles: { x: columns[0] }, ask: { more: 'add' } });
  });
});
