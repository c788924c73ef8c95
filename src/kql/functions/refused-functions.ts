import { refused } from './define';
import type { FunctionRow } from './function-row';

const geo = [
  ...['angle', 'closest_point_on_line', 'closest_point_on_polygon', 'distance_point_to_line', 'distance_point_to_polygon'],
  ...['point_in_polygon', 'point_buffer'],
  ...[
    'h3cell_children',
    'h3cell_level',
    'h3cell_neighbors',
    'h3cell_parent',
    'h3cell_rings',
    'h3cell_to_central_point',
    'h3cell_to_polygon',
    'point_to_h3cell',
  ],
  ...[
    'intersection_2lines',
    'intersection_2polygons',
    'intersection_line_with_polygon',
    'intersects_2lines',
    'intersects_2polygons',
    'intersects_line_with_polygon',
  ],
  ...['line_buffer', 'line_centroid', 'line_densify', 'line_interpolate_point', 'line_locate_point', 'line_simplify', 'line_to_s2cells'],
  ...['point_to_s2cell', 's2cell_neighbors', 's2cell_to_central_point', 's2cell_to_polygon', 'polygon_to_h3cells', 'polygon_to_s2cells'],
  ...['polygon_area', 'polygon_buffer', 'polygon_centroid', 'polygon_densify', 'polygon_perimeter', 'polygon_simplify'],
  ...['simplify_polygons_array', 'union_lines_array', 'union_polygons_array'],
].map((name) => refused(`geo_${name}`, 'R-59', 'geometry on the sphere beyond distances and geohashes is not part of this engine.'));

const graph = ['all', 'any', 'map', 'inner_nodes', 'node_id', 'node_degree_in', 'node_degree_out', 'labels'];

/** Functions that are refused as a family. */
export const refusedFunctions: readonly FunctionRow[] = [
  ...geo,
  ...graph.map((name) => refused(name, 'R-55', 'graph queries are not part of this engine.')),
];
