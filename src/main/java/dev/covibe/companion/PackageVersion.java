package dev.covibe.companion;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as npm orders them: {@code 1.2.3}, and {@code 1.2.3-rc1} before it. What does not read as one is older than
 * everything.
 */
record PackageVersion(int major, int minor, int patch, String trial) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-([\\w.-]+))?(?:\\+.*)?");
    private static final Comparator<PackageVersion> ORDER = Comparator.comparingInt(PackageVersion::major)
            .thenComparingInt(PackageVersion::minor)
            .thenComparingInt(PackageVersion::patch)
            .thenComparing(version -> version.trial().isEmpty())
            .thenComparing(PackageVersion::trial);

    static PackageVersion of(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return new PackageVersion(-1, -1, -1, "");
        }
        return new PackageVersion(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                found.group(4) == null ? "" : found.group(4));
    }

    boolean isNewerThan(PackageVersion other) {
        return ORDER.compare(this, other) > 0;
    }
}
