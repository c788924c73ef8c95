import { exportHeaders } from '../../../../src/features/hunting/exports/export-names';
import { aHunt, eventsBetween } from '../a-hunt';

const aRun = async () => {
  const hunt = await aHunt();
  try {
    hunt.world.events.set(hunt.user.tenantId, eventsBetween('2026-01-30T00:00:00Z', 3, 1_000));
    const made = await hunt.hunting.service.create(hunt.user, { query: 'Events', timespan: 'P7D', tenants: [] });
    if (!made.ok) throw new Error('refused');
    await hunt.hunting.executor.settled(made.runId);
    return await hunt.hunting.service.find(hunt.user, made.runId);
  } finally {
    await hunt.close();
  }
};

it('a workbook of more rows than a sheet holds says so in its name and headers; other formats are whole', async () => {
  const { run, slices } = await aRun();
  const large = { run, slices: slices.map((slice) => ({ ...slice, rows: 1_048_576 })) };
  expect(exportHeaders({ run, slices }, 'xlsx')).toMatchObject({ 'X-Result-Complete': 'true', 'X-Result-Verdict': 'complete' });
  expect(exportHeaders(large, 'csv')).toMatchObject({ 'X-Result-Complete': 'true' });
  const headers = exportHeaders(large, 'xlsx');
  expect(headers).toMatchObject({ 'X-Result-Complete': 'false', 'X-Result-Verdict': 'partial' });
  expect(headers['Content-Disposition']).toContain('filename="incomplete-');
  expect(decodeURIComponent(headers['X-Result-Reasons'] ?? '')).toBe('A sheet holds 1048575 of the 1048576 rows.');
});
