import { civilTimeOf, maxTicks, ticksPer } from './ticks';

/** A run of one letter in a format is cut into the longest pieces that exist: 'MMM' is 'MM' and 'M'. */
const pieces = /y{4}|y{1,2}|M{1,2}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|[\s\S]/g;
const spanPieces = /d{1,8}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|[\s\S]/g;

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

function fractionText(fraction: number, piece: string): string {
  const digits = padded(fraction, 7).slice(0, piece.length);
  return piece.startsWith('F') ? digits.replace(/0+$/, '') : digits;
}

/** The text of format_datetime(): an instant by a pattern of y M d H h m s f F t; other characters stand for themselves. */
export function formatDateTime(ticks: bigint, format: string): string | null {
  if (ticks < 0n || ticks > maxTicks) return null;
  const time = civilTimeOf(ticks);
  const twelve = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const values: Readonly<Record<string, number>> = { M: time.month, d: time.day, H: time.hour, h: twelve, m: time.minute, s: time.second };
  return format.replace(pieces, (piece) => {
    const letter = piece.charAt(0);
    const value = values[letter];
    if (value !== undefined) return padded(value, piece.length);
    if (letter === 'y') return piece.length > 2 ? padded(time.year, 4) : padded(time.year % 100, piece.length);
    if (letter === 't') return (time.hour < 12 ? 'AM' : 'PM').slice(0, piece.length);
    return /^[fF]+$/.test(piece) ? fractionText(time.fraction, piece) : piece;
  });
}

/** The text of format_timespan(); a negative span gets a leading minus. */
export function formatTimespan(ticks: bigint, format: string): string {
  const size = ticks < 0n ? -ticks : ticks;
  const values: Readonly<Record<string, number>> = {
    d: Number(size / ticksPer.day),
    H: Number((size / ticksPer.hour) % 24n),
    h: Number((size / ticksPer.hour) % 24n),
    m: Number((size / ticksPer.minute) % 60n),
    s: Number((size / ticksPer.second) % 60n),
  };
  const text = format.replace(spanPieces, (piece) => {
    const value = values[piece.charAt(0)];
    if (value !== undefined) return padded(value, piece.length);
    return /^[fF]+$/.test(piece) ? fractionText(Number(size % ticksPer.second), piece) : piece;
  });
  return ticks < 0n ? `-${text}` : text;
}

/** A timespan as tostring() writes it: `[-][d.]hh:mm:ss[.fffffff]`. */
export function timespanText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size >= ticksPer.day ? 'd.' : '';
  const fraction = size % ticksPer.second === 0n ? '' : '.fffffff';
  return formatTimespan(ticks, `${days}hh:mm:ss${fraction}`);
}
