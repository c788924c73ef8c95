import { castTo, constantValue, textOf } from './coerce';
import { at, call, dynamicCall, gives, limited, row, type Emit } from './define';
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

/** The little of geometry on the sphere that is plain arithmetic; the rest is refused by name. */
export const geoFunctionRows: readonly FunctionRow[] = [
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
