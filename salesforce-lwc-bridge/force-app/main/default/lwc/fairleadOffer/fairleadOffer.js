import { api, LightningElement } from 'lwc';
import { fill, text } from 'c/fairleadText';
import { markPassed, timeLeft, zone } from 'c/fairleadTime';

const TICK_MS = 1000;
const URGENT_MS = 60000;

/** An open offer: how long it is open, and the two answers to it. */
export default class FairleadOffer extends LightningElement {
    text = text;
    zone = zone;
    /** When the offer ends by the service; unset while its clock has not started. */
    @api expiresAt;
    /** When it was made: the bar is full then. */
    @api startedAt;
    /** Milliseconds that the service's clock is ahead of this browser's. */
    @api clockAhead = 0;
    @api mayClaim = false;
    @api mayDecline = false;
    @api busy = false;

    left = null;
    timer;

    connectedCallback() {
        this.tick();
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- the countdown; cleared below
        this.timer = setInterval(() => this.tick(), TICK_MS);
    }

    disconnectedCallback() {
        clearInterval(this.timer);
    }

    /** Puts the focus where the offer is answered. */
    @api
    focus() {
        this.template.querySelector('[data-decline]')?.focus();
    }

    tick() {
        const before = this.left;
        this.left = this.expiresAt ? Date.parse(this.expiresAt) - Date.now() - this.clockAhead : null;
        const mark = this.left === null || before === null ? null : markPassed(before, this.left);
        if (mark !== null) {
            this.announce(mark);
        }
    }

    announce(mark) {
        const message = mark > 0 ? fill(text.soon, timeLeft(mark)) : text.ended;
        this.dispatchEvent(new CustomEvent('mark', { detail: { message, ended: mark === 0 } }));
    }

    get isRunning() {
        return this.left !== null && this.left > 0;
    }

    get isOver() {
        return this.left !== null && this.left <= 0;
    }

    get timeText() {
        return timeLeft(this.left);
    }

    get boxClass() {
        return this.left !== null && this.left <= URGENT_MS ? 'offer offer_urgent' : 'offer';
    }

    get barStyle() {
        const whole = Date.parse(this.expiresAt) - Date.parse(this.startedAt);
        const share = whole > 0 ? Math.min(1, Math.max(0, this.left / whole)) : 1;
        return `inline-size: ${(share * 100).toFixed(1)}%`;
    }

    get mayAnswer() {
        return (this.mayClaim || this.mayDecline) && !this.isOver;
    }

    handleClaim() {
        this.dispatchEvent(new CustomEvent('claim'));
    }

    handleDecline() {
        this.dispatchEvent(new CustomEvent('decline'));
    }
}
