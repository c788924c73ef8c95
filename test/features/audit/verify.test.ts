import type { AuditRecord } from '../../../src/features/audit/seal';
import { aChain, check, headOf, sealsOf, vouchedOf, type Table } from './a-chain';
import { fc } from '../../support/properties';

const [a, b] = ['11111111-1111-4111-8111-111111111111', '33333333-3333-4333-8333-333333333333'] as const;

/** What somebody does who can write the whole database and has no key. */
const world = (length: number, other = 5) => {
  const chains = [aChain(a, length), aChain(b, other)] as const;
  const heads = new Map([
    [a as string, headOf(chains[0])],
    [b as string, headOf(chains[1])],
  ]);
  return { own: chains[0], other: chains[1], heads, vouched: vouchedOf(...chains) };
};

const tableOf = ({ other, heads }: ReturnType<typeof world>, own: readonly AuditRecord[]): Table => ({
  records: [...own, ...other],
  heads,
});

/** Gives the records the numbers of their places, as somebody would who wants no gap to be seen. */
const renumbered = (records: readonly AuditRecord[]): AuditRecord[] => records.map((record, index) => ({ ...record, seq: index + 1 }));

const withHead = (made: ReturnType<typeof world>, records: readonly AuditRecord[]): ReturnType<typeof world> => ({
  ...made,
  heads: new Map([...made.heads, [a, headOf(records)]]),
});

const columns = [
  'at',
  'action',
  'actor_tenant_id',
  'actor_object_id',
  'actor_name',
  'actor_username',
  'run_id',
  'own_data',
  'row_count',
  'facts',
  'query',
  'prev',
  'hash',
] as const;

const changed = (record: AuditRecord, column: (typeof columns)[number]): AuditRecord => {
  const value = record[column];
  return { ...record, [column]: typeof value === 'number' ? value + 1 : `${value ?? ''}x` } as AuditRecord;
};

const places = fc.integer({ min: 1, max: 12 }).chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length })));
const twoPlaces = fc
  .integer({ min: 2, max: 12 })
  .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length - 1 }), fc.integer({ min: 1, max: length - 1 })))
  .map(([length, first, distance]) => [length, first, Math.min(length, first + distance)] as const);

const holds = <T extends unknown[]>(property: fc.IAsyncProperty<T>): Promise<void> => fc.assert(property, { numRuns: 150 });

