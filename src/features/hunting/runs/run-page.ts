import type { Response } from 'express';
import { signedInUser } from '../../../http/current-user';
import { renderPage } from '../../../http/render';
import { hasRole } from '../../../http/roles';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
import type { GridView } from '../results/grid-view';
import { createPatientLook } from '../results/patient-look';
import { resultsView } from '../results/present-results';
import { runView } from './present-run';
import { plainView, type ViewState } from '../results/view-state';
import { readOnlyRun } from './read-only-run';
import { isFinished } from './run';
import type { RunWithSlices } from './stored-runs';
import type { HuntingRunView } from '../views';

/** Seconds between two looks at a run for a browser without JavaScript. */
const refreshSeconds = 2;

const titleOf = ({ run }: RunWithSlices): string =>
  `${run.state === 'done' ? 'Finished' : run.state[0]!.toUpperCase() + run.state.slice(1)} · ${run.query.trim().split('\n')[0]!.slice(0, 60)}`;

export interface RunPageOptions {
  readonly state: ViewState;
  /** What of the address the view does not follow. */
  readonly notes: readonly string[];
  readonly status: number;
  readonly refineQuery: string;
  readonly refineDiagnostics: HuntingRunView['diagnostics'];
}

/** The page as a link opens it. */
export const plainPage: RunPageOptions = { state: plainView, notes: [], status: 200, refineQuery: 'Results\n| ', refineDiagnostics: [] };

const isPlain = ({ refineQuery, refineDiagnostics }: RunPageOptions): boolean =>
  refineQuery === plainPage.refineQuery && refineDiagnostics.length === 0;

/**
 * Pages of finished runs by what they show: the same run with the same rows in the same view is the same page, so a reload
 * costs neither its words nor its rendering. (Both are remembered for a while: `finished-runs.ts`, `remembered-grid.ts`.)
 */
const createLastingViews = () => {
  const known = new WeakMap<object, { readonly found: RunWithSlices; readonly view: HuntingRunView }>();
  return (found: RunWithSlices, results: GridView | null, make: () => HuntingRunView): HuntingRunView => {
    const key = results ?? found;
    const last = known.get(key);
    if (last?.found === found) return last.view;
    const view = make();
    known.set(key, { found, view });
    return view;
  };
};

/** Answers with the page of a run: its state, its ledger and its rows in the reader's view. */
export const createRunPage = ({ kept, room, executor, clock }: HandlerDeps) => {
  const lastingView = createLastingViews();
  const look = createPatientLook({ room });
  return async (res: Response, found: RunWithSlices, options: RunPageOptions): Promise<void> => {
    const rows = keptRowsOf(found.slices, kept);
    const results = await resultsView(found, rows, { look, state: options.state, notes: options.notes });
    const progress = executor.progressOf(found.run.id);
    const mayHunt = hasRole(signedInUser(res.req), 'hunter');
    const whole = (): HuntingRunView => runView({ ...options, found, results, progress, now: clock.now() });
    const make = (): HuntingRunView => (mayHunt ? whole() : readOnlyRun(whole()));
    const lasting = mayHunt && isFinished(found.run.state) && progress.size === 0 && !results?.looking && isPlain(options);
    const view = lasting ? lastingView(found, results, make) : make();
    return renderPage(res, 'hunting/run', {
      view,
      title: titleOf(found),
      wide: true,
      lasting,
      status: options.status,
      ...(results?.looking ? { refresh: refreshSeconds } : {}),
      ...(view.live ? { refresh: refreshSeconds, scripts: ['run.js'] } : { scripts: ['results.js', 'cells.js', 'room-keys.js'] }),
    });
  };
};
