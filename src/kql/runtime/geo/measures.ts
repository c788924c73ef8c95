import { earthRadius } from './geohash';
import { edgesOfRing, signedArea, type Line, type Polygon, type Ring } from './shapes';
import { angle, arcsCross, between, dot, minus, length, nearestOnArc, normal, plus, times, unit, type Arc, type Vector } from './sphere';

export const edgesOfLine = (line: Line): readonly Arc[] => line.slice(1).map((point, index) => [line[index] as Vector, point] as const);
export const edgesOfPolygon = (polygon: Polygon): readonly Arc[] => polygon.flatMap(edgesOfRing);

/** How far a ring turns around a point: a whole turn when the point lies to its left, none when it lies outside. */
function turnAround(point: Vector, ring: Ring): number {
  return edgesOfRing(ring).reduce((sum, [a, b]) => {
    const across = dot(point, normal(a, b));
    return sum + Math.atan2(across, dot(a, b) - dot(point, a) * dot(point, b));
  }, 0);
}

export const contains = (polygon: Polygon, point: Vector): boolean => {
  const [shell = [], ...holes] = polygon;
  return turnAround(point, shell) > Math.PI && !holes.some((hole) => turnAround(point, hole) > Math.PI);
};

const crossing = (first: readonly Arc[], second: readonly Arc[]): boolean =>
  first.some((edge) =>
    second.some((other) => arcsCross(edge, other) || other.some((end) => edge.some((own) => length(minus(own, end)) < 1e-15))),
  );

export const linesMeet = (first: readonly Line[], second: readonly Line[]): boolean =>
  crossing(first.flatMap(edgesOfLine), second.flatMap(edgesOfLine));

export const lineMeetsPolygon = (line: Line, polygon: Polygon): boolean =>
  crossing(edgesOfLine(line), edgesOfPolygon(polygon)) || line.some((point) => contains(polygon, point));

export const polygonsMeet = (first: Polygon, second: Polygon): boolean =>
  crossing(edgesOfPolygon(first), edgesOfPolygon(second)) ||
  contains(first, (second[0] as Ring)[0] as Vector) ||
  contains(second, (first[0] as Ring)[0] as Vector);

/** Square metres of a polygon without its holes. */
export const areaOf = ([shell = [], ...holes]: Polygon): number =>
  holes.reduce((rest, hole) => rest - signedArea(hole), signedArea(shell)) * earthRadius * earthRadius;

export const lengthOf = (edges: readonly Arc[]): number => edges.reduce((sum, [a, b]) => sum + angle(a, b), 0) * earthRadius;

/** The point on the edges that is nearest to another. */
export function nearest(point: Vector, edges: readonly Arc[]): Vector {
  const found = edges.map(([a, b]) => nearestOnArc(point, a, b));
  return found.reduce((best, candidate) => (angle(point, candidate) < angle(point, best) ? candidate : best));
}

export const metres = (a: Vector, b: Vector): number => angle(a, b) * earthRadius;

/** The centre of mass of an area on the sphere: half the sum of its edges' normals, each as long as its edge. */
export function centreOfPolygons(polygons: readonly Polygon[]): Vector {
  const ofRing = (ring: Ring): Vector =>
    edgesOfRing(ring).reduce<Vector>((sum, [a, b]) => plus(sum, times(unit(normal(a, b)), angle(a, b))), [0, 0, 0]);
  const all = polygons.flatMap(([shell = [], ...holes]) => [ofRing(shell), ...holes.map((hole) => times(ofRing(hole), -1))]);
  return unit(all.reduce(plus));
}

/** The centre of mass of lines. */
export function centreOfLines(lines: readonly Line[]): Vector {
  const parts = lines.flatMap(edgesOfLine).map(([a, b]) => {
    const sum = plus(a, b);
    return times(sum, length(minus(a, b)) / length(sum));
  });
  return unit(parts.reduce(plus));
}

/** The point after a part of a line's length. */
export function alongLine(line: Line, part: number): Vector {
  const edges = edgesOfLine(line);
  let left = edges.reduce((sum, [a, b]) => sum + angle(a, b), 0) * Math.min(Math.max(part, 0), 1);
  for (const [a, b] of edges) {
    const own = angle(a, b);
    if (left <= own) return between(a, b, left / own);
    left -= own;
  }
  return line.at(-1) as Vector;
}
