import type { WordSearch } from '../../columns/find-word';

/** Places in the state of an order: what became of it, and whether nobody waits for it any more. */
export const outcome = 0;
export const isGivenUp = 1;
/** 0: under way; 1: the rows are found; 2: they could not be. */
export type Outcome = 0 | 1 | 2;

/** A part of a search, and the shared memory for the rows that it finds and for its state. */
export interface Order {
  readonly search: WordSearch;
  readonly bits: Uint32Array;
  readonly state: Int32Array;
}
