import { cellView, columnView } from '../../../../src/features/hunting/kept/cell-view';

describe('a column on the page', () => {
  it.each([
    ['', '(no name)'],
    ['  ', '(no name)'],
    ['a\u202eb', 'a⟨U+202E⟩b'],
    ['__proto__', '__proto__'],
  ])('called %j is named %s', (name, shown) => {
    expect(columnView({ name, type: 'string' }).name).toBe(shown);
  });
});

describe('a cell on the page', () => {
  it('tells null, the empty text and the text null apart', () => {
    expect(['null', '""', '"null"'].map((json) => cellView('string', json).kind)).toEqual(['null', 'empty', 'text']);
  });

  it('shows as much of a value as there is room for, and says how much more there is', () => {
    expect(cellView('string', JSON.stringify('x'.repeat(5_000_000)), 10)).toMatchObject({ text: 'xxxxxxxxxx', hidden: 4_999_990 });
    expect(cellView('string', JSON.stringify('\u{1f600}\u{1f600}'), 3)).toMatchObject({ text: '\u{1f600}', hidden: 2 });
    expect(cellView('string', JSON.stringify('abc'), 3)).toMatchObject({ text: 'abc', hidden: 0 });
  });
});
