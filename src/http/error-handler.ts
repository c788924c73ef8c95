import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError, type ErrorKind } from '../errors';
import { renderPage } from './render';

interface Appearance {
  readonly status: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly heading: string;
}

/** How each kind of failure looks and how loud the log is: the one table. */
const appearances: Record<ErrorKind, Appearance> = {
  invalid: { status: 400, level: 'info', heading: 'That cannot be done as asked' },
  unauthenticated: { status: 401, level: 'info', heading: 'Sign in to go on' },
  forbidden: { status: 403, level: 'warn', heading: 'Not allowed' },
  'not-found': { status: 404, level: 'info', heading: 'Not found' },
  conflict: { status: 409, level: 'info', heading: 'It changed meanwhile' },
  refused: { status: 422, level: 'info', heading: 'Declined' },
  'too-many': { status: 429, level: 'warn', heading: 'Too many requests' },
  timeout: { status: 504, level: 'warn', heading: 'It took too long' },
  upstream: { status: 502, level: 'warn', heading: 'A service did not answer as it should' },
  unavailable: { status: 503, level: 'error', heading: 'Out of service for a moment' },
  bug: { status: 500, level: 'error', heading: 'Something went wrong on our side' },
};

/** Failures that Express' own parsers raise, in our terms. */
const parserErrors: Readonly<Record<string, string>> = {
  'entity.too.large': 'That is more than Quarry takes at once. Shorten it and send it again.',
  'parameters.too.many': 'That form has more fields than Quarry takes.',
  'entity.parse.failed': 'The request could not be read.',
  'charset.unsupported': 'Send the form as UTF-8.',
  'encoding.unsupported': 'Send the form without compression.',
  'request.aborted': 'The request ended early.',
  'request.size.invalid': 'The request ended early.',
};

const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type && parserErrors[type]) return new AppError({ kind: 'invalid', code: type, publicMessage: parserErrors[type], cause: error });
  if (status === 400 || error instanceof URIError) {
    return new AppError({ kind: 'invalid', code: 'malformed-request', publicMessage: 'The request could not be read.', cause: error });
  }
  const publicMessage = 'The error is in the log under the request id below. Nothing you kept is lost.';
  return new AppError({ kind: 'bug', code: 'unexpected', publicMessage, cause: error });
};

const wantsJson = (path: string, accept: string | undefined): boolean =>
  path.endsWith('.json') || (accept ?? '').startsWith('application/json');

const answer = (res: Response, error: AppError): Promise<void> => {
  const { status, heading } = appearances[error.kind];
  const requestId = res.locals['requestId'] as string;
  res.setHeader('Cache-Control', 'no-store');
  if (wantsJson(res.req.path, res.req.get('accept'))) {
    res.status(status).json({ error: { code: error.code, message: error.publicMessage, requestId } });
    return Promise.resolve();
  }
  const signIn = error.kind === 'unauthenticated' ? { label: 'Sign in', href: '/auth/signin' } : null;
  const view = {
    heading,
    message: error.publicMessage,
    action: error.action ?? signIn,
    requestId,
    correlationId: error.correlationId ?? null,
    code: error.code,
  };
  return renderPage(res, 'error/show', { view, title: heading, status });
};

export type ReportError = (entry: { level: 'info' | 'warn' | 'error'; error: AppError; requestId: string; req: Request }) => void;

/** Ends every failed request on a page (or JSON) in plain words, and reports it once. */
export const handleErrors =
  (report: ReportError): ErrorRequestHandler =>
  async (thrown, req, res, next) => {
    const error = asAppError(thrown);
    report({ level: appearances[error.kind].level, error, requestId: res.locals['requestId'] as string, req });
    if (res.headersSent) {
      req.socket.destroy();
      return;
    }
    try {
      await answer(res, error);
    } catch (failure) {
      next(failure);
    }
  };

export const notFound: RequestHandler = (_req, _res, next) => {
  next(
    new AppError({
      kind: 'not-found',
      code: 'no-such-page',
      publicMessage: 'There is no such page here.',
      action: { label: 'To the start page', href: '/' },
    }),
  );
};
