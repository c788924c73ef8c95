import type { Upstream } from '../upstream/upstream';
import { callHunting } from './hunting-call';
import type { HuntingProvider } from './provider';

const paths = { xdr: '/api/advancedhunting/run', mde: '/api/advancedqueries/run' } as const;

/**
 * The two older services, kept because a registration may still carry their permissions; both stop answering on 2027-02-01.
 * They know no time span: the window has to be in the query.
 */
export const createLegacyHunting = (
  upstream: Upstream,
  service: { readonly resource: 'xdr' | 'mde'; readonly baseUrl: string },
): HuntingProvider => {
  const send = callHunting(upstream, `${service.baseUrl}${paths[service.resource]}`);
  return Object.freeze({
    resource: service.resource,
    appliesWindow: false,
    run: (call) => send(call, { Query: call.query }),
  } satisfies HuntingProvider);
};
