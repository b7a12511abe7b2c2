import { api, LightningElement } from 'lwc';

const ICONS = {
    quiet: 'utility:info',
    call: 'utility:notification',
    good: 'utility:success',
    late: 'utility:warning',
    bad: 'utility:error'
};

/** A line or two that stand out: what happened, and what to do. */
export default class FairleadNotice extends LightningElement {
    /** quiet, call, good, late or bad. */
    @api tone = 'quiet';
    @api heading;
    @api detail;

    get iconName() {
        return ICONS[this.tone];
    }

    get boxClass() {
        return `notice notice_${this.tone}`;
    }
}
