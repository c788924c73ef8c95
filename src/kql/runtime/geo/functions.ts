import { isArray, isBag, jsonReal, knownJson, realOf, writeJson, type JsonValue } from '../json/exact-json';
import { strict, type RuntimeFunction } from '../runtime-function';
import { azimuth, cellOf, distance, geohashOf, neighboursOf, type Cell } from './geohash';
import { geometryOfWkt } from './wkt';

const geometry = (type: string, coordinates: JsonValue): string =>
  writeJson(
    new Map<string, JsonValue>([
      ['type', type],
      ['coordinates', coordinates],
    ]),
  );

function polygonOf({ west, south, east, north }: Cell): string {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return geometry('Polygon', [corners.map((corner) => corner.map(jsonReal))]);
}

const pointsOf = (value: JsonValue): readonly (readonly [number, number])[] =>
  isArray(value)
    ? value.map((point) =>
        isArray(point) ? ([realOf(point[0] ?? null) ?? NaN, realOf(point[1] ?? null) ?? NaN] as const) : ([NaN, NaN] as const),
      )
    : [];

/** The length of lines, one after the other; null where a point is none. */
function lengthOf(lines: readonly JsonValue[]): number | null {
  let sum = 0;
  for (const line of lines) {
    const points = pointsOf(line);
    if (points.length < 2) return null;
    for (let index = 1; index < points.length; index += 1) {
      const step = distance(points[index - 1] ?? [NaN, NaN], points[index] ?? [NaN, NaN]);
      if (step === null) return null;
      sum += step;
    }
  }
  return sum;
}

/** The coordinates of a geometry of one of some types; null for another value. */
function coordinatesOf(json: string, types: readonly string[]): { type: string; coordinates: readonly JsonValue[] } | null {
  const value = knownJson(json);
  const [type, coordinates] = isBag(value) ? [value.get('type'), value.get('coordinates')] : [];
  return typeof type === 'string' && types.includes(type) && isArray(coordinates ?? null)
    ? { type, coordinates: coordinates as readonly JsonValue[] }
    : null;
}

const points = { takes: ['DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE'], gives: 'DOUBLE' } as const;
const text = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;

/** The little of geometry on the sphere that is plain arithmetic. */
export const geoFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_geo_distance', points, (...[lon1, lat1, lon2, lat2]) => distance([lon1, lat1], [lon2, lat2])),
  strict('kql_js_geo_azimuth', points, (...[lon1, lat1, lon2, lat2]) => azimuth([lon1, lat1], [lon2, lat2])),
  strict('kql_js_geo_to_geohash', { takes: ['DOUBLE', 'DOUBLE', 'BIGINT'], gives: 'VARCHAR' }, (longitude, latitude, accuracy) =>
    geohashOf(longitude, latitude, Number(accuracy)),
  ),
  strict('kql_js_geo_geohash_center', text, (geohash) => {
    const cell = cellOf(geohash);
    return cell && geometry('Point', [jsonReal((cell.west + cell.east) / 2), jsonReal((cell.south + cell.north) / 2)]);
  }),
  strict('kql_js_geo_geohash_polygon', text, (geohash) => {
    const cell = cellOf(geohash);
    return cell && polygonOf(cell);
  }),
  strict('kql_js_geo_geohash_neighbours', text, (geohash) => {
    const around = neighboursOf(geohash);
    return around && writeJson(around);
  }),
  strict('kql_js_geo_from_wkt', text, (wkt) => {
    const value = geometryOfWkt(wkt);
    return value === null ? null : writeJson(value);
  }),
  strict('kql_js_geo_line_length', { takes: ['VARCHAR'], gives: 'DOUBLE' }, (json) => {
    const found = coordinatesOf(json, ['LineString', 'MultiLineString']);
    return found && lengthOf(found.type === 'LineString' ? [found.coordinates] : found.coordinates);
  }),
];
