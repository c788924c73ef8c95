import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Cut {
  readonly method: string;
  readonly path: RegExp;
  /** `before`: the call never arrives; `after`: it does, and its answer is lost; `hang`: nothing comes, ever; `refuse`: every such call is unknown; `early`: the service does not know yet what was made a moment ago. */
  readonly how: 'before' | 'after' | 'hang' | 'refuse' | 'early';
}

/** A line to a service that breaks once, at one call (or refuses each one of the kind); everything else passes. */
export const aCutLine = async (target: string, cut: Cut) => {
  let done = false;
  let reached = (): void => undefined;
  const cutNow = new Promise<void>((resolve) => (reached = resolve));

  const forward = async (req: IncomingMessage, body: Buffer): Promise<Response> =>
    fetch(`${target}${req.url}`, {
      method: String(req.method),
      headers: Object.entries(req.headers).flatMap(([name, value]): [string, string][] =>
        ['host', 'connection', 'content-length'].includes(name) ? [] : [[name, String(value)]],
      ),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (cut.how === 'refuse' && cut.path.test(req.url ?? '')) {
      const message = "Resource not found for the segment 'uniqueName'.";
      return void res
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { code: 'BadRequest', message } }));
    }
    const due = !done && req.method === cut.method && cut.path.test(req.url ?? '');
    if (due) done = true;
    if (due && cut.how === 'early') {
      const error = { code: 'NoBackingApplicationObject', message: 'The appId does not reference a valid application object.' };
      return void res.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    }
    if (due && cut.how !== 'after') {
      reached();
      return cut.how === 'before' ? void req.socket.destroy() : undefined;
    }
    const answer = await forward(req, Buffer.concat(chunks));
    if (due) {
      reached();
      return void req.socket.destroy();
    }
    res.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    res.end(Buffer.from(await answer.arrayBuffer()));
  };

  const server = createServer((req, res) => void serve(req, res).catch(() => req.socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cutNow,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
