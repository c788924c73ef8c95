import { dirname, join } from 'node:path';

/** The fonts come with a package: a server's own fonts, or their absence, do not change a picture. */
const fontFiles = (): string[] => {
  const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(folder, file));
};

/** Draws an SVG chart as PNG at twice its size, for slides and reports; off the event loop. */
export const chartPng = async (svg: string): Promise<Uint8Array> => {
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  const picture = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: 2 } });
  return picture.asPng();
};
