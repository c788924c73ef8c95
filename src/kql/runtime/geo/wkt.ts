import { jsonReal, type JsonValue } from '../json/exact-json';

const names: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};

/** How many parentheses deep the coordinates of a geometry stand. */
const depths: Readonly<Record<string, number>> = {
  POINT: 0,
  LINESTRING: 1,
  MULTIPOINT: 1,
  POLYGON: 2,
  MULTILINESTRING: 2,
  MULTIPOLYGON: 3,
};

/** The parts of a list that stand between its own commas. */
function partsOf(text: string): readonly string[] {
  const parts = [''];
  let open = 0;
  for (const character of text) {
    open += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === ',' && open === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts.map((part) => part.trim());
}

function inside(text: string): string | null {
  const trimmed = text.trim();
  return trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : null;
}

function pointOf(text: string): JsonValue {
  const numbers = (inside(text) ?? text).trim().split(/\s+/).map(Number);
  return numbers.length === 2 && numbers.every(Number.isFinite) ? numbers.map(jsonReal) : null;
}

function coordinatesOf(text: string, depth: number): JsonValue {
  if (depth === 0) return pointOf(text);
  const body = inside(text);
  if (body === null) return null;
  const parts = partsOf(body).map((part) => coordinatesOf(part, depth - 1));
  return parts.includes(null) ? null : parts;
}

/** The GeoJSON of a geometry in Well-Known Text; null when the text is none. */
export function geometryOfWkt(text: string): JsonValue {
  const [, keyword = '', body = ''] = /^\s*([A-Za-z]+)\s*(\([\s\S]*\))\s*$/.exec(text) ?? [];
  const kind = keyword.toUpperCase();
  const type = names[kind];
  if (type === undefined) return null;
  if (kind === 'GEOMETRYCOLLECTION') {
    const geometries = partsOf(inside(body) ?? '').map(geometryOfWkt);
    return geometries.includes(null)
      ? null
      : new Map<string, JsonValue>([
          ['type', type],
          ['geometries', geometries],
        ]);
  }
  const coordinates = coordinatesOf(body, depths[kind] ?? 0);
  return coordinates === null
    ? null
    : new Map<string, JsonValue>([
        ['type', type],
        ['coordinates', coordinates],
      ]);
}
