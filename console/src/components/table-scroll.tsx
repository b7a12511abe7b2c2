interface TableScrollProps {
  /** What the table shows. */
  readonly label: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

/** A table that may be wider than the page: it scrolls by itself, by keyboard as well. */
export const TableScroll = ({ label, className = '', children }: TableScrollProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
  <section className={`table-scroll ${className}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
