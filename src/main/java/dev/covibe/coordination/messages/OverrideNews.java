package dev.covibe.coordination.messages;

import dev.covibe.coordination.claims.ClaimOverridden;
import dev.covibe.coordination.claims.ClaimView;
import dev.covibe.identity.Caller;
import dev.covibe.work.ItemRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells whoever holds a claim, urgently, that somebody claimed the same in spite of it (CRD-3). */
@ApplicationScoped
class OverrideNews {

    private final Messages messages;

    OverrideNews(Messages messages) {
        this.messages = messages;
    }

    void tell(@Observes ClaimOverridden overridden) {
        Caller caller = overridden.caller();
        ClaimView held = overridden.held();
        ClaimView by = overridden.by();
        messages.tell(
                caller,
                Origin.OVERRIDE,
                overridden.holderId(),
                overridden.holderSession(),
                "Your claim on " + held.target() + " was overridden",
                by.holder() + " claimed `" + by.target() + "`"
                        + by.task().map(ItemRef::key).map(key -> " for " + key).orElse("")
                        + " in spite of your claim on `" + held.target() + "`: " + overridden.reason()
                        + "\n\nYour claim stands beside theirs. Agree with them before you edit there.",
                MessagePriority.URGENT);
    }
}
