import type { SignedInUser } from '../../../http/current-user';
import type { HuntEvent, HuntEventTenant, RecordHunt } from '../ports';
import { finalState, ledgerOf, rowsOf } from '../runs/ledger';
import type { Run } from '../runs/run';
import type { RunWithSlices } from '../runs/stored-runs';
import { elapsedMs } from '../runs/run-json';
import { rowsLeft, type Export } from './rows-left';
import { tenantsOf } from './tenants-of';

declare const recordedBrand: unique symbol;
/** Proof that the start of a run is in the audit trail: without it nothing is asked of a service. */
export interface Recorded {
  readonly [recordedBrand]: true;
}

export interface Start {
  /** Of a run that was asked before. */
  readonly again?: 'retry' | 'slices';
  readonly undo: () => Promise<void>;
}

type Person = HuntEvent['by'];

/** Each organization's own part of the ledger. */
const outcomes = ({ run, slices }: RunWithSlices): readonly HuntEventTenant[] =>
  tenantsOf({ run, slices }).map(({ tenantId, name }) => {
    const own = slices.filter((slice) => slice.tenantId === tenantId);
    const state = finalState(own);
    const { verdict, tenants } = ledgerOf({ ...run, state }, own);
    return { tenantId, name, state, verdict, rows: rowsOf(own), cut: tenants[0]?.cut ?? null };
  });

const about = (run: Run) => ({ kind: run.kind, window: run.window });

/** What the acts on a run look like in the audit trail. */
export const createHuntRecords = (record: RecordHunt) => {
  const tell = (by: Person, { run }: { run: Run }, event: Omit<HuntEvent, 'by' | 'byPerson' | 'runId'>): Promise<void> =>
    record({ by, byPerson: true, runId: run.id, ...event });

  return Object.freeze({
    /** Before anything is asked of a run that stands in the store. Where it cannot be recorded it undoes that, and rejects. */
    started: async (user: SignedInUser, found: RunWithSlices, { again, undo }: Start): Promise<Recorded> => {
      const facts = { ...about(found.run), provider: found.run.provider, again };
      try {
        await tell(user, found, { action: 'hunt-started', query: found.run.query, tenants: tenantsOf(found), facts });
      } catch (error) {
        // What cannot be undone now is found by the sweep, as a run that nobody works on.
        await undo().catch(() => {});
        throw error;
      }
      return {} as Recorded;
    },
    finished: (by: Person, found: RunWithSlices): Promise<void> => {
      const facts = { kind: found.run.kind, durationMs: elapsedMs(found.run, found.run.finishedAt ?? 0) };
      return tell(by, found, { action: 'hunt-finished', tenants: outcomes(found), facts });
    },
    cancelled: (user: SignedInUser, found: RunWithSlices): Promise<void> =>
      tell(user, found, { action: 'hunt-cancelled', tenants: tenantsOf(found), facts: about(found.run) }),
    /** KQL over kept rows: before its answer can be seen. Rejects where it cannot be recorded. */
    refined: (user: SignedInUser, found: RunWithSlices): Promise<void> => {
      const { run, slices } = found;
      const facts = { parent: run.parentId, rows: rowsOf(slices), verdict: ledgerOf(run, slices).verdict };
      return tell(user, found, { action: 'rows-refined', query: run.query, tenants: tenantsOf(found), facts });
    },
    exported: (user: SignedInUser, found: RunWithSlices, what: Export): Promise<void> => {
      const left = rowsLeft(found, what);
      const facts = { format: what.format, complete: what.complete, ...left.facts };
      return tell(user, found, { action: 'rows-exported', tenants: left.tenants, facts });
    },
    /** Its kept rows were removed by rule. */
    pruned: (found: RunWithSlices): Promise<void> => {
      const event = { action: 'data-deleted', tenants: tenantsOf(found), facts: { what: 'kept-rows', why: 'retention' } } as const;
      return record({ by: found.run.owner, byPerson: false, runId: found.run.id, ...event });
    },
  });
};

export type HuntRecords = ReturnType<typeof createHuntRecords>;
