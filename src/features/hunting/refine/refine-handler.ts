import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser, type SignedInUser } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import type { HandlerDeps } from '../handlers';
import { diagnosticView } from '../form/present-diagnostic';
import { runId } from '../runs/run-address';
import { createRunPage, plainPage } from '../runs/run-page';
import type { RunWithSlices } from '../runs/stored-runs';
import { refineForm } from '../schema';
import type { RefineOutcome, RefineService } from './refine-service';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What cannot be answered at the moment comes back beside the text, so that it stays where it is. */
const refined = async (
  refine: RefineService,
  user: SignedInUser,
  { found, text: query }: { readonly found: RunWithSlices; readonly text: string },
): Promise<RefineOutcome & { readonly status?: number }> => {
  try {
    return await refine.create(user, found, { text: query });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'audit-unavailable')) throw error;
    const message = `Not run. ${error.publicMessage}`;
    return { ok: false, status: 503, diagnostics: [{ code: error.code, kind: 'refused', severity: 'error', message }] };
  }
};

/** `POST /hunting/runs/:id/refine`: KQL over the kept rows; a mistake comes back on the run's page with the text intact. */
export const refineHandler = (deps: HandlerDeps) => {
  const { service } = deps;
  const showRun = createRunPage(deps);
  return async (req: Request, res: Response): Promise<void> => {
    const user = signedInUser(req);
    const found = await service.find(user, runId(req));
    const form = parseForm(refineForm, req);
    const refineQuery = text((req.body as { query?: unknown } | undefined)?.query);
    if (!form.ok) {
      const refineDiagnostics = form.problems.map(({ message }) =>
        diagnosticView({ code: 'form', kind: 'refused', severity: 'error', message }, ''),
      );
      return showRun(res, found, { ...plainPage, status: 422, refineQuery, refineDiagnostics });
    }
    const outcome = await refined(deps.refine, user, { found, text: form.value.query });
    if (outcome.ok) return res.redirect(303, `/hunting/runs/${outcome.runId}`);
    const refineDiagnostics = outcome.diagnostics.map((diagnostic) => diagnosticView(diagnostic, form.value.query));
    return showRun(res, found, { ...plainPage, status: outcome.status ?? 422, refineQuery, refineDiagnostics });
  };
};
