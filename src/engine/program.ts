import { join } from 'node:path';

/** How to start one of our programs in a process or thread of its own. */
export interface Program {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/**
 * Finds the program `name` in `folder`. Compiled code sits beside compiled code; where a test runner reads the
 * sources directly, the program is read directly too, through the loader in scripts/.
 */
export function programIn(folder: string, name: string): Program {
  const source = __filename.endsWith('.ts');
  if (!source) return { file: join(folder, `${name}.js`), execArgv: [] };
  return { file: join(folder, `${name}.ts`), execArgv: ['--require', join(__dirname, '../../scripts/typescript-require.cjs')] };
}
