import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { closingAnswers } from './closing-answers';

/** The way out that an operator prescribes for https addresses. */
export interface OutboundProxy {
  /** May hold a name and a password: never shown. */
  readonly address: string;
  /** Hosts that are reached directly, comma-separated, subdomains included. */
  readonly except: string;
}

/** Connections for our own calls: straight, or through the proxy where one is prescribed. Plain http (the lab) always goes straight. */
export const createOutbound = (options: Agent.Options & { connectMs: number }, proxy: OutboundProxy | null = null): Dispatcher => {
  const { connectMs: timeout, ...rest } = options;
  const direct = { ...rest, connect: { timeout } };
  if (!proxy) return new Agent(direct).compose(closingAnswers);
  const through = { proxyTls: { timeout }, requestTls: { timeout } };
  const agent = new EnvHttpProxyAgent({ ...direct, ...through, httpProxy: '', httpsProxy: proxy.address, noProxy: proxy.except });
  return agent.compose(closingAnswers);
};

/** Whether a connection failed at the proxy, which said no (407, 403) or could not go on (502). */
export const isProxyRefusal = (error: unknown): boolean => /^Proxy response/.test((error as { message?: string } | null)?.message ?? '');
