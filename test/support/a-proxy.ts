import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** From now on nothing passes and nobody is told: connections stay open and silent, as behind a dead switch. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly close: () => Promise<void>;
}

/** A TCP connection between two programs that a test can interrupt. */
export const aProxy = async (target: { host: string; port: number }): Promise<Proxy> => {
  const sockets = new Set<Socket>();
  let frozen = false;
  const relay = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (chunk) => void to.write(chunk));
    from.on('close', () => (sockets.delete(from), to.destroy()));
    from.on('error', () => to.destroy());
    if (frozen) from.pause();
  };
  const server = createServer((socket) => {
    const onward = connect(target.port, target.host);
    relay(socket, onward);
    relay(onward, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
