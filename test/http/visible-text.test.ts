import { visible } from '../../src/http/visible-text';

describe('a text that is shown', () => {
  it.each([
    ['a bidi override', 'abc\u202edef', 'abc⟨U+202E⟩def'],
    ['a zero-width space', 'a\u200bb', 'a⟨U+200B⟩b'],
    ['control characters', '\u0000\u0007\u001b[31m', '⟨U+0000⟩⟨U+0007⟩⟨U+001B⟩[31m'],
    ['a filler that looks like nothing', 'a\u3164b', 'a⟨U+3164⟩b'],
    ['tags that carry a hidden text', 'a\u{e0041}\u{e007f}', 'a⟨U+E0041⟩⟨U+E007F⟩'],
  ])('marks %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves letters of every script, emoji, line breaks and tabs as they are', () => {
    const text = 'é e\u0301 العربية 漢字 👩‍💻'.replace('\u200d', '') + '\n\t';
    expect(visible(text)).toBe(text);
  });
});
