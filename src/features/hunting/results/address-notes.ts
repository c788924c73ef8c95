import { longestValue, mostFilters, mostSortKeys } from './view-state';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** The columns that parts of an address name, as far as they begin with a number. */
const named = (parts: readonly string[]): number[] => parts.flatMap((part) => /^(\d{1,7})/.exec(part)?.[1] ?? []).map(Number);

const splitAt = (text: string | null, separator: string): string[] => (text ?? '').split(separator).filter((part) => part !== '');

/**
 * What of an address a view does not follow, in sentences: columns that the result does not have, and what is beyond the
 * limits of a view. The rows are shown all the same; nobody should take them for what was asked.
 */
export const addressNotes = (query: URLSearchParams, columnCount: number): string[] => {
  const filters = query.getAll('f');
  const sorts = splitAt(query.get('sort'), ',');
  const columns = [...splitAt(query.get('cols'), '.'), ...splitAt(query.get('facet'), ',')];
  const unknown = new Set(named([...filters, ...sorts, ...columns]).filter((column) => column >= columnCount)).size;
  const cut = [...filters, query.get('q') ?? ''].filter((text) => text.length > longestValue + 10).length;
  return [
    ...(unknown > 0 ? [`The address names ${unknown} ${plural(unknown, 'column', 'columns')} that this result does not have.`] : []),
    ...(filters.length > mostFilters ? [`The address has ${filters.length} filters; the first ${mostFilters} of them count.`] : []),
    ...(sorts.length > mostSortKeys ? [`The address sorts by ${sorts.length} columns; the first ${mostSortKeys} of them count.`] : []),
    ...(cut > 0 ? [`A text of the address is longer than ${longestValue} characters; its beginning counts.`] : []),
  ];
};
