import { load } from 'cheerio';
import { chartKinds } from '../../../../src/features/hunting/charts/chart-kind';
import { planChart } from '../../../../src/features/hunting/charts/chart-plan';
import { chartSize, drawChart, warmCharts } from '../../../../src/features/hunting/charts/draw-chart';
import type { Column } from '../../../../src/kql/schema';

const columns: Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'Name', type: 'string' },
  { name: 'Count', type: 'long' },
];
const attack = '</text><script>alert(1)</script>';
const rows = [
  ['2026-01-01T01:00:00Z', attack, 5],
  ['2026-01-01T02:00:00Z', attack, 7],
  ['2026-01-01T02:00:00Z', 'plain', 2],
];

describe('drawing a chart', () => {
  it('can be made ready ahead of the first reader', async () => {
    await expect(warmCharts()).resolves.toBeUndefined();
  });

  it.each(chartKinds)('%s is one SVG picture with marks, and hostile names stay text', async (kind) => {
    const planning = planChart({ kind, columns, rows, title: attack });
    if (!planning.ok) throw new Error(planning.why);
    const svg = await drawChart(planning.plan, 'light');
    const $ = load(svg, { xml: true });
    expect($('svg')).toHaveLength(1);
    expect($('script')).toHaveLength(0);
    expect($('path').length).toBeGreaterThanOrEqual(3);
    expect($('text').text()).toContain('</text><script>');
  });

  it('differs between the themes', async () => {
    const planning = planChart({ kind: 'timechart', columns, rows });
    if (!planning.ok) throw new Error(planning.why);
    expect(await drawChart(planning.plan, 'dark')).not.toBe(await drawChart(planning.plan, 'light'));
  });

  it('names every series below the picture, which grows for them', async () => {
    const many = Array.from({ length: 20 }, (_, at) => ['2026-01-01T01:00:00Z', `a series with a name, number ${at}`, at]);
    const planning = planChart({ kind: 'linechart', columns, rows: many });
    if (!planning.ok) throw new Error(planning.why);
    const texts = load(await drawChart(planning.plan, 'light'), { xml: true })('text').text();
    for (const [, name] of many) expect(texts).toContain(name);
    expect(chartSize(planning.plan).height).toBeGreaterThan(
      chartSize({ ...planning.plan, series: planning.plan.series.slice(0, 2) }).height,
    );
  });

  it('shows the share of each part when stacked to 100', async () => {
    const planning = planChart({ kind: 'columnchart', columns, rows, x: 'Timestamp', stacking: 'stacked100' });
    if (!planning.ok) throw new Error(planning.why);
    expect(await drawChart(planning.plan, 'light')).toContain('>%<');
  });

  it.each(chartKinds)('%s of names that every object has touches no object, and draws them', async (kind) => {
    const names = Object.getOwnPropertyNames(Object.prototype);
    const standing = (): unknown[] =>
      [Object.prototype, ...names.map((name) => (({}) as Record<string, unknown>)[name])].map((each) => Object.getOwnPropertyNames(each));
    const before = standing();
    const hostile: Column[] = [
      { name: 'Timestamp', type: 'datetime' },
      { name: '__proto__', type: 'string' },
      { name: 'constructor', type: 'long' },
    ];
    const values = names.map((name, at) => [`2026-01-01T0${at % 10}:00:00Z`, name, at + 1]);
    const x = kind === 'timechart' ? {} : { x: '__proto__' };
    const planning = planChart({ kind, columns: hostile, rows: values, title: 'toString', ...x });
    if (!planning.ok) throw new Error(planning.why);
    // Twice: what the first drawing left behind would show in the second.
    await drawChart(planning.plan, 'light');
    const svg = await drawChart(planning.plan, 'dark');
    expect(standing()).toEqual(before);
    expect(svg).not.toMatch(/NaN|\[object/);
    expect(load(svg, { xml: true })('text').text().replaceAll('\u2060', '')).toContain('toString');
  });
});
