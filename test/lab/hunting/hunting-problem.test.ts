import type { Diagnostic } from '../../../src/kql/diagnostics';
import { badQuery } from '../../../src/lab/hunting/hunting-problem';

const query = 'DeviceEvents\n| where Fooo == 1\n| summarize Bar()';
const spanOf = (text: string) => {
  const start = query.indexOf(text);
  const before = query.slice(0, start).split('\n');
  return { start, length: text.length, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};
const problem = (code: string, kind: Diagnostic['kind'], text: string): Diagnostic => ({
  code,
  kind,
  severity: 'error',
  message: `Something about ${text}.`,
  span: spanOf(text),
});

test('names the operator and the name that it could not resolve', () => {
  expect(badQuery(query, [problem('KS142', 'semantic', 'Fooo')]).message).toBe(
    "'where' operator: Failed to resolve scalar expression named 'Fooo'. Fix semantic errors in your query.",
  );
});

test('takes an unknown name at the start for a table', () => {
  expect(badQuery(query, [problem('KS204', 'semantic', 'DeviceEvents')]).message).toBe(
    "Failed to resolve table or column expression named 'DeviceEvents'. Fix semantic errors in your query.",
  );
});

test('speaks of a recognition error first when the text cannot be parsed', () => {
  const found = badQuery(query, [problem('KS142', 'semantic', 'Fooo'), problem('KS006', 'syntax', 'Bar')]);
  expect(found).toMatchObject({ status: 400, code: 'BadRequest' });
  expect(found.message).toMatch(/^A recognition error occurred\. .*\[line:position=3:12\]/);
});
