package dev.covibe.console.charts;

import java.time.LocalDate;

/** A value on a day. */
public record Point(LocalDate day, double value) {}
