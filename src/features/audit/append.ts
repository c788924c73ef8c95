import type { Database } from '../../database/database';
import type { Noted } from './audit-event';
import './audit-tables';
import { emptyChain, type AuditRecord, type Head, type Seals } from './seal';

/** Rows of one INSERT: well below what either database binds in a statement. */
const rowsAtOnce = 200;

type Transaction = Pick<Database, 'insertInto' | 'updateTable'>;

/** Moves the head on by `count` and gives where it stood. The row stays locked until the transaction ends: appends take turns. */
const advance = async (db: Transaction, chain: string, count: number): Promise<Head> => {
  const move = () =>
    db
      .updateTable('audit_chains')
      .set(({ eb }) => ({ seq: eb('seq', '+', count) }))
      .where('chain', '=', chain)
      .returning(['seq', 'hash'])
      .executeTakeFirst();
  let moved = await move();
  if (!moved) {
    const first = db.insertInto('audit_chains').values({ chain, ...emptyChain });
    await first.onConflict((conflict) => conflict.column('chain').doNothing()).execute();
    moved = (await move())!;
  }
  return { seq: Number(moved.seq) - count, hash: moved.hash };
};

const sealAll = (events: readonly Noted[], before: Head, seals: Seals): readonly AuditRecord[] => {
  let head = before;
  return events.map((event) => {
    const record = seals.seal(event, head);
    head = record;
    return record;
  });
};

const byChain = (events: readonly Noted[]): readonly (readonly [chain: string, events: readonly Noted[]])[] => {
  const groups = new Map<string, Noted[]>();
  for (const event of events) groups.set(event.chain, [...(groups.get(event.chain) ?? []), event]);
  // One order for everybody: two instances never wait for each other's chains.
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
};

/** Appends all of them, each at the end of its chain, or none; resolves with the new heads once they are durable. */
export const appendAll = (db: Database, seals: Seals, events: readonly Noted[]): Promise<ReadonlyMap<string, Head>> =>
  db.transaction().execute(async (transaction) => {
    const heads = new Map<string, Head>();
    for (const [chain, group] of byChain(events)) {
      const records = sealAll(group, await advance(transaction, chain, group.length), seals);
      for (let from = 0; from < records.length; from += rowsAtOnce)
        await transaction
          .insertInto('audit_records')
          .values(records.slice(from, from + rowsAtOnce))
          .execute();
      const { seq, hash } = records.at(-1)!;
      await transaction.updateTable('audit_chains').set({ hash }).where('chain', '=', chain).execute();
      heads.set(chain, { seq, hash });
    }
    return heads;
  });
