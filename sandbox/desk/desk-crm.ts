import type { Markup } from './html.ts';

/** What stands in a cell: text, or markup made with `html` (badges, people, moments: see format.ts). */
export type Cell = Markup | string;

/** Whom a record may be given to: a person, a queue, a team. */
export interface DeskOwner {
  readonly id: string;
  readonly name: string;
}

/** What the list is narrowed to. Empty texts: everything. */
export interface ListQuery {
  readonly q: string;
  /** An owner id, `none`, or empty for all. */
  readonly owner: string;
}

/** A line of the list. */
export interface DeskRow {
  readonly id: string;
  readonly name: string;
  /** The small line under the name, such as the e-mail address. */
  readonly detail: string;
  /** In the order of the columns. */
  readonly cells: readonly Cell[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The newest that match, at most LIST_LENGTH of them, and how many there are of the whole object. */
export interface DeskList {
  readonly rows: readonly DeskRow[];
  readonly total: number;
}

/** How many rows a list shows. */
export const LIST_LENGTH = 60;

/** A field of a form. `value` is what it holds when the form opens. */
export interface DeskField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'email' | 'tel' | 'number' | 'long' | 'choice';
  readonly value: string;
  readonly required?: boolean;
  /** For choice: value and label. */
  readonly options?: readonly (readonly [value: string, label: string])[];
}

/** Something that happened to a record. */
export interface DeskEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** One character, such as ● for an owner, ▲ for a stage, ✎ for a change, ⚙ for a program, ☑ for a task, ✦ for created. */
  readonly icon: string;
  readonly body: Markup;
}

/** What Fairlead wrote on the record. */
export interface DeskReason {
  readonly text: string;
  /** Id of the decision; null: not written. */
  readonly decision: string | null;
  /** Rule, pool, outcome and the like; those without a value are left out. */
  readonly facts: readonly (readonly [label: string, value: Cell | null])[];
}

/** A button. `quiet`: drawn as one that is pressed seldom; `danger`: as one that takes something away. */
export interface DeskAction {
  readonly name: string;
  readonly label: string;
  readonly quiet?: boolean;
  readonly danger?: boolean;
  /** For an action of a list: the button that makes new records and does this with them at once. */
  readonly afterArrival?: string;
}

/** One record as its page shows it. */
export interface DeskRecord {
  readonly id: string;
  readonly name: string;
  readonly subtitle: string;
  /** Why it is out of use (deleted, converted); null: it is in use. */
  readonly notice: string | null;
  /** The owner's id, or null; `owners` says who that is. */
  readonly ownerId: string | null;
  /** Whether the owner can be changed. */
  readonly givable: boolean;
  readonly facts: readonly (readonly [label: string, value: Cell])[];
  /** The fields people edit, with their values; none: it cannot be edited. */
  readonly fields: readonly DeskField[];
  /** What the lead wrote; null: nothing. */
  readonly message: string | null;
  readonly reason: DeskReason | null;
  /** What happened, in any order: the page sorts. Of the same moment the later one stands later. */
  readonly activity: readonly DeskEntry[];
  /** What can be done with it: convert, delete, ask Fairlead. */
  readonly actions: readonly DeskAction[];
  /** Where the app's card for this record is shown; null: this person sees none. */
  readonly cardUrl: string | null;
}

/**
 * A CRM as the desk shows it: /desk/<slug> (list), /desk/<slug>/new, /desk/<slug>/<id>. `by` is the e-mail address of
 * the person at the desk: writes are theirs where the CRM knows them. Writes throw the vendor's own refusal, which
 * `problemOf` turns into words.
 */
export interface DeskCrm {
  /** In addresses: `salesforce`. */
  readonly slug: string;
  /** In the navigation and over the list: `Salesforce leads`. */
  readonly title: string;
  /** `lead`, for buttons and messages. */
  readonly noun: string;
  /** False while there is nothing to show (no org, no company): the desk then leaves it out. */
  readonly present: () => boolean;
  /** Headings between the name and the moment of creation. */
  readonly columns: readonly string[];
  readonly list: (query: ListQuery) => DeskList;
  /** Whom records can be given to, for the filter and the owner's select. */
  readonly owners: () => readonly DeskOwner[];
  /** Whether a record may have no owner (the select then offers it as ''). */
  readonly ownerless: boolean;
  /** The record as that person sees it; `movedTo` where it was merged into another; null: there is none. */
  readonly record: (id: string, by: string) => DeskRecord | { readonly movedTo: string } | null;
  /** The fields of a new record, empty. */
  readonly newFields: () => readonly DeskField[];
  /** Makes a record of the form's filled-in fields; its id. */
  readonly create: (values: Readonly<Record<string, string>>, by: string) => string;
  readonly update: (id: string, values: Readonly<Record<string, string>>, by: string) => void;
  readonly changeOwner: (id: string, ownerId: string, by: string) => void;
  /** What can be done with those ticked in the list; none: no boxes to tick. */
  readonly listActions: readonly DeskAction[];
  /** Carries out an action of a record or of a list; what to tell the person, or null. */
  readonly act: (
    action: string,
    ids: readonly string[],
    by: string,
  ) => Promise<string | null> | string | null;
  /** A visitor becomes a record; its id. Null: nobody arrives by a button. */
  readonly arrive: (() => string) | null;
  /** The vendor's refusal in words; null: no refusal but a mistake of ours, which is not hidden. */
  readonly problemOf: (error: unknown) => string | null;
  /** The name of the person with that address in this CRM; null: it does not know them. */
  readonly personNamed: (email: string) => string | null;
  /** Hears which records changed, so that open pages follow; the returned function stops it. */
  readonly onChange: (listener: (ids: readonly string[]) => void) => () => void;
}
