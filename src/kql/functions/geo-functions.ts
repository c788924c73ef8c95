import { castTo, constantValue, textOf } from './coerce';
import { at, call, dynamicCall, gives, limited, row, type Emit } from './define';
import type { Expression } from '../translate/expression';
import type { FunctionRow } from './function-row';

const real = { returns: gives('real') };
const dynamic = { returns: gives('dynamic') };

const sphere = limited('On the sphere; the spheroid is refused.');

/** The sphere is the engine's default; asking for the spheroid is refused. */
const distance: Emit = (args, context) => {
  const spheroid = constantValue(args[4]);
  if (args.length > 4 && spheroid !== false)
    return context.refuse(
      'geo_distance_2points() on the spheroid is not supported.',
      'Leave the last argument out: the distance on the sphere differs by less than 0.6 %.',
    );
  return call('kql_js_geo_distance', 'real')(args.slice(0, 4), context);
};

const inCircle: Emit = (args) =>
  `(kql_js_geo_distance(${[0, 1, 2, 3].map((index) => castTo(at(args, index), 'real')).join(', ')}) <= ${castTo(at(args, 4), 'real')})`;

const toGeohash: Emit = (args) =>
  `coalesce(kql_js_geo_to_geohash(${castTo(at(args, 0), 'real')}, ${castTo(at(args, 1), 'real')}, ${args[2] ? castTo(args[2], 'long') : '5'}), '')`;

const shape =
  (index: number): ((args: readonly Expression[]) => string) =>
  (args) =>
    `CAST(${at(args, index).sql} AS VARCHAR)`;
const position = (args: readonly Expression[]): string => `${castTo(at(args, 0), 'real')}, ${castTo(at(args, 1), 'real')}`;

/** A call with a point and a shape; `json` for a shape as its result. */
const pointAndShape =
  (name: string, json = false): Emit =>
  (args) => {
    const sql = `kql_js_geo_${name}(${position(args)}, ${shape(2)(args)})`;
    return json ? `CAST(${sql} AS JSON)` : sql;
  };
const ofShape =
  (name: string): Emit =>
  (args) =>
    `CAST(kql_js_geo_${name}(${shape(0)(args)}) AS JSON)`;
const ofShapes =
  (name: string): Emit =>
  (args) =>
    `kql_js_geo_${name}(${shape(0)(args)}, ${shape(1)(args)})`;

/** What a measure of overlapping polygons is would need their union: an error says so. */
const union = `error('Polygons that overlap have a union that this engine does not work out.')`;
const measured =
  (name: string): Emit =>
  (args, context) =>
    context.once(`kql_js_geo_${name}(${shape(0)(args)})`, (value) => `(CASE WHEN isnan(${value}) THEN ${union} ELSE ${value} END)`);
const centroid: Emit = (args, context) =>
  context.once(
    `kql_js_geo_polygon_centroid(${shape(0)(args)})`,
    (value) => `(CASE WHEN ${value} = 'overlapping' THEN ${union} ELSE CAST(${value} AS JSON) END)`,
  );

const toS2: Emit = (args) => `coalesce(kql_js_geo_to_s2(${position(args)}, ${args[2] ? castTo(args[2], 'long') : '11'}), '')`;

const levelled = (args: readonly Expression[]): string => `${textOf(at(args, 0))}, ${args[1] ? castTo(args[1], 'long') : 'NULL::BIGINT'}`;

/** The turn at B, clockwise, from A to C. */
const angle: Emit = (args, context) => {
  const [lonA = '', latA = '', lonB = '', latB = '', lonC = '', latC = ''] = [0, 1, 2, 3, 4, 5].map((index) =>
    castTo(at(args, index), 'real'),
  );
  const turn = `kql_js_geo_azimuth(${lonB}, ${latB}, ${lonC}, ${latC}) - kql_js_geo_azimuth(${lonB}, ${latB}, ${lonA}, ${latA})`;
  return context.once(`(${turn})`, (x) => `(CASE WHEN ${x} < 0 THEN ${x} + 2 * pi() ELSE ${x} END)`);
};

