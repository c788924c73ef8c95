import type { Response } from 'express';
import { pageFrame, type PageOptions } from './page-frame';
import type { PageName, Pages } from './pages';

const toHtml = (res: Response, template: string, data: object): Promise<string> =>
  new Promise((resolve, reject) => {
    res.app.render(template, data, (error: unknown, html?: string) => (error ? reject(error) : resolve(html ?? '')));
  });

/** A short page goes out with its head as one string in one write; a long one is cheaper as a buffer, as `send` makes it. */
const oneWriteLength = 16_000;

/** A part of a page that is rendered on its own: the same view object is rendered once, however often it is shown. */
export interface PagePart {
  readonly template: string;
  readonly view: object;
}

const renderedParts = new WeakMap<object, Promise<string>>();

/** Parts see `view` alone: nothing of the request or of its reader may stand in what others are shown. */
const renderPart = (res: Response, { template, view }: PagePart): Promise<string> => {
  const known = renderedParts.get(view);
  if (known) return known;
  const html = toHtml(res, template, { page: null, view });
  renderedParts.set(view, html);
  html.catch(() => renderedParts.delete(view));
  return html;
};

const renderParts = async (res: Response, parts: Readonly<Record<string, PagePart>>): Promise<Record<string, string>> => {
  const rendered = Object.entries(parts).map(async ([name, part]) => [name, await renderPart(res, part)] as const);
  return Object.fromEntries(await Promise.all(rendered));
};

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
  rendering: { view: Pages[N]; parts?: Readonly<Record<string, PagePart>> } & PageOptions,
): Promise<void> => {
  const { view, parts, ...options } = rendering;
  const page = { ...pageFrame(res.req, res, options), parts: parts ? await renderParts(res, parts) : {} };
  const body = await toHtml(res, `pages/${name}`, { page, view });
  const html = await toHtml(res, 'layouts/main', { page, view: { body } });
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store');
  res.status(options.status ?? 200).type('html');
  if (html.length > oneWriteLength) return void res.send(html);
  res.setHeader('Content-Length', Buffer.byteLength(html));
  res.end(html);
};
