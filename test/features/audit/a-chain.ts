import { createKeyRing } from '../../../src/database/key-ring';
import { noted } from '../../../src/features/audit/audit-event';
import type { ChainReader } from '../../../src/features/audit/chain-reader';
import { createSeals, emptyChain, type AuditRecord, type Head, type Seals } from '../../../src/features/audit/seal';
import { verifyChain, type ChainVerdict } from '../../../src/features/audit/verify';

export const sealsOf = (...secrets: string[]): Seals =>
  createSeals(createKeyRing(secrets.length > 0 ? secrets : ['a key of the tests alone']));

/** Good records in memory, as appending makes them. */
export const aChain = (chain: string, length: number, seals: Seals = sealsOf()): AuditRecord[] => {
  let head: Head = emptyChain;
  return Array.from({ length }, (_, index) => {
    const actor = { tenantId: chain, objectId: `person-${index % 3}`, name: 'Ana', username: 'ana@contoso.example' };
    const event = { chain, action: 'hunt-started', actor, ownData: true, query: `Events | take ${index}`, rows: index, facts: { index } };
    const record = seals.seal(noted(event, 1_800_000_000_000 + index * 1_000), head);
    head = record;
    return record;
  });
};

/** A table that somebody can write into by hand. */
export interface Table {
  readonly records: readonly AuditRecord[];
  readonly heads: ReadonlyMap<string, Head>;
}

export const readerOf = ({ records, heads }: Table): ChainReader => ({
  page: async (chain, after, limit) =>
    records
      .filter((record) => record.chain === chain && record.seq > after)
      .sort((left, right) => left.seq - right.seq)
      .slice(0, limit),
  head: async (chain) => heads.get(chain),
});

export const headOf = (records: readonly AuditRecord[]): Head => records.at(-1) ?? emptyChain;

/** Every `step`-th record of a chain is vouched for, and its last. */
export const vouchedOf = (...chains: (readonly AuditRecord[])[]) =>
  new Map(
    chains.map((records) => [
      records[0]?.chain ?? '',
      new Map(records.filter(({ seq }) => seq % 3 === 0 || seq === records.length).map(({ seq, hash }) => [seq, new Set([hash])] as const)),
    ]),
  );

export const check = (
  table: Table,
  chain: string,
  { vouched = new Map(), seals = sealsOf() }: { vouched?: ReturnType<typeof vouchedOf>; seals?: Seals } = {},
): Promise<ChainVerdict> =>
  verifyChain(chain, { reader: readerOf(table), seals, chains: [...new Set(table.records.map((record) => record.chain))], vouched });
