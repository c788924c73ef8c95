/** Units of measure: how many of the base unit of its kind one unit is. Names are those of Kusto's convert_*() functions. */
const prefixes = {
  Nano: 1e-9,
  Micro: 1e-6,
  Milli: 1e-3,
  Centi: 1e-2,
  Deci: 1e-1,
  Deca: 1e1,
  Hecto: 1e2,
  Kilo: 1e3,
  Mega: 1e6,
  Giga: 1e9,
  Tera: 1e12,
} as const;

function prefixed(base: string, size: number, ...names: readonly (keyof typeof prefixes)[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [`${name}${base}`, prefixes[name] * size]));
}

const pi = Math.PI;
const pound = 0.45359237;
const gravity = 9.80665;
const foot = 0.3048;
const lightYear = 9.46073047258e15;
const parsec = 3.08567758128e16;
const gallon = 0.00378541;
const imperialGallon = 0.00454609000000181429905810072407;
const btu = 1055.05585262;

const angle = {
  Degree: 1,
  ...prefixed('degree', 1, 'Micro', 'Milli', 'Nano'),
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Gradian: 0.9,
  NatoMil: 9 / 160,
  Radian: 180 / pi,
  ...prefixed('radian', 180 / pi, 'Centi', 'Deci', 'Micro', 'Milli', 'Nano'),
  Revolution: 360,
  Tilt: Number.NaN,
};

const energy = {
  Joule: 1,
  ...prefixed('joule', 1, 'Kilo', 'Mega', 'Giga', 'Milli'),
  BritishThermalUnit: btu,
  ...prefixed('britishThermalUnit', btu, 'Kilo', 'Mega', 'Giga'),
  Calorie: 4.184,
  ...prefixed('calorie', 4.184, 'Kilo', 'Mega'),
  ElectronVolt: 1.602176565e-19,
  ...prefixed('electronVolt', 1.602176565e-19, 'Kilo', 'Mega', 'Giga', 'Tera'),
  Erg: 1e-7,
  FootPound: 1.3558179483314,
  HorsepowerHour: 2.6845195377e6,
  ThermEc: 1.05505585262e8,
  ThermImperial: 1.05505585257348e8,
  ThermUs: 1.054804e8,
  DecathermEc: 1.05505585262e9,
  DecathermImperial: 1.05505585257348e9,
  DecathermUs: 1.054804e9,
  WattHour: 3600,
  ...prefixed('wattHour', 3600, 'Kilo', 'Mega', 'Giga', 'Tera'),
  WattDay: 86400,
  ...prefixed('wattDay', 86400, 'Kilo', 'Mega', 'Giga', 'Tera'),
};

const force = {
  Newton: 1,
  ...prefixed('newton', 1, 'Deca', 'Kilo', 'Mega', 'Micro', 'Milli'),
  Dyn: 1e-5,
  KilogramForce: gravity,
  KiloPond: gravity,
  OunceForce: 0.27801385095378125,
  Poundal: 0.138254954376,
  PoundForce: 4.4482216152605,
  KilopoundForce: 4448.2216152605,
  ShortTonForce: 8896.443230521,
  TonneForce: 9806.65,
};

const length = {
  Meter: 1,
  ...prefixed('meter', 1, 'Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo'),
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Chain: 20.1168,
  DataMile: 1828.8,
  DtpPica: 0.0254 / 6,
  DtpPoint: 0.0254 / 72,
  Fathom: 1.8288,
  Foot: foot,
  Hand: 0.1016,
  Inch: 0.0254,
  Microinch: 2.54e-8,
  Mil: 2.54e-5,
  Mile: 1609.34,
  NauticalMile: 1852,
  LightYear: lightYear,
  ...prefixed('lightYear', lightYear, 'Kilo', 'Mega'),
  Parsec: parsec,
  ...prefixed('parsec', parsec, 'Kilo', 'Mega'),
  PrinterPica: 0.0254 * (400 / 2409),
  PrinterPoint: 0.0254 / 72.27,
  Shackle: 27.432,
  SolarRadius: 6.9551e8,
  Twip: 0.0254 / 1440,
  UsSurveyFoot: 1200 / 3937,
  Yard: 0.9144,
};

