package dev.covibe.work;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** The enums of work as their lower-case keys, which the check constraints of the tables spell out. */
final class StoredEnums {

    private StoredEnums() {}

    @Converter(autoApply = true)
    static class OfTaskStatus implements AttributeConverter<TaskStatus, String> {
        @Override
        public String convertToDatabaseColumn(TaskStatus status) {
            return status.key();
        }

        @Override
        public TaskStatus convertToEntityAttribute(String stored) {
            return TaskStatus.of(stored);
        }
    }

    @Converter(autoApply = true)
    static class OfPriority implements AttributeConverter<Priority, String> {
        @Override
        public String convertToDatabaseColumn(Priority priority) {
            return priority.key();
        }

        @Override
        public Priority convertToEntityAttribute(String stored) {
            return Priority.of(stored);
        }
    }

    @Converter(autoApply = true)
    static class OfWorkstreamStatus implements AttributeConverter<WorkstreamStatus, String> {
        @Override
        public String convertToDatabaseColumn(WorkstreamStatus status) {
            return status.key();
        }

        @Override
        public WorkstreamStatus convertToEntityAttribute(String stored) {
            return WorkstreamStatus.of(stored);
        }
    }

    @Converter(autoApply = true)
    static class OfOutcome implements AttributeConverter<Outcome, String> {
        @Override
        public String convertToDatabaseColumn(Outcome outcome) {
            return outcome == null ? null : outcome.key();
        }

        @Override
        public Outcome convertToEntityAttribute(String stored) {
            return stored == null ? null : Outcome.of(stored);
        }
    }
}
