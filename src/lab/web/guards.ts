import type { RequestHandler } from 'express';

/** Names by which this machine calls itself; any other Host is a page elsewhere that had its name point here. */
const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

export const loopbackHostOnly: RequestHandler = (req, res, next) => {
  if (loopbackHost.test(req.headers.host ?? '')) return next();
  res.status(421).type('text').send('The lab answers only to localhost, 127.0.0.1 and [::1].\n');
};

/**
 * Whether a request comes from another site's page. Fetch metadata decides where a browser sends it: under our own
 * `no-referrer` policy the Origin of our own forms is `null`. A caller that is no browser says nothing about its site.
 */
const fromElsewhere = (headers: { readonly [name: string]: string | string[] | undefined }): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== `http://${String(headers.host)}`;
};

/** Forms are accepted only from the lab's own pages. */
export const sameOriginForms: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || !fromElsewhere(req.headers)) return next();
  res.status(403).type('text').send('This form was not sent from a page of the lab.\n');
};

/** The control endpoints are for programs of this machine: JSON, and never from a page of another site. */
export const localProgramsOnly: RequestHandler = (req, res, next) => {
  const remote = req.socket.remoteAddress ?? '';
  const local = /^(?:127\.|::1$|::ffff:127\.)/.test(remote);
  if (!local || fromElsewhere(req.headers)) return void res.status(403).json({ error: 'The lab is controlled from this machine only.' });
  if (req.method === 'POST' && !req.is('application/json')) return void res.status(415).json({ error: 'Send JSON.' });
  next();
};
