import type { Check } from '../check';

export const geoChecks: readonly Check[] = [
  [
    'geo_distance_2points',
    'pack_array(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056), geo_distance_2points(300.0, 1.0, 1.0, 1.0))',
    [1546754.35197381, null],
  ],
  [
    'geo_azimuth',
    'pack_array(geo_azimuth(0.0, 0.0, 0.0, 10.0), geo_azimuth(0.0, 0.0, 10.0, 0.0), geo_azimuth(0.0, 0.0, -10.0, 0.0))',
    [0, Math.PI / 2, (3 * Math.PI) / 2],
  ],
  [
    'geo_point_in_circle',
    'pack_array(geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500), geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3000), geo_point_in_circle(200, 1, 1, 1, 1))',
    [true, false, null],
  ],
  [
    'geo_point_to_geohash',
    'pack_array(geo_point_to_geohash(-80.195829, 25.802215, 8), geo_point_to_geohash(-122.303404, 47.570482), geo_point_to_geohash(1, 1, int(null)))',
    ['dhwfz15h', 'c23n8', ''],
  ],
  ['geo_geohash_to_central_point', 'geo_geohash_to_central_point("s")', { type: 'Point', coordinates: [22.5, 22.5] }],
  [
    'geo_geohash_to_polygon',
    'geo_geohash_to_polygon("s")',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [45, 0],
          [45, 45],
          [0, 45],
          [0, 0],
        ],
      ],
    },
  ],
  ['geo_geohash_neighbors', 'geo_geohash_neighbors("sunny")', ['sunnv', 'sunnt', 'sunnw', 'sunnx', 'sunpp', 'sunnz', 'sunpn', 'sunpj']],
  [
    'geo_from_wkt',
    'pack_array(geo_from_wkt("LINESTRING (1 2, 3 4)"), geo_from_wkt("LINESTRING"))',
    [
      {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      null,
    ],
  ],
  ['geo_line_length', 'round(geo_line_length(dynamic({"type": "LineString", "coordinates": [[0, 0], [0, 90]]})), 3)', 10007559.105],
];
