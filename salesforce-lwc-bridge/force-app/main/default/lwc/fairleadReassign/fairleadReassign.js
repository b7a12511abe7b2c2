import { api, LightningElement } from 'lwc';
import { text } from 'c/fairleadText';

/** To whom a manager gives the lead. */
export default class FairleadReassign extends LightningElement {
    text = text;
    /** `{id, name}` of those who may have it. */
    @api reps = [];
    @api busy = false;

    rep = '';
    note = '';

    get options() {
        return this.reps.map(({ id, name }) => ({ value: id, label: name }));
    }

    /** Puts the focus on the first question. */
    @api
    focus() {
        this.template.querySelector('lightning-combobox')?.focus();
    }

    handleRep(event) {
        this.rep = event.detail.value;
    }

    handleNote(event) {
        this.note = event.detail.value;
    }

    handleSend() {
        const choice = this.template.querySelector('lightning-combobox');
        if (!this.rep) {
            choice.reportValidity();
            choice.focus();
            return;
        }
        this.dispatchEvent(new CustomEvent('send', { detail: { rep: this.rep, note: this.note } }));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
