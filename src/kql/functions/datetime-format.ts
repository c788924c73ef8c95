import { sqlString } from '../translate/literal';

/** Pieces of format_datetime() that DuckDB's strftime() has as well. */
const directives: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  yy: '%y',
  MM: '%m',
  M: '%-m',
  dd: '%d',
  d: '%-d',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  h: '%-I',
  mm: '%M',
  m: '%-M',
  ss: '%S',
  s: '%-S',
  tt: '%p',
};

const pieces = /y{4}|y{1,2}|M{1,2}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|[\s\S]/g;

/** A text of strftime() for a format, cut where fractions of a second stand; undefined when a piece has no directive. */
function directiveParts(format: string): readonly (string | number)[] | undefined {
  const parts: (string | number)[] = [''];
  for (const [piece] of format.matchAll(pieces)) {
    const directive = directives[piece] ?? (/^[ytF]/.test(piece) ? undefined : piece === '%' ? '%%' : piece);
    if (directive === undefined) return undefined;
    if (/^f+$/.test(piece)) parts.push(piece.length, '');
    else parts.push(`${String(parts.pop())}${directive}`);
  }
  return parts;
}

/** SQL of format_datetime() for a constant format, without a runtime function; undefined where strftime() cannot say it. */
export function formattedSql(time: string, format: string): string | undefined {
  const parts = directiveParts(format);
  const texts = parts
    ?.filter((part) => part !== '')
    .map((part) => {
      if (typeof part === 'number') return `substr(lpad((${time} % 10000000)::VARCHAR, 7, '0'), 1, ${part})`;
      return `strftime(make_timestamp(${time} // 10 - 62135596800000000), ${sqlString(part)})`;
    });
  return texts && `coalesce(${texts.join(' || ') || `''`}, '')`;
}
