export type ChartTheme = 'light' | 'dark';

/**
 * Okabe and Ito's colours for readers who do not tell all hues apart, lightened or darkened to keep contrast on either
 * ground. Lines also differ by the shape of their points, so colour is never alone.
 */
export const palettes: Readonly<
  Record<
    ChartTheme,
    { readonly series: readonly string[]; readonly ink: string; readonly faint: string; readonly line: string; readonly ground: string }
  >
> = {
  light: {
    series: ['#0f5c8a', '#c14f00', '#00775a', '#a8437f', '#7a6200', '#2f8fc4', '#6a4fb3', '#4a5866'],
    ink: '#17212b',
    faint: '#4a5866',
    line: '#dfe3e8',
    ground: '#ffffff',
  },
  dark: {
    series: ['#6fb7e6', '#f0944d', '#4fc3a1', '#e08fc0', '#d9c04a', '#9ecdf0', '#b3a0ee', '#b0bbc6'],
    ink: '#e4e9ee',
    faint: '#b0bbc6',
    line: '#2b353f',
    ground: '#171d24',
  },
};
