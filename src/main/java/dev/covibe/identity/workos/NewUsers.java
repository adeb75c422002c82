package dev.covibe.identity.workos;

import dev.covibe.platform.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Makes users at WorkOS with a first password. The password is in the request to WorkOS and nowhere else. */
@ApplicationScoped
public class NewUsers {

    private final WorkosApi workos;

    NewUsers(@RestClient WorkosApi workos) {
        this.workos = workos;
    }

    /**
     * @return the id of the user at WorkOS
     * @throws Refusal.Conflict {@code workos.away} when WorkOS cannot be asked, {@code workos.refused} when it says no
     */
    public String create(String email, Optional<String> name, String password) {
        try {
            return workos.createUser(new WorkosApi.NewUser(email, password, name.orElse(null)))
                    .id();
        } catch (WorkosFailure failure) {
            if (failure.isPassing()) {
                throw away();
            }
            // Its sentence says what is wrong with the password or the email, and repeats neither.
            throw Refusal.conflict(
                    "workos.refused", "WorkOS did not take the person (" + failure.code() + "). Nothing was kept.");
        } catch (ProcessingException unreachable) {
            throw away();
        }
    }

    private static Refusal away() {
        return Refusal.conflict(
                "workos.away", "WorkOS cannot be reached now. Nothing was kept; try again later, or invite them.");
    }
}
