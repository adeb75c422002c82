package dev.covibe.coordination.messages;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a message may look like. All that is wrong is said at once. */
final class MessageRules {

    private static final int MOST_ADDRESSES = 20;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_SUBJECT = 200;

    private MessageRules() {}

    /** @throws Refusal.Invalid with every field that is wrong */
    static NewMessage check(NewMessage message) {
        List<FieldError> errors = new ArrayList<>();
        if (message.to().size() > MOST_ADDRESSES
                || (message.to().isEmpty() && message.replyTo().isEmpty())) {
            errors.add(new FieldError("/to", "1 to " + MOST_ADDRESSES + " addresses; none only in a reply"));
        }
        String text = message.text().strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            errors.add(new FieldError("/text", "1 to " + LONGEST_TEXT + " characters"));
        }
        Optional<String> subject = message.subject().map(String::strip).filter(line -> !line.isEmpty());
        if (subject.filter(
                        line -> line.length() > LONGEST_SUBJECT || line.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            errors.add(new FieldError("/subject", "one line of at most " + LONGEST_SUBJECT + " characters"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid("message.invalid", "This message cannot be sent.", errors.toArray(FieldError[]::new));
        }
        return new NewMessage(message.to(), text, subject, message.priority(), message.replyTo());
    }
}
