/** Kusto's names of the types that a hunting answer can have. */
export type HuntingType = 'bool' | 'int' | 'long' | 'real' | 'decimal' | 'string' | 'datetime' | 'timespan' | 'guid' | 'dynamic';

export interface HuntingColumn {
  readonly name: string;
  readonly type: HuntingType;
}

/** .NET's names as the services write them, and Kusto's own; read without regard to case or a `System.` in front. */
const byName = new Map<string, HuntingType>([
  ['datetime', 'datetime'],
  ['datetimeoffset', 'datetime'],
  ['date', 'datetime'],
  ['string', 'string'],
  ['int32', 'int'],
  ['int16', 'int'],
  ['int', 'int'],
  ['int64', 'long'],
  ['uint32', 'long'],
  ['long', 'long'],
  ['double', 'real'],
  ['single', 'real'],
  ['float', 'real'],
  ['real', 'real'],
  ['decimal', 'decimal'],
  ['sqldecimal', 'decimal'],
  ['data.sqltypes.sqldecimal', 'decimal'],
  ['boolean', 'bool'],
  ['bool', 'bool'],
  ['sbyte', 'bool'],
  ['object', 'dynamic'],
  ['dynamic', 'dynamic'],
  ['guid', 'guid'],
  ['uuid', 'guid'],
  ['timespan', 'timespan'],
  ['time', 'timespan'],
]);

/** A type name of the service as Kusto's; a name nobody knows becomes dynamic, which holds every JSON value as it came. */
export const toHuntingType = (name: unknown): HuntingType =>
  typeof name === 'string'
    ? (byName.get(
        name
          .trim()
          .toLowerCase()
          .replace(/^system\./, ''),
      ) ?? 'dynamic')
    : 'dynamic';
