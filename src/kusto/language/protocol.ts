import type { Schema } from '../../kql/schema';

/** A call into the language; the schema travels once per worker and is then known by its id. */
export type Ask =
  | { readonly call: 'analyze'; readonly query: string; readonly schemaId: string; readonly schema?: Schema }
  | {
      readonly call: 'translate';
      readonly query: string;
      readonly schemaId: string;
      readonly schema?: Schema;
      readonly nowTicks: bigint;
      readonly answers?: ReadonlyMap<string, unknown>;
    }
  | { readonly call: 'warm' };

export type Reply = { readonly value: unknown } | { readonly failure: string };

/** Schemas a worker remembers. Both sides forget all at once when another comes, so that both always know the same. */
export const REMEMBERED = 64;
