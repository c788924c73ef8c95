import type { Run, Slice } from '../../../../src/features/hunting/runs/run';
import { queryFor } from '../../../../src/features/hunting/slices/query-text';

const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };
const aRun = (query: string, analysis: Partial<Run['analysis']> = {}) =>
  ({ query, window, createdAt: Date.parse(window.to), analysis: { tables: [], notes: [], ...analysis } }) as unknown as Run;
const at = Date.parse(window.to);
const whole = { window, partial: false } as Slice;
const part = (from: string, to: string) => ({ window: { from, to }, partial: true }) as Slice;

describe('what is sent', () => {
  it('is the analyst’s own text where the service takes the window', () => {
    expect(queryFor(aRun('DeviceInfo\n| take 1'), whole, { appliesWindow: true, at })).toEqual({
      text: 'DeviceInfo\n| take 1',
      bounded: true,
    });
  });

  it('narrows every table on the first line where it does not', () => {
    const { text, bounded } = queryFor(aRun('DeviceInfo\n| join AlertInfo on x', { tables: ['DeviceInfo', 'AlertInfo'] }), whole, {
      appliesWindow: false,
      at,
    });
    const where = `| where Timestamp >= datetime(${window.from}) and Timestamp < datetime(${window.to}); `;
    expect(text).toBe(`let DeviceInfo = DeviceInfo ${where}let AlertInfo = AlertInfo ${where}DeviceInfo\n| join AlertInfo on x`);
    expect(bounded).toBe(true);
  });

  it('says when a table’s time is not known', () => {
    expect(queryFor(aRun('Mystery', { tables: ['Mystery'] }), whole, { appliesWindow: false, at })).toEqual({
      text: 'Mystery',
      bounded: false,
    });
    expect(queryFor(aRun('search "x"'), whole, { appliesWindow: false, at }).bounded).toBe(false);
  });

  it('carries a slice’s bounds behind the source, and one moment for all slices', () => {
    const run = aRun('DeviceInfo // all\n| where Timestamp > ago(1d)', { rowWise: { timeColumn: 'Timestamp' } });
    const middle = '2026-01-15T00:00:00.000Z';
    const first = `DeviceInfo | where Timestamp >= datetime(${window.from}) and Timestamp < datetime(${middle}) // all\n| where Timestamp > (datetime(${window.to}) - (1d))`;
    expect(queryFor(run, part(window.from, middle), { appliesWindow: true, at }).text).toBe(first);
    expect(queryFor(run, part(middle, window.to), { appliesWindow: true, at }).text).toContain(`Timestamp <= datetime(${window.to})`);
  });

  it('asked again the next day still means the moment of the run', () => {
    const run = aRun('DeviceInfo | where Timestamp > ago(1d) and Note != "ago(1d)"');
    const sentAt = (time: number) => queryFor(run, whole, { appliesWindow: true, at: time }).text;
    expect(sentAt(at + 30_000)).toBe(run.query);
    expect(sentAt(at + 86_400_000)).toBe(`DeviceInfo | where Timestamp > (datetime(${window.to}) - (1d)) and Note != "ago(1d)"`);
  });
});
