import { request, type Dispatcher } from 'undici';
import { createOutbound, isProxyRefusal, type OutboundProxy } from '../outbound';
import { IdentityError, transient } from './identity-error';

/** Deadlines in milliseconds and the size cap of one answer. A token or key answer has a few KB. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
}

const defaultLimits: HttpLimits = { connectMs: 3_000, headersMs: 6_000, totalMs: 9_000, maxBytes: 256 * 1024 };

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** The only origins this call may reach: those of the discovery document, or the authority's own. */
  readonly origins: ReadonlySet<string>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface IdentityHttp {
  /**
   * One exchange of JSON with the identity service. Never follows a redirect (a 307 would carry the client secret
   * away), never waits longer or reads more than the limits say. Rejects with IdentityError `transient`.
   */
  exchange(call: HttpRequest): Promise<JsonAnswer>;
  close(): Promise<void>;
}

/** Lets go of a body nobody will read. undici reports that as an error of the stream: unheard, it would end the process. */
const discard = (body: Dispatcher.ResponseData['body']): void => {
  body.once('error', () => undefined);
  body.destroy();
};

const readCapped = async (body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      discard(body);
      throw transient('identity-answer-too-large');
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseObject = (text: string): Readonly<Record<string, unknown>> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw transient('identity-answer-not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw transient('identity-answer-not-json');
  return value as Record<string, unknown>;
};

const flatHeaders = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

const isJson = (contentType: string | undefined): boolean => /^application\/([a-z0-9.+-]+\+)?json\b/i.test(contentType ?? '');

const asTransient = (error: unknown): IdentityError => {
  if (error instanceof IdentityError) return error;
  if (isProxyRefusal(error)) return transient('identity-proxy-refused', error);
  const { name, code } = error as { name?: string; code?: string };
  const late = name === 'TimeoutError' || name === 'AbortError' || (code ?? '').endsWith('_TIMEOUT');
  return transient(late ? 'identity-timeout' : 'identity-unreachable', error);
};

const exchangeOnce = async (call: HttpRequest, dispatcher: Dispatcher, limits: HttpLimits): Promise<JsonAnswer> => {
  const answer = await request(call.url, {
    method: call.method,
    dispatcher,
    headers: { ...call.headers, accept: 'application/json', 'accept-encoding': 'identity' },
    body: call.body ?? null,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.headersMs,
    signal: AbortSignal.timeout(limits.totalMs),
  });
  if (answer.statusCode >= 300 && answer.statusCode < 400) {
    discard(answer.body);
    throw transient('identity-redirected');
  }
  const headers = flatHeaders(answer.headers);
  if (!isJson(headers['content-type'])) {
    discard(answer.body);
    throw transient(answer.statusCode >= 400 ? `identity-status-${answer.statusCode}` : 'identity-answer-not-json');
  }
  return { status: answer.statusCode, headers, body: parseObject(await readCapped(answer.body, limits.maxBytes)) };
};

export interface IdentityHttpOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly proxy?: OutboundProxy | null;
  /** Takes the place of our own connections, in tests. */
  readonly dispatcher?: Dispatcher;
}

/** The one way out to the identity service. */
export const createIdentityHttp = (options: IdentityHttpOptions = {}): IdentityHttp => {
  const limits = { ...defaultLimits, ...options.limits };
  const dispatcher = options.dispatcher ?? createOutbound({ connectMs: limits.connectMs, keepAliveTimeout: 10_000 }, options.proxy);
  return Object.freeze({
    exchange: async (call: HttpRequest): Promise<JsonAnswer> => {
      if (!call.origins.has(new URL(call.url).origin)) {
        throw new IdentityError({ failure: 'configuration', code: 'identity-host-not-allowed' });
      }
      try {
        return await exchangeOnce(call, dispatcher, limits);
      } catch (error) {
        throw asTransient(error);
      }
    },
    close: () => dispatcher.close(),
  });
};
