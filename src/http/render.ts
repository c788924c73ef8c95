import type { Response } from 'express';
import { pageFrame, type PageOptions } from './page-frame';
import type { PageName, Pages } from './pages';

const toHtml = (res: Response, template: string, data: object): Promise<string> =>
  new Promise((resolve, reject) => {
    res.app.render(template, data, (error: unknown, html?: string) => (error ? reject(error) : resolve(html ?? '')));
  });

/** A document that is a file of its own, not a page: `views/documents/<name>.ejs` with `view` alone. */
export const renderDocument = (res: Response, name: 'evidence', view: object): Promise<string> =>
  toHtml(res, `documents/${name}`, { page: null, view });

/**
 * Answers with the page `name` inside the layout, never to be stored by the browser (the back button after
 * sign-out shows nothing). The page is rendered first, whole, so a failing template still ends on the error page.
 */
export const renderPage = async <N extends PageName>(
  res: Response,
  name: N,
  rendering: { view: Pages[N] } & PageOptions,
): Promise<void> => {
  const { view, ...options } = rendering;
  const page = pageFrame(res.req, res, options);
  const body = await toHtml(res, `pages/${name}`, { page, view });
  const html = await toHtml(res, 'layouts/main', { page, view: { body } });
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store');
  res
    .status(options.status ?? 200)
    .type('html')
    .send(html);
};
