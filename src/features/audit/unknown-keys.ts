import type { ChainReader } from './chain-reader';
import type { Seals } from './seal';

/** Ids of keys that the ends of chains were sealed with and that are not at hand: somebody lost one, or points at another folder. */
export const unknownKeys = async (
  reader: ChainReader & { readonly chains: () => Promise<readonly string[]> },
  seals: Pick<Seals, 'knows'>,
): Promise<readonly string[]> => {
  const unknown = new Set<string>();
  for (const chain of await reader.chains()) {
    const head = await reader.head(chain);
    const [last] = head ? await reader.page(chain, head.seq - 1, 1) : [];
    if (last && !seals.knows(last.key_id)) unknown.add(last.key_id);
  }
  return [...unknown];
};
