import { recordsOf, type ChainReader } from './chain-reader';
import type { AuditRecord, Seals } from './seal';
import type { Fault, FaultKind } from './verify';

/** The first record that is not what must stand in its place. */
interface BadPlace {
  readonly reader: Pick<ChainReader, 'page'>;
  readonly seals: Seals;
  readonly chains: readonly string[];
  readonly chain: string;
  /** The last good record; null: the bad one is the first. */
  readonly before: AuditRecord | null;
  readonly record: AuditRecord;
}

/** Places that a record is tried in, to find where it was sealed. */
const mostTries = 20_000;
/** In another chain only so far from the number that it has here. */
const nearby = 200;

/** What the rest of the chain tells about the place. */
interface Around {
  /** The record that was sealed for this place, wherever it stands now. */
  readonly rightful: AuditRecord | null;
  /** How often the bad place's record stands in the chain. */
  readonly copies: number;
  readonly end: number;
}

const lookAround = async ({ reader, seals, chain, before, record }: BadPlace): Promise<Around> => {
  const seq = (before?.seq ?? 0) + 1;
  let rightful: AuditRecord | null = null;
  let [copies, end] = [0, 0];
  for await (const other of recordsOf(reader, chain)) {
    if (other.prev === (before?.hash ?? '') && seals.isGenuine(other, { chain, seq })) rightful ??= other;
    if (other.hash === record.hash) copies += 1;
    end = Math.max(end, other.seq);
  }
  return { rightful, copies, end };
};

/** Numbers from `from` outwards, the nearest first. */
function* outwards(from: number, end: number): Generator<number> {
  yield from;
  for (let step = 1; from - step >= 1 || from + step <= end + 1; step += 1) {
    if (from - step >= 1) yield from - step;
    if (from + step <= end + 1) yield from + step;
  }
}

/** The place in which the record, as it reads now, was sealed; undefined: nowhere, so it was changed or made up. */
const sealedAt = ({ seals, chain, chains, record }: BadPlace, end: number): { chain: string; seq: number } | undefined => {
  let tries = 0;
  for (const name of [chain, ...chains.filter((other) => other !== chain)])
    for (const seq of outwards(record.seq, end + nearby)) {
      if (seals.isGenuine(record, { chain: name, seq })) return { chain: name, seq };
      tries += 1;
      if (tries > mostTries) return undefined;
      if (name !== chain && Math.abs(seq - record.seq) > nearby) break;
    }
  return undefined;
};

const faultOf = (kind: FaultKind, seq: number, { at, says }: Pick<Fault, 'at' | 'says'>): Fault => ({ kind, seq, at, says });

/** Nobody stands in the place: the next record has a higher number. */
const gap = (place: BadPlace, seq: number, { rightful }: Around): Fault => {
  const at = place.before?.at ?? null;
  if (rightful) return faultOf('reordered', seq, { at: rightful.at, says: `Record ${seq} stands in place ${rightful.seq}.` });
  const until = place.record.seq - 1;
  const which = until > seq ? `Records ${seq} to ${until} were` : `Record ${seq} was`;
  return faultOf('removed', seq, { at, says: `${which} removed.` });
};

/** A genuine record of this chain stands in a place that is not its own. */
const misplaced = (place: BadPlace, own: number, { rightful, copies }: Around): Fault => {
  const { seq, at } = place.record;
  if (own === seq) return faultOf('unlinked', seq, { at, says: 'It does not follow the record before it: one of the two was exchanged.' });
  if (copies > 1 || own < seq) return faultOf('inserted', seq, { at, says: `A copy of record ${own} was inserted here.` });
  if (rightful) return faultOf('reordered', seq, { at, says: `Record ${own} stands here, and record ${seq} in place ${rightful.seq}.` });
  return faultOf('removed', seq, { at: place.before?.at ?? null, says: `Record ${seq} was removed, and the ones behind it moved up.` });
};

/** Names what happened at the first bad place. The whole chain is read once more for it. */
export const diagnose = async (place: BadPlace): Promise<Fault> => {
  const { record, seals, before, chain } = place;
  const seq = (before?.seq ?? 0) + 1;
  const { at } = record;
  const around = await lookAround(place);
  if (record.seq > seq) return gap(place, seq, around);
  if (record.seq < seq) return faultOf('inserted', record.seq, { at, says: 'It was inserted under a number that no record has.' });
  if (!seals.knows(record.key_id))
    return faultOf('unknown-key', seq, {
      at,
      says: `It names the key ${record.key_id.slice(0, 40)}, which is not at hand: another key sealed it, or it was edited.`,
    });
  const own = sealedAt(place, around.end);
  if (own?.chain === chain) return misplaced(place, own.seq, around);
  if (own) return faultOf('moved', seq, { at, says: 'It was moved here from another chain.' });
  if (around.rightful)
    return faultOf('inserted', seq, {
      at,
      says: `It was inserted; the record that was sealed here stands in place ${around.rightful.seq}.`,
    });
  return faultOf('edited', seq, { at, says: 'It was edited, or put in the place of the one that was sealed.' });
};
