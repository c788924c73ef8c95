import { jsonReal, writeJson, type JsonValue } from '../json/exact-json';
import { lenient, strict, type RuntimeFunction } from '../runtime-function';
import { h3Children, h3Level, h3Parent } from './h3';
import {
  alongLine,
  areaOf,
  centreOfLines,
  centreOfPolygons,
  contains,
  edgesOfLine,
  edgesOfPolygon,
  lengthOf,
  lineMeetsPolygon,
  linesMeet,
  metres,
  nearest,
  polygonsMeet,
} from './measures';
import { s2Centre, s2Corners, s2Neighbours, s2Token } from './s2';
import { linesOf, pointAt, polygonsOf, type Polygon } from './shapes';
import { degreesOf, type Vector } from './sphere';

type Degrees = readonly [number, number];

const written = (type: string, coordinates: JsonValue): string =>
  writeJson(
    new Map<string, JsonValue>([
      ['type', type],
      ['coordinates', coordinates],
    ]),
  );
const pointJson = (point: Degrees): string => written('Point', point.map(jsonReal));
const vectorJson = (point: Vector): string => pointJson(degreesOf(point));

/** Polygons that overlap count once: their union is more than this engine works out. */
const overlapping = (polygons: readonly Polygon[]): boolean =>
  polygons.some((polygon, index) => polygons.slice(index + 1).some((other) => polygonsMeet(polygon, other)));

/** A measure of polygons that must not overlap; NaN where they do. */
const summed =
  (measure: (polygon: Polygon) => number) =>
  (json: string): number | null => {
    const polygons = polygonsOf(json);
    if (!polygons) return null;
    return overlapping(polygons) ? NaN : polygons.reduce((sum, polygon) => sum + measure(polygon), 0);
  };

const shape = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;
const measure = { takes: ['VARCHAR'], gives: 'DOUBLE' } as const;
const two = { takes: ['VARCHAR', 'VARCHAR'], gives: 'BOOLEAN' } as const;
const near = { takes: ['DOUBLE', 'DOUBLE', 'VARCHAR'], gives: 'DOUBLE' } as const;
const nearPoint = { takes: ['DOUBLE', 'DOUBLE', 'VARCHAR'], gives: 'VARCHAR' } as const;

/** The nearest point of a shape: the point itself inside a polygon. */
function nearestOf(point: Vector | null, json: string, kind: 'line' | 'polygon'): readonly [Vector, Vector] | null {
  if (!point) return null;
  if (kind === 'line') {
    const lines = linesOf(json);
    return lines && [point, nearest(point, lines.flatMap(edgesOfLine))];
  }
  const polygons = polygonsOf(json);
  if (!polygons) return null;
  const inside = polygons.some((polygon) => contains(polygon, point));
  return [point, inside ? point : nearest(point, polygons.flatMap(edgesOfPolygon))];
}

const nearestFunctions = (['line', 'polygon'] as const).flatMap((kind): readonly RuntimeFunction[] => [
  strict(`kql_js_geo_distance_to_${kind}`, near, (longitude, latitude, json) => {
    const found = nearestOf(pointAt(longitude, latitude), json, kind);
    return found && metres(...found);
  }),
  strict(`kql_js_geo_closest_on_${kind}`, nearPoint, (longitude, latitude, json) => {
    const found = nearestOf(pointAt(longitude, latitude), json, kind);
    return found && (found[0] === found[1] ? pointJson([longitude, latitude]) : vectorJson(found[1]));
  }),
]);

const meetings: readonly RuntimeFunction[] = [
  strict('kql_js_geo_lines_meet', two, (first, second) => {
    const [a, b] = [linesOf(first), linesOf(second)];
    return a && b && linesMeet(a, b);
  }),
  strict('kql_js_geo_line_meets_polygon', two, (first, second) => {
    const [lines, polygons] = [linesOf(first), polygonsOf(second)];
    return lines && polygons && lines.some((line) => polygons.some((polygon) => lineMeetsPolygon(line, polygon)));
  }),
  strict('kql_js_geo_polygons_meet', two, (first, second) => {
    const [a, b] = [polygonsOf(first), polygonsOf(second)];
    return a && b && a.some((polygon) => b.some((other) => polygonsMeet(polygon, other)));
  }),
];

const cells: readonly RuntimeFunction[] = [
  strict('kql_js_geo_to_s2', { takes: ['DOUBLE', 'DOUBLE', 'BIGINT'], gives: 'VARCHAR' }, (longitude, latitude, level) =>
    pointAt(longitude, latitude) ? s2Token(longitude, latitude, Number(level)) : '',
  ),
  strict('kql_js_geo_s2_center', shape, (token) => {
    const centre = s2Centre(token);
    return centre && pointJson(centre);
  }),
  strict('kql_js_geo_s2_polygon', shape, (token) => {
    const corners = s2Corners(token);
    return corners && written('Polygon', [[...corners, corners[0] as Degrees].map((corner) => corner.map(jsonReal))]);
  }),
  strict('kql_js_geo_s2_neighbours', shape, (token) => {
    const around = s2Neighbours(token);
    return around && writeJson(around);
  }),
];

const levelled = { takes: ['VARCHAR', 'BIGINT'], gives: 'VARCHAR' } as const;
const asked = (level: bigint | null): number | null => (level === null ? null : Number(level));

const hexagons: readonly RuntimeFunction[] = [
  strict('kql_js_geo_h3_level', { takes: ['VARCHAR'], gives: 'BIGINT' }, (token) => {
    const level = h3Level(token);
    return level === null ? null : BigInt(level);
  }),
  lenient('kql_js_geo_h3_parent', levelled, (token, level) => h3Parent(token ?? '', asked(level))),
  lenient('kql_js_geo_h3_children', levelled, (token, level) => {
    const cells = h3Children(token ?? '', asked(level));
    return cells && writeJson(cells);
  }),
];

/** Lines, polygons, S2 and H3 cells on the sphere, whose edges are great circles. */
export const shapeFunctions: readonly RuntimeFunction[] = [
  ...nearestFunctions,
  ...meetings,
  ...cells,
  ...hexagons,
  strict('kql_js_geo_in_polygon', { takes: ['DOUBLE', 'DOUBLE', 'VARCHAR'], gives: 'BOOLEAN' }, (longitude, latitude, json) => {
    const [point, polygons] = [pointAt(longitude, latitude), polygonsOf(json)];
    return point && polygons && polygons.some((polygon) => contains(polygon, point));
  }),
  strict('kql_js_geo_polygon_area', measure, summed(areaOf)),
  strict(
    'kql_js_geo_polygon_perimeter',
    measure,
    summed((polygon) => lengthOf(edgesOfPolygon(polygon))),
  ),
  strict('kql_js_geo_polygon_centroid', shape, (json) => {
    const polygons = polygonsOf(json);
    return polygons && (overlapping(polygons) ? 'overlapping' : vectorJson(centreOfPolygons(polygons)));
  }),
  strict('kql_js_geo_line_centroid', shape, (json) => {
    const lines = linesOf(json);
    return lines && vectorJson(centreOfLines(lines));
  }),
  strict('kql_js_geo_line_interpolate', { takes: ['VARCHAR', 'DOUBLE'], gives: 'VARCHAR' }, (json, part) => {
    const [line, ...more] = linesOf(json) ?? [];
    return line && more.length === 0 && part >= 0 && part <= 1 ? vectorJson(alongLine(line, part)) : null;
  }),
];
