import type { ChartLook, ChartRequest } from './chart-plan';

type Properties = Readonly<Record<string, string>>;

/** What of a chart the query's `render with (...)` decides. */
export type RenderedAs = Pick<ChartRequest, 'title' | 'x' | 'y' | 'series' | 'stacking' | 'look'> & {
  /** Properties that the picture does not follow. */
  readonly unknown: readonly string[];
};

const names = (text: string | undefined): string[] => (text ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));

const stackings: Readonly<Record<string, NonNullable<ChartRequest['stacking']>>> = {
  default: 'unstacked',
  unstacked: 'unstacked',
  stacked: 'stacked',
  stacked100: 'stacked100',
};

const number = (text: string | undefined): number | undefined => {
  const value = Number(/^(?:real|double|long|int)\((.*)\)$/i.exec(text ?? '')?.[1] ?? text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value) ? undefined : value;
};

const is = (text: string | undefined, word: string): boolean => text?.toLowerCase() === word;

const lookOf = (properties: Properties): ChartLook => {
  const { xtitle, ytitle, xaxis, yaxis, accumulate, legend } = properties;
  const [yMin, yMax] = [number(properties['ymin']), number(properties['ymax'])];
  return {
    ...(xtitle ? { xTitle: xtitle } : {}),
    ...(ytitle ? { yTitle: ytitle } : {}),
    ...(yMin === undefined ? {} : { yMin }),
    ...(yMax === undefined ? {} : { yMax }),
    ...(is(xaxis, 'log') ? { xLog: true } : {}),
    ...(is(yaxis, 'log') ? { yLog: true } : {}),
    ...(is(accumulate, 'true') ? { accumulate: true } : {}),
    ...(is(legend, 'hidden') ? { legend: false } : {}),
  };
};

const followed = new Set('title xcolumn ycolumns series kind xtitle ytitle xaxis yaxis ymin ymax accumulate legend'.split(' '));

/** Reads the properties of a `render`, by lower-case name, as the language gives them. */
export const renderedAs = (properties: Properties): RenderedAs => {
  const stacking = stackings[(properties['kind'] ?? '').toLowerCase()];
  return {
    ...(properties['title'] ? { title: properties['title'] } : {}),
    ...(properties['xcolumn'] ? { x: properties['xcolumn'] } : {}),
    y: names(properties['ycolumns']),
    series: names(properties['series']),
    ...(stacking ? { stacking } : {}),
    look: lookOf(properties),
    unknown: Object.keys(properties).filter((name) => !followed.has(name)),
  };
};
