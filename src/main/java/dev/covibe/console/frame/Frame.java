package dev.covibe.console.frame;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What stands around every page of the console: who is here, in which workspace, and how it should look.
 *
 * @param title the page's name, first in the browser's tab
 * @param page which entry of the navigation is current: "workstreams", "performance", "coordination" or "settings"
 * @param reading whether the page is for reading, and so at most 1280 px wide
 * @param theme "light", "dark", or empty to follow the system
 * @param railIcons whether the reader has narrowed the rail to its icons
 * @param localMode whether people sign in without a password (IDN-1)
 * @param csrf the token that every form sends back
 * @param live the address of the stream of changes, from where the page was read
 * @param admin whether the reader administrates the company
 * @param undo what was just done and can be taken back; one at most
 */
@TemplateData
public record Frame(
        String title,
        String page,
        boolean reading,
        String theme,
        boolean railIcons,
        boolean localMode,
        String csrf,
        String live,
        Who me,
        String email,
        String tenant,
        String workspace,
        List<Workspace> workspaces,
        List<Workspace> elsewhere,
        boolean admin,
        List<Undo> undo) {

    /** A workspace the reader may switch to. */
    @TemplateData
    public record Workspace(String id, String name, boolean current) {}
}
