import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response } from 'express';
import type { LabData } from '../telemetry/lab-data';
import { serviceError } from '../service-errors';
import type { ServiceCall, ServiceHandler } from '../service-gate';
import { createCallQuota, type QuotaExceeded } from './call-quota';
import type { Dialect } from './dialect';
import { problems, type HuntingProblem } from './hunting-problem';
import { readHuntingRequest, type HuntingRequest } from './hunting-request';
import { runQuery } from './run-query';
import { createSpool, type Spool } from './spool';
import { withinTimespan } from './within-timespan';

const jsonBody = express.json({ limit: '1mb', strict: false, type: () => true });

const readBody = (req: Request, res: Response): Promise<unknown> =>
  new Promise((resolve) => jsonBody(req, res, (error?: unknown) => resolve(error === undefined ? req.body : undefined)));

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);

const throttled = (dialect: Dialect, { quota, retryAfter }: QuotaExceeded): HuntingProblem => ({
  status: 429,
  code: dialect.audience === 'graph' ? 'TooManyRequests' : '429',
  message: `API calls quota exceeded! maximum allowed ${quota.calls} per ${clock(quota.seconds)}`,
  retryAfter,
});

/** Where a result that a drill cuts short ends: at the largest round number below its size. */
const cutAt = (rows: number): number => 10 ** Math.max(0, Math.ceil(Math.log10(Math.max(rows, 2))) - 1);

/** A caller who hangs up needs no answer. */
const untilGone = (res: Response): AbortSignal => {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
};

const refuser =
  (dialect: Dialect) => (call: ServiceCall, exchange: { readonly req: Request; readonly res: Response }, problem: HuntingProblem) => {
    const error = serviceError(dialect.audience, call.requestId, exchange.req.headers['client-request-id']);
    if (problem.retryAfter !== undefined) exchange.res.set('Retry-After', String(problem.retryAfter));
    exchange.res.status(problem.status).json(error(problem.code, problem.message));
  };

const send = async (res: Response, facts: { spool: Spool; rows: number; head: string; tail: string }): Promise<void> => {
  const { spool, rows, head, tail } = facts;
  const bytes = rows === spool.rows ? spool.bytes : (spool.bytesOf(rows) ?? spool.bytes);
  res.status(200).type('application/json; charset=utf-8');
  res.write(head);
  const stream = await spool.read(bytes);
  if (stream) await pipeline(stream, res, { end: false });
  res.end(tail);
};

export interface HandlerDeps {
  readonly data: LabData;
  readonly spoolFolder: string;
  readonly now: () => Date;
}

/** Handles the calls of one dialect: quota, body, query, limits, and the answer as that service writes it. */
export const createHuntingHandler = (dialect: Dialect, { data, spoolFolder, now }: HandlerDeps): ServiceHandler => {
  const quota = createCallQuota(dialect.quotas, now);
  const refuse = refuser(dialect);

  const answer = async (
    call: ServiceCall,
    request: HuntingRequest,
    exchange: { req: Request; res: Response; spool: Spool },
  ): Promise<void> => {
    const { res, spool } = exchange;
    const { tenant } = call.caller;
    const dataset = await data.dataset(tenant.key);
    if (!dataset) return refuse(call, exchange, problems.preparing);
    const started = now().getTime();
    const outcome = await runQuery({
      kusto: data.kusto,
      dialect,
      dataset: withinTimespan(dataset, request.timespan),
      query: request.query,
      now: now(),
      owner: tenant.id,
      signal: untilGone(res),
      spool,
    });
    if (res.destroyed) return;
    if (!outcome.ok) return refuse(call, exchange, outcome.problem);
    const rows = call.cut ? Math.min(spool.rows, cutAt(spool.rows)) : spool.rows;
    const seconds = (now().getTime() - started) / 1000;
    await send(res, { spool, rows, head: dialect.head(outcome.columns), tail: dialect.tail({ rows, bytes: spool.bytes, seconds }) });
  };

  return async (call, req, res) => {
    const exceeded = quota.take(call.caller.tenant.id);
    if (exceeded) return refuse(call, { req, res }, throttled(dialect, exceeded));
    const read = readHuntingRequest(await readBody(req, res), dialect, now());
    if (!read.ok) return refuse(call, { req, res }, read.problem);
    const spool = createSpool(join(spoolFolder, `${call.requestId}.ndjson`));
    try {
      await answer(call, read.request, { req, res, spool });
    } catch (error) {
      // A caller who hung up in the middle of the answer is no failure of ours.
      if (!res.destroyed) throw error;
    } finally {
      spool.remove();
    }
  };
};
