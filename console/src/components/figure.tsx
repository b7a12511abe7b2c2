interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  /** Whether it is worse than it should be. */
  readonly trouble?: boolean;
}

/** A figure with its name and a note, in a list of such. */
export const Figure = ({ name, value, note, trouble = false }: FigureProps) => (
  <div className="number" data-tone={trouble ? 'trouble' : undefined}>
    <dt>{name}</dt>
    <dd>
      {value}
      {note !== undefined && <small className="number-note">{note}</small>}
    </dd>
  </div>
);
