import { randomUUID } from 'node:crypto';
import { AppError } from '../../../errors';
import type { SignedInUser } from '../../../http/current-user';
import type { Diagnostic } from '../../../kql/diagnostics';
import type { Clock } from '../clock';
import type { KeptFolder } from '../kept/kept-folder';
import { keptRowsOf } from '../kept/kept-rows';
import { ledgerOf, worse } from '../runs/ledger';
import type { HuntRecords } from '../records/hunt-records';
import { newSlice } from '../slices/new-slice';
import type { KeptQuery } from '../ports';
import { isFinished, type InheritedLedger, type Run, type RunAnalysis, type Slice } from '../runs/run';
import type { RunStore } from '../runs/run-store';
import type { RunWithSlices } from '../runs/stored-runs';

export type RefineOutcome =
  { readonly ok: true; readonly runId: string } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface RefineDeps {
  readonly store: RunStore;
  readonly kept: KeptFolder;
  readonly query: KeptQuery;
  readonly clock: Clock;
  readonly records: HuntRecords;
}

type Answered = Extract<Awaited<ReturnType<KeptQuery['answer']>>, { readonly ok: true }>;

const notYet = (): AppError =>
  new AppError({
    kind: 'conflict',
    code: 'run-under-way',
    publicMessage: 'This run is not finished, or its rows are no longer kept, so they cannot be asked.',
  });

export interface RefineQuestion {
  readonly text: string;
  readonly beside?: BesideRun;
}

/** A second run whose kept rows the query may read, as the table `name`. */
export interface BesideRun {
  readonly name: string;
  readonly found: RunWithSlices;
}

const ledgerFor = ({ run, slices }: RunWithSlices): InheritedLedger => ledgerOf(run, slices);

/** An answer made from two runs vouches for no more than the worse of them. */
const inheritedFrom = (parent: RunWithSlices, beside: BesideRun | undefined): InheritedLedger => {
  const own = ledgerFor(parent);
  if (!beside) return own;
  const other = ledgerFor(beside.found);
  const tenants = other.tenants.map((line) => ({ ...line, tenantName: `${line.tenantName} (${beside.name.toLowerCase()} run)` }));
  return { verdict: worse(own.verdict, other.verdict), tenants: [...own.tenants, ...tenants] };
};

const analysisOf = ({ notes = [], render }: Pick<Answered, 'notes' | 'render'>): RunAnalysis => ({
  tables: ['Results'],
  notes,
  ...(render ? { render } : {}),
});

const refinementOf = (parent: RunWithSlices, { text, beside }: RefineQuestion, startedAt: number): Run => ({
  ...parent.run,
  id: randomUUID(),
  kind: 'refine',
  parentId: parent.run.id,
  query: text,
  state: 'done',
  analysis: { tables: ['Results'], notes: [] },
  inherited: inheritedFrom(parent, beside),
  createdAt: startedAt,
  startedAt,
  finishedAt: null,
});

/** Asks the kept rows of a run in KQL (table `Results`). The answer is a run of its own that cost no quota. */
export const createRefineService = ({ store, kept, query, clock, records }: RefineDeps) => {
  /** Nobody sees an answer that the audit trail does not hold, or that is made from rows of an organization that is gone. */
  const insertOrRemove = async (user: SignedInUser, { run, slices }: RunWithSlices): Promise<void> => {
    try {
      await records.refined(user, { run, slices });
      await store.work.insert(run, slices);
    } catch (error) {
      await kept.remove(run.id);
      throw error;
    }
  };

  const create = async (user: SignedInUser, parent: RunWithSlices, { text, beside }: RefineQuestion): Promise<RefineOutcome> => {
    if (!isFinished(parent.run.state) || parent.run.prunedAt !== null) throw notYet();
    await kept.assertRoom();
    const startedAt = clock.now();
    const run = refinementOf(parent, { text, ...(beside ? { beside } : {}) }, startedAt);
    const slice = newSlice(run, { tenantId: user.tenantId, name: 'kept rows' });
    await kept.prepare(run.id);
    const answer = await query.answer({
      query: text,
      rows: keptRowsOf(parent.slices, kept),
      ...(beside ? { beside: { name: beside.name, rows: keptRowsOf(beside.found.slices, kept) } } : {}),
      now: new Date(startedAt),
      to: kept.file(slice),
      owner: user.objectId,
    });
    if (!answer.ok) {
      await kept.remove(run.id);
      return answer;
    }
    const finishedAt = clock.now();
    const done: Slice = {
      ...slice,
      state: 'done',
      rows: answer.rows,
      keptBytes: answer.bytes,
      columns: answer.columns,
      startedAt,
      finishedAt,
    };
    const made = { run: { ...run, finishedAt, analysis: analysisOf(answer) }, slices: [done] };
    await insertOrRemove(user, made);
    await store.work.noteKeptBytes(run.id);
    return { ok: true, runId: run.id };
  };
  return Object.freeze({ create });
};

export type RefineService = ReturnType<typeof createRefineService>;
