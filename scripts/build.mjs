// Compiles src/ into dist/. With --if-stale it returns at once when no source is newer than the last build,
// so that `npm start` after `npm ci` (whose `prepare` step builds) does not compile a second time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');

const modified = (path) => {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
};
const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (latest, entry) => Math.max(latest, modified(join(entry.parentPath, entry.name))),
    modified(folder),
  );

const builtAt = modified(stamp);
const sourceAt = Math.max(
  newest(join(root, 'src')),
  ...['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => modified(join(root, name))),
);
if (process.argv.includes('--if-stale') && builtAt > sourceAt) process.exit(0);

let tsc;
try {
  tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
} catch {
  // A production install (`npm ci --omit=dev`) carries no compiler: it runs the build it was given.
  if (builtAt > 0) process.exit(0);
  console.error('There is no build in dist/ and no TypeScript compiler. Run `npm ci` with development dependencies first.');
  process.exit(1);
}
if (builtAt === 0) rmSync(join(root, 'node_modules', '.cache', 'tsc', 'build.tsbuildinfo'), { force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
mkdirSync(dirname(stamp), { recursive: true });
writeFileSync(stamp, '');
