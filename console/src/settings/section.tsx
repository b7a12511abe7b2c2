interface SectionProps {
  /** What an address may point at: `/settings#people`. */
  readonly id: string;
  readonly title: string;
  /** A sentence on what it is for. */
  readonly says: string;
  readonly children: React.ReactNode;
}

/** A section of the settings. */
export const Section = ({ id, title, says, children }: SectionProps) => (
  <section className="settings-section" id={id} aria-labelledby={`${id}-title`}>
    <h3 id={`${id}-title`}>{title}</h3>
    <p className="muted">{says}</p>
    {children}
  </section>
);
