package dev.covibe.overlap;

public record Signal(String kind, String text, double weight) {}
