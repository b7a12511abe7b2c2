/**
 * Words in the names of teams that say where their leads are, with the countries (ISO 3166) such a team usually has.
 * A guess, and said to be one wherever it is used. Source: everyday use; ISO 3166.
 */
const DACH = ['DE', 'AT', 'CH', 'LI'];
const NORDICS = ['DK', 'FI', 'IS', 'NO', 'SE'];
const BENELUX = ['BE', 'LU', 'NL'];
const IBERIA = ['ES', 'PT'];
const UK = ['GB', 'IE'];
const EUROPE = [
  ...new Set([...DACH, ...NORDICS, ...BENELUX, ...IBERIA, ...UK]),
  ...['FR', 'IT', 'PL', 'CZ', 'SK', 'HU', 'RO', 'BG', 'HR', 'SI', 'EE', 'LV', 'LT', 'GR', 'CY', 'MT', 'UA'],
];
const MIDDLE_EAST = ['AE', 'BH', 'IL', 'JO', 'KW', 'LB', 'OM', 'QA', 'SA', 'TR', 'EG'];
const AFRICA = ['ZA', 'NG', 'KE', 'GH', 'MA', 'TN', 'EG'];
const ANZ = ['AU', 'NZ'];
const ASIA = [...['CN', 'HK', 'ID', 'IN', 'JP', 'KR', 'MY', 'PH', 'SG', 'TH', 'TW', 'VN', 'BD', 'LK', 'PK']];
const LATAM = ['AR', 'BO', 'BR', 'CL', 'CO', 'CR', 'DO', 'EC', 'GT', 'MX', 'PA', 'PE', 'PY', 'UY', 'VE'];
const NORTH_AMERICA = ['US', 'CA'];

const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(dach|german[ -]speaking)\b/, DACH],
  [/\b(german|germany|deutschland)\b/, ['DE', 'AT']],
  [/\b(french|france)\b/, ['FR']],
  [/\b(italian|italy|italia)\b/, ['IT']],
  [/\b(spain|españa)\b/, ['ES']],
  [/\biberia\b/, IBERIA],
  [/\b(uk|united kingdom|britain|uk ?& ?i|uki)\b/, UK],
  [/\b(nordics?|scandinavia)\b/, NORDICS],
  [/\bbenelux\b/, BENELUX],
  [/\b(netherlands|dutch)\b/, ['NL']],
  [/\b(poland|polish)\b/, ['PL']],
  [/\b(europe|eu)\b/, EUROPE],
  [/\bemea\b/, [...new Set([...EUROPE, ...MIDDLE_EAST, ...AFRICA])]],
  [/\b(middle east|mena|gulf)\b/, MIDDLE_EAST],
  [/\bafrica\b/, AFRICA],
  [/\b(apac|asia pacific|asia-pacific)\b/, [...ASIA, ...ANZ]],
  [/\basia\b/, ASIA],
  [/\b(anz|australia|oceania)\b/, ANZ],
  [/\bindia\b/, ['IN']],
  [/\b(japan|japanese)\b/, ['JP']],
  [/\b(latam|latin america|south america)\b/, LATAM],
  [/\bbrazil\b/, ['BR']],
  [/\bmexico\b/, ['MX']],
  [/\bcanada\b/, ['CA']],
  [/\b(usa|united states)\b/, ['US']],
  [/\b(north america|namer|noram)\b/, NORTH_AMERICA],
  [/\bamericas\b/, [...NORTH_AMERICA, ...LATAM]],
];

/** The countries a team's name speaks of; null: of none, or of several at once. */
export const countriesOfTeam = (name: string): readonly string[] | null => {
  const text = name.toLowerCase().replaceAll('_', ' ');
  const found = WORDS.filter(([word]) => word.test(text));
  return found.length === 1 ? found[0]![1] : null;
};
