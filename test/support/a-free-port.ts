import { createServer } from 'node:net';

/** Ports that no system gives out by itself: nobody else comes to one between our look and its use. Each worker has a part of its own. */
const [first, width] = [20_000, 1_000];
const worker = Number(process.env['JEST_WORKER_ID'] ?? 1) % 10;
let next = Math.floor(Math.random() * width);

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });

/** A port on which nothing listens, for a program that must be told one before it starts. */
export const aFreePort = async (): Promise<number> => {
  for (let tried = 0; tried < width; tried += 1) {
    next = (next + 1) % width;
    const port = first + worker * width + next;
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
};
