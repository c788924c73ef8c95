import type { Request, Response } from 'express';
import { sendPage } from '../web/page';
import { sendAnswer } from './answer';
import type { ReturnAddress } from './authorize-request';
import type { IdentityDeps } from './identity-deps';
import { errorPage, type Carried } from './pages';
import type { JWTPayload } from 'jose';
import { createTrace, errorParameters, StsError } from './sts-error';

/** A form's field that came once. */
export const field = (req: Request, name: string): string | undefined => {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

const lifetime = 900;

/** What the pages of one sign-in share: the sealed state that their forms carry, and the two ways to fail. */
export const createPageFlow = ({ flowSeal, base, now }: Pick<IdentityDeps, 'flowSeal' | 'base' | 'now'>) => {
  const traceOf = (req: Request) => createTrace(req.query['client-request-id'], now());

  /** Shows a failure here, with the way back to the accounts where there is one. */
  const show = (req: Request, res: Response, { error, again }: { readonly error: StsError; readonly again?: Carried }): void =>
    sendPage(res, { title: 'Sign-in failed', status: 400, body: errorPage(error, traceOf(req), again) });
  const fail = (req: Request, res: Response, error: StsError): void => show(req, res, { error });

  return Object.freeze({
    fail,
    failAgain: show,
    /** Takes a failure back to the app. */
    report: (req: Request, res: Response, failure: { readonly to: ReturnAddress; readonly error: StsError }): void =>
      sendAnswer(res, failure.to, errorParameters(failure.error, traceOf(req), base())),
    carry: (state: JWTPayload): Promise<string> => flowSeal.seal(state, lifetime),
    /** The state that the posted form carried; undefined after the reason was shown why it cannot be used. */
    reopen: async <State>(req: Request, res: Response, read: (payload: unknown) => State | undefined): Promise<State | undefined> => {
      const opened = await flowSeal.open(field(req, 'flow') ?? '');
      const state = 'payload' in opened ? read(opened.payload) : undefined;
      if (state === undefined) fail(req, res, new StsError('problem' in opened && opened.problem === 'expired' ? 50089 : 9002313));
      return state;
    },
  });
};

export type PageFlow = ReturnType<typeof createPageFlow>;
