package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * Who is in the company, and for admins what can be done about it.
 *
 * @param admin whether the reader may press anything
 * @param workos whether people come through WorkOS, and so have mails and passwords
 * @param workspaces the open ones, to invite into
 * @param waiting what WorkOS is still to be told
 * @param error what went wrong with a person, empty otherwise
 * @param more the address of the next page, empty on the last
 */
public record PeopleView(
        boolean admin,
        boolean workos,
        List<Person> people,
        List<Choice> workspaces,
        List<Waiting> waiting,
        Filled form,
        String error,
        String more) {

    /**
     * @param me whether it is the reader
     * @param state of the invitation in words, empty once they have come
     * @param trouble why WorkOS could not be told, empty otherwise
     */
    public record Person(
            String id,
            Who who,
            String name,
            String handle,
            String email,
            boolean admin,
            boolean me,
            String workspaces,
            When since,
            String state,
            String trouble) {}

    /** @param what in words, with whom it concerns */
    public record Waiting(String id, String what, When since, String tries, String trouble) {}
}
