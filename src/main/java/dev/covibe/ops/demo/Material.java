package dev.covibe.ops.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What there is to tell of Fernway, a made-up company that books parcels, tracks them and pays the carriers. */
final class Material {

    private static final List<String> CARRIERS = List.of(
            "Velox",
            "Kestrel",
            "Norrpost",
            "Tramont",
            "Alpenpost",
            "Crownpost",
            "Meridian",
            "Baltica",
            "Pelican",
            "Ostway",
            "Karo Freight",
            "Lumen Parcel");
    private static final List<String> COUNTRIES = List.of(
            "Austria", "Belgium", "Denmark", "Finland", "Greece", "Ireland", "Italy", "Poland", "Portugal", "Spain");
    private static final List<String> SHIPPERS = List.of(
            "Holm & Sons",
            "Petit Atelier",
            "Nordlys Bikes",
            "Garten Freund",
            "Casa Verde",
            "Bright Optics",
            "Velvet Audio",
            "Oak and Iron");

    private Material() {}

    /** @param first week of the eight in which it begins, from 0 */
    record Stream(
            String key, String project, int first, int last, String end, String name, String goal, String summary) {}

    /** @param summary empty where the work is still going on */
    record Work(
            String stream,
            String project,
            List<String> paths,
            List<String> labels,
            String title,
            String description,
            String summary) {}

    record Line(String kind, List<String> cells) {
        String cell(int at) {
            return at < cells.size() ? cells.get(at) : "";
        }
    }

    static List<Stream> streams() {
        return lines("workstreams.txt").stream()
                .map(cells -> new Stream(
                        cells[0],
                        cells[1],
                        Integer.parseInt(cells[2]),
                        Integer.parseInt(cells[3]),
                        cells[4],
                        cells[5],
                        cells[6],
                        cells[7]))
                .toList();
    }

    static List<Work> work() {
        return lines("tasks.txt").stream()
                .map(cells ->
                        new Work(cells[0], cells[1], list(cells[2]), list(cells[3]), cells[4], cells[5], cells[6]))
                .toList();
    }

    /** The small work of every day: each chore for each carrier, country or shipper that it is about. */
    static List<Work> chores() {
        List<Work> chores = new ArrayList<>();
        for (String[] cells : lines("chores.txt")) {
            for (String about : about(cells[0])) {
                String slug = about.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
                chores.add(new Work(
                        "",
                        cells[1],
                        List.of(cells[2].replace("{slug}", slug)),
                        list(cells[3]),
                        cells[4].replace("{}", about),
                        cells[5].replace("{}", about),
                        cells[6].replace("{}", about)));
            }
        }
        return chores;
    }

    private static List<String> about(String kind) {
        return switch (kind) {
            case "carrier" -> CARRIERS;
            case "country" -> COUNTRIES;
            case "shipper" -> SHIPPERS;
            default -> throw new IllegalStateException(kind);
        };
    }

    static List<Line> talk(String kind) {
        return lines("talk.txt").stream()
                .filter(cells -> cells[0].equals(kind))
                .map(cells -> new Line(kind, Arrays.asList(cells).subList(1, cells.length)))
                .toList();
    }

    private static List<String> list(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(","));
    }

    private static List<String[]> lines(String name) {
        try (InputStream file = Material.class.getResourceAsStream("/demo/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
