import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'cheerio';
import { Router } from 'express';
import request from 'supertest';
import type { PageName, Pages } from '../../src/http/pages';
import { renderPage } from '../../src/http/render';
import { viewsFolder } from '../../src/http/template-engine';
import { aUser, anApp, signedInAs } from '../support/an-app';
import { pageFixtures } from './page-fixtures';

const names = Object.keys(pageFixtures) as PageName[];
const attack = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;

/** Replaces every string of a view, and leaves links alone where a template must have a path. */
const hostile = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return /href|action$/i.test(key) ? value : attack;
  if (Array.isArray(value)) return value.map((item) => hostile(item, key));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostile(item, name)]));
  return value;
};

const pageAt = (name: PageName, view: unknown) => {
  const features = Router().get('/page', (_req, res) => renderPage(res, name, { view: view as Pages[typeof name], title: 'A page' }));
  return anApp({ session: [signedInAs(aUser())], features: [features] });
};

describe('pages', () => {
  it('have one template each, and every template is a page', () => {
    const folder = join(viewsFolder, 'pages');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.startsWith('_'),
    );
    const templates = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replace(/\.ejs$/, ''));
    expect(templates.sort()).toEqual([...names].sort());
  });

  it.each(names)('%s renders in the layout', async (name) => {
    const { app, errors } = pageAt(name, pageFixtures[name]);
    const { status, text } = await request(app).get('/page');
    expect(errors.map((error) => error.cause)).toEqual([]);
    expect(status).toBe(200);
    const $ = load(text);
    expect($('main h1').length).toBeGreaterThan(0);
    expect($('[style], [onclick], script:not([src])')).toHaveLength(0);
  });

  it.each(names)('%s shows hostile text harmlessly', async (name) => {
    const { app, errors } = pageAt(name, hostile(pageFixtures[name]));
    const { text } = await request(app).get('/page');
    expect(errors.map((error) => error.cause)).toEqual([]);
    const $ = load(text);
    expect($('script:not([src])')).toHaveLength(0);
    expect($('[onerror]')).toHaveLength(0);
    expect(
      $('img')
        .toArray()
        .every((img) => /^\/(assets|hunting)\//.test($(img).attr('src') ?? '')),
    ).toBe(true);
  });
});
