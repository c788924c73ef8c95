export interface RowCount {
  rows: number;
}

/** Passes batches on and counts their rows. */
export async function* countingRows(batches: AsyncIterable<readonly string[]>, count: RowCount): AsyncGenerator<readonly string[]> {
  for await (const batch of batches) {
    count.rows += batch.length;
    yield batch;
  }
}

/** Passes text on and counts its lines: never fewer than its rows (a CSV cell may hold line breaks). */
export async function* countingLines(texts: AsyncIterable<string>, count: RowCount): AsyncGenerator<string> {
  for await (const text of texts) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count.rows += 1;
    yield text;
  }
}
