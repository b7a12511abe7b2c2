/** Version of the time zone data that this process resolves hours with. */
export const ZONES = process.versions.tz ?? 'unknown';
