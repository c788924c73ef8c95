import type { Response } from 'express';
import { renderPage } from '../../../http/render';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
import { resultsView } from '../results/present-results';
import { runView } from './present-run';
import { plainView, type ViewState } from '../results/view-state';
import type { RunWithSlices } from './run-store';
import type { HuntingRunView } from '../views';

/** Seconds between two looks at a run for a browser without JavaScript. */
const refreshSeconds = 2;

const titleOf = ({ run }: RunWithSlices): string =>
  `${run.state === 'done' ? 'Finished' : run.state[0]!.toUpperCase() + run.state.slice(1)} · ${run.query.trim().split('\n')[0]!.slice(0, 60)}`;

export interface RunPageOptions {
  readonly state: ViewState;
  readonly status: number;
  readonly refineQuery: string;
  readonly refineDiagnostics: HuntingRunView['diagnostics'];
}

/** The page as a link opens it. */
export const plainPage: RunPageOptions = { state: plainView, status: 200, refineQuery: 'Results\n| ', refineDiagnostics: [] };

/** Answers with the page of a run: its state, its ledger and its rows in the reader's view. */
export const createRunPage =
  ({ kept, room, executor, clock }: HandlerDeps) =>
  async (res: Response, found: RunWithSlices, options: RunPageOptions): Promise<void> => {
    const rows = keptRowsOf(found.slices, kept);
    const results = await resultsView(found, rows, { room, state: options.state });
    const view = runView({ ...options, found, results, progress: executor.progressOf(found.run.id), now: clock.now() });
    return renderPage(res, 'hunting/run', {
      view,
      title: titleOf(found),
      wide: true,
      ...(results ? { parts: { results: { template: 'partials/results/grid', view: results } } } : {}),
      status: options.status,
      ...(view.live ? { refresh: refreshSeconds, scripts: ['run.js'] } : { scripts: ['results.js'] }),
    });
  };
