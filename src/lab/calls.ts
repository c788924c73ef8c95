import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Fault, LabService } from './drills';

/** One call that the lab received. */
export interface LabCall {
  readonly at: string;
  readonly service: LabService;
  readonly method: string;
  /** Without its query, which may carry what nobody should read in a ledger. */
  readonly path: string;
  tenant: string | null;
  status: number | null;
  fault?: Fault;
  readonly requestId: string;
}

const most = 2000;

/** The ledger of calls received, newest last; the oldest are forgotten beyond 2,000. */
export const createCalls = (now: () => Date) => {
  const calls: LabCall[] = [];
  const byRequest = new WeakMap<object, LabCall>();
  return Object.freeze({
    list: (): readonly LabCall[] => calls,
    clear: (): void => void (calls.length = 0),
    /** The entry of a request that is under way, for what is learned about it later. */
    of: (req: Request): LabCall | undefined => byRequest.get(req),
    /** Enters every request that passes; the status is known when the answer ends, and stays null when it never does. */
    record:
      (service: LabService): RequestHandler =>
      (req, res, next) => {
        const path = req.originalUrl.split('?', 1)[0] as string;
        const call: LabCall = {
          at: now().toISOString(),
          service,
          method: req.method,
          path,
          tenant: null,
          status: null,
          requestId: randomUUID(),
        };
        byRequest.set(req, call);
        calls.push(call);
        if (calls.length > most) calls.splice(0, calls.length - most);
        res.once('finish', () => (call.status = res.statusCode));
        next();
      },
  });
};

export type Calls = ReturnType<typeof createCalls>;
