import { Readable } from 'node:stream';
import { Router } from 'express';
import request from 'supertest';
import { sendRecorded } from '../../src/http/send-recorded';
import { anApp } from '../support/an-app';

const send = (chunks: () => AsyncIterable<string> | Iterable<string>, record: (complete: boolean) => Promise<void>) => {
  const features = [Router().get('/file', (_req, res) => sendRecorded(res, Readable.from(chunks()), record))];
  return request(anApp({ features }).app).get('/file');
};

const refuse = (told: boolean[]) => (complete: boolean) => {
  told.push(complete);
  return complete ? Promise.reject(new Error('not recorded')) : Promise.resolve();
};

describe('a recorded file', () => {
  it('is sent whole, recorded once, before its last chunk', async () => {
    const order: string[] = [];
    const chunks = function* () {
      for (const chunk of ['a', 'b', 'c']) {
        order.push(chunk);
        yield chunk;
      }
    };
    const { text } = await send(chunks, async (complete) => void order.push(`recorded ${complete}`));
    expect(text).toBe('abc');
    expect(order).toEqual(['a', 'b', 'c', 'recorded true']);
  });

  it('may be empty', async () => {
    const told: boolean[] = [];
    expect(
      (
        await send(
          () => [],
          async (complete) => void told.push(complete),
        )
      ).status,
    ).toBe(200);
    expect(told).toEqual([true]);
  });

  it('is not sent where it fits into one chunk and cannot be recorded', async () => {
    const told: boolean[] = [];
    const { status, text } = await send(() => ['abc'], refuse(told));
    expect([status, told]).toEqual([500, [true]]);
    expect(text).not.toContain('abc');
  });

  it('is broken off before its last chunk where it cannot be recorded, and that is told', async () => {
    const told: boolean[] = [];
    await expect(send(() => ['a', 'b', 'c'], refuse(told))).rejects.toThrow('aborted');
    expect(told).toEqual([true, false]);
  });

  it('that fails half-way is broken off, and told as such', async () => {
    const told: boolean[] = [];
    const failing = async function* () {
      yield 'a';
      yield 'b';
      throw new Error('gone');
    };
    await expect(send(failing, async (complete) => void told.push(complete))).rejects.toThrow('aborted');
    expect(told).toEqual([false]);
  });
});
