import type { Upstream } from '../upstream/upstream';
import { callHunting } from './hunting-call';
import type { HuntingProvider } from './provider';

/** Microsoft Graph `POST /v1.0/security/runHuntingQuery`: the default, and the one that stays. `baseUrl` as in GRAPH_URL. */
export const createGraphHunting = (upstream: Upstream, baseUrl: string): HuntingProvider => {
  const send = callHunting(upstream, `${baseUrl}/v1.0/security/runHuntingQuery`);
  return Object.freeze({
    resource: 'graph' as const,
    appliesWindow: true,
    run: (call) => send(call, { Query: call.query, Timespan: `${call.window.from}/${call.window.to}` }),
  } satisfies HuntingProvider);
};
