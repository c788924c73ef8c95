/** Control characters, which could drive the terminal, and the marks that reorder or hide text. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text that is safe to show: what a terminal would act on is written as an escape. Telemetry is hostile input. */
export const visible = (text: string): string =>
  text.replace(unprintable, (character) => named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/g;
const combining = /\p{Mn}/gu;

/** Terminal columns that a text takes. */
export const widthOf = (text: string): number => {
  // Nearly every cell is plain ASCII.
  if (/^[ -~]*$/.test(text)) return text.length;
  const doubled = text.replace(wide, '##').replace(combining, '');
  return [...doubled].length;
};

/** The text in at most `width` columns; what is cut off is marked. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Fills up with blanks to a width. */
export const pad = (text: string, width: number, right: boolean): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? blanks + text : text + blanks;
};
