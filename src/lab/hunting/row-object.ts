import type { Column, KqlType } from '../../kql/schema';
import { cellTexts } from './row-cells';

/** A long beyond 2^53 travels as a string in wire form, and as a number in the services' JSON. */
const plain = (type: KqlType, text: string): string => (type === 'long' && text.startsWith('"') ? text.slice(1, -1) : text);

/** Turns rows in wire form into the JSON objects of the services' results. */
export const rowObjects = (columns: readonly Column[]): ((row: string) => string) => {
  const names = columns.map(({ name }) => JSON.stringify(name));
  return (row) => {
    const cells = cellTexts(row);
    let text = '{';
    for (const [index, { type }] of columns.entries()) {
      if (index > 0) text += ',';
      text += `${names[index]}:${plain(type, cells[index] ?? 'null')}`;
    }
    return `${text}}`;
  };
};
