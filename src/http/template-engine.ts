import { join } from 'node:path';
import type { Express } from 'express';
import ejs from 'ejs';

/** The views folder beside src/ and dist/. */
export const viewsFolder = join(__dirname, '..', '..', 'views');

type Callback = (error: unknown, html?: string) => void;

/**
 * EJS, shut tight: strict mode without `with`, so a template sees `page` and `view` and nothing else. Column
 * names and cell values are hostile input and live under `view` alone: a key named `escapeFn` or `settings`
 * cannot reach the engine's own options (CVE-2022-29078, CVE-2024-33883, mde/ejs#803).
 */
const render = (file: string, options: object, callback: Callback): void => {
  const { page, view } = options as { page: unknown; view: unknown };
  ejs
    .renderFile(file, { page, view }, {
      strict: true,
      _with: false,
      destructuredLocals: ['page', 'view'],
      cache: true,
      views: [viewsFolder],
    } as ejs.Options)
    .then((html) => callback(null, html), callback);
};

/** Makes `app` render `views/*.ejs`, each template compiled once. */
export const useTemplates = (app: Express): void => {
  app.engine('ejs', render);
  app.set('view engine', 'ejs');
  app.set('views', viewsFolder);
  app.enable('view cache');
};
