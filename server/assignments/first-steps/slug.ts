/** A name as an id: small letters and digits without accents, joined by hyphens. Empty where nothing of it is either. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

/** The first of `name`, `name-2`, … that is not taken. */
export const freeId = (name: string, taken: ReadonlySet<string>): string => {
  const base = name === '' ? 'rep' : name;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
};
