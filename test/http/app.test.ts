import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import request from 'supertest';
import { AppError } from '../../src/errors';
import { publicFolder } from '../../src/http/assets';
import { requireSignIn } from '../../src/http/current-user';
import { styleRooms } from '../../src/http/style-sheet';
import { anApp, origin } from '../support/an-app';

const post = Router().post('/things', (req, res) => void res.json(req.body));

describe('the pipeline', () => {
  it('sends the strict policy on pages, assets and errors, with a fresh nonce each time', async () => {
    const { app } = anApp();
    const answers = await Promise.all(['/nowhere', '/nowhere', '/assets/css/quarry.css', '/%ff'].map((path) => request(app).get(path)));
    for (const answer of answers) {
      const policy = answer.headers['content-security-policy'] as string;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'nonce-[\w-]{24}'/);
      expect(policy).not.toContain('unsafe');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
    expect(answers[0]?.headers['content-security-policy']).not.toBe(answers[1]?.headers['content-security-policy']);
  });

  it('joins every file of the style sheet, for browsers to keep', async () => {
    const answer = await request(anApp().app).get('/assets/css/quarry.css');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-type']).toContain('text/css');
    const files = readdirSync(join(publicFolder, 'css'));
    expect(files.toSorted()).toEqual(styleRooms.map((room) => `${room}.css`).toSorted());
    for (const file of files) expect(answer.text).toContain(readFileSync(join(publicFolder, 'css', file), 'utf8'));
  });

  it.each([
    [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ Origin: origin }, 200],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: origin }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'none' }, 403],
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{}, 403],
  ])('answers a post with %j by %i', async (headers, status) => {
    const { app } = anApp({ features: [post] });
    const answer = await request(app).post('/things').set(headers).type('form').send({ a: 'b' });
    expect(answer.status).toBe(status);
  });

  it('does not believe the Host header', async () => {
    const { app } = anApp({ features: [post] });
    const answer = await request(app)
      .post('/things')
      .set({ Host: 'evil.example', Origin: 'http://evil.example' })
      .type('form')
      .send({ a: 'b' });
    expect(answer.status).toBe(403);
  });

  it('says plainly that a form is too large', async () => {
    const { app } = anApp({ features: [post] });
    const answer = await request(app)
      .post('/things')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ a: 'x'.repeat(300_000) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('more than Quarry takes at once');
  });

  it('shows an unexpected failure without its text and reports it with its cause', async () => {
    const failing = Router().get('/fails', () => {
      throw new Error('secret detail of the database');
    });
    const { app, errors } = anApp({ features: [failing] });
    const answer = await request(app).get('/fails');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret detail');
    expect(answer.text).toContain(answer.headers['x-request-id'] as string);
    expect((errors[0]?.cause as Error).message).toBe('secret detail of the database');
  });

  it('answers data requests with JSON errors', async () => {
    const failing = Router().get('/data.json', () => {
      throw new AppError({ kind: 'conflict', code: 'changed', publicMessage: 'It changed.' });
    });
    const { app } = anApp({ features: [failing] });
    const answer = await request(app).get('/data.json');
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({ error: { code: 'changed', message: 'It changed.', requestId: answer.headers['x-request-id'] } });
  });

  it('sends a reader who has not signed in to sign in and back, and refuses data and forms', async () => {
    const { app } = anApp({ features: [Router().all(['/kept', '/kept.json'], requireSignIn)] });
    const page = await request(app).get('/kept?page=2');
    expect([page.status, page.headers['location']]).toEqual([303, '/auth/signin?return_to=%2Fkept%3Fpage%3D2']);
    expect((await request(app).get('/kept.json')).status).toBe(401);
    expect((await request(app).post('/kept').set('Sec-Fetch-Site', 'same-origin')).status).toBe(401);
  });
});
