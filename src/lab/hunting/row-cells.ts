const skipString = (text: string, quote: number): number => {
  let at = quote + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
    at = end + 1;
  }
};

/** The texts of the elements of a JSON array, exactly as they stand there: numbers keep all their digits. */
export const cellTexts = (row: string): string[] => {
  const cells: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 1; at < row.length - 1; at += 1) {
    const character = row[at];
    if (character === '"') at = skipString(row, at) - 1;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    else if (character === ',' && depth === 0) {
      cells.push(row.slice(start, at));
      start = at + 1;
    }
  }
  if (row.length > 2) cells.push(row.slice(start, -1));
  return cells;
};
