import { stepsOf } from '../slices/query-lexer';

/** Operators that keep every row: nothing is learnt from counting after them. */
const keepsRows =
  /^(extend|project|project-away|project-keep|project-rename|project-reorder|sort|order|serialize|as|parse|parse-kv|render|getschema)\b(?!-where)/;

/** A service has other things to do than to count after each of a hundred lines. */
const mostSteps = 15;

const literal = (text: string): string => JSON.stringify(text.slice(0, 200));

interface Step {
  readonly text: string;
  readonly line: number;
  /** The pipeline up to and with this step. */
  readonly until: string;
}

const countedSteps = (steps: readonly { readonly text: string; readonly line: number }[]): readonly Step[] => {
  const whole = steps.map(({ text, line }, index): Step => ({
    text,
    line,
    until: steps
      .slice(0, index + 1)
      .map((step) => step.text)
      .join('\n| '),
  }));
  return whole.filter(({ text }, index) => index === 0 || !keepsRows.test(text)).slice(0, mostSteps);
};

const branch = ({ text, line, until }: Step, step: number, newest: string): string => {
  const shown = step === 0 ? text : `| ${text}`;
  return `(${until}\n| summarize Rows = count(), Newest = ${newest}\n| project Step = ${step}, Line = ${line}, Query = ${literal(shown)}, Rows, Newest)`;
};

/**
 * A query that counts the rows after each line of `query` that can remove some, in one call: from its result one reads which
 * line removed the last row. `timeColumn`: of the table that the query begins with, for its newest event.
 */
export const explainQuery = (query: string, timeColumn: string | undefined): string => {
  const { lead, steps } = stepsOf(query);
  const none = 'datetime(null)';
  const branches = countedSteps(steps).map((step, index) =>
    branch(step, index, index === 0 && timeColumn !== undefined ? `max(${timeColumn})` : none),
  );
  const counts = branches.length === 1 ? branches[0]! : `union\n${branches.join(',\n')}`;
  return `${lead.trim() === '' ? '' : `${lead.trim()}\n`}${counts}\n| sort by Step asc`;
};
