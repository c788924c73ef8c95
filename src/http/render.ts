import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { pageFrame, type PageOptions } from './page-frame';
import type { PageName, Pages } from './pages';
import { renderTemplate } from './template-engine';

const oneWriteLength = 16_000;

/** Stands in the layout where the body goes. Nobody outside this process knows it, so no text of a page can hold it. */
const bodyHere = `<!--${randomUUID()}-->`;

/** A page longer than this is made anew each time: remembering it would cost more than it spares. */
const longestRemembered = 500_000;

const remembered = new WeakMap<object, Buffer>();

/** The body of a page whose view says all: rendered once, however often the same view object is shown. */
const lastingBody = (template: string, view: object): Buffer => {
  const known = remembered.get(view);
  if (known) return known;
  // The template sees the view alone: nothing of a request or of its reader may stand in what is shown again.
  const body = Buffer.from(renderTemplate(template, { page: null, view }));
  if (body.length <= longestRemembered) remembered.set(view, body);
  return body;
};

/** A document that is a file of its own, not a page: `views/documents/<name>.ejs` with `view` alone. */
export const renderDocument = (name: 'evidence', view: object): string => renderTemplate(`documents/${name}`, { page: null, view });

export interface Rendering<View> extends PageOptions {
  readonly view: View;
  /** The same view object will be shown again, and its template does without `page`. */
  readonly lasting?: boolean;
}

/**
 * Answers with the page `name` inside the layout, never to be stored by the browser (the back button after
 * sign-out shows nothing). The page is rendered first, whole, so a failing template still ends on the error page.
 */
export const renderPage = async <N extends PageName>(res: Response, name: N, rendering: Rendering<Pages[N]>): Promise<void> => {
  const { view, lasting, ...options } = rendering;
  const page = pageFrame(res.req, res, options);
  const template = `pages/${name}`;
  const framed = (body: string): string => renderTemplate('layouts/main', { page, view: { body } });
  const html = lasting ? around(framed(bodyHere), lastingBody(template, view)) : framed(renderTemplate(template, { page, view }));
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.statusCode = options.status ?? 200;
  sendWhole(res, html);
};

const around = (frame: string, body: Buffer): Buffer => {
  const [before = '', after = ''] = frame.split(bodyHere);
  return Buffer.concat([Buffer.from(before), body, Buffer.from(after)]);
};

/** A short page goes out with its head as one string in one write; a long one is cheaper as bytes. */
const sendWhole = (res: Response, html: string | Buffer): void => {
  res.setHeader('Content-Length', Buffer.byteLength(html));
  res.end(typeof html === 'string' && html.length > oneWriteLength ? Buffer.from(html) : html);
};
