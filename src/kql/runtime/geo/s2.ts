import { degreesOf, unit, vectorOf, type Vector } from './sphere';

/** S2 cells: six faces of a cube, each cut into quarters along a Hilbert curve, thirty times. A cell id is an unsigned 64-bit number. */
const maxLevel = 30;
const maxSize = 2 ** maxLevel;
const swapped = 1;
const inverted = 2;
const positionToCell = [0, 1, 3, 2, 0, 2, 3, 1, 3, 2, 0, 1, 3, 1, 0, 2] as const;
const positionToOrientation = [swapped, 0, 0, inverted | swapped] as const;

const cellToPosition = (orientation: number, cell: number): number =>
  positionToCell.slice(orientation * 4, orientation * 4 + 4).indexOf(cell as 0);

const toPlane = (s: number): number => (s >= 0.5 ? (1 / 3) * (4 * s * s - 1) : (1 / 3) * (1 - 4 * (1 - s) * (1 - s)));
const fromPlane = (u: number): number => (u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u));

function faceOf([x, y, z]: Vector): { face: number; u: number; v: number } {
  const sizes = [Math.abs(x), Math.abs(y), Math.abs(z)];
  const axis = sizes.indexOf(Math.max(...sizes));
  const face = ([x, y, z][axis] as number) < 0 ? axis + 3 : axis;
  const faces: readonly (readonly [number, number])[] = [
    [y / x, z / x],
    [-x / y, z / y],
    [-x / z, -y / z],
    [z / x, y / x],
    [z / y, -x / y],
    [-y / z, -x / z],
  ];
  const [u, v] = faces[face] ?? [0, 0];
  return { face, u, v };
}

function pointOf(face: number, u: number, v: number): Vector {
  return [
    [1, u, v],
    [-u, 1, v],
    [-u, -v, 1],
    [-1, -v, -u],
    [v, -1, -u],
    [v, u, -1],
  ][face] as unknown as Vector;
}

const indexOf = (s: number): number => Math.min(maxSize - 1, Math.max(0, Math.floor(s * maxSize)));

function leaf(face: number, i: number, j: number): bigint {
  let id = BigInt(face);
  let orientation = face & swapped;
  for (let bit = maxLevel - 1; bit >= 0; bit -= 1) {
    const cell = (Math.floor(i / 2 ** bit) % 2) * 2 + (Math.floor(j / 2 ** bit) % 2);
    const position = cellToPosition(orientation, cell);
    id = (id << 2n) | BigInt(position);
    orientation ^= positionToOrientation[position as 0];
  }
  return (id << 1n) | 1n;
}

const lowest = (id: bigint): bigint => id & -id;
const bitOf = (level: number): bigint => 1n << BigInt(2 * (maxLevel - level));
const parent = (id: bigint, level: number): bigint => (id & -bitOf(level) & 0xffffffffffffffffn) | bitOf(level);
const levelOf = (id: bigint): number => maxLevel - (lowest(id).toString(2).length - 1) / 2;

const tokenOf = (id: bigint): string => id.toString(16).padStart(16, '0').replace(/0+$/, '');

/** The cell of a token; null when it names none. */
function cellOf(token: string): bigint | null {
  if (!/^[0-9a-f]{1,16}$/i.test(token)) return null;
  const id = BigInt(`0x${token.padEnd(16, '0')}`);
  return id >> 61n < 6n && (lowest(id) & 0x1555555555555555n) !== 0n ? id : null;
}

/** The face and the corner of a cell in steps of the finest level. */
function placeOf(id: bigint): { face: number; i: number; j: number; size: number } {
  const face = Number(id >> 61n);
  const level = levelOf(id);
  let orientation = face & swapped;
  let [i, j] = [0, 0];
  for (let depth = 1; depth <= level; depth += 1) {
    const position = Number((id >> BigInt(2 * (maxLevel - depth) + 1)) & 3n);
    const cell = positionToCell[orientation * 4 + position] as number;
    [i, j] = [i * 2 + (cell >> 1), j * 2 + (cell & 1)];
    orientation ^= positionToOrientation[position as 0];
  }
  const size = 2 ** (maxLevel - level);
  return { face, i: i * size, j: j * size, size };
}

/** The leaf at a place that may lie beyond the face's border. */
function leafAround(face: number, i: number, j: number): bigint {
  if (i >= 0 && j >= 0 && i < maxSize && j < maxSize) return leaf(face, i, j);
  const beside = (k: number): number => Math.max(-1, Math.min(maxSize, k));
  const limit = 1 + Number.EPSILON;
  const toU = (k: number): number => Math.max(-limit, Math.min(limit, (2 * (beside(k) - maxSize / 2) + 1) / maxSize));
  const { face: other, u, v } = faceOf(pointOf(face, toU(i), toU(j)));
  return leaf(other, indexOf(0.5 * (u + 1)), indexOf(0.5 * (v + 1)));
}

/** The token of the cell of a level that holds a point; empty where the level is none. */
export function s2Token(longitude: number, latitude: number, level: number): string {
  if (level < 0 || level > maxLevel) return '';
  const { face, u, v } = faceOf(vectorOf(longitude, latitude));
  return tokenOf(parent(leaf(face, indexOf(fromPlane(u)), indexOf(fromPlane(v))), level));
}

const placed = (face: number, i: number, j: number): readonly [number, number] =>
  degreesOf(unit(pointOf(face, toPlane(i / maxSize), toPlane(j / maxSize))));

export function s2Centre(token: string): readonly [number, number] | null {
  const id = cellOf(token);
  if (id === null) return null;
  const { face, i, j, size } = placeOf(id);
  return placed(face, i + size / 2, j + size / 2);
}

/** The four corners of a cell, counterclockwise. */
export function s2Corners(token: string): readonly (readonly [number, number])[] | null {
  const id = cellOf(token);
  if (id === null) return null;
  const { face, i, j, size } = placeOf(id);
  return [placed(face, i, j), placed(face, i + size, j), placed(face, i + size, j + size), placed(face, i, j + size)];
}

/** Where the eight neighbours lie, in the order in which the engine lists them. */
const directions = [
  [1, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
  [-1, 1],
  [1, -1],
  [0, 1],
  [-1, -1],
] as const;

/** The cells around one: eight, fewer at a corner of the cube. */
export function s2Neighbours(token: string): readonly string[] | null {
  const id = cellOf(token);
  if (id === null) return null;
  const { face, i, j, size } = placeOf(id);
  const around = directions.map(([dx, dy]) => tokenOf(parent(leafAround(face, i + dx * size, j + dy * size), levelOf(id))));
  return [...new Set(around)];
}
