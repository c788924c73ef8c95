import { join } from 'node:path';

/** Where the engine's processes load the macros and functions of translated SQL from. */
export const runtimeModule = join(__dirname, '..', 'kql', 'runtime', 'index');