const bool = { returns: gives('bool') };
const disjoint = limited('Of several polygons that overlap there is no union: an error says so.');

/** Lines, polygons, S2 and H3 cells. */
const shapeRows: readonly FunctionRow[] = [
  row('geo_angle', 'R-59', angle, real),
  row('geo_distance_point_to_line', 'R-59', pointAndShape('distance_to_line'), { ...real, support: sphere }),
  row('geo_distance_point_to_polygon', 'R-59', pointAndShape('distance_to_polygon'), { ...real, support: sphere }),
  row('geo_closest_point_on_line', 'R-59', pointAndShape('closest_on_line', true), dynamic),
  row('geo_closest_point_on_polygon', 'R-59', pointAndShape('closest_on_polygon', true), dynamic),
  row('geo_point_in_polygon', 'R-59', pointAndShape('in_polygon'), bool),
  row('geo_intersects_2lines', 'R-59', ofShapes('lines_meet'), bool),
  row('geo_intersects_line_with_polygon', 'R-59', ofShapes('line_meets_polygon'), bool),
  row('geo_intersects_2polygons', 'R-59', ofShapes('polygons_meet'), bool),
  row('geo_polygon_area', 'R-59', measured('polygon_area'), { ...real, support: disjoint }),
  row('geo_polygon_perimeter', 'R-59', measured('polygon_perimeter'), { ...real, support: disjoint }),
  row('geo_polygon_centroid', 'R-59', centroid, { ...dynamic, support: disjoint }),
  row('geo_line_centroid', 'R-59', ofShape('line_centroid'), dynamic),
  row(
    'geo_line_interpolate_point',
    'R-59',
    (args) => `CAST(kql_js_geo_line_interpolate(${shape(0)(args)}, ${castTo(at(args, 1), 'real')}) AS JSON)`,
    dynamic,
  ),
  row('geo_point_to_s2cell', 'R-59', toS2, { returns: gives('string') }),
  row('geo_s2cell_to_central_point', 'R-59', dynamicCall('kql_js_geo_s2_center', 'string'), dynamic),
  row('geo_s2cell_to_polygon', 'R-59', dynamicCall('kql_js_geo_s2_polygon', 'string'), dynamic),
  row('geo_h3cell_level', 'R-59', call('kql_js_geo_h3_level', 'string'), { returns: gives('int') }),
  row('geo_h3cell_parent', 'R-59', (args) => `kql_js_geo_h3_parent(${levelled(args)})`, { returns: gives('string') }),
  row('geo_h3cell_children', 'R-59', (args) => `CAST(kql_js_geo_h3_children(${levelled(args)}) AS JSON)`, dynamic),
  row('geo_s2cell_neighbors', 'R-59', dynamicCall('kql_js_geo_s2_neighbours', 'string'), dynamic),
];

/** Geometry on the sphere that is exact here; the rest is refused by name. */
export const geoFunctionRows: readonly FunctionRow[] = [
  ...shapeRows,
  row('geo_distance_2points', 'R-59', distance, { ...real, support: sphere }),
  row('geo_azimuth', 'R-59', call('kql_js_geo_azimuth', 'real'), real),
  row('geo_point_in_circle', 'R-59', inCircle, { returns: gives('bool') }),
  row('geo_point_to_geohash', 'R-59', toGeohash, { returns: gives('string') }),
  row('geo_geohash_to_central_point', 'R-59', dynamicCall('kql_js_geo_geohash_center', 'string'), dynamic),
  row('geo_geohash_to_polygon', 'R-59', dynamicCall('kql_js_geo_geohash_polygon', 'string'), dynamic),
  row('geo_geohash_neighbors', 'R-59', dynamicCall('kql_js_geo_geohash_neighbours', 'string'), dynamic),
  row('geo_from_wkt', 'R-59', (args) => `CAST(kql_js_geo_from_wkt(${textOf(at(args, 0))}) AS JSON)`, dynamic),
  row('geo_line_length', 'R-59', (args) => `kql_js_geo_line_length(CAST(${at(args, 0).sql} AS VARCHAR))`, real),
];
