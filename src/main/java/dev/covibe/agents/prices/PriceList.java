package dev.covibe.agents.prices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prices by the names of models, so that finding one takes a few looks and not a walk through the book. */
final class PriceList {

    private final Map<String, List<Price>> byModel;
    private final Map<String, List<Price>> families = new LinkedHashMap<>();

    PriceList(List<Price> prices) {
        Comparator<Price> latest = Comparator.comparing(Price::from).reversed();
        byModel = prices.stream()
                .filter(price -> !price.isFamily())
                .sorted(latest)
                .collect(Collectors.groupingBy(Price::model));
        prices.stream()
                .filter(Price::isFamily)
                .sorted(Comparator.<Price>comparingInt(price -> price.model().length())
                        .reversed()
                        .thenComparing(latest))
                .forEach(price -> families.computeIfAbsent(price.model(), model -> new ArrayList<>())
                        .add(price));
    }

    /** The price under the longest name that had one on that day; a row for the call's provider before one for any. */
    Optional<Price> on(LocalDate day, Optional<String> provider, List<String> longestFirst) {
        return longestFirst.stream()
                .flatMap(name -> best(byModel.getOrDefault(name, List.of()), day, provider).stream())
                .findFirst()
                .or(() -> families.entrySet().stream()
                        .filter(family -> belongs(longestFirst.getFirst(), family.getKey()))
                        .flatMap(family -> best(family.getValue(), day, provider).stream())
                        .findFirst());
    }

    private static boolean belongs(String name, String family) {
        return name.startsWith(family.substring(0, family.length() - ModelName.ANY.length()));
    }

    private static Optional<Price> best(List<Price> latestFirst, LocalDate day, Optional<String> provider) {
        List<Price> holding =
                latestFirst.stream().filter(price -> price.holdsOn(day)).toList();
        return holding.stream()
                .filter(price ->
                        price.provider().isPresent() && price.provider().equals(provider))
                .findFirst()
                .or(() -> holding.stream()
                        .filter(price -> price.provider().isEmpty())
                        .findFirst());
    }
}
