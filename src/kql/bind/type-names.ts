import type { KqlType } from '../schema';

const aliases: Readonly<Record<string, KqlType>> = {
  boolean: 'bool',
  double: 'real',
  date: 'datetime',
  time: 'timespan',
  uuid: 'guid',
  uniqueid: 'guid',
  int32: 'int',
  int64: 'long',
  object: 'dynamic',
};

/** The scalar type that a type name of KQL means, under any of its spellings. */
export function scalarTypeNamed(name: string): KqlType {
  const plain = name.trim().toLowerCase();
  return aliases[plain] ?? (plain as KqlType);
}
