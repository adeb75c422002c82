package dev.covibe.bench;

import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Reports;
import dev.covibe.overlap.Subject;
import dev.covibe.platform.sql.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * As much work as one wants, in the words of the real reports: a title out of two halves of titles, a description out of
 * lines of several descriptions, paths out of a made-up tree. Words keep their real frequencies, so common words stay
 * common, and a vocabulary that grows with the workspace is imitated by names of its own.
 */
final class Recombined {

    private final List<Reports.Report> reports;
    private final Random random;
    private int made;

    Recombined(Reports reports, long seed) {
        this.reports = List.copyOf(reports.byId().values());
        this.random = new Random(seed);
    }

    List<Footprint> footprints(int count) {
        List<Footprint> footprints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            footprints.add(footprint());
        }
        return footprints;
    }

    private Footprint footprint() {
        made++;
        String title = half(any().title(), true) + " " + half(any().title(), false);
        StringBuilder description = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            List<String> lines = any().description().lines().toList();
            int from = lines.isEmpty() ? 0 : random.nextInt(lines.size());
            lines.stream().skip(from).limit(8).forEach(line -> description
                    .append(line)
                    .append('\n'));
        }
        description.append("See Module").append(made / 7).append("Handler.");
        boolean withPaths = random.nextInt(3) == 0;
        return new Footprint(
                new Subject(Subject.Kind.TASK, Ids.next(), "BIG-" + made),
                title.length() > 200 ? title.substring(0, 200) : title,
                description.length() > 20_000 ? description.substring(0, 20_000) : description.toString(),
                "planned",
                false,
                Optional.empty(),
                Optional.empty(),
                withPaths ? List.of("src/part" + random.nextInt(400) + "/**") : List.of(),
                Optional.of("github.com/acme/web"),
                Optional.empty(),
                random.nextInt(10) == 0 ? List.of("#" + random.nextInt(100_000)) : List.of());
    }

    private static String half(String text, boolean first) {
        int middle = text.indexOf(' ', text.length() / 2);
        if (middle < 0) {
            return text;
        }
        return first ? text.substring(0, middle) : text.substring(middle + 1);
    }

    private Reports.Report any() {
        return reports.get(random.nextInt(reports.size()));
    }
}
