import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../../database/database';
import type { Tables } from '../../database/tables';
import type { TenantId } from '../../http/current-user';
import './audit-tables';
import type { AuditRecord } from './seal';

/** Whose records: all of one tenant's chain, or those of one of its people. There is no wider reach. */
export interface Scope {
  readonly tenantId: TenantId;
  /** Object id of the one person; null: everybody's acts that this tenant's chain holds. */
  readonly person: string | null;
}

/** What of the records is looked for; all of it must fit. */
export interface Search {
  readonly person?: string | undefined;
  readonly action?: string | undefined;
  /** In the text of queries. */
  readonly text?: string | undefined;
  readonly runId?: string | undefined;
  /** Milliseconds; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** What was done to a tenant's data since some day. */
export interface Summary {
  readonly people: number;
  readonly queries: number;
  readonly rowsShown: number;
  readonly rowsExported: number;
  readonly exports: number;
}

type Records = SelectQueryBuilder<Tables, 'audit_records', object>;

const inScope = (db: Database, { tenantId, person }: Scope): Records => {
  const chain = db.selectFrom('audit_records').where('chain', '=', tenantId);
  if (person === null) return chain;
  return chain.where('actor_tenant_id', '=', tenantId).where('actor_object_id', '=', person);
};

const containing = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** Records of the person whose name, user name or object id holds `text`. */
const byPerson = (records: Records, text: string): Records => {
  const like = containing(text);
  return records.where(
    sql<boolean>`(lower(actor_name) like ${like} escape '\\' or lower(actor_username) like ${like} escape '\\' or actor_object_id = ${text.toLowerCase()})`,
  );
};

/** Records whose query holds `text`, and the others of the same runs: what came of it. */
const byQuery = (records: Records, { db, scope, text }: { db: Database; scope: Scope; text: string }): Records => {
  const like = containing(text);
  const runs = inScope(db, scope)
    .where(sql<boolean>`lower(query) like ${like} escape '\\'`)
    .where('run_id', 'is not', null)
    .select('run_id');
  return records.where('run_id', 'in', runs);
};

const searched = (db: Database, scope: Scope, search: Search): Records => {
  const { person, action, text, runId, from, to } = search;
  let records = inScope(db, scope);
  if (person) records = byPerson(records, person);
  if (action) records = records.where('action', '=', action);
  if (text) records = byQuery(records, { db, scope, text });
  if (runId) records = records.where('run_id', '=', runId);
  if (from !== undefined) records = records.where('at', '>=', from);
  if (to !== undefined) records = records.where('at', '<', to);
  return records;
};

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
  const page = async (search: Search, { before, limit }: { before?: number | undefined; limit: number }) => {
    const records = searched(db, scope, search);
    const behind = before === undefined ? records : records.where('seq', '<', before);
    return behind.selectAll().orderBy('seq', 'desc').limit(limit).execute() as Promise<readonly AuditRecord[]>;
  };
  return Object.freeze({
    /** Newest first. */
    page,
    /** All that fit, newest first, in batches: what is appended meanwhile does not come in between. */
    all: async function* (search: Search, batch = 200): AsyncGenerator<readonly AuditRecord[]> {
      for (let before: number | undefined; ;) {
        const records = await page(search, { before, limit: batch });
        if (records.length > 0) yield records;
        before = records.at(-1)?.seq;
        if (records.length < batch) return;
      }
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
export type ScopedTrail = ReturnType<Trail['within']>;
