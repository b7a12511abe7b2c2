const MINUTE = 60_000;

/** How long is left, as people say it; milliseconds. */
export const timeLeft = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return 'less than a minute left';
  if (minutes < 60) return `${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days left`;
  return minutes % 60 === 0 ? `${hours} h left` : `${hours} h ${minutes % 60} min left`;
};
