import { request } from 'undici';
import { createOutbound, type OutboundProxy } from '../../outbound';
import { toUpstreamFailure, UpstreamFailure } from './upstream-failure';

/** All in milliseconds. `idle` is the longest silence inside a body; `total` spans the whole call. */
export interface Deadlines {
  readonly connect: number;
  readonly headers: number;
  readonly idle: number;
  readonly total: number;
}

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** The most that the body may have; more is `too-large`, never a shorter answer. */
  readonly maxBytes: number;
  readonly deadlines?: Partial<Omit<Deadlines, 'connect'>>;
}

export interface UpstreamResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** The media type alone, in lower case, without parameters. */
  readonly mediaType: string;
  /** The body as it arrives; throws UpstreamFailure. Iterate it once, to its end or to a throw: both release the connection. */
  readonly body: AsyncIterable<Buffer>;
  /** The body as text, for answers known to be small. */
  text(): Promise<string>;
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** A timer and the caller's own signal in one; `dispose` must be called when the call is over. */
const watch = (total: number, outer: AbortSignal | undefined) => {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new UpstreamFailure('aborted'));
  const timer = setTimeout(() => controller.abort(new UpstreamFailure('slow-total')), total);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  const dispose = (): void => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  };
  /** Our own reason for the abort where there is one; the client's error otherwise. */
  const reasonFor = (error: unknown): UpstreamFailure =>
    controller.signal.reason instanceof UpstreamFailure ? controller.signal.reason : toUpstreamFailure(error);
  return { signal: controller.signal, dispose, reasonFor };
};

async function* capped(body: AsyncIterable<Buffer>, maxBytes: number, watching: ReturnType<typeof watch>): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new UpstreamFailure('too-large');
      yield chunk;
    }
  } catch (error) {
    throw watching.reasonFor(error);
  } finally {
    watching.dispose();
  }
}

/**
 * The one HTTP client for Microsoft's APIs (and the lab's): deadlines for each part of a call, a cap on the body, no redirect
 * is ever followed (a token must not travel), bodies are streamed with back-pressure. Throws UpstreamFailure.
 */
export const createUpstream = (deadlines: Deadlines, proxy: OutboundProxy | null = null) => {
  const agent = createOutbound({ connectMs: deadlines.connect, connections: 64, pipelining: 1, keepAliveTimeout: 4_000 }, proxy);

  const send = async (call: UpstreamRequest): Promise<UpstreamResponse> => {
    const limits = { ...deadlines, ...call.deadlines };
    const watching = watch(limits.total, call.signal);
    try {
      const answer = await request(call.url, {
        dispatcher: agent,
        method: call.method,
        headers: { 'accept-encoding': 'identity', ...call.headers },
        body: call.body ?? null,
        signal: watching.signal,
        headersTimeout: limits.headers,
        bodyTimeout: limits.idle,
      });
      const header = (name: string): string | undefined => first(answer.headers[name.toLowerCase()]);
      const body = capped(answer.body, call.maxBytes, watching);
      const text = async (): Promise<string> => {
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk);
        return Buffer.concat(chunks).toString('utf8');
      };
      const mediaType = (header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      return { status: answer.statusCode, header, mediaType, body, text };
    } catch (error) {
      watching.dispose();
      throw watching.reasonFor(error);
    }
  };

  return Object.freeze({ send, close: () => agent.destroy() });
};

export type Upstream = Pick<ReturnType<typeof createUpstream>, 'send'>;
