/** H3 cells: 4 bits of mode, 4 of resolution, 7 of base cell and 15 digits of 3 bits; what is finer than the cell is all ones. */
const finest = 15;
const pentagons = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

const shiftOf = (level: number): bigint => BigInt(3 * (finest - level));
const digitOf = (id: bigint, level: number): number => Number((id >> shiftOf(level)) & 7n);

interface Cell {
  readonly id: bigint;
  readonly level: number;
}

/** The cell of a token; null when it names none. */
function cellOf(token: string): Cell | null {
  if (!/^[0-9a-f]{15}$/i.test(token)) return null;
  const id = BigInt(`0x${token}`);
  const level = Number((id >> 52n) & 15n);
  const base = Number((id >> 45n) & 127n);
  if (id >> 59n !== 1n || ((id >> 56n) & 7n) !== 0n || base >= 122) return null;
  const digits = Array.from({ length: finest }, (_, index) => digitOf(id, index + 1));
  return digits.every((digit, index) => (index < level ? digit < 7 : digit === 7)) ? { id, level } : null;
}

const isPentagon = ({ id, level }: Cell): boolean =>
  pentagons.has(Number((id >> 45n) & 127n)) &&
  Array.from({ length: level }, (_, index) => digitOf(id, index + 1)).every((digit) => digit === 0);

const tokenOf = (id: bigint): string => id.toString(16);

/** The cell with another resolution in its bits. */
const atLevel = (id: bigint, level: number): bigint => (id & ~(15n << 52n)) | (BigInt(level) << 52n);

export const h3Level = (token: string): number | null => cellOf(token)?.level ?? null;

/** The token of the cell of a coarser level around one; empty where there is none. */
export function h3Parent(token: string, wanted: number | null): string {
  const cell = cellOf(token);
  const level = wanted ?? (cell?.level ?? 0) - 1;
  if (!cell || level < 0 || level > cell.level) return '';
  return tokenOf(atLevel(cell.id, level) | ((1n << shiftOf(level)) - 1n));
}

/** The cells of the next level inside one: seven, or six in a pentagon, which has none in its first direction. */
function childrenOf(cell: Cell): readonly Cell[] {
  const level = cell.level + 1;
  const open = atLevel(cell.id, level) & ~(7n << shiftOf(level));
  const digits = isPentagon(cell) ? [0, 2, 3, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6];
  return digits.map((digit) => ({ id: open | (BigInt(digit) << shiftOf(level)), level }));
}

/** At most as many cells as an array may have values. */
const maxCells = 1_048_576;

/** The cells of a finer level inside one; null where there are none, or too many. */
export function h3Children(token: string, wanted: number | null): readonly string[] | null {
  const cell = cellOf(token);
  const level = wanted ?? (cell?.level ?? finest) + 1;
  if (!cell || level <= cell.level || level > finest || 7 ** (level - cell.level) > maxCells) return null;
  let cells: readonly Cell[] = [cell];
  while ((cells[0] as Cell).level < level) cells = cells.flatMap(childrenOf);
  return cells.map(({ id }) => tokenOf(id));
}