describe('the check of a chain', () => {
  it('finds a good chain whole, whatever its length', () =>
    holds(
      fc.asyncProperty(fc.integer({ min: 0, max: 500 }), async (length) => {
        const made = world(length);
        const verdict = await check(tableOf(made, made.own), a, made);
        expect(verdict).toMatchObject({ state: 'whole', records: length, fault: null });
      }),
    ));

  it('names an edited record, whichever column was edited', () =>
    holds(
      fc.asyncProperty(places, fc.constantFrom(...columns), async ([length, seq], column) => {
        const made = world(length);
        const own = made.own.map((record) => (record.seq === seq ? changed(record, column) : record));
        const { state, fault } = await check(tableOf(made, own), a, made);
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: 'edited', seq });
      }),
    ));

  it('names a removed record, also where those behind it were moved up', () =>
    holds(
      fc.asyncProperty(places, fc.boolean(), async ([length, seq], hidden) => {
        const made = world(length);
        const left = made.own.filter((record) => record.seq !== seq);
        const own = hidden ? renumbered(left) : left;
        const { state, fault } = await check(tableOf(hidden ? withHead(made, own) : made, own), a, made);
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: seq === length ? 'cut' : 'removed', seq });
      }),
    ));

  it('names an inserted record, made up or copied', () =>
    holds(
      fc.asyncProperty(places, fc.boolean(), async ([length, seq], copied) => {
        const made = world(length);
        const source = made.own[length - 1]!;
        const forged = copied ? source : { ...source, query: 'made up', hash: source.hash.replaceAll('a', 'b') + 'c' };
        const own = renumbered([...made.own.slice(0, seq - 1), forged, ...made.own.slice(seq - 1)]);
        const { state, fault } = await check(tableOf(withHead(made, own), own), a, made);
        // A copy of the last record before the last: from there on it is one record more.
        const place = copied && seq === length ? length + 1 : seq;
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: 'inserted', seq: place });
      }),
    ));

  it('names a record that was put behind the last', async () => {
    const made = world(4);
    const forged = { ...made.own[3]!, seq: 5, prev: made.own[3]!.hash, query: 'made up' };
    const own = [...made.own, forged];
    expect((await check(tableOf(withHead(made, own), own), a, made)).fault).toMatchObject({ kind: 'edited', seq: 5 });
  });

  it('names the first of two records that changed places', () =>
    holds(
      fc.asyncProperty(twoPlaces, async ([length, first, second]) => {
        const made = world(length);
        const own = made.own.map((record) =>
          record.seq === first ? { ...record, seq: second } : record.seq === second ? { ...record, seq: first } : record,
        );
        const { state, fault } = await check(tableOf(withHead(made, own), own), a, made);
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: 'reordered', seq: first });
      }),
    ));

  it('misses a tail that was cut off, also where the head was set back with it', () =>
    holds(
      fc.asyncProperty(places, fc.boolean(), async ([length, seq], hidden) => {
        const made = world(length);
        const own = made.own.slice(0, seq - 1);
        const { state, fault } = await check(tableOf(hidden ? withHead(made, own) : made, own), a, made);
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: 'cut', seq });
      }),
    ));

  it('finds a tail that was cut off and written anew with the right key', () =>
    holds(
      fc.asyncProperty(places, async ([length, seq]) => {
        const made = world(length);
        const other = aChain(a, length).map((record) => ({ ...record, query: 'another' }));
        const seals = sealsOf();
        let head = seq === 1 ? { seq: 0, hash: '' } : made.own[seq - 2]!;
        const anew = other.slice(seq - 1).map((record) => {
          head = seals.seal(record, head);
          return head as AuditRecord;
        });
        const own = [...made.own.slice(0, seq - 1), ...anew];
        const { state, fault } = await check(tableOf(withHead(made, own), own), a, made);
        expect({ state, kind: fault?.kind }).toEqual({ state: 'broken', kind: 'rewritten' });
        expect(fault!.seq).toBeLessThanOrEqual(seq);
        expect(fault!.seq).toBeGreaterThan(seq - 3);
      }),
    ));

  it('names the first record of two tenants whose chains were exchanged', () =>
    holds(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (length) => {
        const made = world(length, length);
        const records = [...made.own.map((record) => ({ ...record, chain: b })), ...made.other.map((record) => ({ ...record, chain: a }))];
        const heads = new Map([
          [a, headOf(made.other)],
          [b, headOf(made.own)],
        ]);
        for (const chain of [a, b])
          expect(await check({ records, heads }, chain, made)).toMatchObject({ state: 'broken', fault: { kind: 'moved', seq: 1 } });
      }),
    ));

  it('names a record that was moved in from another tenant', () =>
    holds(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 5 }), async ([length, seq], from) => {
        const made = world(length);
        const moved = { ...made.other[from - 1]!, chain: a, seq };
        const own = made.own.map((record) => (record.seq === seq ? moved : record));
        const { state, fault } = await check(tableOf(made, own), a, made);
        expect({ state, kind: fault?.kind, seq: fault?.seq }).toEqual({ state: 'broken', kind: 'moved', seq });
      }),
    ));

  it('misses a chain that was removed whole', async () => {
    const made = world(4);
    const heads = new Map([...made.heads].filter(([chain]) => chain !== a));
    expect(await check({ records: made.other, heads }, a, made)).toMatchObject({ state: 'broken', fault: { kind: 'cut', seq: 1 } });
  });

  it('says that the head was set back, before an append finds its place taken', async () => {
    const made = world(6);
    const heads = new Map([...made.heads, [a as string, made.own[2]!]]);
    expect((await check({ records: made.own, heads }, a, made)).fault).toMatchObject({ kind: 'head', seq: 6 });
  });

  it('checks records of an earlier key as long as it is at hand, and is not sure without it', async () => {
    const older = aChain(a, 3, sealsOf('an older key'));
    const seals = sealsOf('a newer key', 'an older key');
    const newer = seals.seal({ ...older[2]!, query: 'newer' }, older[2]!);
    const table = { records: [...older, newer], heads: new Map([[a as string, newer]]) };
    const vouched = vouchedOf(table.records);
    expect(await check(table, a, { seals, vouched })).toMatchObject({ state: 'whole', records: 4 });
    expect(await check(table, a, { seals: sealsOf('a newer key'), vouched })).toMatchObject({
      state: 'unsure',
      fault: { kind: 'unknown-key', seq: 1 },
    });
    expect(await check(table, a, { seals: sealsOf('a newer key', 'quite another key'), vouched })).toMatchObject({ state: 'unsure' });
  });

  it('is not sure of a chain whose end nothing vouches for', async () => {
    const made = world(3);
    expect(await check(tableOf(made, made.own), a)).toMatchObject({ state: 'unsure', fault: null, vouchedFor: null });
  });
});
