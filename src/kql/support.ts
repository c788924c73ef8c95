import { aggregateTable } from './aggregates/aggregate-table';
import type { Support } from './functions/function-row';
import { functionTable } from './functions/function-table';
import { pluginTable } from './operators/evaluate';
import { operatorTable } from './operators/operator-table';
import { rowCalls } from './translate/row-calls';
import { windowCalls } from './translate/window-calls';

/** One line of the support table. */
export interface SupportLine {
  readonly name: string;
  readonly rule: string;
  readonly support: Support;
}

export interface SupportSection {
  readonly title: string;
  readonly lines: readonly SupportLine[];
}

const exact: Support = { state: 'exact' };
const byName = (lines: Iterable<SupportLine>): SupportLine[] => {
  const unique = new Map([...lines].map(({ name, rule, support }) => [name, { name, rule, support }]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

const overPaths: Support = { state: 'limited', limit: 'over an edge of variable length in graph-match' };

/** Functions over the row as a whole, which are no rows of the function table. */
const limits: Readonly<Record<string, string>> = { ingestion_time: "the event's own time stands for it" };
const overRows: readonly SupportLine[] = [
  ...Object.keys(rowCalls).map((name): SupportLine => {
    const limit = limits[name];
    return { name, rule: 'R-8', support: limit === undefined ? exact : { state: 'limited', limit } };
  }),
  ...Object.keys(windowCalls).map((name): SupportLine => ({ name, rule: 'R-56', support: exact })),
  ...['all', 'any', 'map'].map((name): SupportLine => ({ name, rule: 'R-63', support: overPaths })),
];

const refusedOperators = ['facet', 'fork', 'reduce', 'graph-shortest-paths', 'graph-mark-components', 'macro-expand', 'execute-and-cache'];
const refused = (name: string): SupportLine => ({
  name,
  rule: 'R-6',
  support: { state: 'refused', reason: 'not answered by this engine' },
});

/** Everything the engine knows by name, with what it makes of it: the source of docs/kql-support.md. */
export function supportSections(): readonly SupportSection[] {
  return [
    { title: 'Operators', lines: byName([...Object.values(operatorTable), ...refusedOperators.map(refused)]) },
    { title: 'Plugins of evaluate', lines: byName(pluginTable.values()) },
    { title: 'Scalar functions', lines: byName([...functionTable.values(), ...overRows]) },
    {
      title: 'Aggregates',
      lines: byName([...aggregateTable.values(), ...['arg_max', 'arg_min'].map((name) => ({ name, rule: 'R-25', support: exact }))]),
    },
  ];
}

function words(support: Support): string {
  if (support.state === 'exact') return 'exact';
  return support.state === 'limited' ? `exact, with a limit: ${support.limit}` : `refused: ${support.reason}`;
}

/** The text of docs/kql-support.md. */
export function supportMarkdown(): string {
  const sections = supportSections().map(({ title, lines }) => {
    const refusedCount = lines.filter((line) => line.support.state === 'refused').length;
    const rows = lines.map(({ name, rule, support }) => `| \`${name}\` | ${words(support).replaceAll('|', '\\|')} | ${rule} |`);
    return [
      `## ${title}`,
      '',
      `${lines.length - refusedCount} answered, ${refusedCount} refused.`,
      '',
      '| name | support | rule |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  const head = [
    '# What of KQL is supported',
    '',
    "Generated from the engine's own tables (`src/kql/support.ts`; `UPDATE_DOCS=1 npx jest support`), and kept true by a test. *Exact* means the",
    'answer of the real engine; a stated limit is where it is not; *refused* is an error that names the construct, never an approximation. The rules',
    'are those of [translation.md](translation.md). What stands in no table is refused by name as well.',
  ];
  return `${[...head, '', sections.join('\n\n')].join('\n')}\n`;
}
