/** A point on the unit sphere, or any vector. */
export type Vector = readonly [number, number, number];

/** The shorter arc of the great circle through two points. */
export type Arc = readonly [Vector, Vector];

const degree = Math.PI / 180;

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const length = (a: Vector): number => Math.hypot(...a);
export const unit = (a: Vector): Vector => times(a, 1 / length(a));

/** The normal of the plane of two points; of near ones it keeps the digits that a plain cross product loses. */
export const normal = (a: Vector, b: Vector): Vector => times(cross(minus(b, a), plus(b, a)), -0.5);

/** The angle between two points, exact for near and for far ones. */
export const angle = (a: Vector, b: Vector): number => Math.atan2(length(normal(a, b)), dot(a, b));

export function vectorOf(longitude: number, latitude: number): Vector {
  const [lambda, phi] = [longitude * degree, latitude * degree];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** Longitude and latitude in degrees. */
export const degreesOf = ([x, y, z]: Vector): readonly [number, number] => [
  Math.atan2(y, x) / degree,
  Math.atan2(z, Math.hypot(x, y)) / degree,
];

/** The point of the arc from a to b that is nearest to a point. */
export function nearestOnArc(point: Vector, a: Vector, b: Vector): Vector {
  const n = normal(a, b);
  const beside = dot(cross(n, a), point) > 0 && dot(cross(b, n), point) > 0;
  if (beside) return unit(minus(point, times(n, dot(point, n) / dot(n, n))));
  return angle(point, a) <= angle(point, b) ? a : b;
}

/** Whether two arcs cross at a point inside both. */
export function arcsCross([a, b]: Arc, [c, d]: Arc): boolean {
  const [ab, cd] = [cross(a, b), cross(c, d)];
  const [acb, bda, cbd, dac] = [-dot(ab, c), dot(ab, d), -dot(cd, b), dot(cd, a)];
  return acb * bda > 0 && acb * cbd > 0 && acb * dac > 0;
}

/** The point a part of the way from a to b. */
export function between(a: Vector, b: Vector, part: number): Vector {
  const whole = angle(a, b);
  const across = unit(cross(normal(a, b), a));
  return unit(plus(times(a, Math.cos(whole * part)), times(across, Math.sin(whole * part))));
}
