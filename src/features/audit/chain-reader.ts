import type { Database } from '../../database/database';
import './audit-tables';
import type { AuditRecord, Head } from './seal';

/** A chain as it lies in the database. */
export interface ChainReader {
  /** Records behind `after`, by their numbers. */
  readonly page: (chain: string, after: number, limit: number) => Promise<readonly AuditRecord[]>;
  readonly head: (chain: string) => Promise<Head | undefined>;
}

const pageSize = 200;
const beforeAll = -Number.MAX_SAFE_INTEGER;

export async function* recordsOf(reader: Pick<ChainReader, 'page'>, chain: string): AsyncGenerator<AuditRecord> {
  for (let after = beforeAll; ;) {
    const page = await reader.page(chain, after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.seq;
  }
}

/** The chains of a database, for checking them: every tenant's, so no request may be given this. */
export const createChainReader = (db: Database) => {
  const reader: ChainReader = {
    page: (chain, after, limit) =>
      db.selectFrom('audit_records').selectAll().where('chain', '=', chain).where('seq', '>', after).orderBy('seq').limit(limit).execute(),
    head: (chain) => db.selectFrom('audit_chains').select(['seq', 'hash']).where('chain', '=', chain).executeTakeFirst(),
  };
  return Object.freeze({
    ...reader,
    /** Every chain that has a head or a record. */
    chains: async (): Promise<readonly string[]> => {
      const heads = await db.selectFrom('audit_chains').select('chain').execute();
      const records = await db.selectFrom('audit_records').select('chain').distinct().execute();
      return [...new Set([...heads, ...records].map(({ chain }) => chain))].sort();
    },
  });
};
