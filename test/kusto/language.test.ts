import { createLanguage, type Language } from '../../src/kusto/language/language';
import type { Schema } from '../../src/kql/schema';

const schema: Schema = { id: 'one', tables: [{ name: 'T', columns: [{ name: 'a', type: 'string' }] }] };
let language: Language;

afterEach(() => language.stop());

test('analyses and translates in a thread of its own', async () => {
  language = createLanguage();
  expect((await language.analyze('T | where a == 1 |', schema)).diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  const [first, second] = await Promise.all([
    language.translate('T | take 1', { schema, nowTicks: 0n }),
    language.translate('X | take 1', { schema: { id: 'two', tables: [{ name: 'X', columns: [] }] }, nowTicks: 0n }),
  ]);
  expect(first).toMatchObject({ state: 'ready', tables: ['T'], columns: [{ name: 'a', type: 'string' }] });
  expect(second).toMatchObject({ state: 'ready', tables: ['X'] });
});

test('survives a query beyond its deadline: that one fails, the next is answered', async () => {
  language = createLanguage({ deadlineMs: 1 });
  await language.ready();
  const long = `T | where ${Array.from({ length: 2_000 }, (_, index) => `a has "${index}"`).join(' or ')}`;
  await expect(language.analyze(long, schema)).rejects.toMatchObject({ name: 'LanguageError', code: 'deadline' });
  expect(await language.analyze('T', schema)).toMatchObject({ columns: [{ name: 'a' }] });
});

test('answers nothing once stopped', async () => {
  language = createLanguage();
  await language.stop();
  await expect(language.analyze('T', schema)).rejects.toMatchObject({ code: 'stopped' });
});

test('keeps answering when many schemas pass by', async () => {
  language = createLanguage();
  const many = Array.from({ length: 70 }, (_, index): Schema => ({
    id: `s${index}`,
    tables: [{ name: `T${index}`, columns: [{ name: 'a', type: 'string' }] }],
  }));
  const ask = (index: number) => language.translate(`T${index}`, { schema: many[index] ?? schema, nowTicks: 0n });
  for (const index of [...many.keys(), 3, 69, 64, 3]) expect(await ask(index)).toMatchObject({ state: 'ready', tables: [`T${index}`] });
});
