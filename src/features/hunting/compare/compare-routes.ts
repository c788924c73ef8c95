import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../../errors';
import { signedInUser } from '../../../http/current-user';
import { requireRole } from '../../../http/roles';
import { parseForm, parseQuery } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import { runId } from '../runs/run-address';
import type { CompareService } from './compare-service';
import { compareView } from './present-compare';

const address = z.object({ with: z.string().max(64).optional() });
const form = z.object({
  with: z.string({ error: 'Choose the earlier run.' }).max(64),
  key: z
    .union([z.string(), z.array(z.string())], { error: 'Choose at least one key column.' })
    .transform((keys) => (Array.isArray(keys) ? keys : [keys]))
    .pipe(z.array(z.string().max(1_024)).max(500)),
});

/** `GET` and `POST /hunting/runs/:id/compare`: choose the earlier run and the keys; the answer is a run of its own. */
export const compareRoutes = (compare: CompareService): Router => {
  const show = async (req: Request, res: Response): Promise<void> => {
    const { with: withId } = parseQuery(address, req);
    const comparison = await compare.prepare(signedInUser(req), runId(req), withId);
    return renderPage(res, 'hunting/compare', { view: compareView(comparison), title: 'Compare with an earlier run' });
  };

  const create = async (req: Request, res: Response): Promise<void> => {
    const parsed = parseForm(form, req);
    const problem = (message: string): AppError =>
      new AppError({
        kind: 'invalid',
        code: 'comparison',
        publicMessage: message,
        action: { label: 'Choose again', href: `/hunting/runs/${runId(req)}/compare` },
      });
    if (!parsed.ok) throw problem(parsed.problems.map(({ message }) => message).join(' '));
    const outcome = await compare.create(signedInUser(req), runId(req), { withId: parsed.value.with, keys: parsed.value.key });
    if (!outcome.ok) throw problem(outcome.diagnostics.map(({ message }) => message).join(' '));
    res.redirect(303, `/hunting/runs/${outcome.runId}`);
  };

  const router = Router();
  router.get('/hunting/runs/:id/compare', requireRole('hunter'), show);
  router.post('/hunting/runs/:id/compare', requireRole('hunter'), create);
  return router;
};
