package dev.covibe.console.charts;

import java.time.LocalDate;

/** @param value not a number where nothing is known: a line has a gap there, and a table a dash */
public record Point(LocalDate day, double value) {

    boolean known() {
        return !Double.isNaN(value);
    }
}
