import { sql } from 'kysely';
import type { Database } from '../../database/database';
import { inScope, type Scope } from './scope';
import type { AuditRecord } from './seal';
import { findPage, searching, type Search, type Stretch } from './search';

/** What was done to a tenant's data since some day. */
export interface Summary {
  readonly people: number;
  readonly queries: number;
  readonly rowsShown: number;
  readonly rowsExported: number;
  readonly exports: number;
}

const total = (value: unknown): number => Number(value ?? 0);

const rowsOf = (action: string) => sql<number>`sum(case when action = ${action} then row_count else 0 end)`;

/** What the records of one scope add up to. */
const sums = (db: Database, scope: Scope) => ({
  /** What was run on this tenant's data since then. For one person: what they ran, wherever. */
  summary: async (since: number): Promise<Summary> => {
    const recent = inScope(db, scope)
      .where('at', '>=', since)
      .where('action', 'in', ['hunt-started', 'hunt-finished', 'rows-refined', 'rows-exported']);
    const counted = scope.person === null ? recent.where('own_data', '=', 1) : recent;
    const row = await counted
      .select([
        sql<number>`count(distinct actor_tenant_id || ' ' || actor_object_id)`.as('people'),
        sql<number>`sum(case when action = 'hunt-started' then 1 else 0 end)`.as('queries'),
        sql<number>`sum(case when action = 'rows-exported' then 1 else 0 end)`.as('exports'),
        rowsOf('hunt-finished').as('shown'),
        rowsOf('rows-exported').as('exported'),
      ])
      .executeTakeFirst();
    return {
      people: total(row?.people),
      queries: total(row?.queries),
      rowsShown: total(row?.shown),
      rowsExported: total(row?.exported),
      exports: total(row?.exports),
    };
  },
});

/** Reads the trail within one scope. */
const scopedTrail = (db: Database, scope: Scope) => {
  return Object.freeze({
    /** Newest first; `reached` tells how far was looked, which may be less than the whole. */
    page: (search: Search, { before, limit }: { before?: number | undefined; limit: number }): Promise<Stretch> =>
      findPage({ db, scope, search, before }, limit),
    /** All that fit, newest first, in batches: what is appended meanwhile does not come in between. */
    all: async function* (search: Search, batch = 200): AsyncGenerator<readonly AuditRecord[]> {
      for await (const { records } of searching({ db, scope, search, batch })) if (records.length > 0) yield records;
    },
    /** The texts of runs, where this scope has them. */
    queries: async (runIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      if (runIds.length === 0) return new Map();
      const found = inScope(db, scope).where('run_id', 'in', runIds).where('query', 'is not', null);
      const rows = await found.select(['run_id', 'query']).orderBy('seq').execute();
      return new Map(rows.map(({ run_id, query }) => [run_id ?? '', query ?? '']));
    },
    /** Names by object id, for records that were written before a name was known. */
    names: async (objectIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      if (objectIds.length === 0) return new Map();
      const found = inScope(db, scope).where('actor_object_id', 'in', objectIds).where('actor_name', 'is not', null);
      const rows = await found
        .select(['actor_object_id', sql<string>`max(actor_name)`.as('name')])
        .groupBy('actor_object_id')
        .execute();
      return new Map(rows.map(({ actor_object_id, name }) => [actor_object_id ?? '', name]));
    },
    ...sums(db, scope),
  });
};

/** The trail as people may read it: always within a scope. */
export const createTrail = (db: Database) => Object.freeze({ within: (scope: Scope) => scopedTrail(db, scope) });

export type Trail = ReturnType<typeof createTrail>;
