package dev.covibe.identity.members;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.identity.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A person of the company.
 *
 * @param role {@code member} or {@code admin}
 * @param workspaces where they may work; a member sees only those that they share
 * @param invitation absent once they have come
 * @param photo the hash of their photo, which {@code /photos/{hash}/64} shows
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Member(
        UUID id,
        String handle,
        String name,
        String email,
        RoleKey role,
        Instant joinedAt,
        List<Workspace> workspaces,
        Optional<Invitation> invitation,
        Optional<String> photo) {

    /** A role as it is sent. */
    public enum RoleKey {
        MEMBER,
        ADMIN;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static RoleKey of(Role role) {
            return switch (role) {
                case MEMBER -> MEMBER;
                case ADMIN -> ADMIN;
            };
        }

        /** The role that it stands for. */
        public Role role() {
            return switch (this) {
                case MEMBER -> Role.MEMBER;
                case ADMIN -> Role.ADMIN;
            };
        }
    }

    @RegisterForReflection
    public record Workspace(UUID id, String name) {}

    /** How far an invitation has come. */
    public enum State {
        /** WorkOS is still to be told. */
        WAITING,
        /** WorkOS could not be told; it is tried again. */
        FAILING,
        /** WorkOS sent the mail; the person has not come yet. */
        SENT;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param nextTryAt when WorkOS is told again, while it is failing
     * @param error why it failed, in WorkOS' words
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Invitation(State state, Instant invitedAt, Optional<Instant> nextTryAt, Optional<String> error) {}

    public boolean admin() {
        return role == RoleKey.ADMIN;
    }
}
