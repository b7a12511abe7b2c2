const words = (lag: number): string => {
  if (Math.abs(lag) < 0.005) return 'even';
  return lag > 0 ? `owed ${lag.toFixed(2)} of a lead` : `ahead by ${(-lag).toFixed(2)} of a lead`;
};

/** A lag drawn around zero: right is owed, left is ahead. `scale` is the lag at the bar's end, in leads. */
export function LagBar({ lag, scale }: { lag: number; scale: number }) {
  const width = `${Math.min(1, Math.abs(lag) / scale) * 50}%`;
  return (
    <span className="lag" role="img" aria-label={words(lag)} title={words(lag)}>
      <i className="lag-fill" data-side={lag < 0 ? 'ahead' : 'owed'} style={{ width }} />
      <i className="lag-zero" />
    </span>
  );
}
