import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { joinStyles } from './style-sheet';

/** The folder of style sheets, scripts and pictures beside src/ and dist/. */
export const publicFolder = join(__dirname, '..', '..', 'public');

/** The style sheet made of the files in `public/css`. */
const styleSheetName = 'css/quarry.css';

const addressOf = (name: string, content: Buffer | string): string =>
  `/assets/${name}?v=${createHash('sha256').update(content).digest('base64url').slice(0, 10)}`;

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
      return [name, addressOf(name, readFileSync(file))] as const;
    }),
  );
  addresses.set(styleSheetName, addressOf(styleSheetName, joinStyles(publicFolder)));
  return (path) => {
    const address = addresses.get(path);
    if (!address) throw new Error(`public/${path} does not exist`);
    return address;
  };
};
