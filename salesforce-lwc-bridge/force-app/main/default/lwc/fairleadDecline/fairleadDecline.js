import { api, LightningElement } from 'lwc';
import { text } from 'c/fairleadText';

/** Why a rep declines. */
export default class FairleadDecline extends LightningElement {
    text = text;
    /** `{code, label}` of each reason the policy offers. */
    @api reasons = [];
    @api busy = false;

    reason = '';
    note = '';

    get options() {
        return this.reasons.map(({ code, label }) => ({ value: code, label }));
    }

    /** Puts the focus on the first question. */
    @api
    focus() {
        this.template.querySelector('lightning-radio-group')?.focus();
    }

    handleReason(event) {
        this.reason = event.detail.value;
    }

    handleNote(event) {
        this.note = event.detail.value;
    }

    handleSend() {
        const group = this.template.querySelector('lightning-radio-group');
        if (!this.reason) {
            group.reportValidity();
            group.focus();
            return;
        }
        this.dispatchEvent(new CustomEvent('send', { detail: { reason: this.reason, note: this.note } }));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    handleKey(event) {
        if (event.key === 'Escape') {
            this.handleCancel();
        }
    }
}
