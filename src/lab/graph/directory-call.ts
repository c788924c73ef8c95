import type { Request, RequestHandler, Response } from 'express';
import type { ServiceCall, ServiceGate } from '../service-gate';
import { serviceError } from '../service-errors';
import { KeyRefused } from '../directory/key-credentials';
import { EnabledRoleRemoved } from '../directory/applications';

/** A refusal of the directory, in Graph's own code and status. */
export class DirectoryError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string): DirectoryError => new DirectoryError(400, 'Request_BadRequest', message);

export const notFound = (what: string): DirectoryError =>
  new DirectoryError(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

const asDirectoryError = (thrown: unknown): DirectoryError => {
  if (thrown instanceof DirectoryError) return thrown;
  if (thrown instanceof KeyRefused) return new DirectoryError(400, thrown.code, thrown.message);
  if (thrown instanceof EnabledRoleRemoved) {
    return new DirectoryError(
      400,
      'CannotDeleteOrUpdateEnabledEntitlement',
      'Property value cannot be deleted unless it is disabled first.',
    );
  }
  throw thrown;
};

/** A permitted call: who calls, and its parameters. */
export interface DirectoryCall {
  readonly call: ServiceCall;
  readonly req: Request;
  readonly res: Response;
  /** The groups of the route's pattern. */
  readonly key: string;
  readonly tenantId: string;
}

const reading = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];

export interface DirectoryDemand {
  readonly writes?: boolean;
  /** Permissions that are enough besides those of the directory. */
  readonly also?: readonly string[];
}

const denied = (): DirectoryError =>
  new DirectoryError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** Only somebody who administers the directory may write in it, whatever the token says. */
const mayWrite = ({ caller: { person } }: ServiceCall): boolean => person !== undefined && person.account.administrator && !person.guest;

const act = async (handle: (directory: DirectoryCall) => void | Promise<void>, directory: DirectoryCall): Promise<void> => {
  try {
    await handle(directory);
  } catch (thrown) {
    const { status, code, message } = asDirectoryError(thrown);
    const { req, res, call } = directory;
    res.status(status).json(serviceError('graph', call.requestId, req.headers['client-request-id'])(code, message));
  }
};

/** Routes of the directory: token and drills at the gate, then rights, then refusals as Graph words them. */
export const directoryRoute =
  (gate: ServiceGate) =>
  ({ writes = false, also = [] }: DirectoryDemand, handle: (directory: DirectoryCall) => void | Promise<void>): RequestHandler[] =>
    gate(
      {
        audience: 'graph',
        service: 'directory',
        delegated: [...(writes ? ['Application.ReadWrite.All'] : reading), ...also],
        application: [],
        forbidden: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' },
      },
      (call, req, res) => {
        const key = decodeURIComponent(String((req.params as Record<string, string>)[0] ?? ''));
        const directory = { call, req, res, key, tenantId: call.caller.tenant.id };
        return act(() => {
          if (writes && !mayWrite(call)) throw denied();
          return handle(directory);
        }, directory);
      },
    );
