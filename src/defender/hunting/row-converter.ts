import type { ByteSink } from './byte-sink';
import type { HuntingColumn, HuntingType } from './column-types';
import { code, JsonFault, walkObject, type MemberSpan } from './json-scan';
import { toWire } from './value-forms';

const usualInstant = /^"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{7}Z"$/;
const nullWord = Buffer.from('null');

/** Forms that most values already have, told by a glance at their bytes; the rest takes the exact road of `toWire`. */
const isUsual: Readonly<Partial<Record<HuntingType, (bytes: Buffer, start: number, end: number) => boolean>>> = {
  string: (bytes, start) => bytes[start] === code.quote,
  bool: (bytes, start) => bytes[start] === code.t || bytes[start] === code.f,
  dynamic: (bytes, start, end) => (bytes[start] !== code.quote || end - start < 4) && !hasLineBreak(bytes, start, end),
  real: (bytes, start) => bytes[start] === code.minus || (bytes[start]! >= 0x30 && bytes[start]! <= 0x39),
  datetime: (bytes, start, end) => end - start === 30 && usualInstant.test(bytes.toString('latin1', start, end)),
  int: (bytes, start, end) => end - start < 10 && isDigits(bytes, start, end),
  long: (bytes, start, end) => end - start < 19 && isDigits(bytes, start, end),
};

const isDigits = (bytes: Buffer, start: number, end: number): boolean => {
  for (let position = start; position < end; position += 1) if (bytes[position]! < 0x30 || bytes[position]! > 0x39) return false;
  return true;
};

/** Line breaks between the tokens of a nested value would break the line that the row becomes. */
const hasLineBreak = (bytes: Buffer, start: number, end: number): boolean => {
  if (bytes[start] !== code.openObject && bytes[start] !== code.openArray) return false;
  for (let position = start; position < end; position += 1) if (bytes[position] === 0x0a || bytes[position] === 0x0d) return true;
  return false;
};

interface Slot {
  readonly column: HuntingColumn;
  readonly key: Buffer;
  start: number;
  end: number;
  /** Set by a value that is not of the column's type: the column is kept as dynamic. */
  strange: boolean;
}

/** Our own columns step aside for the answer's. */
const leadOf = (columns: readonly HuntingColumn[], tenant: { readonly id: string; readonly name: string } | undefined) => {
  if (!tenant) return { columns: [], json: '' };
  const taken = new Set(columns.map((column) => column.name.toLowerCase()));
  const free = (name: string): string => (taken.has(name.toLowerCase()) ? free(`Quarry${name}`) : name);
  const lead = ['TenantName', 'TenantId'].map((name): HuntingColumn => ({ name: free(name), type: 'string' }));
  return { columns: lead, json: `${JSON.stringify(tenant.name)},${JSON.stringify(tenant.id)},` };
};

const isAt = (row: Buffer, key: Buffer, { keyStart, keyEnd }: MemberSpan): boolean => {
  if (key.length !== keyEnd - keyStart) return false;
  for (let index = 0; index < key.length; index += 1) if (row[keyStart + index] !== key[index]) return false;
  return true;
};

const timeNames = new Set(['Timestamp', 'TimeGenerated']);

/**
 * Turns the rows of one answer (JSON objects keyed by column) into lines of NDJSON arrays in the schema's order. Keys are found
 * exactly, else without regard to case; a missing key is null. Numbers, decimals, 100 ns times and dynamic values keep their text.
 * A class because it owns the working space of the row at hand.
 */
export class RowConverter {
  readonly #slots: readonly Slot[];
  readonly #exact: ReadonlyMap<string, Slot>;
  readonly #folded: ReadonlyMap<string, Slot>;
  readonly #timeSlot: Slot | undefined;
  #newest = '';
  #unknownKeys = 0;
  #expected = 0;

  /** The tenant's columns, and the JSON text of their values with a comma behind each. */
  readonly #lead: { readonly columns: readonly HuntingColumn[]; readonly json: string };

  constructor(columns: readonly HuntingColumn[], tenant?: { readonly id: string; readonly name: string }) {
    this.#lead = leadOf(columns, tenant);
    this.#slots = columns.map((column) => ({ column, key: Buffer.from(JSON.stringify(column.name)), start: -1, end: -1, strange: false }));
    this.#exact = new Map(this.#slots.map((slot) => [slot.column.name, slot]));
    this.#folded = new Map(this.#slots.map((slot) => [slot.column.name.toLowerCase(), slot]));
    this.#timeSlot = this.#slots.find((slot) => slot.column.type === 'datetime' && timeNames.has(slot.column.name));
  }

  /** `row` is one whole JSON object, its grammar not yet checked; throws JsonFault. */
  convert(row: Buffer, out: ByteSink): void {
    for (const slot of this.#slots) slot.start = -1;
    this.#expected = 0;
    const end = walkObject(row, 0, (member) => this.#place(row, member));
    if (end !== row.length) throw new JsonFault('a broken row');
    out.byte(code.openArray);
    if (this.#lead.json !== '') out.text(this.#slots.length === 0 ? this.#lead.json.slice(0, -1) : this.#lead.json);
    for (let index = 0; index < this.#slots.length; index += 1) {
      if (index > 0) out.byte(code.comma);
      this.#write(row, this.#slots[index]!, out);
    }
    out.byte(code.closeArray);
    out.byte(0x0a);
  }

  summary() {
    return {
      /** The columns as the written lines have them. */
      columns: [
        ...this.#lead.columns,
        ...this.#slots.map(({ column, strange }): HuntingColumn => (strange ? { name: column.name, type: 'dynamic' } : column)),
      ],
      newest: this.#newest === '' ? undefined : this.#newest,
      /** Values under names that the schema does not list: they are not in the lines. */
      unknownKeys: this.#unknownKeys,
    };
  }

  #place(row: Buffer, member: MemberSpan): void {
    const slot = this.#slotFor(row, member);
    if (!slot) return;
    slot.start = member.valueStart;
    slot.end = member.valueEnd;
    this.#expected = this.#slots.indexOf(slot, this.#expected) + 1;
  }

  #slotFor(row: Buffer, member: MemberSpan): Slot | undefined {
    const expected = this.#slots[this.#expected];
    if (expected && isAt(row, expected.key, member)) return expected;
    const name = JSON.parse(row.toString('utf8', member.keyStart, member.keyEnd)) as string;
    const slot = this.#exact.get(name) ?? this.#folded.get(name.toLowerCase());
    if (!slot && !name.startsWith('@')) this.#unknownKeys += 1;
    return slot;
  }

  #write(row: Buffer, slot: Slot, out: ByteSink): void {
    if (slot.start < 0 || row[slot.start] === code.n) return out.copy(nullWord, 0, 4);
    if (!isUsual[slot.column.type]?.(row, slot.start, slot.end)) return this.#writeExact(row, slot, out);
    out.copy(row, slot.start, slot.end);
    if (slot === this.#timeSlot) this.#noteTime(row.toString('latin1', slot.start + 1, slot.end - 1));
  }

  #writeExact(row: Buffer, slot: Slot, out: ByteSink): void {
    const json = row.toString('utf8', slot.start, slot.end);
    const wire = toWire[slot.column.type](json);
    if (wire === undefined) slot.strange = true;
    out.text(wire ?? toWire.dynamic(json) ?? json);
    if (slot === this.#timeSlot && wire !== undefined) this.#noteTime(wire.slice(1, -1));
  }

  #noteTime(time: string): void {
    if (time > this.#newest) this.#newest = time;
  }
}
