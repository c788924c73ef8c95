import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createSpool } from '../../../src/lab/hunting/spool';
import { aFolder } from '../../support/a-folder';

const folder = aFolder();
const rows = Array.from({ length: 2_000 }, (_, index) => `{"n":${index},"t":"${'x'.repeat(500)}"}`);
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

it('gives back what was written', async () => {
  const spool = createSpool(join(folder, 'whole.ndjson'));
  await spool.write(rows.slice(0, 10));
  await spool.write(rows.slice(10, 11));
  const stream = await spool.read(spool.bytesOf(10) ?? 0);
  expect(await text(stream!)).toBe(rows.slice(0, 10).join(','));
  expect([spool.rows, spool.bytes]).toEqual([11, Buffer.byteLength(rows.slice(0, 11).join(','))]);
  spool.remove();
});

it('is removed while the disk still writes, and the program lives on', async () => {
  for (let round = 0; round < 20; round += 1) {
    const path = join(folder, `${round}.ndjson`);
    const spool = createSpool(path);
    const writing = spool.write(rows).catch((error: unknown) => error);
    if (round % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
    spool.remove();
    await writing;
    await expect(spool.write(rows)).rejects.toThrow();
    await soon();
  }
});
