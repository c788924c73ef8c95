import { planChart } from '../../../../src/features/hunting/charts/chart-plan';
import { chartPng } from '../../../../src/features/hunting/charts/chart-png';
import { drawChart } from '../../../../src/features/hunting/charts/draw-chart';

const picture = async (name: string): Promise<Buffer> => {
  const columns = [
    { name: 'FileName', type: 'string' },
    { name: 'Count', type: 'long' },
  ] as const;
  const planning = planChart({ kind: 'columnchart', columns, rows: [[name, 5]] });
  if (!planning.ok) throw new Error(planning.why);
  return Buffer.from(await chartPng(await drawChart(planning.plan, 'light')));
};

describe('a chart as PNG', () => {
  it('is a picture of twice the size', async () => {
    const png = await picture('a.exe');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 720]);
  });

  it('holds its text, whatever fonts the machine has', async () => {
    expect(await picture('a.exe')).not.toEqual(await picture('b.exe'));
  });
});
