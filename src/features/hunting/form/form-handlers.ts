import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { currentUser, signedInUser, type SignedInUser } from '../../../http/current-user';
import { parseForm, parseQuery } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { Budget } from '../budget/budget';
import type { HandlerDeps } from '../handlers';
import { keptRowsOf } from '../kept/kept-rows';
import { formView, type FormState } from './present-form';
import { conditionFor, editRefinedHref } from '../results/added-condition';
import type { HuntInput, HuntOutcome, RunService } from '../runs/run-service';
import { formAddress, huntForm } from '../schema';

/** Where to sign in so that the form comes back as it was; a longer text stays in the page that asks. */
const signInToForm = (query: string, timespan: string): string => {
  const target = `/hunting?${new URLSearchParams({ query, timespan }).toString()}`;
  return `/auth/signin?return_to=${encodeURIComponent(target.length < 2_000 ? target : '/hunting')}`;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const showForm = async (res: Response, form: FormState, { budget, status }: { budget: Budget; status: number }): Promise<void> => {
  await budget.known(form.tenants.map(({ tenantId }) => tenantId));
  return renderPage(res, 'hunting/new', {
    view: formView(form, budget),
    title: status === 200 ? 'Hunt' : 'Hunt: not run',
    status,
    scripts: ['hunt.js'],
  });
};

/** What cannot be run at the moment comes back as a problem of the form, so that its text stays where it is. */
const created = async (service: RunService, user: SignedInUser, input: HuntInput): Promise<HuntOutcome & { readonly status?: number }> => {
  try {
    return await service.create(user, input);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'audit-unavailable')) throw error;
    return { ok: false, status: 503, diagnostics: [], problems: [{ field: '', message: `Not run. ${error.publicMessage}` }] };
  }
};

/** The query form: fresh, filled by its address, or with the text of a run. */
export const formHandlers = ({ service, budget, tenants, kept }: HandlerDeps) => ({
  new: async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const address = parseQuery(formAddress, req);
    const found = address.run === undefined ? undefined : await service.find(user, address.run);
    const source = found?.run;
    if (source?.kind === 'refine') return res.redirect(303, editRefinedHref(source, address.add));
    const query = found ? conditionFor(found.run.query, keptRowsOf(found.slices, kept).columns, address.add) : address.query;
    const chosen = found ? [...new Set(found.slices.map(({ tenantId }): string => tenantId))] : address.tenants;
    const form = { query, timespan: source?.timespan ?? address.timespan, chosen };
    return showForm(res, { ...form, tenants: await tenants.offeredTo(user) }, { budget, status: 200 });
  },
  create: async (req: Request, res: Response): Promise<void> => {
    const user = currentUser(req);
    const typed = req.body as { query?: unknown; timespan?: unknown } | undefined;
    const typedForm = { query: text(typed?.query), timespan: text(typed?.timespan) || 'P30D', chosen: [] as readonly string[] };
    if (!user)
      return showForm(
        res,
        { ...typedForm, tenants: [], signInHref: signInToForm(typedForm.query, typedForm.timespan) },
        { budget, status: 401 },
      );
    const form = parseForm(huntForm, req);
    if (!form.ok) {
      const problems = form.problems.map((problem) => problem.message);
      return showForm(res, { ...typedForm, tenants: await tenants.offeredTo(user), problems }, { budget, status: 422 });
    }
    const outcome = await created(service, user, form.value);
    if (outcome.ok) return res.redirect(303, `/hunting/runs/${outcome.runId}`);
    const problems = outcome.problems.map((problem) => problem.message);
    const state = {
      ...form.value,
      chosen: form.value.tenants,
      tenants: await tenants.offeredTo(user),
      problems,
      diagnostics: outcome.diagnostics,
    };
    return showForm(res, state, { budget, status: outcome.status ?? 422 });
  },
});
