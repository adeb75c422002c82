package dev.covibe.console.frame;

import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.Map;

/**
 * How an act is taken back (CON-8): a word on what was done, and the plain form that undoes it. A toast offers it.
 *
 * @param said what has just been done, as a short sentence without its full stop: "WEB-12 is in progress"
 * @param address where the form is posted to, on this server
 */
@TemplateData
public record Undo(String said, String address, List<Field> fields) {

    @TemplateData
    public record Field(String name, String value) {}

    public static Undo of(String said, String address, Map<String, String> fields) {
        return new Undo(
                said,
                address,
                fields.entrySet().stream()
                        .map(field -> new Field(field.getKey(), field.getValue()))
                        .toList());
    }
}
