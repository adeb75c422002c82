package dev.covibe.coordination.messages;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A conversation in its order, the first message first. */
@RegisterForReflection
public record ThreadView(UUID id, List<Entry> messages) {

    @RegisterForReflection
    public record Entry(MessageView message, List<DeliveryView> deliveries) {}
}
