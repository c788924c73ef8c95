import type { Request, Response } from 'express';
import { signedInUser } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import type { HandlerDeps } from '../handlers';
import { diagnosticView } from '../form/present-diagnostic';
import { runId } from '../runs/run-address';
import { createRunPage, plainPage } from '../runs/run-page';
import { refineForm } from '../schema';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

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
    const outcome = await deps.refine.create(user, found, { text: form.value.query });
    if (outcome.ok) return res.redirect(303, `/hunting/runs/${outcome.runId}`);
    const refineDiagnostics = outcome.diagnostics.map((diagnostic) => diagnosticView(diagnostic, form.value.query));
    return showRun(res, found, { ...plainPage, status: 422, refineQuery, refineDiagnostics });
  };
};
