import { api, LightningElement, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import claimLead from '@salesforce/apex/FairleadCardController.claim';
import declineLead from '@salesforce/apex/FairleadCardController.decline';
import getCard from '@salesforce/apex/FairleadCardController.getCard';
import reassignLead from '@salesforce/apex/FairleadCardController.reassign';
import { fill, text } from 'c/fairleadText';
import { zone } from 'c/fairleadTime';
import { problemOf, problemOfError, standingOf } from 'c/fairleadView';

/** While the owner is on its way to Salesforce the card looks again: this often, this many times. */
const LOOK_AGAIN_MS = 3000;
const MOST_LOOKS = 10;

const newId = () => crypto.randomUUID();

/** Why this record is whose: the standing, the reason, the others, the history, and what the reader may do now. */
export default class FairleadCard extends LightningElement {
    text = text;
    zone = zone;
    card = null;
    /** The controller's answer where there is no card. */
    trouble = null;
    /** What the last press came to: `{tone, heading, detail}`. */
    outcome = null;
    /** Said aloud and not shown. */
    aloud = '';
    /** The form that is open: decline, reassign, or none. */
    form = null;
    busy = false;
    clockAhead = 0;

    record;
    asked = 0;
    looks = 0;
    lookTimer;
    knownOwner;
    /** The name of the press under way: kept when no answer came, so that the next press counts once. */
    press = null;
    focusNext = null;

    @api objectApiName;

    @api
    get recordId() {
        return this.record;
    }
    set recordId(value) {
        this.record = value;
        this.card = null;
        this.trouble = null;
        this.outcome = null;
        this.form = null;
        this.press = null;
        this.knownOwner = undefined;
        this.load();
    }

    get ownerField() {
        return this.objectApiName ? [`${this.objectApiName}.OwnerId`] : [];
    }

    /** Somebody, or the page itself, changed the owner: what the card says may be old. */
    @wire(getRecord, { recordId: '$recordId', optionalFields: '$ownerField' })
    ownerChanged({ data }) {
        const owner = data?.fields?.OwnerId?.value;
        if (owner && this.knownOwner && owner !== this.knownOwner) {
            this.load();
        }
        this.knownOwner = owner ?? this.knownOwner;
    }

    disconnectedCallback() {
        clearTimeout(this.lookTimer);
    }

    renderedCallback() {
        if (this.focusNext) {
            const target = this.template.querySelector(this.focusNext);
            this.focusNext = null;
            target?.focus();
        }
    }

    async load() {
        if (!this.record) {
            return;
        }
        this.busy = true;
        const asked = ++this.asked;
        const answer = await this.ask(getCard, {});
        // An answer that a later question has overtaken is not shown.
        if (asked === this.asked) {
            this.busy = false;
            this.show(answer, (body) => body);
        }
    }

    async ask(method, params) {
        try {
            return await method({ recordId: this.record, ...params });
        } catch (error) {
            return problemOfError(error);
        }
    }

    show(answer, cardIn) {
        if (!answer.body) {
            this.trouble = answer;
            return;
        }
        this.trouble = null;
        this.card = cardIn(JSON.parse(answer.body));
        this.clockAhead = Date.parse(this.card.asOf) - Date.now();
        if (this.card.standing?.written === 'pending') {
            this.lookAgain();
        } else {
            this.looks = 0;
        }
    }

    lookAgain() {
        clearTimeout(this.lookTimer);
        if (this.looks < MOST_LOOKS) {
            this.looks += 1;
            // eslint-disable-next-line @lwc/lwc/no-async-operation -- bounded above, cleared when the card goes
            this.lookTimer = setTimeout(async () => {
                await this.load();
                this.tellPage();
            }, LOOK_AGAIN_MS);
        }
    }

    tellPage() {
        notifyRecordUpdateAvailable([{ recordId: this.record }]);
    }

    /** Carries a press to the service and shows what it came to. */
    async act(method, params, done) {
        this.busy = true;
        this.outcome = null;
        this.asked += 1;
        this.press ??= newId();
        const answer = await this.ask(method, { ...params, requestId: this.press });
        this.busy = false;
        if (answer.problem) {
            const { heading, detail } = problemOf(answer);
            const isUnsure = answer.problem === 'unavailable';
            this.press = isUnsure ? this.press : null;
            this.outcome = { tone: 'late', heading, detail: isUnsure ? text.unsure : detail };
        } else {
            this.press = null;
            this.form = null;
            const { ok, error } = JSON.parse(answer.body);
            this.outcome = ok ? { tone: 'good', heading: done } : { tone: 'late', heading: error.detail };
            this.show(answer, (body) => body.card);
            this.tellPage();
        }
        this.focusNext = '.outcome';
    }

    get isLoading() {
        return !this.card && !this.trouble;
    }

    get hasTrouble() {
        return !this.card && this.trouble;
    }

    get problem() {
        return problemOf(this.trouble);
    }

    /** A card that stands while a later question failed. */
    get isStale() {
        return this.card && this.trouble;
    }

    get stored() {
        return this.problem.showsStored ? this.trouble.stored : null;
    }

    get saysNothingStored() {
        return this.problem.showsStored && !this.trouble.stored;
    }

    get isNever() {
        return this.card && !this.card.standing && !this.card.explanation;
    }

    get isOffered() {
        return this.card.standing?.state === 'offered';
    }

    get explanation() {
        return this.card.explanation;
    }

    get isRefused() {
        return this.card.standing?.written === 'refused';
    }

    get refusedDetail() {
        return this.card.standing.remedy ?? text.refusedDetail;
    }

    get isDeclining() {
        return this.form === 'decline';
    }

    get isReassigning() {
        return this.form === 'reassign';
    }

    get mayReassign() {
        return this.card.may.reassign && this.card.reps.length > 0 && !this.isReassigning;
    }

    get openSections() {
        return standingOf(this.card) === 'closed' ? ['history'] : ['candidates'];
    }

    get hasRules() {
        return this.explanation.rules.length > 0;
    }

    get hasStory() {
        return this.explanation.story.length > 0;
    }

    get candidatesLabel() {
        return fill(text.whoElse, this.explanation.candidates.length);
    }

    get rulesLabel() {
        return fill(text.rules, this.explanation.rules.length);
    }

    get historyLabel() {
        return fill(text.history, this.explanation.story.length);
    }

    handleRefresh() {
        this.outcome = null;
        this.looks = 0;
        this.load();
    }

    handleMark(event) {
        this.aloud = event.detail.message;
        if (event.detail.ended) {
            this.form = null;
            this.load();
        }
    }

    handleClaim() {
        this.act(claimLead, {}, text.doneClaim);
    }

    handleOpenDecline() {
        this.open('decline', 'c-fairlead-decline');
    }

    handleOpenReassign() {
        this.open('reassign', 'c-fairlead-reassign');
    }

    open(form, element) {
        this.form = form;
        this.outcome = null;
        this.press = null;
        this.focusNext = element;
    }

    handleCloseForm() {
        this.focusNext = this.isDeclining ? 'c-fairlead-offer' : '[data-reassign]';
        this.form = null;
        this.press = null;
    }

    handleDecline(event) {
        this.act(declineLead, event.detail, text.doneDecline);
    }

    handleReassign(event) {
        this.act(reassignLead, event.detail, text.doneReassign);
    }
}
