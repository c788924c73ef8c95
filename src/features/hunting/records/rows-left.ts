import type { HuntEventTenant } from '../ports';
import { rowsOf } from '../runs/ledger';
import type { RunWithSlices } from '../runs/stored-runs';
import { tenantsOf } from './tenants-of';

export interface Export {
  readonly format: string;
  /** False: it was broken off. */
  readonly complete: boolean;
  /** Rows that were handed over; what is not known counts as all of them. */
  readonly rows: number;
}

interface Left {
  readonly tenants: readonly HuntEventTenant[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Whose rows left with an export. Rows lie organization by organization, so of one that was broken off the first ones left. Rows that
 * a refinement made of several organizations' rows belong to each of them: the count is then the most that can be theirs.
 */
export const rowsLeft = (found: RunWithSlices, { rows }: Export): Left => {
  const all = rowsOf(found.slices);
  const gone = Math.min(rows, all);
  const tenants = tenantsOf(found);
  if (found.run.inherited) {
    const shared = tenants.length > 1 ? { madeOfSeveral: true } : {};
    return { tenants: tenants.map((tenant) => ({ ...tenant, rows: gone })), facts: shared };
  }
  let left = gone;
  const counts = new Map<string, number>();
  for (const slice of found.slices.filter(({ state }) => state === 'done')) {
    const own = Math.min(left, slice.rows);
    left -= own;
    counts.set(slice.tenantId, (counts.get(slice.tenantId) ?? 0) + own);
  }
  return { tenants: tenants.map((tenant) => ({ ...tenant, rows: counts.get(tenant.tenantId) ?? 0 })), facts: {} };
};
