import { renderedAs } from '../../../../src/features/hunting/charts/render-properties';

describe('the properties of a render', () => {
  it('name the columns, the title and the stacking', () => {
    expect(renderedAs({ title: 'Logons', xcolumn: 'Day', ycolumns: 'Good, Bad', series: 'Device', kind: 'Stacked100' })).toEqual({
      title: 'Logons',
      x: 'Day',
      y: ['Good', 'Bad'],
      series: ['Device'],
      stacking: 'stacked100',
      look: {},
      unknown: [],
    });
  });

  it('say how the axes look', () => {
    const { look } = renderedAs({
      xtitle: 'When',
      ytitle: 'How many',
      ymin: '0',
      ymax: 'real(1.5)',
      yaxis: 'log',
      accumulate: 'true',
      legend: 'hidden',
    });
    expect(look).toEqual({ xTitle: 'When', yTitle: 'How many', yMin: 0, yMax: 1.5, yLog: true, accumulate: true, legend: false });
  });

  it('leave out a bound that is no number, and tell what is not followed', () => {
    expect(renderedAs({ ymin: 'NaN', ysplit: 'panels' })).toMatchObject({ look: {}, unknown: ['ysplit'] });
  });
});
