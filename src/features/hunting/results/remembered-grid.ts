import type { GridView } from './grid-view';
import { gridView, type GridSource } from './present-grid';
import { writeViewState } from './view-state';

/** Views of one page of rows: a reader goes back and forth between a few. */
const viewsAPage = 4;

const remembered = new WeakMap<readonly string[], Map<string, GridView>>();

/** A look at more than rows (a chart, a facet, an open row) is put into words anew: its parts come and go by themselves. */
const isPlain = ({ look }: GridSource): boolean => look.chart === null && look.facet === null && look.panel === null;

const keyOf = ({ runId, state, look, caption, total, notes }: GridSource): string =>
  JSON.stringify([
    runId,
    writeViewState(state).toString(),
    look.chosen,
    look.part,
    look.offset,
    look.count,
    look.more,
    caption,
    total,
    notes,
  ]);

/**
 * The grid of a look, the same object for the same rows looked at in the same way: kept rows do not change, and their
 * texts are remembered (src/remembered-views.ts), so a reload costs neither the words nor, in turn, the rendering.
 */
export const rememberedGrid = (source: GridSource): GridView => {
  if (!isPlain(source)) return gridView(source);
  const known = remembered.get(source.look.texts) ?? new Map<string, GridView>();
  const key = keyOf(source);
  const view = known.get(key) ?? gridView(source);
  if (known.size >= viewsAPage) known.clear();
  remembered.set(source.look.texts, known.set(key, view));
  return view;
};
