import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultPages } from '../../src/features/hunting/ports';
import { rememberAnswers, rememberViews } from '../../src/remembered-views';
import { aFolder } from '../support/a-folder';

const folder = aFolder();
let files = 0;

const aFile = (): string => {
  files += 1;
  const file = join(folder, `${files}.parquet`);
  writeFileSync(file, 'rows');
  return file;
};

const counting = () => {
  let asked = 0;
  const views: ResultPages = {
    page: async (_view, { offset }) => ({ rows: [`["${offset}"]`], more: (asked += 1) > 0 }),
    count: async () => (asked += 1),
    facet: () => Promise.reject(new Error('not asked here')),
    chart: () => Promise.reject(new Error('not asked here')),
    constants: () => Promise.reject(new Error(`failure ${(asked += 1)}`)),
  };
  return { views: rememberViews(views), asked: () => asked };
};

const near = { offset: 0, limit: 100 };
const viewOf = (file: string) => ({ rows: { files: [file], columns: [{ name: 'A', type: 'string' as const }] } });

describe('remembered views', () => {
  it('ask the engine once for the same page of the same rows', async () => {
    const { views, asked } = counting();
    const view = viewOf(aFile());
    const first = await views.page(view, { offset: 0, limit: 100 });
    expect(await views.page(view, { offset: 0, limit: 100 })).toEqual(first);
    expect(asked()).toBe(1);
  });

  it('ask again for another page, another view and other rows', async () => {
    const { views, asked } = counting();
    const view = viewOf(aFile());
    await views.page(view, { offset: 0, limit: 100 });
    await views.page(view, { offset: 100, limit: 100 });
    await views.page({ ...view, search: 'x' }, { offset: 0, limit: 100 });
    await views.page(viewOf(aFile()), { offset: 0, limit: 100 });
    await views.count(view, near);
    expect(asked()).toBe(5);
  });

  it('ask again when a slice was asked again: other bytes under the same name', async () => {
    const { views, asked } = counting();
    const file = aFile();
    await views.count(viewOf(file), near);
    writeFileSync(file, 'other rows');
    utimesSync(file, new Date(1), new Date(1));
    await views.count(viewOf(file), near);
    expect(asked()).toBe(2);
  });

  it('wait for what is being asked, and ask again after a failure', async () => {
    const { views, asked } = counting();
    const { rows } = viewOf(aFile());
    const both = await Promise.allSettled([views.constants(rows), views.constants(rows)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked()).toBe(1);
    await expect(views.constants(rows)).rejects.toThrow('failure 2');
  });

  it('leave it to the engine to say that rows are gone, and remember no failure', async () => {
    const { views, asked } = counting();
    const file = aFile();
    rmSync(file);
    await views.count(viewOf(file), near);
    await views.count(viewOf(file), near);
    expect(asked()).toBe(2);
  });

  it('give up a question when everybody who waited for the answer has left, not before, and ask it anew', async () => {
    const once = rememberAnswers();
    const { rows } = viewOf(aFile());
    const [one, two] = [new AbortController(), new AbortController()];
    const given: AbortSignal[] = [];
    const ask = (signal: AbortSignal | undefined): Promise<string> =>
      new Promise((_resolve, reject) => {
        given.push(signal!);
        signal!.addEventListener('abort', () => reject(new Error('cancelled')));
      });
    const both = [once(rows, { question: ['x'], signal: one.signal }, ask), once(rows, { question: ['x'], signal: two.signal }, ask)];
    one.abort();
    expect(given.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort();
    expect(given.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await once(rows, { question: ['x'] }, async () => 'anew')).toBe('anew');
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
