import type { Request, Response } from 'express';
import { currentUser, signedInUser, type SignedInUser } from '../../http/current-user';
import { parseForm, parseQuery } from '../../http/forms';
import { renderPage } from '../../http/render';
import type { Budget } from './budget';
import type { Clock } from './clock';
import { keptRowsOf } from './kept-rows';
import type { KeptFolder } from './kept-folder';
import type { ResultPages, TenantDirectory } from './ports';
import { formView, type FormState } from './present-form';
import { diagnosticView } from './present-diagnostic';
import { resultsView } from './present-results';
import { runView } from './present-run';
import type { RunExecutor } from './run-executor';
import { runJson } from './run-json';
import type { RefineService } from './refine-service';
import type { RunContinuation } from './run-continuation';
import type { RunService } from './run-service';
import type { RunWithSlices } from './run-store';
import { formAddress, huntForm, refineForm, resultsAddress } from './schema';
import type { HuntingRunView } from './views';

export interface HandlerDeps {
  readonly service: RunService;
  readonly continuation: RunContinuation;
  readonly refine: RefineService;
  readonly executor: RunExecutor;
  readonly budget: Budget;
  readonly tenants: TenantDirectory;
  readonly pages: ResultPages;
  readonly kept: KeptFolder;
  readonly clock: Clock;
}

const runId = (req: Request): string => String(req.params['id']);

/** Seconds between two looks at a run for a browser without JavaScript. */
const refreshSeconds = 2;

/** Where to sign in so that the form comes back as it was; a longer text stays in the page that asks. */
const signInToForm = (query: string, timespan: string): string => {
  const target = `/hunting?${new URLSearchParams({ query, timespan }).toString()}`;
  return `/auth/signin?return_to=${encodeURIComponent(target.length < 2_000 ? target : '/hunting')}`;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const showForm = (res: Response, form: FormState, { budget, status }: { budget: Budget; status: number }): Promise<void> =>
  renderPage(res, 'hunting/new', { view: formView(form, budget), title: status === 200 ? 'Hunt' : 'Hunt: not run', status });

/** The query form: fresh, filled by its address, or with the text of a run. */
const formHandlers = ({ service, budget, tenants }: HandlerDeps) => ({
  new: async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const address = parseQuery(formAddress, req);
    const source = address.run === undefined ? undefined : (await service.find(user, address.run)).run;
    const form = { query: source?.query ?? address.query, timespan: source?.timespan ?? address.timespan, chosen: address.tenants };
    return showForm(res, { ...form, tenants: await tenants.listFor(user) }, { budget, status: 200 });
  },
  create: async (req: Request, res: Response): Promise<void> => {
    const user = currentUser(req);
    const typed = req.body as { query?: unknown; timespan?: unknown } | undefined;
    const kept = { query: text(typed?.query), timespan: text(typed?.timespan) || 'P30D', chosen: [] as readonly string[] };
    if (!user) return showForm(res, { ...kept, tenants: [], signInHref: signInToForm(kept.query, kept.timespan) }, { budget, status: 401 });
    const form = parseForm(huntForm, req);
    if (!form.ok) {
      const problems = form.problems.map((problem) => problem.message);
      return showForm(res, { ...kept, tenants: await tenants.listFor(user), problems }, { budget, status: 422 });
    }
    const outcome = await service.create(user, form.value);
    if (outcome.ok) return res.redirect(303, `/hunting/runs/${outcome.runId}`);
    const problems = outcome.problems.map((problem) => problem.message);
    const state = {
      ...form.value,
      chosen: form.value.tenants,
      tenants: await tenants.listFor(user),
      problems,
      diagnostics: outcome.diagnostics,
    };
    return showForm(res, state, { budget, status: 422 });
  },
});

const titleOf = ({ run }: RunWithSlices): string =>
  `${run.state === 'done' ? 'Finished' : run.state[0]!.toUpperCase() + run.state.slice(1)} · ${run.query.trim().split('\n')[0]!.slice(0, 60)}`;

interface ShowOptions {
  readonly page: number;
  readonly status: number;
  readonly refineQuery: string;
  readonly refineDiagnostics: HuntingRunView['diagnostics'];
}

/** A run: watched, read, cancelled, continued. */
const runHandlers = (deps: HandlerDeps) => {
  const { service, executor, clock } = deps;

  const showRun = async (res: Response, found: RunWithSlices, options: ShowOptions): Promise<void> => {
    const rows = keptRowsOf(found.slices, deps.kept);
    const results = await resultsView(found, rows, { pages: deps.pages, page: options.page });
    const view = runView({ ...options, found, results, progress: executor.progressOf(found.run.id), now: clock.now() });
    const { live } = view;
    return renderPage(res, 'hunting/run', {
      view,
      title: titleOf(found),
      wide: true,
      status: options.status,
      ...(live ? { refresh: refreshSeconds, scripts: ['run.js'] } : {}),
    });
  };

  const plain = { page: 1, status: 200, refineQuery: 'Results\n| ', refineDiagnostics: [] };
  const act = (work: (user: SignedInUser, id: string) => Promise<void>) => async (req: Request, res: Response) => {
    await work(signedInUser(req), runId(req));
    res.redirect(303, `/hunting/runs/${runId(req)}`);
  };

  return {
    show: async (req: Request, res: Response): Promise<void> => {
      const { page } = parseQuery(resultsAddress, req);
      return showRun(res, await service.find(signedInUser(req), runId(req)), { ...plain, page });
    },
    showJson: async (req: Request, res: Response): Promise<void> => {
      const found = await service.find(signedInUser(req), runId(req));
      res.set('Cache-Control', 'no-store').json(runJson(found, executor.progressOf(found.run.id), clock.now()));
    },
    cancel: act(service.cancel),
    retry: act(deps.continuation.retry),
    slices: act(deps.continuation.fetchAll),
    refine: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const found = await service.find(user, runId(req));
      const form = parseForm(refineForm, req);
      const refineQuery = text((req.body as { query?: unknown } | undefined)?.query);
      if (!form.ok) {
        const refineDiagnostics = form.problems.map(({ message }) =>
          diagnosticView({ code: 'form', kind: 'refused', severity: 'error', message }, ''),
        );
        return showRun(res, found, { ...plain, status: 422, refineQuery, refineDiagnostics });
      }
      const outcome = await deps.refine.create(user, found, form.value.query);
      if (outcome.ok) return res.redirect(303, `/hunting/runs/${outcome.runId}`);
      const refineDiagnostics = outcome.diagnostics.map((diagnostic) => diagnosticView(diagnostic, form.value.query));
      return showRun(res, found, { ...plain, status: 422, refineQuery, refineDiagnostics });
    },
  };
};

export const createHandlers = (deps: HandlerDeps) => Object.freeze({ form: formHandlers(deps), runs: runHandlers(deps) });

export type HuntingHandlers = ReturnType<typeof createHandlers>;
