// Lets a child process or worker started from a test read TypeScript sources directly, as the test runner does. What was
// compiled is kept in node_modules/.cache: a test run starts many such processes, each reading the same files.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { threadId } = require('node:worker_threads');
const { join } = require('node:path');

const cache = join(__dirname, '..', 'node_modules', '.cache', 'typescript-require');
const compiler = require('@swc/core/package.json').version;

const compile = (source, filename) => {
  const { transformSync } = require('@swc/core');
  return transformSync(source, {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  }).code;
};

const compiled = (filename) => {
  const source = readFileSync(filename, 'utf8');
  const kept = join(cache, createHash('sha256').update(`${compiler}\0${filename}\0${source}`).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const code = compile(source, filename);
    mkdirSync(cache, { recursive: true });
    // Written aside and renamed: another process may be reading.
    writeFileSync(`${kept}.${process.pid}-${threadId}`, code);
    renameSync(`${kept}.${process.pid}-${threadId}`, kept);
    return code;
  }
};

Module._extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};
