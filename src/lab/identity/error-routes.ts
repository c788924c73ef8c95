import { Router } from 'express';
import { html } from '../web/html';
import { sendPage } from '../web/page';
import { stsErrors, type StsCode, type StsErrorRow } from './sts-errors.data';

const find = (code: unknown): StsErrorRow | undefined =>
  typeof code === 'string' && /^\d{1,8}$/.test(code) && Object.hasOwn(stsErrors, code) ? stsErrors[Number(code) as StsCode] : undefined;

/** `/error?code=`: what a numbered error means, for people; answers of the service refer to it. */
export const errorRoutes = (): Router => {
  const router = Router();
  router.get('/error', (req, res) => {
    const { code } = req.query;
    const row = find(code);
    const body = row
      ? html`<h1>AADSTS${String(code)}</h1>
          <p>${row.text.replace(/\{\d\}/g, '...')}</p>
          <p class="soft">
            Error <code>${row.error}</code>${row.suberror === undefined ? html`` : html`, suberror <code>${row.suberror}</code>`}
          </p>`
      : html`<h1>The lab does not know this error</h1>`;
    sendPage(res, { title: 'Error', status: row ? 200 : 404, body });
  });
  return router;
};
