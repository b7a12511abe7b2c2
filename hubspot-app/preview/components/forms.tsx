import type { SelectProps, TextAreaProps, ToggleGroupProps } from '@hubspot/ui-extensions';
import { useId } from 'react';

/*
 * The browser keeps what is written: a value takes a moment to come back from the card, and what was typed meanwhile
 * would be lost. The card itself never changes a field.
 */

interface Checked {
  readonly error?: boolean;
  readonly validationMessage?: string;
}

const Validation = ({ id, error, validationMessage }: Checked & { readonly id: string }) =>
  error && validationMessage ? (
    <p className="validation" id={id} role="alert">
      {validationMessage}
    </p>
  ) : null;

export function TextArea({ label, name, value, rows = 3, maxLength, onInput }: TextAreaProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        maxLength={maxLength}
        defaultValue={value ?? ''}
        onChange={({ target }) => onInput?.(target.value)}
      />
    </div>
  );
}

export function Select({ label, name, value, options, placeholder, onChange, ...checked }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        defaultValue={String(value ?? '')}
        aria-invalid={checked.error}
        aria-describedby={`${id}-said`}
        onChange={({ target }) => onChange?.(target.value)}
      >
        <option value="" disabled hidden>
          {placeholder}
        </option>
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
      <Validation id={`${id}-said`} {...checked} />
    </div>
  );
}

/** Only the radio buttons: the card has no lists to tick. */
export function ToggleGroup({ label, name, options, value, onChange, ...checked }: ToggleGroupProps) {
  const id = useId();
  const choose = onChange as ((value: string) => void) | undefined;
  return (
    <fieldset className="field" aria-describedby={`${id}-said`}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label className="radio" key={option.value}>
          <input
            type="radio"
            name={`${id}${name}`}
            defaultChecked={value === option.value}
            onChange={() => choose?.(option.value)}
          />
          {option.label}
        </label>
      ))}
      <Validation id={`${id}-said`} {...checked} />
    </fieldset>
  );
}
