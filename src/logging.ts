import type { RequestHandler } from 'express';
import pino, { type DestinationStream } from 'pino';
import type { AppError } from './errors';
import { currentUser } from './http/current-user';
import type { ReportError } from './http/error-handler';

export interface LoggingOptions {
  readonly level: string;
  /** Where lines go; unset: standard output, a few lines at a time, so that a slow reader holds no request. */
  readonly destination?: DestinationStream;
}

/** Plain facts an event may carry: numbers, booleans and short names of ours, never text that somebody else wrote. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

const harmless = /^[\w .:/+-]{1,200}$/;

/** Keeps what cannot hold a secret or a query: numbers, booleans and short plain words; the rest is named, not shown. */
const plain = (value: unknown): string | number | boolean | null => {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && harmless.test(value) && !looksSecret(value) ? value : '[withheld]';
};

/** Long unbroken text is a token, a code or a key until proven otherwise; a GUID is an id. */
const looksSecret = (value: string): boolean =>
  /[A-Za-z0-9_+/.-]{33,}/.test(value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '')) && !/^(\/[\w:.-]*)+$/.test(value);

const detailOf = (detail: AppError['detail']): Facts | undefined =>
  detail && Object.fromEntries(Object.entries(detail).map(([key, value]) => [key.slice(0, 40), plain(value)]));

/** Which code failed: names, codes and places. A message may quote a token or a query, so it stays out. */
const causeOf = (cause: unknown, depth = 0): object | undefined => {
  if (!(cause instanceof Error) || depth > 3) return undefined;
  const code = (cause as { code?: unknown }).code;
  const at = (cause.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/^at /, ''));
  return { name: cause.name, ...(code === undefined ? {} : { code: plain(code) }), at, cause: causeOf(cause.cause, depth + 1) };
};

/** The route as it was declared (`/hunting/runs/:id`), so no id, query or code of an address is ever written. */
const routeOf = (req: Parameters<RequestHandler>[0]): string => {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  if (typeof path === 'string') return `${req.baseUrl}${path}`;
  return req.baseUrl === '' && req.path.startsWith('/assets/') ? '/assets' : '-';
};

/** JSON lines, one an event, of allow-listed fields alone: what is not named here cannot leak. */
export const createLogging = ({ level, destination }: LoggingOptions) => {
  const stream = destination ?? pino.destination({ dest: 1, sync: false, minLength: 16_000, periodicFlush: 250, maxLength: 16_000_000 });
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    stream,
  );

  /** One line for each request that has ended; `ended` is told of it too (status, milliseconds). */
  const accessLog =
    (ended?: (status: number, milliseconds: number) => void): RequestHandler =>
    (req, res, next) => {
      const began = performance.now();
      res.once('close', () => {
        const milliseconds = performance.now() - began;
        ended?.(res.statusCode, milliseconds);
        log.info({
          event: 'request',
          requestId: res.locals['requestId'] as string,
          method: req.method,
          route: routeOf(req),
          status: res.statusCode,
          finished: res.writableFinished,
          milliseconds: Math.round(milliseconds * 10) / 10,
          tenant: currentUser(req)?.tenantId ?? null,
        });
      });
      next();
    };

  const reportError = ({ level: severity, error, requestId }: Omit<Parameters<ReportError>[0], 'req'>): void => {
    log[severity]({
      event: 'error',
      requestId,
      kind: error.kind,
      code: error.code,
      correlationId: error.correlationId === undefined ? undefined : plain(error.correlationId),
      detail: detailOf(error.detail),
      cause: causeOf(error.cause),
    });
  };

  return Object.freeze({
    accessLog,
    reportError,
    /** One event of the program itself (`listening`, `stopping`), with plain facts. */
    event: (name: string, facts: Facts = {}): void => log.info({ event: name, ...detailOf(facts) }),
    /** A failure outside any request. */
    failure: (name: string, error: unknown, facts: Facts = {}): void =>
      log.error({ event: name, ...detailOf(facts), cause: causeOf(error) }),
    flush: (): void => {
      if ('flushSync' in stream && typeof stream.flushSync === 'function') stream.flushSync();
    },
  });
};

export type Logging = ReturnType<typeof createLogging>;
