// The house's walls and measures, by ESLint core rules alone (docs/architecture.md, "Who may import whom").
import tseslint from 'typescript-eslint';

/** The rooms of src/ that hold code; a wall names the rooms a folder must not import from. */
const rooms = [
  'http',
  'features',
  'identity',
  'defender',
  'kql',
  'columns',
  'engine',
  'kusto',
  'database',
  'lab',
  'bench',
  'operator',
  'x509',
];
const from = (names) =>
  names.map((name) => ({ regex: `^(\\.\\./)+${name}(/|$)`, message: `This folder may not import from src/${name}.` }));
const allow = (...names) => from(rooms.filter((room) => !names.includes(room)));
const vendor = (names, why) => names.map((regex) => ({ regex, message: why }));
const express = vendor(['^express(-session)?$', '^ejs$', '^helmet$'], 'Express stays in src/http and the features.');

const wall = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

const size = { skipBlankLines: true, skipComments: true };

export default tseslint.config(
  { ignores: ['dist/', 'var/', 'node_modules/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/**/*.data.ts'],
    rules: {
      'max-lines': ['error', { max: 300, ...size }],
      'max-lines-per-function': ['error', { max: 50, ...size }],
      'max-params': ['error', 3],
      complexity: ['error', 12],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' },
        { object: 'jest', property: 'mock', message: 'Pass a fake through createApp(deps) instead.' },
      ],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // Measures apply to what ships; a test table may be long.
  { files: ['src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/http/error-handler.ts'], rules: { 'max-params': ['error', 4] } },
  {
    files: ['src/**/main.ts', 'src/**/cli.ts', 'src/kusto/cli/**', 'src/bench/**'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/http/middleware/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "AssignmentExpression[left.object.property.name='locals']", message: 'Only src/http/middleware writes res.locals.' },
        {
          selector: "CallExpression[callee.object.name='res'][callee.property.name='render']",
          message: 'Call renderPage from src/http/render.ts.',
        },
      ],
    },
  },
  { files: ['src/http/render.ts'], rules: { 'no-restricted-syntax': 'off' } },
  wall(
    ['src/kql/**'],
    [...allow('kql'), ...express, ...vendor(['duckdb', '^node:(fs|net|http|https|child_process|worker_threads)'], 'src/kql is pure.')],
  ),
  wall(
    ['src/columns/**'],
    [
      ...allow('columns'),
      ...express,
      ...vendor(['duckdb', '^node:(net|http|https|child_process|worker_threads)'], 'src/columns reads and writes files.'),
    ],
  ),
  wall(['src/engine/**'], [...allow('engine', 'columns'), ...express]),
  wall(['src/kusto/**'], [...allow('kusto', 'kql', 'engine', 'columns'), ...express]),
  wall(['src/database/**'], [...allow('database'), ...express]),
  wall(['src/identity/**'], [...allow('identity'), ...express]),
  wall(['src/defender/**'], [...allow('defender'), ...express]),
  wall(['src/http/**'], [...allow('http')]),
  // The page map names every feature's view types; types alone, so no code of a feature reaches this folder.
  wall(['src/http/pages.ts'], [...allow('http', 'features')]),
  wall(['src/lab/**'], [...allow('lab', 'kql', 'engine', 'kusto', 'x509')]),
  wall(['src/x509/**'], [...allow('x509'), ...express]),
  // The operator's programs: they set Quarry up and look it over, and never serve a page.
  wall(['src/operator/**'], [...allow('operator', 'identity', 'defender', 'database', 'x509'), ...express]),
  wall(['src/features/**'], [...from(['lab', 'bench', 'operator'])]),
  wall(['src/*.ts'], [...from([]), { regex: '^\\./lab/', message: 'The app never knows the lab; server.ts starts it as a program.' }]),
);
