import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The folder of style sheets, scripts and pictures beside src/ and dist/. */
export const publicFolder = join(__dirname, '..', '..', 'public');

/**
 * Addresses of the files in `public/`: each carries its content's hash, so browsers may keep it for a year.
 * A name that does not exist is a bug in a template and throws.
 */
export const createAssets = (): ((path: string) => string) => {
  const files = readdirSync(publicFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const addresses = new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const name = relative(publicFolder, file).split(sep).join('/');
      const version = createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 10);
      return [name, `/assets/${name}?v=${version}`] as const;
    }),
  );
  return (path) => {
    const address = addresses.get(path);
    if (!address) throw new Error(`public/${path} does not exist`);
    return address;
  };
};
