import { sql } from 'kysely';
import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';
import type { RunOwner } from '../runs/stored-runs';
import type { SliceFailure } from '../runs/run';
import '../runs/run-tables';

/** What a person's own runs say of one organization. */
export interface OwnExperience {
  readonly lastGood: { readonly at: number; readonly runId: string } | null;
  readonly lastFailure: {
    readonly at: number;
    readonly runId: string;
    readonly code: string;
    readonly message: string;
    readonly requestId: string | null;
  } | null;
  /** Tables that answered, the latest answer first. */
  readonly tables: readonly { readonly name: string; readonly at: number }[];
}

/** How far back it is looked: the latest calls tell how things are. */
const latest = 40;

const rowsOf = (db: Database, owner: RunOwner, tenantId: TenantId) =>
  db
    .selectFrom('run_slices')
    .innerJoin('runs', 'runs.id', 'run_slices.run_id')
    .where('run_slices.tenant_id', '=', tenantId)
    .where('runs.owner_tenant_id', '=', owner.tenantId)
    .where('runs.owner_object_id', '=', owner.objectId)
    .where('runs.kind', '=', 'hunt')
    .where('run_slices.state', 'in', ['done', 'failed'])
    .where('run_slices.finished_at', 'is not', null)
    .select(['runs.id as run_id', 'runs.analysis', 'run_slices.state', 'run_slices.details', 'run_slices.request_id'])
    .select(sql<number>`run_slices.finished_at`.as('at'))
    .orderBy('run_slices.finished_at', 'desc')
    .limit(latest)
    .execute();

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

const tablesOf = (rows: readonly Row[]): OwnExperience['tables'] => {
  const found = new Map<string, number>();
  for (const { analysis, at } of rows) {
    for (const name of (JSON.parse(analysis) as { tables?: readonly string[] }).tables ?? []) {
      if (!found.has(name)) found.set(name, Number(at));
    }
  }
  return [...found].map(([name, at]) => ({ name, at }));
};

const failureOf = (row: Row): NonNullable<OwnExperience['lastFailure']> | null => {
  const { failure } = JSON.parse(row.details) as { failure: SliceFailure | null };
  return failure && { at: Number(row.at), runId: row.run_id, code: failure.code, message: failure.message, requestId: row.request_id };
};

/** Cut short by us or by the person: that says nothing of the organization. */
const ours = new Set(['cancelled', 'interrupted', 'our-fault', 'disk-full']);

export const ownExperience = async (db: Database, owner: RunOwner, tenantId: TenantId): Promise<OwnExperience> => {
  const rows = await rowsOf(db, owner, tenantId);
  const good = rows.filter(({ state }) => state === 'done');
  const failures = rows.filter(({ state }) => state === 'failed').map(failureOf);
  const [latestGood] = good;
  return {
    lastGood: latestGood ? { at: Number(latestGood.at), runId: latestGood.run_id } : null,
    lastFailure: failures.find((failure) => failure !== null && !ours.has(failure.code)) ?? null,
    tables: tablesOf(good),
  };
};
