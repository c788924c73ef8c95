import { refused } from './define';
import type { FunctionRow } from './function-row';

const geo = [
  ...['h3cell_neighbors', 'h3cell_rings', 'h3cell_to_central_point'],
  ...['h3cell_to_polygon', 'point_to_h3cell', 'polygon_to_h3cells', 'polygon_to_s2cells', 'line_to_s2cells'],
  ...['intersection_2lines', 'intersection_2polygons', 'intersection_line_with_polygon'],
  ...['point_buffer', 'line_buffer', 'polygon_buffer', 'line_densify', 'polygon_densify', 'line_locate_point'],
  ...['line_simplify', 'polygon_simplify', 'simplify_polygons_array', 'union_lines_array', 'union_polygons_array'],
].map((name) => refused(`geo_${name}`, 'R-59', 'this part of geometry on the sphere is not part of this engine.'));

const graph = ['all', 'any', 'map', 'inner_nodes', 'node_id', 'node_degree_in', 'node_degree_out', 'labels'];

/** Functions that are refused as a family. */
export const refusedFunctions: readonly FunctionRow[] = [
  ...geo,
  ...graph.map((name) => refused(name, 'R-63', 'this function over graphs is not part of this engine.')),
];
