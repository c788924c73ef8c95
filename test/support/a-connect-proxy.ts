import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy for https addresses on this machine: lets everything through, or answers each CONNECT with `refusal`. */
export const aConnectProxy = async (refusal?: number) => {
  const asked: string[] = [];
  const lines = new Set<Socket>();
  const server = createServer();
  server.on('connect', (req, near: Socket) => {
    asked.push(String(req.url));
    lines.add(near);
    near.on('error', () => undefined);
    if (refusal !== undefined) return void near.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const [host = '', port] = String(req.url).split(':');
    const far = connect(Number(port), host, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(near).pipe(far);
    });
    lines.add(far);
    far.on('error', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => [...asked],
    close: async (): Promise<void> => {
      for (const line of lines) line.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
