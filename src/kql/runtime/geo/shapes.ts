import { isArray, isBag, knownJson, realOf, type JsonValue } from '../json/exact-json';
import { isLatitude, isLongitude } from './geohash';
import { arcsCross, dot, length, minus, vectorOf, type Arc, type Vector } from './sphere';

/** At least two points, none the same as the one before it. */
export type Line = readonly Vector[];
/** The corners of a ring, without the first at its end; the polygon lies to the left of its shell. */
export type Ring = readonly Vector[];
/** A shell and its holes. */
export type Polygon = readonly Ring[];

function pointOf(value: JsonValue): Vector | null {
  if (!isArray(value)) return null;
  const [longitude, latitude] = [realOf(value[0] ?? null) ?? NaN, realOf(value[1] ?? null) ?? NaN];
  return isLongitude(longitude) && isLatitude(latitude) ? vectorOf(longitude, latitude) : null;
}

function pointsOf(value: JsonValue): readonly Vector[] | null {
  if (!isArray(value)) return null;
  const points = value.map(pointOf);
  return points.every((point) => point !== null) ? points : null;
}

const same = (a: Vector, b: Vector): boolean => length(minus(a, b)) < 1e-15;

/** Every value by a reader; null as soon as one is none, or when there are none at all. */
function each<T>(values: readonly JsonValue[], read: (value: JsonValue) => T | null): readonly T[] | null {
  const found = values.map(read);
  return found.length > 0 && found.every((item) => item !== null) ? (found as readonly T[]) : null;
}

function lineOf(value: JsonValue): Line | null {
  const points = pointsOf(value);
  if (!points || points.length < 2) return null;
  return points.some((point, index) => index > 0 && same(point, points[index - 1] as Vector)) ? null : points;
}

export const edgesOfRing = (ring: Ring): readonly Arc[] => ring.map((corner, index) => [corner, ring[(index + 1) % ring.length] as Vector]);

/** Neighbouring edges share a corner, where rounding would find a crossing: they are left out. */
function crossesItself(ring: Ring): boolean {
  const edges = edgesOfRing(ring);
  return edges.some((edge, index) => edges.slice(index + 2).some((other) => other[1] !== edge[0] && arcsCross(edge, other)));
}

/** The area to the left of a ring, by triangles from its first corner; negative when it runs clockwise. */
export function signedArea(ring: Ring): number {
  const [a = [0, 0, 0] as Vector] = ring;
  let sum = 0;
  for (let index = 1; index + 1 < ring.length; index += 1) {
    const [b, c] = [ring[index] as Vector, ring[index + 1] as Vector];
    const [p, q] = [minus(b, a), minus(c, a)];
    const volume = a[0] * (p[1] * q[2] - p[2] * q[1]) + a[1] * (p[2] * q[0] - p[0] * q[2]) + a[2] * (p[0] * q[1] - p[1] * q[0]);
    sum += 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
  }
  return sum;
}

function ringOf(value: JsonValue): Ring | null {
  const points = pointsOf(value);
  if (!points || points.length < 4 || !same(points[0] as Vector, points.at(-1) as Vector)) return null;
  const ring = points.slice(0, -1);
  if (ring.some((point, index) => ring.slice(index + 1).some((other) => same(point, other))) || crossesItself(ring)) return null;
  return signedArea(ring) < 0 ? [...ring].reverse() : ring;
}

const polygonOf = (value: JsonValue): Polygon | null => (isArray(value) ? each(value, ringOf) : null);

/** The shapes of a GeoJSON value, of its single or its multiple type; null for another value, and for what is no valid shape. */
function shapesOf<T>(json: string, type: string, read: (value: JsonValue) => T | null): readonly T[] | null {
  const value = knownJson(json);
  const [given, coordinates = null] = isBag(value) ? [value.get('type'), value.get('coordinates')] : [];
  if (!isArray(coordinates)) return null;
  if (given === type) return each([coordinates], read);
  return given === `Multi${type}` ? each(coordinates, read) : null;
}

/** A reader that knows the last text it read: a polygon in a query is the same for every row. */
function remembering<T>(read: (json: string) => T): (json: string) => T {
  let last: { readonly json: string; readonly value: T } | undefined;
  return (json) => {
    if (last?.json !== json) last = { json, value: read(json) };
    return last.value;
  };
}

export const linesOf = remembering((json) => shapesOf(json, 'LineString', lineOf));
export const polygonsOf = remembering((json) => shapesOf(json, 'Polygon', polygonOf));
export const pointAt = (longitude: number, latitude: number): Vector | null =>
  isLongitude(longitude) && isLatitude(latitude) ? vectorOf(longitude, latitude) : null;
