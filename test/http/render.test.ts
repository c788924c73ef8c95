import { Router } from 'express';
import request from 'supertest';
import { renderPage } from '../../src/http/render';
import { aUser, anApp, signedInAs } from '../support/an-app';
import { pageFixtures } from './page-fixtures';

const view = structuredClone(pageFixtures['hunting/run']);

const appOf = (name: string) => {
  const features = Router().get('/page', (_req, res) => renderPage(res, 'hunting/run', { view, title: `Run of ${name}`, lasting: true }));
  return anApp({ session: [signedInAs(aUser({ name }))], features: [features] }).app;
};

const nonceOf = (text: string): string | undefined => /nonce="([^"]+)"/.exec(text)?.[1];
const bodyOf = (text: string): string => text.slice(text.indexOf('<main'), text.indexOf('</main>'));

describe('a lasting page', () => {
  it('shows the same body again inside a frame that is each request’s own', async () => {
    const first = await request(appOf('Ana Lyst')).get('/page');
    const second = await request(appOf('Bo Hunter')).get('/page');
    expect(bodyOf(second.text)).toBe(bodyOf(first.text));
    expect(bodyOf(first.text)).toContain('<article id="run"');
    expect(second.text).toContain('Bo Hunter');
    expect(second.text).not.toContain('Ana Lyst');
    expect(nonceOf(second.text)).toMatch(/^[\w-]{20,}$/);
    expect(nonceOf(second.text)).not.toBe(nonceOf(first.text));
    expect(second.headers['cache-control']).toBe('no-store');
    expect(second.headers['content-length']).toBe(String(Buffer.byteLength(second.text)));
  });

  it('is not rendered again, where another view object is', async () => {
    const app = appOf('Ana Lyst');
    const before = await request(app).get('/page');
    Object.assign(view, { status: 'Finished differently' });
    expect(bodyOf((await request(app).get('/page')).text)).toBe(bodyOf(before.text));
    const other = Router().get('/page', (_req, res) =>
      renderPage(res, 'hunting/run', { view: { ...view }, title: 'A run', lasting: true }),
    );
    expect((await request(anApp({ features: [other] }).app).get('/page')).text).toContain('Finished differently');
  });

  it('that failed once is tried again', async () => {
    const broken = {
      ...view,
      get ledger(): never {
        throw new Error('not yet');
      },
    } as unknown as typeof view;
    const features = Router().get('/page', (_req, res) => renderPage(res, 'hunting/run', { view: broken, title: 'A run', lasting: true }));
    const { app } = anApp({ features: [features] });
    expect((await request(app).get('/page')).status).toBe(500);
    Object.defineProperty(broken, 'ledger', { value: view.ledger });
    expect((await request(app).get('/page')).status).toBe(200);
  });
});

describe('a page that is not finished', () => {
  it('tells a browser without JavaScript to load the whole address again, also where it came to a part of the page', async () => {
    const features = Router().get('/page', (_req, res) =>
      renderPage(res, 'hunting/run', { view: { ...view }, title: 'A run', refresh: 2 }),
    );
    const { text } = await request(anApp({ features: [features] }).app).get('/page?sort=1&q="x"');
    expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="2;url=\/page\?sort=1&amp;q=(%22|&#34;)x\1"><\/noscript>/);
  });
});
