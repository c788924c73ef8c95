import type { Audience } from './directory/resources.data';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** An error in the envelope of the service that answers: Graph names request ids inside, Defender names one as `target`. */
export const serviceError = (audience: Audience, requestId: string, clientRequestId?: unknown) => (code: string, message: string) => {
  if (audience !== 'graph') return { error: { code, message, target: requestId } };
  const client = typeof clientRequestId === 'string' && guid.test(clientRequestId) ? clientRequestId : requestId;
  const innerError = { date: new Date().toISOString().slice(0, 19), 'request-id': requestId, 'client-request-id': client };
  return { error: { code, message, innerError } };
};

/** The failures that every route of a service shares, in that service's words. */
export const serviceDialect = (audience: Audience, requestId: string, clientRequestId?: unknown) => {
  const error = serviceError(audience, requestId, clientRequestId);
  const graph = audience === 'graph';
  return Object.freeze({
    error,
    unauthorized: (detail: string) => error(graph ? 'InvalidAuthenticationToken' : 'Unauthorized', detail),
    forbidden: (detail: string) => error('Forbidden', detail),
    throttled: () => error('TooManyRequests', 'Too many requests. Wait for the time that Retry-After names, then try again.'),
    broken: (status: 500 | 504) =>
      status === 504
        ? error('GatewayTimeout', 'The service did not answer in time.')
        : error('InternalServerError', 'An internal server error occurred.'),
    withdrawn: 'The application is not authorized in this organization: its consent has been withdrawn.',
  });
};

export type ServiceDialect = ReturnType<typeof serviceDialect>;
