import { sql } from 'kysely';
import type { Database } from '../../database/database';
import { inScope, type Records, type Scope } from './scope';
import type { AuditRecord } from './seal';

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

/** Some of what fits, newest first. */
export interface Stretch {
  readonly records: readonly AuditRecord[];
  /** Everything from this record on was looked at; null: everything was. */
  readonly reached: number | null;
}

export interface SearchOptions {
  readonly db: Database;
  readonly scope: Scope;
  readonly search: Search;
  /** Only what stands before this record. */
  readonly before?: number | undefined;
  /** Records of one batch. */
  readonly batch: number;
  readonly limits?: SearchLimits;
}

export interface SearchLimits {
  /** So many records are looked at in one statement: nothing else is answered while SQLite works. */
  readonly recordsAtOnce: number;
  /** A page looks at no more than these; its link goes on from there. */
  readonly mostOfAPage: number;
}

const usualLimits: SearchLimits = { recordsAtOnce: 5_000, mostOfAPage: 250_000 };

const containing = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** Records of the person whose name, user name or object id holds `text`. */
const byPerson = (records: Records, text: string): Records => {
  const like = containing(text);
  return records.where(
    sql<boolean>`(lower(actor_name) like ${like} escape '\\' or lower(actor_username) like ${like} escape '\\' or actor_object_id = ${text.toLowerCase()})`,
  );
};

/** Records whose query holds `text`, and the others of the same runs: what came of it. Each looks up its own run in the index. */
const byQuery = (records: Records, text: string, { person, tenantId }: Scope): Records => {
  const theirs = person === null ? sql`` : sql` and asked.actor_tenant_id = ${tenantId} and asked.actor_object_id = ${person}`;
  return records.where(
    sql<boolean>`exists (select 1 from audit_records as asked where asked.chain = audit_records.chain and asked.run_id = audit_records.run_id and lower(asked.query) like ${containing(text)} escape '\\'${theirs})`,
  );
};

/** `+at`: the stretch is found by number; an index of times would be read once more for each. */
const searched = ({ db, scope, search }: SearchOptions): Records => {
  const { person, action, text, runId, from, to } = search;
  let records = inScope(db, scope);
  if (person) records = byPerson(records, person);
  if (action) records = records.where('action', '=', action);
  if (text) records = byQuery(records, text, scope);
  if (runId) records = records.where('run_id', '=', runId);
  if (from !== undefined) records = records.where(sql<boolean>`+at >= ${from}`);
  if (to !== undefined) records = records.where(sql<boolean>`+at < ${to}`);
  return records;
};

/** What an index finds, or nothing keeps out, needs no stretches. */
const isDirect = ({ person, action, text, runId, from, to }: Search): boolean =>
  runId !== undefined || [person, action, text, from, to].every((wish) => wish === undefined);

const behind = (records: Records, before: number | undefined): Records =>
  before === undefined ? records : records.where('seq', '<', before);

/** The number of the last record of the stretch that begins before `before`; undefined: it goes to the beginning. */
const endOf = async (
  { db, scope, search, limits = usualLimits }: SearchOptions,
  before: number | undefined,
): Promise<number | undefined> => {
  if (isDirect(search)) return undefined;
  const ahead = behind(inScope(db, scope), before).select('seq').orderBy('seq', 'desc');
  const row = await ahead
    .offset(limits.recordsAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  return row && Number(row.seq);
};

/** Goes from the newest record to the oldest, stretch by stretch; after each whoever reads may stop. */
export async function* searching(options: SearchOptions): AsyncGenerator<Stretch> {
  const { batch } = options;
  for (let before = options.before; ;) {
    const end = await endOf(options, before);
    const fitting = behind(searched(options), before).selectAll().orderBy('seq', 'desc').limit(batch);
    const records: readonly AuditRecord[] = await (end === undefined ? fitting : fitting.where('seq', '>=', end)).execute();
    const last = records.at(-1);
    const reached = records.length === batch && last ? last.seq : (end ?? null);
    yield { records, reached };
    if (reached === null) return;
    before = reached;
    // Others get their turn between two stretches.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The first `limit` records that fit, or as many as one request looks for. */
export const findPage = async (options: Omit<SearchOptions, 'batch'>, limit: number): Promise<Stretch> => {
  const { recordsAtOnce, mostOfAPage } = options.limits ?? usualLimits;
  const found: AuditRecord[] = [];
  let [reached, stretches]: [number | null, number] = [null, 0];
  for await (const stretch of searching({ ...options, batch: limit })) {
    found.push(...stretch.records);
    [reached, stretches] = [stretch.reached, stretches + 1];
    if (found.length >= limit || stretches * recordsAtOnce >= mostOfAPage) break;
  }
  const records = found.slice(0, limit);
  return { records, reached: found.length >= limit ? (records.at(-1)?.seq ?? null) : reached };
};
