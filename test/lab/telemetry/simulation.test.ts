import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tenants, type Tenant } from '../../../src/lab/directory/tenants.data';
import { createSink } from '../../../src/lab/telemetry/simulator/sink';
import { simulate } from '../../../src/lab/telemetry/simulator/simulate';
import { createWindow } from '../../../src/lab/telemetry/simulator/window';
import { aFolder } from '../../support/a-folder';

const [contoso, fabrikam] = tenants as [Tenant, Tenant];
const now = new Date('2026-11-20T15:30:00Z');
const root = aFolder();
let runs = 0;

const run = (facts: { tenant?: Tenant; seed?: string; events?: number; now?: Date } = {}) => {
  runs += 1;
  const folder = join(root, String(runs));
  const sink = createSink(folder);
  const keys = simulate({
    tenant: facts.tenant ?? contoso,
    seed: facts.seed ?? 'a seed',
    events: facts.events ?? 3000,
    window: createWindow(facts.now ?? now),
    sink,
  });
  sink.close();
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  const alerts = sink.tables.get('AlertInfo')?.rows ?? 0;
  const rows = [...sink.tables].filter(([name]) => !name.startsWith('_')).reduce((sum, [, table]) => sum + table.rows, 0);
  return { fingerprint: hash.digest('hex'), keys, rows, alerts };
};

test('writes the same rows for the same seed, size and moment', () => {
  const first = run();
  const again = run();
  expect(again.fingerprint).toBe(first.fingerprint);
  expect(again.keys).toEqual(first.keys);
});

test('writes other rows for another seed, and another organization for another tenant', () => {
  const first = run();
  expect(run({ seed: 'another seed' }).fingerprint).not.toBe(first.fingerprint);
  const other = run({ tenant: fabrikam });
  expect(other.keys.map(({ id }) => id)).not.toEqual(first.keys.map(({ id }) => id));
  expect(other.keys.every(({ tenant }) => tenant === 'fabrikam')).toBe(true);
});

test('tells the same stories whatever the size', () => {
  const ids = (events: number) => run({ events }).keys.map(({ id }) => id);
  expect(ids(20_000)).toEqual(ids(3000));
});

test('has every story told by the time it ends, whatever the hour and the day', () => {
  for (let hours = 0; hours < 7 * 24; hours += 29) {
    const at = new Date(Date.parse('2026-11-16T00:10:00Z') + hours * 3_600_000);
    for (const tenant of [contoso, fabrikam]) {
      const { keys, alerts } = run({ tenant, now: at, events: 500 });
      expect({ at, alerts }).toEqual({ at, alerts: new Set(keys.map(({ story }) => story)).size });
    }
  }
});

test('comes near the size that was asked for', () => {
  const { rows } = run({ events: 40_000 });
  expect(rows).toBeGreaterThan(34_000);
  expect(rows).toBeLessThan(46_000);
});

test('covers at least eight stories a tenant, each with techniques, a hint and an answer', () => {
  for (const tenant of [contoso, fabrikam]) {
    const { keys } = run({ tenant });
    expect(new Set(keys.map(({ story }) => story)).size).toBeGreaterThanOrEqual(8);
    for (const key of keys) {
      expect(key.rows.length).toBeGreaterThan(0);
      expect(key.techniques.every((technique) => /^T\d{4}(\.\d{3})?$/.test(technique))).toBe(true);
      expect(key.tactics.length).toBeGreaterThan(0);
      expect(key.hint.length).toBeGreaterThan(10);
      for (const row of key.rows) expect(row).toHaveLength(key.columns.length);
    }
  }
});
