package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Enums as the tables keep them: the words that requests use, not the names of constants. */
final class StoredEnums {

    private StoredEnums() {}

    @Converter
    static class OfAgentType implements AttributeConverter<AgentType, String> {
        @Override
        public String convertToDatabaseColumn(AgentType type) {
            return type == null ? null : type.key();
        }

        @Override
        public AgentType convertToEntityAttribute(String key) {
            return key == null ? null : AgentType.of(key);
        }
    }

    @Converter
    static class OfOutcome implements AttributeConverter<SessionOutcome, String> {
        @Override
        public String convertToDatabaseColumn(SessionOutcome outcome) {
            return outcome == null ? null : outcome.key();
        }

        @Override
        public SessionOutcome convertToEntityAttribute(String key) {
            return key == null ? null : SessionOutcome.of(key);
        }
    }

    @Converter
    static class OfStartedBy implements AttributeConverter<StartedBy, String> {
        @Override
        public String convertToDatabaseColumn(StartedBy by) {
            return by == null ? null : by.key();
        }

        @Override
        public StartedBy convertToEntityAttribute(String key) {
            return key == null ? null : StartedBy.valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    @Converter
    static class OfEndedBy implements AttributeConverter<AgentSession.EndedBy, String> {
        @Override
        public String convertToDatabaseColumn(AgentSession.EndedBy by) {
            return by == null ? null : by.key();
        }

        @Override
        public AgentSession.EndedBy convertToEntityAttribute(String key) {
            return key == null ? null : AgentSession.EndedBy.valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