const mass = {
  Gram: 1,
  ...prefixed('gram', 1, 'Nano', 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo'),
  EarthMass: 5.9722e27,
  SolarMass: 1.98947e33,
  Grain: (pound * 1000) / 7000,
  Pound: pound * 1000,
  ...prefixed('pound', pound * 1000, 'Kilo', 'Mega'),
  Ounce: 28.349523125,
  Stone: 6350.29318,
  ShortHundredweight: 45359.237,
  LongHundredweight: 50802.34544,
  ShortTon: 907184.74,
  LongTon: 1016046.9088,
  Slug: 14593.903,
  Tonne: 1e6,
  ...prefixed('tonne', 1e6, 'Kilo', 'Mega'),
};

const speedBases = {
  Meter: 1,
  Centimeter: 1e-2,
  Decimeter: 1e-1,
  Micrometer: 1e-6,
  Millimeter: 1e-3,
  Nanometer: 1e-9,
  Kilometer: 1e3,
  Foot: foot,
  Inch: 0.0254,
  UsSurveyFoot: 1200 / 3937,
  Yard: 0.9144,
} as const;

const speed = {
  ...Object.fromEntries(
    Object.entries(speedBases).flatMap(([name, size]) => [
      [`${name}PerSecond`, size],
      [`${name}PerMinute`, size / 60],
      [`${name}PerHour`, size / 3600],
    ]),
  ),
  Knot: 0.514444,
  MilePerHour: 0.44704,
};

const cubicFoot = 0.0283168;

const volume = {
  CubicMeter: 1,
  AcreFoot: 1 / 0.000810714,
  BoardFoot: 2.3597372158e-3,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicFoot: cubicFoot,
  CubicHectometer: 1e6,
  CubicInch: 1.6387e-5,
  CubicKilometer: 1e9,
  CubicMicrometer: 1e-18,
  CubicMile: 4.16818182544058e9,
  CubicMillimeter: 1e-9,
  CubicYard: 0.764554858,
  HectocubicFoot: cubicFoot * 100,
  KilocubicFoot: cubicFoot * 1000,
  MegacubicFoot: cubicFoot * 1e6,
  HectocubicMeter: 100,
  KilocubicMeter: 1000,
  Liter: 1e-3,
  ...prefixed('liter', 1e-3, 'Micro', 'Milli', 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo', 'Mega'),
  UsGallon: gallon,
  ...prefixed('usGallon', gallon, 'Deca', 'Deci', 'Hecto', 'Kilo', 'Mega'),
  ImperialGallon: imperialGallon,
  ...prefixed('imperialGallon', imperialGallon, 'Kilo', 'Mega'),
  ImperialBeerBarrel: 0.16365924,
  ImperialOunce: 2.8413062499962901241875439064617e-5,
  ImperialPint: 5.6826125e-4,
  AuTablespoon: 20e-6,
  UkTablespoon: 15e-6,
  UsTablespoon: 1.478676478125e-5,
  UsTeaspoon: 4.92892159375e-6,
  MetricTeaspoon: 0.5e-5,
  MetricCup: 2.5e-4,
  UsCustomaryCup: 2.365882365e-4,
  UsLegalCup: 2.4e-4,
  OilBarrel: 0.158987294928,
  UsBeerBarrel: 0.117347765304,
  UsOunce: 2.957352956253760505068307980135e-5,
  UsPint: 4.73176473e-4,
  UsQuart: 9.46352946e-4,
};

/** The kinds of measure, by the name in convert_KIND(). */
export const units: Readonly<Record<string, Readonly<Record<string, number>>>> = { angle, energy, force, length, mass, speed, volume };
