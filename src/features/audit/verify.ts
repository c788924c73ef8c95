import type { Vouched } from './checkpoint-reader';
import { diagnose } from './diagnose';
import { recordsOf, type ChainReader } from './chain-reader';
import { emptyChain, type AuditRecord, type Head, type Seals } from './seal';

/** What is wrong at the first bad record. `unlinked`: genuine, but it does not follow the one before. */
export type FaultKind =
  'edited' | 'removed' | 'inserted' | 'reordered' | 'moved' | 'cut' | 'rewritten' | 'unlinked' | 'head' | 'unknown-key';

export interface Fault {
  readonly kind: FaultKind;
  readonly seq: number;
  /** Of the record that stands there, or (for one that is missing) of the last good one before. */
  readonly at: number | null;
  /** One sentence; names no other tenant. */
  readonly says: string;
}

export interface ChainVerdict {
  readonly chain: string;
  /** `unsure`: nothing speaks against it, but not everything could be checked. */
  readonly state: 'whole' | 'broken' | 'unsure';
  /** Good records, from the first on without a gap. */
  readonly records: number;
  readonly lastAt: number | null;
  /** The last record that a checkpoint vouches for; null: none does. */
  readonly vouchedFor: number | null;
  readonly fault: Fault | null;
}

export interface VerifyOptions {
  readonly reader: ChainReader;
  readonly seals: Seals;
  /** Names of all chains: a record may have been moved here from one of them. */
  readonly chains: readonly string[];
  /** From the second sink, read before the database is. */
  readonly vouched: Vouched;
}

interface Walked {
  readonly last: AuditRecord | null;
  readonly vouchedFor: number | null;
  readonly fault: Fault | null;
}

const rewritten = (last: AuditRecord, vouchedFor: number | null): Fault => ({
  kind: 'rewritten',
  seq: (vouchedFor ?? 0) + 1,
  at: last.at,
  says: `A checkpoint vouches for another record ${last.seq}: behind record ${vouchedFor ?? 0} the chain was cut off and written anew.`,
});

/** Follows the chain from its first record as far as it is good. */
const walk = async (chain: string, options: VerifyOptions): Promise<Walked> => {
  const { reader, seals, vouched } = options;
  const words = vouched.get(chain);
  let last: AuditRecord | null = null;
  let vouchedFor: number | null = null;
  for await (const record of recordsOf(reader, chain)) {
    const before = last ?? emptyChain;
    const follows = record.seq === before.seq + 1 && record.prev === before.hash;
    if (!follows || !seals.isGenuine(record))
      return { last, vouchedFor, fault: await diagnose({ ...options, chain, before: last, record }) };
    const hashes = words?.get(record.seq);
    if (hashes && [...hashes].some((hash) => hash !== record.hash)) return { last, vouchedFor, fault: rewritten(record, vouchedFor) };
    if (hashes) vouchedFor = record.seq;
    last = record;
  }
  return { last, vouchedFor, fault: null };
};

/** The newest record that anything outside the walk knows of. */
const reachOf = (chain: string, head: Head | undefined, vouched: Vouched): number =>
  [...(vouched.get(chain)?.keys() ?? [])].reduce((most, seq) => Math.max(most, seq), head?.seq ?? 0);

const cutFault = (last: AuditRecord | null, reach: number): Fault | null => {
  const seq = (last?.seq ?? 0) + 1;
  if (reach < seq) return null;
  const missing = reach === seq ? `record ${seq} is` : `records ${seq} to ${reach} are`;
  return { kind: 'cut', seq, at: last?.at ?? null, says: `The tail was cut off: ${missing} missing.` };
};

/** Asked after the walk: an append meanwhile has moved it on, nothing moves it back. */
const headFault = (last: AuditRecord | null, head: Head | undefined): Fault | null => {
  if (!last || (head && (head.seq > last.seq || (head.seq === last.seq && head.hash === last.hash)))) return null;
  return { kind: 'head', seq: last.seq, at: last.at, says: 'The head of the chain was removed or set back.' };
};

/** Checks one chain from its first record to its last; `fault` names the first bad record. */
export const verifyChain = async (chain: string, options: VerifyOptions): Promise<ChainVerdict> => {
  const { reader, vouched } = options;
  const head = await reader.head(chain);
  const { last, vouchedFor, fault } = await walk(chain, options);
  const found = fault ?? cutFault(last, reachOf(chain, head, vouched)) ?? headFault(last, await reader.head(chain));
  const seen = { chain, records: last?.seq ?? 0, lastAt: last?.at ?? null, vouchedFor, fault: found };
  if (found) return { ...seen, state: found.kind === 'unknown-key' ? 'unsure' : 'broken' };
  return { ...seen, state: vouchedFor === null && last ? 'unsure' : 'whole' };
};
