import type { GridView, LinkView } from '../results/grid-view';
import type { HuntingRunView } from '../views';

/** Links that put something into the query form. */
export const leadsToForm = ({ href }: LinkView): boolean => href === '/hunting' || href.startsWith('/hunting?');

const withoutForm = (links: readonly LinkView[]): readonly LinkView[] => links.filter((link) => !leadsToForm(link));

const readOnlyGrid = (grid: GridView): GridView => ({
  ...grid,
  exports: [],
  columns: grid.columns.map((column) => ({ ...column, actions: withoutForm(column.actions) })),
  panel: grid.panel && { ...grid.panel, fields: grid.panel.fields.map((field) => ({ ...field, actions: withoutForm(field.actions) })) },
});

/** The page for somebody who may read and no more: nothing that asks, downloads or changes is offered. */
export const readOnlyRun = (view: HuntingRunView): HuntingRunView => ({
  ...view,
  mayHunt: false,
  cancelAction: null,
  actions: [],
  refine: null,
  results: view.results && readOnlyGrid(view.results),
});
