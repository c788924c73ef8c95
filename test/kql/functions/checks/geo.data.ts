import type { Check } from '../check';

const triangle = '{"type": "Polygon", "coordinates": [[[0, 0], [10, 10], [10, 0], [0, 0]]]}';
const octant = '{"type": "Polygon", "coordinates": [[[0, 0], [90, 0], [0, 90], [0, 0]]]}';

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
  ['geo_angle', 'round(degrees(geo_angle(0, 0, 0, 1, 1, 1)), 6)', 269.991274],
  [
    'geo_distance_point_to_line',
    'pack_array(round(geo_distance_point_to_line(5, 1, dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]})), 3), geo_distance_point_to_line(1, 1, dynamic({"type": "LineString", "coordinates": [[1, 1]]})))',
    [111195.101, null],
  ],
  [
    'geo_distance_point_to_polygon',
    `pack_array(geo_distance_point_to_polygon(5, 1, dynamic(${triangle})), geo_distance_point_to_polygon(-1, 0, dynamic(${triangle})) > 111000)`,
    [0, true],
  ],
  [
    'geo_closest_point_on_line',
    'geo_closest_point_on_line(5, 1, dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]}))',
    { type: 'Point', coordinates: [5, 0] },
  ],
  [
    'geo_closest_point_on_polygon',
    `pack_array(geo_closest_point_on_polygon(-1, 0, dynamic(${triangle})), geo_closest_point_on_polygon(5, 1, dynamic(${triangle})))`,
    [
      { type: 'Point', coordinates: [0, 0] },
      { type: 'Point', coordinates: [5, 1] },
    ],
  ],
  [
    'geo_point_in_polygon',
    `pack_array(geo_point_in_polygon(5, 1, dynamic(${triangle})), geo_point_in_polygon(5, -1, dynamic(${triangle})), geo_point_in_polygon(-175, -1, dynamic(${triangle})), geo_point_in_polygon(200, 1, dynamic(${triangle})))`,
    [true, false, false, null],
  ],
  // Of a ring that touches itself or crosses itself there is no inside.
  [
    'geo_point_in_polygon',
    'geo_point_in_polygon(1, 1, dynamic({"type": "Polygon", "coordinates": [[[0,0],[2,2],[2,0],[0,2],[0,0]]]}))',
    null,
  ],
  [
    'geo_intersects_2lines',
    'geo_intersects_2lines(dynamic({"type": "LineString", "coordinates": [[0, 0], [2, 2]]}), dynamic({"type": "LineString", "coordinates": [[0, 2], [2, 0]]}))',
    true,
  ],
  [
    'geo_intersects_line_with_polygon',
    `geo_intersects_line_with_polygon(dynamic({"type": "LineString", "coordinates": [[4, 1], [5, 1]]}), dynamic(${triangle}))`,
    true,
  ],
  ['geo_intersects_2polygons', `geo_intersects_2polygons(dynamic(${triangle}), dynamic(${triangle}))`, true],
  // An eighth of the sphere.
  ['geo_polygon_area', `geo_polygon_area(dynamic(${octant})) / (pi() * 6371010.0 * 6371010.0 / 2)`, 1],
  ['geo_polygon_perimeter', `geo_polygon_perimeter(dynamic(${octant})) / (pi() * 6371010.0 * 1.5)`, 1],
  ['geo_polygon_centroid', `geo_polygon_centroid(dynamic(${octant}))`, { type: 'Point', coordinates: [45, 35.26438968275465] }],
  [
    'geo_line_centroid',
    'geo_line_centroid(dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]}))',
    { type: 'Point', coordinates: [5, 0] },
  ],
  [
    'geo_line_interpolate_point',
    'geo_line_interpolate_point(dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]}), 0.25)',
    { type: 'Point', coordinates: [2.5, 0] },
  ],
  [
    'geo_point_to_s2cell',
    'pack_array(geo_point_to_s2cell(0, 0, 0), geo_point_to_s2cell(-80.195829, 25.802215, 8), geo_point_to_s2cell(1, 1, 31))',
    ['1', '88d9b', ''],
  ],
  ['geo_s2cell_to_central_point', 'geo_s2cell_to_central_point("1")', { type: 'Point', coordinates: [0, 0] }],
  [
    'geo_s2cell_to_polygon',
    'geo_s2cell_to_polygon("1").coordinates[0]',
    [
      [-45, -35.264389682754654],
      [45, -35.264389682754654],
      [45, 35.264389682754654],
      [-45, 35.264389682754654],
      [-45, -35.264389682754654],
    ],
  ],
  ['geo_s2cell_neighbors', 'array_sort_asc(geo_s2cell_neighbors("1"))', ['3', '5', '9', 'b']],
  ['geo_h3cell_level', 'pack_array(geo_h3cell_level("862a1072fffffff"), geo_h3cell_level("abc"))', [6, null]],
  [
    'geo_h3cell_parent',
    'pack_array(geo_h3cell_parent("862a1072fffffff"), geo_h3cell_parent("862a1072fffffff", 1), geo_h3cell_parent("862a1072fffffff", 15))',
    ['852a1073fffffff', '812a3ffffffffff', ''],
  ],
  // The pentagon of base cell 4 has six cells inside it.
  [
    'geo_h3cell_children',
    'pack_array(array_length(geo_h3cell_children("8009fffffffffff")), array_length(geo_h3cell_children("862a1072fffffff")))',
    [6, 7],
  ],
];
