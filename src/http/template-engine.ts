import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';

/** The views folder beside src/ and dist/. */
export const viewsFolder = join(__dirname, '..', '..', 'views');

/** What a template sees: these two names and nothing else. */
export interface TemplateData {
  readonly page: unknown;
  readonly view: unknown;
}

const compiled = new Map<string, ejs.TemplateFunction>();

/**
 * EJS, shut tight: strict mode without `with`, so a template sees `page` and `view` alone. Column names and cell values are
 * hostile input and live under `view`: the options are ours and fixed before any data is there, so a key named `escapeFn` or
 * `settings` cannot reach them (CVE-2022-29078, CVE-2024-33883, mde/ejs#803).
 */
const compile = (name: string): ejs.TemplateFunction => {
  const filename = join(viewsFolder, `${name}.ejs`);
  return ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    strict: true,
    _with: false,
    destructuredLocals: ['page', 'view'],
    cache: true,
    views: [viewsFolder],
  } as ejs.Options) as ejs.TemplateFunction;
};

/** The text of `views/<name>.ejs`, compiled at its first use; throws what the template throws. */
export const renderTemplate = (name: string, { page, view }: TemplateData): string => {
  const template = compiled.get(name) ?? compile(name);
  compiled.set(name, template);
  return template({ page, view });
};
