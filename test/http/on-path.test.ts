import { Router } from 'express';
import request from 'supertest';
import { below, onPaths } from '../../src/http/on-path';
import { anApp } from '../support/an-app';

const says = (word: string): Router => Router().use((_req, res) => void res.send(word));

describe('routers below a path', () => {
  const { app } = anApp({ features: [below(['/'], says('home')), below(['/hunting', '/signin-oidc.aspx'], says('hunting'))] });

  it.each([
    ['/', 'home'],
    ['/?a=/hunting', 'home'],
    ['//hunting', 'home'],
    ['/hunting', 'hunting'],
    ['/Hunting', 'hunting'],
    ['/hunting/runs/1.json', 'hunting'],
    ['/hunting.json', 'hunting'],
    ['/signin-oidc.aspx?code=1', 'hunting'],
  ])('%s is answered by %s', async (path, word) => {
    expect((await request(app).get(path)).text).toBe(word);
  });

  it.each(['/huntings', '/hunt', '/runs/hunting'])('%s is asked of none', async (path) => {
    expect((await request(app).get(path)).status).toBe(404);
  });
});

describe('handlers of exact paths', () => {
  const { app } = anApp({ health: onPaths({ '/up': (_req, res) => void res.send('up') }) });

  it('answers GET and HEAD of its path alone', async () => {
    expect((await request(app).get('/up?x=1')).text).toBe('up');
    expect((await request(app).head('/up')).status).toBe(200);
    for (const path of ['/up/', '/UP', '/constructor']) expect((await request(app).get(path)).status).toBe(404);
    expect((await request(app).delete('/up').set('Sec-Fetch-Site', 'same-origin')).status).toBe(404);
  });
});
