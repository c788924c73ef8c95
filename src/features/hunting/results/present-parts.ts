import type { PartsView } from './grid-view';
import { columnsAtOnce } from './shown-columns';
import { countText as count } from '../runs/present-run';

interface Part {
  readonly shown: readonly number[];
  readonly part: number;
  /** Of how many columns they are a part. */
  readonly all: number;
}

/** Which columns are shown, where not all are, and the links to the parts beside; null where all are. */
export const partsView = (label: string, { shown, part, all }: Part, to: (part: number) => string): PartsView | null => {
  if (shown.length === all) return null;
  const from = (part - 1) * columnsAtOnce;
  return {
    label,
    text: `Columns ${count(from + 1)} to ${count(from + shown.length)} of ${count(all)}`,
    previousHref: part > 1 ? to(part - 1) : null,
    nextHref: from + shown.length < all ? to(part + 1) : null,
  };
};
