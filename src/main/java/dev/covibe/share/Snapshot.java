package dev.covibe.share;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * All that a link shows, in words and figures as they were (SIT-3). It holds no id, no address, no path and no name of a
 * repository, so there is nothing in it to follow.
 *
 * @param kind what it is of, in words: {@code Weekly summary}
 * @param lead one or two sentences under the title
 * @param taken when and where, in words: {@code 21 Nov 2026, 16:10, Europe/Berlin}
 */
@RegisterForReflection
public record Snapshot(
        String kind,
        String title,
        String lead,
        String workspace,
        String by,
        String taken,
        List<Figure> figures,
        List<Part> parts) {

    /** @param note what stands under the value, may be empty */
    @RegisterForReflection
    public record Figure(String label, String value, String note) {}

    /** @param more what is said of those that are not listed, empty when all are */
    @RegisterForReflection
    public record Part(String title, List<Line> lines, String more) {}

    /**
     * @param key such as WEB-12, may be empty
     * @param who such as @lin, may be empty
     * @param note one line, may be empty
     */
    @RegisterForReflection
    public record Line(String key, String title, String who, String note) {}
}
