const digits = '0123456789bcdefghjkmnpqrstuvwxyz';

/** A cell of the geohash grid: its borders in degrees. */
export interface Cell {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export const isLongitude = (value: number): boolean => value >= -180 && value <= 180;
export const isLatitude = (value: number): boolean => value >= -90 && value <= 90;

const isPoint = (longitude: number, latitude: number): boolean => isLongitude(longitude) && isLatitude(latitude);

/** The geohash of a point; empty where the point or the accuracy (1 to 18) is none. */
export function geohashOf(longitude: number, latitude: number, accuracy: number): string {
  if (!isPoint(longitude, latitude) || accuracy < 1 || accuracy > 18) return '';
  let [west, south, east, north] = [-180, -90, 180, 90];
  let hash = '';
  for (let digit = 0, bits = 0; hash.length < accuracy; bits += 1) {
    const horizontal = bits % 2 === 0;
    const middle = horizontal ? (west + east) / 2 : (south + north) / 2;
    const upper = (horizontal ? longitude : latitude) >= middle;
    if (horizontal) [west, east] = upper ? [middle, east] : [west, middle];
    else [south, north] = upper ? [middle, north] : [south, middle];
    digit = digit * 2 + (upper ? 1 : 0);
    if (bits % 5 === 4) [hash, digit] = [hash + digits.charAt(digit), 0];
  }
  return hash;
}

/** The cell of a geohash; null when the text is none. */
export function cellOf(geohash: string): Cell | null {
  let [west, south, east, north] = [-180, -90, 180, 90];
  let bits = 0;
  for (const character of geohash.toLowerCase()) {
    const digit = digits.indexOf(character);
    if (digit < 0) return null;
    for (let mask = 16; mask > 0; mask >>= 1, bits += 1) {
      const upper = (digit & mask) !== 0;
      if (bits % 2 === 0) [west, east] = upper ? [(west + east) / 2, east] : [west, (west + east) / 2];
      else [south, north] = upper ? [(south + north) / 2, north] : [south, (south + north) / 2];
    }
  }
  return geohash.length < 1 || geohash.length > 18 ? null : { west, south, east, north };
}

/** The directions of the eight neighbours in the order in which the engine lists them: [east, north]. */
const directions: readonly (readonly [number, number])[] = [
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
  [1, 1],
  [1, 0],
  [0, 1],
  [-1, 1],
];

/** The geohashes around one; beyond a pole there are none. */
export function neighboursOf(geohash: string): readonly string[] | null {
  const cell = cellOf(geohash);
  if (cell === null) return null;
  const [width, height] = [cell.east - cell.west, cell.north - cell.south];
  const [x, y] = [(cell.west + cell.east) / 2, (cell.south + cell.north) / 2];
  const around = directions.map(([dx, dy]) => [((x + dx * width + 540) % 360) - 180, y + dy * height] as const);
  return around
    .filter(([, latitude]) => isLatitude(latitude))
    .map(([longitude, latitude]) => geohashOf(longitude, latitude, geohash.length));
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The mean radius that the engine's sphere has, in metres. */
export const earthRadius = 6_371_010;

/** The distance of two points on the sphere in metres; null where one is no point. */
export function distance(first: readonly [number, number], second: readonly [number, number]): number | null {
  const [[lon1, lat1], [lon2, lat2]] = [first, second];
  if (!isPoint(lon1, lat1) || !isPoint(lon2, lat2)) return null;
  const half =
    Math.sin(radians(lat2 - lat1) / 2) ** 2 + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The angle from north, clockwise, under which one point sees another, in radians; null where one is no point. */
export function azimuth(first: readonly [number, number], second: readonly [number, number]): number | null {
  const [[lon1, lat1], [lon2, lat2]] = [first, second];
  if (!isPoint(lon1, lat1) || !isPoint(lon2, lat2)) return null;
  const turn = radians(lon2 - lon1);
  const x = Math.cos(radians(lat1)) * Math.sin(radians(lat2)) - Math.sin(radians(lat1)) * Math.cos(radians(lat2)) * Math.cos(turn);
  const angle = Math.atan2(Math.sin(turn) * Math.cos(radians(lat2)), x);
  return angle < 0 ? angle + 2 * Math.PI : angle;
}
