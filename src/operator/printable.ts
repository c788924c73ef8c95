/** A name from elsewhere, fit for a terminal: no control characters, no line breaks, not endless. */
export const printable = (text: unknown): string => {
  const clean = String(text ?? '').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, ' ');
  return clean.length > 200 ? `${clean.slice(0, 200)}...` : clean;
};

/** Where a command's words go: `out` for what it was asked for, `err` for everything else. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}
