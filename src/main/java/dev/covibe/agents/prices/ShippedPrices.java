package dev.covibe.agents.prices;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The price book that this build carries: {@code prices/price-book.csv}, read once. */
@ApplicationScoped
public class ShippedPrices {

    private static final String FILE = "/prices/price-book.csv";
    private static final String DATE = "# date: ";
    private static final String HEAD = "provider,";

    private final LocalDate date;
    private final List<Price> prices;

    ShippedPrices() {
        List<String> lines = text().lines().toList();
        date = lines.stream()
                .filter(line -> line.startsWith(DATE))
                .findFirst()
                .map(line -> LocalDate.parse(line.substring(DATE.length()).strip()))
                .orElseThrow(() -> new IllegalStateException("The price book does not say its date."));
        prices = lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith(HEAD))
                .map(ShippedPrices::price)
                .toList();
    }

    /** When these were the public prices. They are to be checked: providers change them without a word. */
    public LocalDate date() {
        return date;
    }

    /** In the order of the file: by provider, newer models first. */
    public List<Price> prices() {
        return prices;
    }

    private static String text() {
        try (InputStream file = ShippedPrices.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Price price(String line) {
        String[] cells = line.split(",");
        Rates rates = new Rates(nanos(cells[3]), nanos(cells[4]), nanos(cells[5]), nanos(cells[6]));
        UUID id = UUID.nameUUIDFromBytes(
                (cells[0] + " " + cells[1] + " " + cells[2] + " " + rates).getBytes(StandardCharsets.UTF_8));
        return new Price(id, Optional.of(cells[0]), cells[1], LocalDate.parse(cells[2]), Optional.empty(), rates);
    }

    private static long nanos(String dollars) {
        return new BigDecimal(dollars).movePointRight(Dollars.NANOS).longValueExact();
    }
}
