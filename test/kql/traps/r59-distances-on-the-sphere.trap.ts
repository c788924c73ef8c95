import type { Trap } from './trap';

/** R-59 Distances. The usual mean radius of the earth gives 1546754.06. */
export const trap: Trap = {
  rule: 'R-59',
  query:
    'print d = round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056), 6), n = geo_distance_2points(300.0, 1.0, 1.0, 1.0)',
  rows: [[1546754.351974, null]],
};
